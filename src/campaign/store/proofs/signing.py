"""The ledger's key, which signs checkpoints and seals what the database must keep readable for us alone.

It lies outside of content and site and is readable by its owner only.
"""

import base64
import hmac
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.note import TIMESTAMP_BYTES, Signature, SignedNote, Verifier, cosigned_text
from campaign.errors.store import LedgerKeyError, LedgerKeyMissingError

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """The Ed25519 key that signs the checkpoints of one ledger.

    Attributes:
        verifier: Its public half, with the name of the ledger.
    """

    verifier: Verifier
    private: Ed25519PrivateKey

    def sign(self, checkpoint: Checkpoint, at: datetime) -> bytes:
        """Return *checkpoint* as a signed note, with a cosignature of this key that tells when (to the second)."""
        text, seconds, cosigner = checkpoint.to_note(), int(at.timestamp()), self.verifier.cosigner
        cosigned = seconds.to_bytes(TIMESTAMP_BYTES) + self.private.sign(cosigned_text(text, seconds))
        signed = Signature(self.verifier.origin, self.verifier.key_id, self.private.sign(text))
        return bytes(SignedNote(text, (signed, Signature(cosigner.origin, cosigner.key_id, cosigned))))

    def fingerprint(self, text: str) -> bytes:
        """Return what tells *text* from others, and from which nobody without this key finds it."""
        return hmac.digest(self.private.private_bytes_raw(), b"campaign fingerprint\0" + text.encode(), "sha256")

    def seal(self, secret: bytes) -> str:
        """Return *secret* so that the database alone gives nothing away, as text."""
        nonce = os.urandom(NONCE_BYTES)
        return base64.b64encode(nonce + self._sealer().encrypt(nonce, secret, None)).decode()

    def unseal(self, sealed: str | None) -> bytes | None:
        """Return the secret; nothing without one, or if it was sealed with another key."""
        data = base64.b64decode(sealed or "")
        try:
            return self._sealer().decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            return None

    def _sealer(self) -> AESGCM:
        derivation = HKDF(SHA256(), length=32, salt=None, info=b"campaign: secrets in the database")
        return AESGCM(derivation.derive(self.private.private_bytes_raw()))


def load_key(path: Path, origin: str) -> LedgerKey:
    """Return the key kept at *path*.

    Raises:
        LedgerKeyMissingError: There is no such file; a key is made only with a new ledger (`make_key`).
        LedgerKeyError: The file cannot be read, or holds no key.
    """
    try:
        private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except FileNotFoundError:
        raise LedgerKeyMissingError(str(path)) from None
    except (OSError, ValueError) as error:
        raise LedgerKeyError(str(path)) from error
    return LedgerKey(Verifier(origin, private.public_key().public_bytes_raw()), private)


def make_key(path: Path, origin: str) -> LedgerKey:
    """Return the key of a new ledger: that kept at *path*, made there when there is none.

    Raises:
        LedgerKeyError: It cannot be written or read.
    """
    if not path.exists():
        _write_key(path)
    return load_key(path, origin)


def prepare_next_key(path: Path, origin: str) -> LedgerKey:
    """Return the key that is to take the place of the one at *path*; it lies beside it until `put_next_key_in_place`.

    Raises:
        LedgerKeyError: It cannot be written or read.
    """
    return make_key(_next(path), origin)


def put_next_key_in_place(path: Path) -> None:
    """Let the next key take the place of the one at *path*, which is gone then.

    Raises:
        LedgerKeyError: The files cannot be moved.
    """
    try:
        _next(path).replace(path)
    except OSError as error:
        raise LedgerKeyError(str(path)) from error


def _next(path: Path) -> Path:
    return path.with_name(f"{path.name}.next")


def _write_key(path: Path) -> None:
    """Write a new key beside, then link it: two who start at once get one key, and a power cut leaves no half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()
