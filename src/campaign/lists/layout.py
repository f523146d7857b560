"""The rows below the headings: people, and what is none of them: group rows, totals, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import compress

from campaign.core.people.roster import Category
from campaign.core.people.unit_names import from_capitals, looks_like_unit, to_unit_key
from campaign.core.text import fold
from campaign.lists.headings import Column
from campaign.lists.tables import Table
from campaign.lists.words import (
    find_category,
    find_number,
    is_count,
    is_foot,
    is_group_ordinal,
    is_ordinal,
    is_total,
    strip_group,
)

WIDE = 3
"""Merged over so many columns, a text is that of a group of rows."""


class Rest(StrEnum):
    """Why a row is not read as a person."""

    GROUP = "dòng nhóm"
    TOTAL = "dòng tổng"
    FOOT = "chữ ký hoặc ghi chú cuối danh sách"
    HEADING = "dòng tiêu đề lặp lại hoặc đánh số cột"
    ORDINAL = "dòng chỉ có số thứ tự"
    CONTINUED = "dòng nối tiếp của người ở trên"
    OTHER = "dòng không có mã, họ tên, đơn vị, loại"


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not read as a person; rows count from 0."""

    row: int
    rest: Rest
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is read as a person.

    Attributes:
        row: From 0.
        group_unit: The unit of the group row above.
        group_category: The category of the group row above.
    """

    row: int
    group_unit: str = ""
    group_category: Category | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A number of people that the list states, and how many were read before it: in all, and since the last of it."""

    row: int
    stated: int
    read: frozenset[int]


@dataclass(slots=True)
class Layout:
    """What the rows of a table are.

    Attributes:
        table: The table, with the text of merged cells of units and categories in all their rows.
    """

    table: Table
    lines: list[Line] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)


def lay_out(table: Table, read_before: int = 0) -> Layout:
    """Tell which rows of a table are people.

    Args:
        table: The list of one sheet.
        read_before: How many people were read from the sheets before it.
    """
    return _Rows(table, read_before).read()


