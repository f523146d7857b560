"""Reading a list: its people, and everything that is wrong, doubtful or left out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from campaign.core.legacy import is_misread
from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.unit_names import looks_like_unit
from campaign.core.text import fold
from campaign.errors.base import CampaignError
from campaign.errors.roster import (
    RosterColumnError,
    RosterFileError,
)
from campaign.lists.cells import Conversion, convert_letters
from campaign.lists.choices import Choices
from campaign.lists.doubts import doubt_people, doubt_rows
from campaign.lists.findings import Findings, Place
from campaign.lists.headings import NEEDED, Column
from campaign.lists.layout import Layout, lay_out
from campaign.lists.members import MemberReader, Person
from campaign.lists.notes import doubt_table, note_table
from campaign.lists.outcome import CategoryWord, ReadList, SheetReading
from campaign.lists.privacy import Refusal, drop_columns, find_refusals
from campaign.lists.sheets import Sheet
from campaign.lists.tables import HEADING_ROWS, SheetChoice, Table, find_table, suggest_column
from campaign.lists.words import EXACT, find_category

_AGAIN = "Lưu lại từ tệp gốc thành .xlsx rồi nhập."


def read_list(
    file: str,
    sheets: Sequence[Sheet],
    choices: Choices | None = None,
    units: Collection[str] = (),
    refused: Sequence[Refusal] = (),
) -> ReadList:
    """Read the people of a list.

    Args:
        file: The name of the file.
        sheets: Its sheets.
        choices: What people decided about it.
        units: The names of the units that are known, so that those in capitals are spelt like them.
        refused: Columns that were dropped already, because they must not be kept.
    """
    reader = _ListReader(file, sheets, choices or Choices(), units, refused)
    for sheet in sheets:
        reader.take(sheet)
    return reader.finish()


class _ListReader:
    """Reads one sheet after the other."""

    def __init__(
        self,
        file: str,
        sheets: Sequence[Sheet],
        choices: Choices,
        units: Collection[str],
        refused: Sequence[Refusal],
    ) -> None:
        self._file, self._choices = file, choices
        self._units = {fold(unit): unit for unit in units}
        self._names_sheets = len(sheets) > 1
        self._findings = Findings(file)
        self._category_texts: Counter[str] = Counter()
        self._people: list[Person] = []
        self._sheets: list[SheetReading] = []
        self._notes: list[str] = []
        self._doubts: list[Doubt] = []
        self._faults: list[CampaignError] = []
        self._refused = list(refused)
        self._hidden: list[Place] = []
        self._struck: list[Place] = []

    def take(self, sheet: Sheet) -> None:
        """Read a sheet, or say why not."""
        choice = self._choices.sheets.get(sheet.name, SheetChoice())
        if sheet.is_hidden:
            self._leave(sheet, "đang ẩn, không đọc")
        elif not any(map(any, sheet.rows)):
            self._leave(sheet, "trống")
        elif choice.is_read is False:
            self._leave(sheet, "không đọc, theo lựa chọn")
        else:
            sheet, conversions = convert_letters(sheet)
            table = find_table(sheet, self._choices.words.headings, choice)
            if table is None:
                self._leave(sheet, "không có dòng tiêu đề của danh sách, không đọc")
            else:
                self._read(table, choice, conversions)

    def _leave(self, sheet: Sheet, why: str) -> None:
        self._sheets.append(SheetReading(sheet))
        if self._names_sheets:
            self._notes.append(f"Trang “{sheet.name}”: {why}.")

    def _read(self, table: Table, choice: SheetChoice, conversions: Sequence[Conversion]) -> None:
        table, refused = self._refuse(table)
        if any(map(is_misread, table.headings)):
            self._faults.append(RosterFileError(self._file, "tệp đã bị lưu sai bảng mã", _AGAIN))
            self._sheets.append(SheetReading(table.sheet, table))
            return
        layout = lay_out(table, len(self._people))
        table = layout.table
        choice = self._complete(table, choice, layout)
        absent = frozenset(column for column in table.missing if not _is_known(column, choice, layout))
        excused = {Column.CODE} if self._choices.makes_codes else set()
        if told := absent - excused - refused:
            self._lack(table, sorted(told, key=NEEDED.index))
        read = self._read_lines(table, choice, layout, absent) if Column.NAME not in absent else 0
        self._sheets.append(SheetReading(table.sheet, table, len(layout.lines), read, absent))
        if self._names_sheets:
            self._notes.append(f"Trang “{table.sheet.name}”: {len(layout.lines)} người.")
        self._notes += note_table(table, layout)
        self._doubts += doubt_table(table, layout, conversions)

    def _refuse(self, table: Table) -> tuple[Table, set[Column]]:
        """Return the table without what must not be kept, and which columns it lacks for that until it is decided."""
        refusals = list(find_refusals(table.sheet, table.body, table.headings, table.taken))
        if not refusals:
            return table, set()
        self._refused += refusals
        dropped = {refusal.place for refusal in refusals}
        lost = {column for column, at in table.places.items() if at in dropped}
        places = {column: at for column, at in table.places.items() if column not in lost}
        table = replace(table, sheet=drop_columns(table.sheet, table.body, dropped), places=places)
        return table, set() if self._choices.drops_refused else lost

    def _read_lines(self, table: Table, choice: SheetChoice, layout: Layout, absent: frozenset[Column]) -> int:
        """Read the people of a table, and return how many there are."""
        sheet, before = table.sheet, len(self._people)
        words, texts = self._choices.words, self._category_texts
        reader = MemberReader(table, choice, absent, words, self._units, self._findings, texts)
        for line in layout.lines:
            place = Place(sheet.name if self._names_sheets else "", line.row + 1)
            is_hidden, is_struck = line.row in sheet.hidden_rows, line.row in sheet.struck_rows
            if is_hidden or is_struck:
                (self._hidden if is_hidden else self._struck).append(place)
                if (self._choices.counts_hidden if is_hidden else self._choices.counts_struck) is False:
                    continue
            person = reader.read(line, place)
            if person is not None:
                self._people.append(person)
        return len(self._people) - before

    def _complete(self, table: Table, choice: SheetChoice, layout: Layout) -> SheetChoice:
        """Take the name of a sheet for the unit of its people when nothing else says it."""
        is_known = Column.UNIT in table.places or _is_known(Column.UNIT, choice, layout)
        if not is_known and looks_like_unit(table.sheet.name):
            problem = f"Trang “{table.sheet.name}” không có cột Đơn vị: tên trang được lấy làm đơn vị."
            self._doubts.append(Doubt(None, problem, "Nếu không đúng thì thêm cột Đơn vị vào tệp."))
            return replace(choice, unit=self._units.get(fold(table.sheet.name), table.sheet.name))
        return choice

    def _lack(self, table: Table, absent: Sequence[Column]) -> None:
        sheet = f" (trang “{table.sheet.name}”)" if self._names_sheets else ""
        found = ", ".join(f"“{heading}”" for heading in table.headings if heading)
        told = f" Tìm thấy ở dòng {table.top + 1}{sheet}: {found}."
        for column in absent:
            at = suggest_column(table, column)
            told += f" Cột “{table.name_of(at)}” có thể là “{column.value}”." if at is not None else ""
        self._faults.append(RosterColumnError(self._file, [column.value for column in absent], told))

    def finish(self) -> ReadList:
        """Return what was read."""
        if not any(reading.table for reading in self._sheets):
            self._faults.append(self._find_no_table())
        refused = [] if self._choices.drops_refused else [refusal.to_error(self._file) for refusal in self._refused]
        faults = [*refused, *self._faults, *self._findings.finish()]
        if not faults and not self._people:
            faults.append(RosterFileError(self._file, "không có dòng nào dưới dòng tiêu đề"))
        words = tuple(
            CategoryWord(text, rows, self._choices.words.categories.get(fold(text)) or find_category(text))
            for text, rows in self._category_texts.items()
            if fold(text) not in EXACT
        )
        return ReadList(
            file=self._file,
            people=tuple(self._people),
            sheets=tuple(self._sheets),
            notes=tuple(dict.fromkeys(self._notes)),
            doubts=(*self._doubts, *self._doubt_rows(), *self._doubt_words(words), *doubt_people(self._people)),
            faults=tuple(faults),
            words=words,
            refused=tuple(self._refused),
            hidden=tuple(self._hidden),
            struck=tuple(self._struck),
        )

    def _find_no_table(self) -> CampaignError:
        rows = [
            (at, row)
            for reading in self._sheets
            for at, row in enumerate(reading.sheet.rows[:HEADING_ROWS])
            if any(row)
        ]
        if any(is_misread(cell) for _, row in rows for cell in row):
            return RosterFileError(self._file, "tệp đã bị lưu sai bảng mã", _AGAIN)
        needed = [column.value for column in NEEDED]
        at, row = max(rows, key=lambda found: sum(map(bool, found[1])), default=(0, []))
        found = ", ".join(f"“{cell}”" for cell in row if cell)
        return RosterColumnError(self._file, needed, f" Tìm thấy ở dòng {at + 1}: {found}." if found else "")

    def _doubt_rows(self) -> Iterator[Doubt]:
        if self._hidden and self._choices.counts_hidden is None:
            yield doubt_rows("đang ẩn", "Tính hay bỏ?", self._hidden, self._people)
        if self._struck and self._choices.counts_struck is None:
            yield doubt_rows("bị gạch ngang", "Còn trong danh sách không?", self._struck, self._people)

    def _doubt_words(self, words: Sequence[CategoryWord]) -> Iterator[Doubt]:
        known = self._choices.words.categories
        new = [word for word in words if word.meant is not None and fold(word.text) not in known]
        if new:
            told = ", ".join(f"“{word.text}” ({word.rows} dòng) là {word.meant.label}" for word in new if word.meant)
            yield Doubt(
                None, f"Chữ trong cột Loại được hiểu: {told}.", "Nếu không đúng thì chọn lại ở trang xem trước."
            )


def _is_known(column: Column, choice: SheetChoice, layout: Layout) -> bool:
    """Say whether what a column would hold is known in another way."""
    if column is Column.UNIT:
        return bool(choice.unit) or any(line.group_unit for line in layout.lines)
    is_chosen = column is Column.CATEGORY and choice.category is not None
    return is_chosen or (column is Column.CATEGORY and any(line.group_category for line in layout.lines))
