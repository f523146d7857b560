"""The ledger's signing key, and checkpoints signed with it as C2SP signed notes.

A note is a text, an empty line, and signature lines ``— NAME BASE64``, where the base64 holds a four-byte key id and
the Ed25519 signature of the text (C2SP signed-note, algorithm 0x01). The key lies outside of content and site and is
readable by its owner only.
"""

import base64
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campaign.core.checkpoint import Checkpoint, checkpoint_from_note
from campaign.errors import LedgerKeyError

ALGORITHM = b"\x01"


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """The Ed25519 key that signs the checkpoints of one ledger.

    Attributes:
        origin: The name of the ledger, which is the key's name in its signatures too.
    """

    origin: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def verifier(self) -> str:
        """The public key as others are given it: ``NAME+KEYID+BASE64`` (C2SP signed-note)."""
        key_id = _key_id(self.origin, self.public)
        return f"{self.origin}+{key_id.hex()}+{base64.b64encode(ALGORITHM + self.public).decode()}"

    def sign(self, checkpoint: Checkpoint) -> bytes:
        """Return *checkpoint* as a signed note."""
        text = checkpoint.to_note()
        return text + b"\n" + self._sign_text(text) + b"\n"

    def read(self, note: bytes) -> Checkpoint:
        """Return the checkpoint in a signed note.

        Raises:
            ValueError: It is no signed note, or this key did not sign it.
        """
        text, _, signatures = note.partition(b"\n\n")
        text += b"\n"
        if self._sign_text(text) not in signatures.split(b"\n"):
            message = "not signed by this ledger's key"
            raise ValueError(message)
        return checkpoint_from_note(text)

    def _sign_text(self, text: bytes) -> bytes:
        """Return the signature line for *text*: Ed25519 gives one signature for one text, so comparing verifies."""
        signature = _key_id(self.origin, self.public) + self.private.sign(text)
        return f"— {self.origin} {base64.b64encode(signature).decode()}".encode()


def load_key(path: Path, origin: str) -> LedgerKey:
    """Return the key kept at *path*, made there when there is none.

    Raises:
        LedgerKeyError: The file cannot be read, or holds no key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and then linked: two who start at once get one key, and a power cut leaves no half of it.
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    try:
        return LedgerKey(origin, Ed25519PrivateKey.from_private_bytes(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise LedgerKeyError(str(path)) from error


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:4]
