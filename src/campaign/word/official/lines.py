"""Paragraphs as lines: split at breaks, and at the tabs or blanks by which a letterhead is set in two columns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count

from campaign.word.reading.document import Block, Paragraph, Run, Table

_COLUMNS = re.compile(
    r"[ \xa0]*\t[\t \xa0]*|[ \xa0]{4,}|"
    r"\s+(?=(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–—]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM)\b)"
)


_LONGEST_COLUMNS = 250
"""A longer paragraph is no line of a letterhead, whatever blanks it holds."""


class Side(Enum):
    """In which column of a layout a line stands."""

    WHOLE = "whole"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it.

    Attributes:
        text: Its words, white space made single; "" for an empty line.
        block: The number of its paragraph, or of its table; lines of one table share it.
        is_list_item: Whether Word numbers it or sets a bullet before it.
    """

    text: str
    side: Side = Side.WHOLE
    is_bold: bool = False
    is_centred: bool = False
    block: int = 0
    is_list_item: bool = False


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
    """Yield the lines of *blocks* row by row; those of tables and of tabbed paragraphs with their side."""
    places = count()
    yield from _read(blocks, places)


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
    for part in split_lines([paragraph]):
        if isinstance(part, Table):
            continue
        text = part.text.strip()
        columns = _COLUMNS.split(text) if side is Side.WHOLE and len(text) <= _LONGEST_COLUMNS else [text]
        columns = [" ".join(column.split()) for column in columns]
        sides = [side] if len(columns) == 1 else [Side.LEFT] + [Side.RIGHT] * (len(columns) - 1)
        for column, where in zip(columns, sides, strict=True):
            if column or len(columns) == 1:
                yield Line(column, where, _is_bold(part), part.is_centred, place, bool(part.label))


def _is_bold(paragraph: Paragraph) -> bool:
    worded = [run for run in paragraph.runs if any(character.isalpha() for character in run.text)]
    return bool(worded) and sum(len(run.text) for run in worded if run.style.bold) * 2 > sum(
        len(r.text) for r in worded
    )
