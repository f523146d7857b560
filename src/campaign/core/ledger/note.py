"""Signed notes (C2SP signed-note), the verifiers of their signatures, and timestamped cosignatures (tlog-cosignature).

A note is a text, an empty line, and signature lines ``— NAME BASE64``; the base64 holds a four-byte key id and the
signature. A cosignature is a signature of another kind: it carries the time at which its maker saw the checkpoint.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from campaign.core.ledger.checkpoint import Checkpoint, checkpoint_from_note
from campaign.core.ledger.ed25519 import KEY_BYTES, verify_signature

ED25519 = b"\x01"
"""The kind of a log's own signature."""
COSIGNATURE = b"\x04"
"""The kind of a timestamped Ed25519 cosignature."""
KEY_ID_BYTES = 4
TIMESTAMP_BYTES = 8
SIGNATURE_BYTES = 64
SIGNATURES_AT_MOST = 100
_DASH = "— "
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999: a later time can be claimed, but no calendar holds it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line of a note; what *value* holds depends on the kind of the key."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        """Write the line, without its newline."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text, with its last newline, and who signed it."""

    text: bytes
    signatures: tuple[Signature, ...]

    def __bytes__(self) -> bytes:
        """Write the note."""
        return self.text + b"\n" + "".join(f"{signature}\n" for signature in self.signatures).encode()

    def with_signatures(self, *signatures: Signature) -> "SignedNote":
        """Return the note with further signatures after those that it has; one that it has already is left out."""
        return SignedNote(self.text, tuple(dict.fromkeys((*self.signatures, *signatures))))


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key, as others are given it.

    Attributes:
        origin: The name of the key: of the ledger for its own, of the witness for another's.
        public: The Ed25519 public key, 32 bytes.
        algorithm: The kind of its signatures: `ED25519` or `COSIGNATURE`.
    """

    origin: str
    public: bytes
    algorithm: bytes = ED25519

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the key's hash: they name the key in a signature line."""
        return sha256(self.origin.encode() + b"\n" + self.algorithm + self.public).digest()[:KEY_ID_BYTES]

    @property
    def cosigner(self) -> "Verifier":
        """The same key as the maker of cosignatures."""
        return Verifier(self.origin, self.public, COSIGNATURE)

    def __str__(self) -> str:
        """Write the key as ``NAME+KEYID+BASE64``."""
        return f"{self.origin}+{self.key_id.hex()}+{base64.b64encode(self.algorithm + self.public).decode()}"

    def read(self, note: bytes) -> Checkpoint:
        """Return the checkpoint in a signed note.

        Raises:
            ValueError: It is no signed note, or this key did not sign it.
        """
        signed = read_note(note)
        signature = self._find(signed)
        if signature is None or not verify_signature(self.public, signed.text, signature.value):
            message = "not signed by this key"
            raise ValueError(message)
        return checkpoint_from_note(signed.text)

    def cosigned_at(self, note: SignedNote) -> datetime | None:
        """Return when this key cosigned *note*, in UTC to the second; nothing when it did not."""
        signature = self._find(note)
        if signature is None:
            return None
        seconds = int.from_bytes(signature.value[:TIMESTAMP_BYTES])
        text = cosigned_text(note.text, seconds)
        is_right = seconds <= _LAST_SECOND and verify_signature(self.public, text, signature.value[TIMESTAMP_BYTES:])
        return datetime.fromtimestamp(seconds, UTC) if is_right else None

    def _find(self, note: SignedNote) -> Signature | None:
        ours = (one for one in note.signatures if (one.name, one.key_id) == (self.origin, self.key_id))
        return next(ours, None)


def read_note(note: bytes) -> SignedNote:
    """Split a note into its text and its signatures, at the last empty line.

    Raises:
        ValueError: It is no signed note.
    """
    text, empty_line, lines = note.rpartition(b"\n\n")
    signatures = tuple(map(_read_signature, lines.decode().removesuffix("\n").split("\n")))
    is_whole = empty_line and lines.endswith(b"\n") and len(signatures) <= SIGNATURES_AT_MOST
    if not is_whole or any(ord(sign) < ord(" ") and sign != "\n" for sign in text.decode()):
        message = "no signed note"
        raise ValueError(message)
    return SignedNote(text + b"\n", signatures)


def _read_signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = base64.b64decode(encoded, validate=True)
    signature = Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])
    # Base64 has spare bits, in which two spellings of one signature differ.
    if not signature.name or not signature.value or str(signature) != line:
        message = f"no signature line: {line!r}"
        raise ValueError(message)
    return signature


def claimed_time(note: SignedNote) -> datetime | None:
    """Return when the note says that it was signed: what its first cosignature claims, and nobody has checked."""
    claims = (line.value for line in note.signatures if len(line.value) == TIMESTAMP_BYTES + SIGNATURE_BYTES)
    seconds = next((int.from_bytes(value[:TIMESTAMP_BYTES]) for value in claims), None)
    return None if seconds is None or seconds > _LAST_SECOND else datetime.fromtimestamp(seconds, UTC)


def cosigned_text(text: bytes, seconds: int) -> bytes:
    """Return what a cosigner signs who saw the checkpoint *text* that many seconds after 1970 (cosignature/v1)."""
    return f"cosignature/v1\ntime {seconds}\n".encode() + text


def to_note(verifier: Verifier, checkpoint: Checkpoint, signature: bytes) -> bytes:
    """Return the signed note that holds *checkpoint* with the signature of its text."""
    return bytes(SignedNote(checkpoint.to_note(), (Signature(verifier.origin, verifier.key_id, signature),)))


def verifier_from_text(text: str) -> Verifier:
    """Read a public key back.

    Raises:
        ValueError: The text is not a verifier key of a kind that is known here.
    """
    origin, _, rest = text.strip().partition("+")
    data = base64.b64decode(rest.partition("+")[2], validate=True)
    verifier = Verifier(origin, data[1:], data[:1])
    is_known = verifier.algorithm in {ED25519, COSIGNATURE} and len(verifier.public) == KEY_BYTES
    if not is_known or str(verifier) != text.strip():
        message = "not a verifier key"
        raise ValueError(message)
    return verifier
