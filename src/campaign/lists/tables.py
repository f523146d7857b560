"""Where the headings of a sheet are, and which column is what."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from campaign.core.legacy import is_syllable
from campaign.core.people.roster import Category
from campaign.core.people.unit_names import looks_like_unit
from campaign.lists.headings import Column, find_column, is_lower_level, simplify
from campaign.lists.sheets import Sheet, column_name
from campaign.lists.words import find_category

HEADING_ROWS = 30
"""A list from an office may begin with the names of the bodies and its title; the headings are below."""
MOST_LINES = 3
FEWEST_TICKS = 2


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What a person decided about how a sheet is read; nothing where the program is to find it.

    Attributes:
        is_read: Whether it is read at all.
        heading: The first row of its headings, from 0.
        columns: Which column holds what; -1 for none.
        unit: The unit of everyone on it.
        category: The category of everyone on it.
    """

    is_read: bool | None = None
    heading: int | None = None
    columns: Mapping[Column, int] = field(default_factory=dict)
    unit: str = ""
    category: Category | None = None

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read the plain values of a choice."""
        columns = {Column(column): int(at) for column, at in facts["columns"].items()}
        category = facts["category"] and Category(facts["category"])
        return cls(facts["is_read"], facts["heading"], columns, facts["unit"], category)


@dataclass(frozen=True, slots=True)
class Table:
    """The list on a sheet; rows and columns count from 0.

    Attributes:
        top: The first row of headings.
        body: The first row below them.
        headings: The heading of each column, its lines joined.
        places: Which column holds what.
        name_tail: A second column of the name, under the same heading.
        upper: The column of the bodies that the units belong to.
        ticks: Columns that stand for a category each, where a tick says whose it is.
    """

    sheet: Sheet
    top: int
    body: int
    headings: tuple[str, ...]
    places: Mapping[Column, int]
    name_tail: int | None = None
    upper: int | None = None
    ticks: Mapping[int, Category] = field(default_factory=dict)

    @property
    def missing(self) -> list[Column]:
        """The columns that every list needs and that this one has in no form."""
        has = set(self.places)
        if has & {Column.GIVEN}:
            has.add(Column.NAME)
        if self.ticks:
            has.add(Column.CATEGORY)
        return [column for column in (Column.CODE, Column.NAME, Column.UNIT, Column.CATEGORY) if column not in has]

    @property
    def above(self) -> list[list[str]]:
        """The rows above the headings."""
        return self.sheet.rows[: self.top]

    @property
    def taken(self) -> set[int]:
        """The columns that are read."""
        others = {at for at in (self.name_tail, self.upper) if at is not None}
        return {*self.places.values(), *self.ticks, *others}

    def with_rows(self, rows: Sequence[list[str]]) -> "Table":
        """Return the table with other rows below its headings."""
        return replace(self, sheet=replace(self.sheet, rows=[*self.sheet.rows[: self.body], *rows]))

    def read(self, row: int, column: Column) -> str:
        """Return what a row has in a column; nothing when the table lacks the column."""
        return _cell(self.sheet.rows[row], self.places.get(column))

    def cell(self, row: int, column: int | None) -> str:
        """Return the text of a cell; nothing when there is no such column."""
        return _cell(self.sheet.rows[row], column)

    def read_name(self, row: int) -> str:
        """Return the name in a row, put together from two columns where the list has it so."""
        name = self.read(row, Column.NAME)
        if Column.GIVEN in self.places or Column.FAMILY in self.places:
            family, given = self.read(row, Column.FAMILY), self.read(row, Column.GIVEN)
            name = f"{family} {given}" if family and given else name or given or family
        return name if self.name_tail is None else f"{name} {self.cell(row, self.name_tail)}".strip()

    def name_of(self, column: int) -> str:
        """Name a column by its heading, or by its letter where it has none."""
        return (self.headings[column] if column < len(self.headings) else "") or f"cột {column_name(column)}"


def find_table(sheet: Sheet, known: Mapping[str, Column | None], choice: SheetChoice) -> Table | None:
    """Find the list on a sheet; nothing when no row of it has headings of one.

    Args:
        sheet: The sheet.
        known: What headings mean that were chosen before, by their simplified form.
        choice: What a person decided about this sheet.
    """
    tops = range(min(HEADING_ROWS, len(sheet.rows))) if choice.heading is None else [choice.heading]
    best: tuple[float, Table | None] = (0, None)
    for top in tops:
        merged = [area.bottom - top for area in sheet.merged if area.top == top and area.bottom - top < MOST_LINES]
        fewest = max([0, *merged]) + 1
        for height in range(fewest, MOST_LINES + 1):
            if height > fewest and not _goes_on(sheet, top + height - 1):
                break
            table = _read_headings(sheet, top, height, known)
            score = len(set(table.places) - {Column.ORDINAL}) + len(table.places) / 10 - height / 100
            is_list = choice.heading is not None or _is_list(sheet.rows[top], table)
            if is_list and (score > best[0] or best[1] is None):
                best = (score, table)
    return best[1] and _apply_choice(best[1], choice)


def _is_list(row: Sequence[str], table: Table) -> bool:
    """Say whether headings are those of a list of people: who, and something else or many columns."""
    who = {Column.CODE, Column.NAME, Column.GIVEN} & set(table.places)
    return bool(who) and (len(table.places) > 1 or sum(map(bool, row)) > len(who) + 1)


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Say whether *row*, below a line of headings, is one more of them."""
    filled = [cell for cell in sheet.rows[row] if cell] if row < len(sheet.rows) else []
    return bool(filled) and sum(find_column(cell) is not None for cell in filled) * 2 > len(filled)


