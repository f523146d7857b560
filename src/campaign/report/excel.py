"""Sheets of Excel workbooks.

Dates are dates and numbers are numbers, so that Excel sorts and adds them up; whatever people wrote is text, and never
runs as a formula.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from campaign.core.text import drop_unprintable
from campaign.report.lists import Listing, Value

_DAY, _MOMENT, _SHARE, _TEXT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "0.0%", "@"
_BOLD = Font(bold=True)
FORM_ROWS = 500
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_xlsx(listing: Listing) -> bytes:
    """Return a list as a workbook of one sheet."""
    book = Workbook(write_only=True)
    add_list(book, listing)
    return to_bytes(book)


def write_form(listing: Listing, choices: Mapping[str, Sequence[str]]) -> bytes:
    """Return a list to be filled in: its columns are text, and of some the values are chosen.

    Args:
        listing: The headings, and an example.
        choices: What can be chosen, by the heading of the column.
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    add_list(book, listing, blank_rows=FORM_ROWS)
    values = book.create_sheet("Lựa chọn")
    values.sheet_state = "hidden"
    columns = list(choices.values())
    for row in range(max(map(len, columns), default=0)):
        values.append([column[row] if row < len(column) else None for column in columns])
    headings = list(listing.columns)
    for number, (heading, options) in enumerate(choices.items(), 1):
        letter, own = get_column_letter(number), get_column_letter(headings.index(heading) + 1)
        chosen = DataValidation("list", f"'Lựa chọn'!${letter}$1:${letter}${len(options)}", allow_blank=True)
        chosen.showErrorMessage = False  # What a unit is called otherwise is asked about when the list comes in.
        chosen.add(f"{own}2:{own}{FORM_ROWS}")
        if options:
            book.worksheets[0].add_data_validation(chosen)
    return to_bytes(book)


def to_bytes(book: Workbook) -> bytes:
    """Return a workbook as the bytes of a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def add_list(book: Workbook, listing: Listing, blank_rows: int = 0) -> None:
    """Add a list as a sheet; below it, so many rows are ready to take text."""
    texts = [number for number, heading in enumerate(listing.columns) if heading in listing.codes]
    sheet = _create_sheet(book, listing.title, listing.columns, len(listing.above) + 1)
    for line in listing.above:
        append(sheet, [line])
    append(sheet, listing.columns, bold=True)
    for row in listing.rows:
        cells = [_cell(sheet, value) for value in row]
        for number in texts:
            cells[number] = _text_cell(sheet, row[number])
        sheet.append(cells)
    for _ in range(blank_rows):
        sheet.append([_text_cell(sheet, None) for _ in listing.columns])
    _filter(sheet, len(listing.columns), len(listing.above) + 1, len(listing.rows))


def add_sheet(
    book: Workbook, title: str, headings: Mapping[str, int], rows: Sequence[Sequence[Value]], *, filtered: bool = False
) -> Worksheet:
    """Add a sheet whose headings, with the widths of their columns, stay in sight."""
    sheet = _create_sheet(book, title, headings, 1)
    append(sheet, headings, bold=True)
    for row in rows:
        append(sheet, row)
    if filtered:
        _filter(sheet, len(headings), 1, len(rows))
    return sheet


def append(sheet: Worksheet, values: Iterable[Value], *, bold: bool = False) -> None:
    """Append a row to a sheet."""
    sheet.append([_cell(sheet, value, bold=bold) for value in values])


def _create_sheet(book: Workbook, title: str, headings: Mapping[str, int], heading_row: int) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = Worksheet.PAPERSIZE_A4, Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # As many pages down as it takes.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    assert sheet.oddFooter is not None  # noqa: S101 - every sheet has one
    sheet.oddFooter.center.text = "&P/&N"
    for number, width in enumerate(headings.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def _filter(sheet: Worksheet, columns: int, heading_row: int, rows: int) -> None:
    sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(columns)}{heading_row + rows}"


def _text_cell(sheet: Worksheet, value: Value) -> Cell:
    """Return a cell that stays text also when somebody types into it."""
    cell = WriteOnlyCell(sheet, drop_unprintable(value) if isinstance(value, str) else None)
    if value:
        cell.data_type = "s"
    cell.number_format = _TEXT
    return cell


def _cell(sheet: Worksheet, value: Value, *, bold: bool = False) -> Value | Cell:
    """Return what is written for *value*: a cell only where it needs a look, which takes fifty times as long."""
    shown = drop_unprintable(value) if isinstance(value, str) else value
    is_plain = shown is None or type(shown) is int or (isinstance(shown, str) and not shown.startswith("="))
    if is_plain and not bold:
        return shown
    cell: Cell = WriteOnlyCell(sheet, shown)  # type: ignore[arg-type]  # the stubs forget dates
    if isinstance(shown, str):
        cell.data_type = "s"  # Not a formula, whatever it begins with.
    elif isinstance(shown, date):
        cell.number_format = _MOMENT if isinstance(shown, datetime) else _DAY
    elif isinstance(shown, float):
        cell.number_format = _SHARE
    if bold:
        cell.font = _BOLD
    return cell
