"""Paragraphs as lines: split at breaks; of a table row by row, with the column in which each line is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count

from campaign.word.reading.document import Block, Paragraph, Run, Table

_GAP = re.compile(r"[ \xa0]*\t[\t \xa0]*|[ \xa0]{4,}|\s*\|\s*")
"""Where a line set with tabs, blanks or strokes goes on in another column."""


class Side(Enum):
    """In which column of a layout a line is."""

    WHOLE = "whole"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it.

    Attributes:
        text: Its words, white space made single; "" for an empty line.
        columns: Its parts between wide gaps, the first "" when the line begins with a stroke.
        block: The number of its paragraph, or of its table; lines of one table share it.
        is_list_item: Whether Word numbers it or sets a bullet before it.
    """

    text: str
    columns: tuple[str, ...] = ()
    side: Side = Side.WHOLE
    is_bold: bool = False
    is_centred: bool = False
    block: int = 0
    is_list_item: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether most of its letters are capitals."""
        letters = [character for character in self.text if character.isalpha()]
        return sum(character.isupper() for character in letters) > 0.7 * len(letters)

    @property
    def is_set_apart(self) -> bool:
        """Whether it does not look like the text of the body."""
        return self.is_bold or self.is_centred or self.is_capital

    def split(self) -> list["Line"]:
        """Return its columns as lines, with their sides."""
        if self.side is not Side.WHOLE or len(self.columns) < 2:  # noqa: PLR2004  (one column is no column)
            return [self]
        return [
            replace(self, text=text, columns=(text,), side=Side.RIGHT if at else Side.LEFT)
            for at, text in enumerate(self.columns)
            if text
        ]


def split_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield *blocks*, each paragraph with line breaks as several: some set a letterhead or an article as one."""
    for block in blocks:
        if isinstance(block, Paragraph) and "\n" in block.text:
            yield from _split(block)
        else:
            yield block


def _split(paragraph: Paragraph) -> Iterator[Paragraph]:
    line: list[Run] = []
    label = paragraph.label
    for run in paragraph.runs:
        first, *others = run.text.split("\n")
        if first or not run.text:
            line.append(replace(run, text=first))
        for other in others:
            if line:  # A label before an empty line goes on to the first that says something.
                yield replace(paragraph, runs=tuple(line), label=label)
                label = ""
            line = [replace(run, text=other)] if other else []
    if line or label:
        yield replace(paragraph, runs=tuple(line), label=label)


def read_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of *blocks* in the order of the page; what is in text boxes belongs to no line."""
    yield from _read(blocks, count())


def _read(blocks: Iterable[Block], places: Iterator[int]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _lines_of(block, Side.WHOLE, next(places))
        elif all(len(row) == 1 for row in block.rows):
            for row in block.rows:
                yield from _read(row[0].blocks, places)
        else:
            place = next(places)
            for row in block.rows:
                for column, cell in enumerate(row):
                    for inner in cell.paragraphs():
                        yield from _lines_of(inner, Side.RIGHT if column else Side.LEFT, place)


def _lines_of(paragraph: Paragraph, side: Side, place: int) -> Iterator[Line]:
    if paragraph.is_boxed:
        return
    for part in split_lines([paragraph]):
        if isinstance(part, Table):
            continue
        columns = tuple(" ".join(column.split()) for column in _GAP.split(part.text.strip()))
        worded = [run for run in part.runs if any(character.isalpha() for character in run.text)]
        bold = sum(len(run.text) for run in worded if run.style.bold)
        yield Line(
            " ".join(part.text.split()), columns, side, bold * 2 > sum(len(run.text) for run in worded),
            part.is_centred, place, bool(part.label),
        )  # fmt: skip
