"""What a Word document is once read: blocks of runs, tables and notes, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Raised(StrEnum):
    """Where a run stands on its line."""

    NO = ""
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run looks.

    Attributes:
        capitals: Whether its letters are shown as capitals.
        link: The address that it leads to, or "".
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: Raised = Raised.NO
    capitals: bool = False
    link: str = ""


PLAIN_STYLE = RunStyle()


@dataclass(frozen=True, slots=True)
class Run:
    r"""Text of one style, or a reference to a note, or a picture.

    Attributes:
        text: NFC; a tab is ``\t``, a line break ``\n``.
        note: The number of the note referred to, from 1; 0 for none.
        picture: The file name of the picture; "" for none.
    """

    text: str
    style: RunStyle = PLAIN_STYLE
    note: int = 0
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        label: Its automatic number or bullet as the page shows it, with the space behind it.
        outline: Its level as a heading by its style, from 0; nothing for body text.
        is_centred: Whether it is in the middle of its line.
        is_boxed: Whether it is in a text box, away from the text around it.
    """

    runs: tuple[Run, ...]
    label: str = ""
    outline: int | None = None
    is_centred: bool = False
    is_boxed: bool = False

    @property
    def text(self) -> str:
        """The words without label, tabs and line breaks as they are."""
        return "".join(run.text for run in self.runs)

    @property
    def is_empty(self) -> bool:
        """Whether the page shows nothing here."""
        return not self.label.strip() and not any(run.text.strip() or run.note or run.picture for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with how many columns and rows it covers."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield its paragraphs, those of inner tables too."""
        return paragraphs_of(self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        is_framed: Whether the page shows lines between or around its cells.
        heads: How many of its first rows are its head, as Word marks them.
    """

    rows: tuple[tuple[Cell, ...], ...]
    is_framed: bool = True
    heads: int = 0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document, read.

    Attributes:
        blocks: Its body.
        notes: Footnotes and endnotes by number, from 1.
        pictures: Pictures by file name, re-encoded.
        remarks: What could not be kept, in words for the editor.
        texts: All that is to be read in it, by another way than the blocks: see :mod:`loss`.
        left_out: Of these, what is not in the post on purpose.
        lost: How many things that are no words are not in the post in any form.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...] = ()
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    lost: int = 0


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Yield the paragraphs of *blocks*, cell by cell in tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs()
