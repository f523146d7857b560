"""A sheet as a person sees it: the shown text of each cell, and what cannot be seen from the text alone."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
"""Rows times columns of the used area: ten times a list of 30,000 people."""


class Mark(StrEnum):
    """What a program has made of a cell, so that its text may no longer be what was typed."""

    DATE = "date"
    POWER = "power"
    FRACTION = "fraction"
    LONG = "long"
    UNCALCULATED = "uncalculated"


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells shown as one, whose text is in the first; rows and columns count from 0, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns count from 0.

    Attributes:
        name: Its name; empty for a CSV file.
        rows: The shown texts, each in NFC and single-spaced; a row may be shorter than others.
        merged: The merged cells.
        marks: What was made of single cells, by row and column.
        hidden_rows: Rows that are hidden, by a filter too.
        struck_rows: Rows with a cell that is struck out.
        hidden_columns: Columns that are hidden.
        is_hidden: Whether the whole sheet is.
    """

    name: str
    rows: list[list[str]]
    merged: tuple[Merged, ...] = ()
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    def columns(self, top: int = 0) -> Iterator[tuple[str, ...]]:
        """Give the texts of each column from the row *top* on, all of the same number."""
        return zip_longest(*self.rows[top:], fillvalue="")


@lru_cache(maxsize=100_000)
def clean(text: str) -> str:
    """Return the text of a cell in Unicode form NFC, on one line, single-spaced.

    Ð stays, not as `to_nfc` has it: in the fonts from before Unicode it is another letter.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def column_name(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def to_json(sheets: Iterable[Sheet]) -> str:
    """Write sheets so that `from_json` reads them."""
    return json.dumps(
        [
            {
                "name": sheet.name,
                "rows": sheet.rows,
                "merged": [(area.top, area.left, area.bottom, area.right) for area in sheet.merged],
                "marks": [(*place, mark) for place, mark in sheet.marks.items()],
                "hidden_rows": sorted(sheet.hidden_rows),
                "struck_rows": sorted(sheet.struck_rows),
                "hidden_columns": sorted(sheet.hidden_columns),
                "is_hidden": sheet.is_hidden,
            }
            for sheet in sheets
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str | bytes) -> tuple[Sheet, ...]:
    """Read the sheets that `to_json` wrote."""
    return tuple(
        Sheet(
            facts["name"],
            facts["rows"],
            tuple(Merged(*area) for area in facts["merged"]),
            {(row, column): Mark(mark) for row, column, mark in facts["marks"]},
            frozenset(facts["hidden_rows"]),
            frozenset(facts["struck_rows"]),
            frozenset(facts["hidden_columns"]),
            facts["is_hidden"],
        )
        for facts in json.loads(text)
    )