def _read_headings(sheet: Sheet, top: int, height: int, known: Mapping[str, Column | None]) -> Table:
    lines = _spread(sheet, top, height)
    places: dict[Column, int] = {}
    units: list[int] = []
    tail = None
    ticks = {}
    for at, texts in enumerate(lines):
        column = _find_meaning(texts, known)
        if column is Column.UNIT:
            units.append(at)
        elif column is Column.NAME and places.get(Column.NAME) == at - 1 and lines[at - 1] == texts:
            tail = at
        if column is not None:
            places.setdefault(column, at)
        elif texts and (category := find_category(texts[-1])):
            ticks[at] = category
    upper = None
    if len(units) > 1:
        pair = (units[0], units[1])
        upper, places[Column.UNIT] = _rank_units(sheet, top + height, pair, [" ".join(lines[at]) for at in pair])
    if Column.CATEGORY in places or len(ticks) < FEWEST_TICKS:
        ticks = {}
    return Table(sheet, top, top + height, tuple(" ".join(texts) for texts in lines), places, tail, upper, ticks)


def _spread(sheet: Sheet, top: int, height: int) -> list[tuple[str, ...]]:
    """Return the lines of each column's heading, those of merged cells in every column that they cover."""
    rows = sheet.rows[top : top + height]
    width = max(map(len, rows), default=0)
    merged = [area for area in sheet.merged if area.top <= top + height - 1 and area.bottom >= top]
    width = max([width, *(area.right + 1 for area in merged if area.top >= top)])
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    for area in merged:
        if area.top >= top:
            for row in grid[area.top - top : area.bottom - top + 1]:
                row[area.left : area.right + 1] = [grid[area.top - top][area.left]] * (area.right - area.left + 1)
    return [tuple(dict.fromkeys(filter(None, texts))) for texts in zip(*grid, strict=True)]


def _find_meaning(texts: Sequence[str], known: Mapping[str, Column | None]) -> Column | None:
    """Tell what a column holds by the lines of its heading: "Tên" under "Họ và tên" is no name of a unit."""

    def look(heading: str) -> Column | None:
        """Prefer what was chosen before."""
        return known[simplify(heading)] if simplify(heading) in known else find_column(heading)

    if len(texts) < 2:  # noqa: PLR2004 - one line, or none
        return look(texts[0]) if texts else None
    parent, own = " ".join(texts[:-1]), texts[-1]
    above, below = look(parent), look(own)
    if above in (None, Column.NAME) or above is below:
        return below if below is not None else None if find_category(own) else above
    return look(f"{own} {parent}") or (None if below is not None or find_category(own) else above)


def _rank_units(sheet: Sheet, body: int, units: Sequence[int], headings: Sequence[str]) -> tuple[int, int]:
    """Return of two columns of units that of the bodies above and that of their parts.

    Each part belongs to one body; where the values leave it open, the headings decide.
    """
    first, second = units
    pairs = {(_cell(row, first), _cell(row, second)) for row in sheet.rows[body:]}
    pairs = {pair for pair in pairs if all(pair)}
    firsts, seconds = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if len(firsts) != len(seconds):
        return (first, second) if len(firsts) < len(seconds) else (second, first)
    return (second, first) if is_lower_level(headings[0]) and not is_lower_level(headings[1]) else (first, second)


def _apply_choice(table: Table, choice: SheetChoice) -> Table:
    chosen = {column: at for column, at in choice.columns.items() if at >= 0}
    kept = {
        column: at for column, at in table.places.items() if column not in choice.columns and at not in chosen.values()
    }
    is_same_name = Column.NAME not in chosen or chosen[Column.NAME] == table.places.get(Column.NAME)
    return replace(
        table,
        places=kept | chosen,
        name_tail=table.name_tail if is_same_name else None,
        upper=None if table.upper in chosen.values() else table.upper,
        ticks={} if Column.CATEGORY in chosen else table.ticks,
    )


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def suggest_column(table: Table, column: Column) -> int | None:
    """Return a column that nobody knows by its heading and whose cells look like those of the one that is missing."""
    looks = _LOOKS.get(column)
    rows = table.sheet.rows[table.body :]
    for at in range(len(table.headings)) if looks else ():
        cells = [cell for row in rows if (cell := _cell(row, at))]
        is_full = len(cells) * 2 > len(rows) and at not in table.taken
        is_code = column is not Column.CODE or len(set(cells)) == len(cells)
        if (
            looks
            and is_full
            and is_code
            and sum(looks(cell) is not None and looks(cell) is not False for cell in cells) >= len(cells) * LIKELY
        ):
            return at
    return None


_LOOKS: Mapping[Column, Callable[[str], object]] = {
    Column.CODE: re.compile(r"(?=.*\d)[A-Za-zĐđ]{1,10}[ ./_-]?[\d./_-]+").fullmatch,
    Column.NAME: lambda cell: 1 < len(cell.split()) < 7 and all(map(is_syllable, cell.split())),  # noqa: PLR2004 - words
    Column.UNIT: looks_like_unit,
    Column.CATEGORY: find_category,
    Column.EMAIL: re.compile(r"\S+@\S+").fullmatch,
}
LIKELY = 0.7
