"""How a list is to be read, as a form: what was found, what a person can choose, what was chosen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaign.core.people.roster import Category
from campaign.core.people.unit_names import find_similar
from campaign.core.text import fold
from campaign.lists.choices import Choices, Words
from campaign.lists.headings import NEEDED, Column, find_column, simplify
from campaign.lists.outcome import CategoryWord, ReadList, SheetReading
from campaign.lists.tables import HEADING_ROWS, SheetChoice, Table, suggest_column
from campaign.record.web.forms import Form

MAPPED = (Column.CODE, Column.NAME, Column.FAMILY, Column.GIVEN, Column.UNIT, Column.CATEGORY, Column.EMAIL)
"""The columns that can be chosen, in the order of the form."""
TEXT_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list to choose from."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ColumnField:
    """Which column of a sheet holds what."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SheetForm:
    """How one sheet is read.

    Attributes:
        number: Of the sheet, from 0, in the names of its fields.
        people: How many were read from it.
        rows: The rows that can be that of the headings.
        columns: Which column holds what; none where no headings are known.
        lacks_unit: Whether nothing says the unit of its people.
        lacks_category: Whether nothing says their category.
        unit: What was chosen as the unit of all.
        category: What was chosen as the category of all.
    """

    number: int
    name: str
    is_read: bool
    people: int
    rows: tuple[Option, ...]
    columns: tuple[ColumnField, ...]
    lacks_unit: bool
    lacks_category: bool
    unit: str
    category: Category | None


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit that nobody knows, how many people are in it, and which known one it may be."""

    name: str
    people: int
    similar: str


@dataclass(frozen=True, slots=True)
class ChoicesForm:
    """Everything that can be chosen about a list.

    Attributes:
        read: The list as it was read.
        choices: What was chosen so far.
        lacks_codes: How many people have no staff code.
        units: The units that are known.
    """

    read: ReadList
    choices: Choices
    sheets: tuple[SheetForm, ...]
    lacks_codes: int
    new_units: tuple[UnitWord, ...]
    units: tuple[str, ...]

    @property
    def words(self) -> tuple[CategoryWord, ...]:
        """The texts that stand for categories, those that nobody knows first."""
        return tuple(sorted(self.read.words, key=lambda word: word.meant is not None))

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that there are."""
        return tuple(Category)


def make_form(read: ReadList, choices: Choices, units: Sequence[str]) -> ChoicesForm:
    """Return what can be chosen about a list.

    Args:
        read: The list as it was read.
        choices: What was chosen so far, words of earlier lists among them.
        units: The units that are known.
    """
    listed = Counter(person.member.unit for person in read.people)
    new = [
        UnitWord(unit, people, find_similar(unit, units) or "")
        for unit, people in listed.items()
        if unit not in units and choices.words.units.get(unit) != unit
    ]
    shown = [reading for reading in read.sheets if not reading.sheet.is_hidden and any(map(any, reading.sheet.rows))]
    return ChoicesForm(
        read=read,
        choices=choices,
        sheets=tuple(_to_sheet_form(number, reading, choices) for number, reading in enumerate(shown)),
        lacks_codes=sum(
            reading.rows for reading in read.sheets if reading.table and Column.CODE not in reading.table.places
        ),
        new_units=tuple(new) if units else (),
        units=tuple(units),
    )


def _to_sheet_form(number: int, reading: SheetReading, choices: Choices) -> SheetForm:
    table, choice = reading.table, choices.sheets.get(reading.sheet.name, SheetChoice())
    rows = [(at, " | ".join(filter(None, row))) for at, row in enumerate(reading.sheet.rows[:HEADING_ROWS])]
    return SheetForm(
        number=number,
        name=reading.sheet.name,
        is_read=table is not None,
        people=reading.people,
        rows=tuple(
            Option(str(at), f"dòng {at + 1}: {text[:TEXT_SHOWN]}", table is not None and at == table.top)
            for at, text in rows
            if text
        ),
        columns=tuple(_to_column_field(number, table, column) for column in MAPPED) if table else (),
        lacks_unit=table is not None and bool(choice.unit or Column.UNIT in reading.absent),
        lacks_category=table is not None and bool(choice.category or Column.CATEGORY in reading.absent),
        unit=choice.unit,
        category=choice.category,
    )


def _to_column_field(number: int, table: Table, column: Column) -> ColumnField:
    place = table.places.get(column)
    if place is None and column in NEEDED:
        place = suggest_column(table, column)
    options = [Option(str(at), table.name_of(at), at == place) for at in range(len(table.headings))]
    name = f"column-{number}-{MAPPED.index(column)}"
    return ColumnField(name, column.value, (Option("", "không có", place is None), *options))


def read_choices(form: Form, shown: ChoicesForm) -> Choices:
    """Return what was chosen in a form.

    Args:
        form: What was sent.
        shown: The form as it was shown.
    """
    words, sheets = shown.choices.words, {}
    tables = {reading.sheet.name: reading.table for reading in shown.read.sheets}
    for sheet in shown.sheets:
        choice, table = _read_sheet(form, sheet), tables[sheet.name]
        if table is not None and choice.heading != table.top:
            choice = replace(choice, columns={})
        if table is not None:
            words |= Words(headings=_learn_headings(table, choice))
        sheets[sheet.name] = choice
    categories = {
        fold(word.text): Category(form[f"means-{at}"])
        for at, word in enumerate(shown.words)
        if form[f"means-{at}"] in set(Category)
    }
    units = {
        unit.name: form[f"unit-{at}"] or unit.name for at, unit in enumerate(shown.new_units) if f"unit-{at}" in form
    }
    return Choices(
        words=words | Words(categories=categories, units=units),
        sheets=sheets,
        counts_hidden=_read_answer(form["hidden"]),
        counts_struck=_read_answer(form["struck"]),
        makes_codes=bool(form["codes"]),
        drops_refused=bool(form["refused"]),
    )


def _read_answer(text: str) -> bool | None:
    return {"count": True, "drop": False}.get(text)


def _read_sheet(form: Form, sheet: SheetForm) -> SheetChoice:
    columns = {
        column: int(form[name]) if form[name].isdecimal() else -1
        for at, column in enumerate(MAPPED)
        if (name := f"column-{sheet.number}-{at}") in form
    }
    if not sheet.is_read and not form[f"read-{sheet.number}"]:
        return SheetChoice()
    heading, category = form[f"heading-{sheet.number}"], form[f"category-{sheet.number}"]
    return SheetChoice(
        is_read=bool(form[f"read-{sheet.number}"]),
        heading=int(heading) if heading.isdecimal() else None,
        columns=columns,
        unit=form[f"unit-of-{sheet.number}"],
        category=Category(category) if category in set(Category) else None,
    )


def _learn_headings(table: Table, choice: SheetChoice) -> dict[str, Column | None]:
    """Return what headings mean that were chosen otherwise than the program would have."""
    chosen = {at: column for column, at in choice.columns.items() if 0 <= at < len(table.headings)}
    return {
        heading: column
        for at, column in chosen.items()
        if (heading := simplify(table.headings[at])) and find_column(table.headings[at]) is not column
    }
