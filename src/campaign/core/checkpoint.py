"""A checkpoint: the size and root of the ledger in the form of C2SP tlog-checkpoint, to be signed and handed out."""

import base64
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the ledger's tree.

    Attributes:
        origin: The name of this ledger, the same in all its checkpoints.
        size: The number of entries covered.
        root: The root hash over them.
    """

    origin: str
    size: int
    root: bytes

    def to_note(self) -> bytes:
        """Write the text that is signed: origin, size and root on a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def checkpoint_from_note(note: bytes) -> Checkpoint:
    """Read the signed text back: exactly the bytes of :meth:`Checkpoint.to_note`, nothing around them.

    Raises:
        ValueError: The text is not a checkpoint.
    """
    origin, size, root = note.decode().removesuffix("\n").split("\n")
    checkpoint = Checkpoint(origin, int(size), base64.b64decode(root))
    if not origin or checkpoint.size < 0 or checkpoint.to_note() != note:
        message = "not a checkpoint as this program writes it"
        raise ValueError(message)
    return checkpoint
