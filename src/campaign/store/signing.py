"""The ledger's signing key. It lies outside of content and site and is readable by its owner only."""

import hmac
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campaign.core.checkpoint import Checkpoint
from campaign.core.note import Verifier, to_note
from campaign.errors import LedgerKeyError


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """The Ed25519 key that signs the checkpoints of one ledger.

    Attributes:
        verifier: Its public half, with the name of the ledger.
    """

    verifier: Verifier
    private: Ed25519PrivateKey

    def sign(self, checkpoint: Checkpoint) -> bytes:
        """Return *checkpoint* as a signed note."""
        return to_note(self.verifier, checkpoint, self.private.sign(checkpoint.to_note()))

    def fingerprint(self, text: str) -> bytes:
        """Return what tells *text* from others, and from which nobody without this key finds it."""
        return hmac.digest(self.private.private_bytes_raw(), b"campaign fingerprint\0" + text.encode(), "sha256")


def load_key(path: Path, origin: str) -> LedgerKey:
    """Return the key kept at *path*, made there when there is none.

    Raises:
        LedgerKeyError: The file cannot be read, or holds no key.
    """
    if not path.exists():
        _make_key(path)
    try:
        private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except (OSError, ValueError) as error:
        raise LedgerKeyError(str(path)) from error
    return LedgerKey(Verifier(origin, private.public_key().public_bytes_raw()), private)


def _make_key(path: Path) -> None:
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
