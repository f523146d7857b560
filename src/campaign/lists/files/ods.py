"""Workbooks of LibreOffice, whose cells hold the text that they show."""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from campaign.lists.files.formats import MOST_DIGITS
from campaign.lists.files.grid import Grid
from campaign.lists.sheets import Mark, Merged, Sheet

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_KINDS = {"date": Mark.DATE, "time": Mark.DATE, "percentage": Mark.FRACTION}


def read_ods(file: str, archive: ZipFile) -> Iterator[Sheet]:
    """Give the sheets of a workbook in their order.

    Raises:
        RosterFileError: A sheet is larger than any list.
        Exception: Whatever a broken file makes a parser raise.
    """
    root = etree.fromstring(archive.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    for gap in root.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        gap.text = " "
    struck, hidden = set(), set()
    for style in root.iter(f"{_STYLE}style"):
        if any(part.get(f"{_STYLE}text-line-through-style", "none") != "none" for part in style):
            struck.add(style.get(f"{_STYLE}name"))
        if any(part.get(f"{_TABLE}display") == "false" for part in style):
            hidden.add(style.get(f"{_STYLE}name"))
    for table in root.iter(f"{_TABLE}table"):
        grid = Grid(file, str(table.get(f"{_TABLE}name")), is_hidden=table.get(f"{_TABLE}style-name") in hidden)
        _read_table(grid, table, struck)
        yield grid.finish()


def _read_table(grid: Grid, table: Element, struck: set[str | None]) -> None:
    start = 0
    for column in table.iter(f"{_TABLE}table-column"):
        end = start + _repeats(column, "columns")
        if _is_hidden(column):
            grid.hidden_columns.update(range(start, min(end, 2**14)))
        start = end
    row = 0
    for element in table.iter(f"{_TABLE}table-row"):
        # A row is repeated to the end of the sheet when it is empty, or a few times when its neighbours are the same.
        for number in range(
            row, row + (_repeats(element, "rows") if "".join(map(str, element.itertext())).strip() else 1)
        ):
            _read_row(grid, number, element, struck)
            if _is_hidden(element):
                grid.hidden_rows.add(number)
        row += _repeats(element, "rows")


def _read_row(grid: Grid, row: int, element: Element, struck: set[str | None]) -> None:
    column = 0
    for cell in element:
        times = _repeats(cell, "columns")
        text = " ".join("".join(map(str, line.itertext())) for line in cell if line.tag == f"{_TEXT}p")
        mark = _find_mark(cell, text)
        if text or mark:
            for place in range(column, column + times):
                grid.put(row, place, text, mark)
            if cell.get(f"{_TABLE}style-name") in struck:
                grid.struck_rows.add(row)
        rows, columns = (int(cell.get(f"{_TABLE}number-{kind}-spanned", "1")) for kind in ("rows", "columns"))
        if rows * columns > 1:
            grid.merged.append(Merged(row, column, row + rows - 1, column + columns - 1))
        column += times


def _find_mark(cell: Element, text: str) -> Mark | None:
    kind, value = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value", "")
    if kind is None and cell.get(f"{_TABLE}formula"):
        return Mark.UNCALCULATED
    if kind != "float":
        return _KINDS.get(kind or "")
    number = float(value)
    if "E" in text.upper() and not text.isalnum():
        return Mark.POWER
    if abs(number) >= 10**MOST_DIGITS:
        return Mark.LONG
    return None if number.is_integer() else Mark.FRACTION


def _repeats(element: Element, kind: str) -> int:
    return int(element.get(f"{_TABLE}number-{kind}-repeated", "1"))


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"
