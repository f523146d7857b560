"""How a witness is asked to cosign a checkpoint, and what its answer holds (C2SP tlog-witness)."""

import base64
from collections.abc import Sequence

from campaign.core.ledger.note import Signature, SignedNote, Verifier, read_note


def write_request(old: int, proof: Sequence[bytes], note: SignedNote) -> bytes:
    """Write what is sent to a witness.

    Args:
        old: The size of the tree that the witness cosigned last; 0 when it cosigned none.
        proof: That the tree of *old* entries is the beginning of that of the checkpoint; empty from 0.
        note: The signed checkpoint.
    """
    hashes = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
    return f"old {old}\n{hashes}\n".encode() + bytes(note)


def read_seen_size(answer: bytes) -> int:
    """Read from a conflict (409) the size of the tree that the witness cosigned last.

    Raises:
        ValueError: The answer holds no size.
    """
    size = int(answer)
    if answer != f"{size}\n".encode() or size < 0:
        message = "not a size on a line of its own"
        raise ValueError(message)
    return size


def find_cosignature(answer: bytes, verifier: Verifier, note: SignedNote) -> Signature | None:
    """Return the line in the answer by which *verifier* cosigned *note*, or nothing; other keys' lines are ignored.

    Raises:
        ValueError: The answer is not made of signature lines.
    """
    lines = read_note(note.text + b"\n" + answer).signatures
    return next((line for line in lines if verifier.cosigned_at(SignedNote(note.text, (line,)))), None)
