"""From one row of a list to the member whom it means, or to what is wrong with it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from campaign.core.people.roster import Category, Member
from campaign.core.text import fold
from campaign.lists.cells import MADE, Problem, find_problem, is_clean, read_address, read_code
from campaign.lists.choices import Words
from campaign.lists.findings import Findings, Place
from campaign.lists.headings import NEEDED, Column
from campaign.lists.layout import Line
from campaign.lists.sheets import Mark
from campaign.lists.tables import SheetChoice, Table
from campaign.lists.words import find_category

_LABELS = ", ".join(category.label for category in Category)
_EMPTY = {column: Problem("ô đang trống", f"Nhập {column.value.lower()} của người này.") for column in NEEDED}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on a list.

    Attributes:
        member: With an empty staff code when the list has none.
        place: The row.
        upper: The body that the unit belongs to, when the list says so.
        group_unit: The unit of the group row above, which may be another than the row's own.
    """

    member: Member
    place: Place
    upper: str = ""
    group_unit: str = ""


@dataclass(frozen=True, slots=True)
class MemberReader:
    """Reads the rows of one table.

    Attributes:
        table: The table.
        choice: What is decided about its sheet.
        absent: The columns that no row of it has in any form, which is told once.
        words: What the words of lists mean, as chosen before.
        units: The units that are known, by their folded names.
        findings: Takes what is wrong.
        category_texts: Counts the rows of each text that stands for a category.
    """

    table: Table
    choice: SheetChoice
    absent: frozenset[Column]
    words: Words
    units: Mapping[str, str]
    findings: Findings
    category_texts: Counter[str]

    def read(self, line: Line, place: Place) -> Person | None:
        """Return whom a row means, or nothing when something is wrong with it."""
        faults, table = self.findings.count, self.table
        upper = table.cell(line.row, table.upper)
        group = self.units.get(fold(line.group_unit), line.group_unit) if line.group_unit else ""
        unit = table.read(line.row, Column.UNIT) or upper or self.choice.unit or group
        texts = {
            Column.CODE: table.read(line.row, Column.CODE),
            Column.NAME: table.read_name(line.row),
            Column.UNIT: unit,
            Column.CATEGORY: table.read(line.row, Column.CATEGORY),
            Column.EMAIL: table.read(line.row, Column.EMAIL),
        }
        if table.sheet.marks or not all(map(texts.__getitem__, NEEDED)) or not is_clean(texts.values()):
            self._find_problems(line, place, texts)
        code = self._read_code(line, place, texts[Column.CODE])
        category = self._read_category(line, place, texts[Column.CATEGORY])
        email, problem = read_address(texts[Column.EMAIL])
        if problem is not None:
            self.findings.add(place, Column.EMAIL, problem, texts[Column.EMAIL])
        if self.findings.count > faults or category is None:
            return None
        unit = self.words.units.get(unit, unit)
        return Person(Member(code, texts[Column.NAME], unit, category, email), place, upper, group)

    def _find_problems(self, line: Line, place: Place, texts: dict[Column, str]) -> None:
        """Tell what is wrong with any cell by itself, and empty those cells."""
        has_category = line.group_category is not None or self.choice.category is not None or self._find_tick(line)
        for column, text in texts.items():
            mark = self._mark(line, column)
            if mark is Mark.UNCALCULATED:
                problem: Problem | None = MADE[mark]
            elif text:
                problem = find_problem(text)
            else:
                is_known = column in self.absent or (column is Column.CATEGORY and has_category)
                problem = None if is_known else _EMPTY.get(column)
            if problem is not None:
                self.findings.add(place, column, problem, text)
                texts[column] = ""

    def _find_tick(self, line: Line) -> Category | None:
        ticked = [category for at, category in self.table.ticks.items() if self.table.cell(line.row, at)]
        return ticked[0] if len(ticked) == 1 else None

    def _read_code(self, line: Line, place: Place, text: str) -> str:
        code, problem = read_code(text, self._mark(line, Column.CODE) if text else None)
        if problem is not None:
            self.findings.add(place, Column.CODE, problem, text)
        elif code:
            self.findings.take_code(place, code)
        return code

    def _read_category(self, line: Line, place: Place, text: str) -> Category | None:
        if not text:
            return self._find_tick(line) or line.group_category or self.choice.category
        self.category_texts[text] += 1
        category = find_category(text)
        if self.words.categories:
            category = self.words.categories.get(fold(text), category)
        if category is None:
            problem = Problem(f"không hiểu “{text}”", f"Nhập một trong: {_LABELS}.")
            self.findings.add(place, Column.CATEGORY, problem, text)
        return category

    def _mark(self, line: Line, column: Column) -> Mark | None:
        marks = self.table.sheet.marks
        return marks.get((line.row, self.table.places.get(column, -1))) if marks else None
