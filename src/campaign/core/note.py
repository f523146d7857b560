"""Signed notes (C2SP signed-note): a checkpoint's text, an empty line, and signature lines ``— NAME BASE64``.

The base64 holds a four-byte key id and the Ed25519 signature of the text (algorithm 0x01).
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from campaign.core.checkpoint import Checkpoint, checkpoint_from_note
from campaign.core.ed25519 import KEY_BYTES, verify_signature

ALGORITHM = b"\x01"
KEY_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a ledger's key, as others are given it.

    Attributes:
        origin: The name of the ledger, which is the key's name in its signatures too.
        public: The Ed25519 public key, 32 bytes.
    """

    origin: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the key's hash: they name the key in a signature line."""
        return sha256(self.origin.encode() + b"\n" + ALGORITHM + self.public).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        """Write the key as ``NAME+KEYID+BASE64``."""
        return f"{self.origin}+{self.key_id.hex()}+{base64.b64encode(ALGORITHM + self.public).decode()}"

    def read(self, note: bytes) -> Checkpoint:
        """Return the checkpoint in a signed note.

        Raises:
            ValueError: It is no signed note, or this key did not sign it.
        """
        text, _, signatures = note.partition(b"\n\n")
        text += b"\n"
        if not any(self._signed(text, line) for line in signatures.split(b"\n")):
            message = "not signed by this key"
            raise ValueError(message)
        return checkpoint_from_note(text)

    def _signed(self, text: bytes, line: bytes) -> bool:
        head = f"— {self.origin} ".encode()
        if not line.startswith(head):  # Others may sign beside us.
            return False
        signature = base64.b64decode(line.removeprefix(head), validate=True)
        # Base64 has spare bits, in which two spellings of one signature differ.
        is_named = line == head + base64.b64encode(signature) and signature[:KEY_ID_BYTES] == self.key_id
        return is_named and verify_signature(self.public, text, signature[KEY_ID_BYTES:])


def to_note(verifier: Verifier, checkpoint: Checkpoint, signature: bytes) -> bytes:
    """Return the signed note that holds *checkpoint* with the signature of its text."""
    signed = base64.b64encode(verifier.key_id + signature).decode()
    return checkpoint.to_note() + f"\n— {verifier.origin} {signed}\n".encode()


def verifier_from_text(text: str) -> Verifier:
    """Read a public key back.

    Raises:
        ValueError: The text is not a verifier key.
    """
    origin, _, rest = text.strip().partition("+")
    data = base64.b64decode(rest.partition("+")[2], validate=True)
    verifier = Verifier(origin, data[1:])
    if len(verifier.public) != KEY_BYTES or str(verifier) != text.strip():
        message = "not a verifier key"
        raise ValueError(message)
    return verifier