class _Rows:
    """Reads the rows one after the other: a group row tells of those below it."""

    def __init__(self, table: Table, read_before: int) -> None:
        self._rows = _fill_down(table)
        self._table, self._read_before = table.with_rows(self._rows), read_before
        self._places = table.places
        self._found = Layout(self._table)
        self._unit, self._since = "", 0
        self._category: Category | None = None
        self._is_foot = False
        unit = self._places.get(Column.UNIT)
        self._plain = list(map(self._is_plain, self._rows))
        self._units = {to_unit_key(_cell(row, unit)) for row in compress(self._rows, self._plain)} - {""}

    def read(self) -> Layout:
        """Read all rows."""
        for at, (row, is_plain) in enumerate(zip(self._rows, self._plain, strict=True), self._table.body):
            if is_plain:
                self._found.lines.append(Line(at, self._unit, self._category))
            elif any(row):
                self._judge(at, row)
        return self._found

    def _is_plain(self, row: Sequence[str]) -> bool:
        """Say whether a row is a person without doubt: with a code or a number, a name, and a unit or a category."""
        name = self._get(row, Column.NAME) or self._get(row, Column.GIVEN)
        if not name or not (self._get(row, Column.UNIT) or self._get(row, Column.CATEGORY)):
            return False
        if not name[0].isalpha() or name in self._table.headings:
            return False
        if Column.CODE in self._places:
            return bool(self._get(row, Column.CODE))
        is_numbered = Column.ORDINAL in self._places
        return self._get(row, Column.ORDINAL).isdecimal() if is_numbered else not any(map(is_foot, row))

    def _get(self, row: Sequence[str], column: Column) -> str:
        return _cell(row, self._places.get(column))

    def _judge(self, at: int, row: Sequence[str]) -> None:
        filled = [(place, text) for place, text in enumerate(row) if text]
        ordinal = self._places.get(Column.ORDINAL)
        texts = [text for place, text in filled if place != ordinal or not is_ordinal(text)]
        rest = self._find_rest(at, row, texts)
        if rest is Rest.TOTAL:
            self._count(at, texts)
        group = self._find_group(at, filled) if rest is None else None
        if group is not None:
            self._begin_group(group)
            rest = Rest.GROUP
        if rest is None and not any(self._get(row, column) for column in self._places if column is not Column.ORDINAL):
            rest = Rest.OTHER
        if rest is None:
            self._found.lines.append(Line(at, self._unit, self._category))
        else:
            self._found.left.append(Left(at, rest, " ".join(text for _, text in filled)))

    def _find_rest(self, at: int, row: Sequence[str], texts: Sequence[str]) -> Rest | None:
        """Tell what a row is that has nothing of a group."""
        table = self._table
        if not texts:
            return Rest.ORDINAL
        if _repeats_headings(table, row) or (at == table.body and _numbers_columns(row)):
            return Rest.HEADING
        if any(
            area.top < at <= area.bottom and area.left == place
            for column in (Column.CODE, Column.NAME)
            for area in table.sheet.merged
            if (place := table.places.get(column)) is not None
        ):
            return Rest.CONTINUED
        if is_total(texts[0]):
            return Rest.TOTAL
        name, unit = self._get(row, Column.NAME), self._get(row, Column.UNIT)
        is_person = bool(name) and (
            to_unit_key(unit) in self._units
            or find_category(self._get(row, Column.CATEGORY)) is not None
            or self._get(row, Column.ORDINAL).isdecimal()
        )
        self._is_foot |= any(map(is_foot, texts)) and not is_person
        return Rest.FOOT if self._is_foot and not is_person else None

    def _find_group(self, at: int, filled: Sequence[tuple[int, str]]) -> str | None:
        """Return the name of a group when a row is one: a single text with a number of its own, or like a unit."""
        ordinals = [text for _, text in filled if is_ordinal(text)]
        names = [(place, text) for place, text in filled if not is_ordinal(text) and not is_count(text)]
        if len(names) != 1 or len(ordinals) > 1:
            return None
        place, text = names[0]
        group, is_numbered = strip_group(text)
        is_numbered = is_numbered or any(map(is_group_ordinal, ordinals))
        is_wide = any(
            area.top == at and area.left == place and area.right >= place + WIDE for area in self._table.sheet.merged
        )
        return group if is_numbered or is_wide or looks_like_unit(group) or find_category(group) else None

    def _begin_group(self, group: str) -> None:
        self._since = len(self._found.lines)
        category = find_category(group)
        if category is None:
            self._unit = from_capitals(group)
        self._category = category

    def _count(self, at: int, texts: list[str]) -> None:
        stated, read = find_number(list(texts)), len(self._found.lines)
        if stated is not None:
            counts = frozenset({read, read - self._since, read + self._read_before})
            self._found.totals.append(Total(at, stated, counts))
        self._since = read


def _fill_down(table: Table) -> list[list[str]]:
    """Return the rows below the headings with the text of merged cells of units and categories in all their rows."""
    rows = table.sheet.rows[table.body :]
    places = {table.places.get(Column.UNIT), table.places.get(Column.CATEGORY), table.upper}
    for area in table.sheet.merged:
        first = area.top - table.body
        if area.left in places and area.bottom > area.top and 0 <= first < len(rows):
            text = _cell(rows[first], area.left)
            for at in range(first + 1, min(area.bottom - table.body + 1, len(rows))):
                row = [*rows[at], *[""] * (area.left + 1 - len(rows[at]))]
                row[area.left] = row[area.left] or text
                rows[at] = row
    return rows


def _repeats_headings(table: Table, row: Sequence[str]) -> bool:
    same = [place for place in table.places.values() if fold(_cell(row, place)) == fold(_cell(table.headings, place))]
    return len(same) > 1


def _numbers_columns(row: Sequence[str]) -> bool:
    """Say whether a row only numbers the columns: ``(1) (2) (3)`` or ``A B 1 2``."""
    bare = [text.strip("() ") for text in row if text]
    numbers = [text for text in bare if text.isdecimal()]
    letters = bare[: len(bare) - len(numbers)]
    return (
        len(bare) > 2  # noqa: PLR2004 - a code and a name may be two numbers
        and numbers == [str(number) for number in range(1, len(numbers) + 1)]
        and all(len(letter) == 1 and letter.isalpha() for letter in letters)
    )


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
