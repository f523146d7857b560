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
        extensions: Further lines of the text, whose meaning is unknown here; the signature covers them.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def to_note(self) -> bytes:
        """Write the text that is signed: origin, size and root on a line each, then the extensions."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, self.size, root, *self.extensions)).encode()


def checkpoint_from_note(note: bytes) -> Checkpoint:
    """Read the signed text back: exactly the bytes of :meth:`Checkpoint.to_note`, nothing around them.

    Raises:
        ValueError: The text is not a checkpoint.
    """
    origin, size, root, *extensions = note.decode().removesuffix("\n").split("\n")
    checkpoint = Checkpoint(origin, int(size), base64.b64decode(root), tuple(extensions))
    if not origin or "" in extensions or checkpoint.size < 0 or checkpoint.to_note() != note:
        message = "not a checkpoint as C2SP tlog-checkpoint writes it"
        raise ValueError(message)
    return checkpoint
