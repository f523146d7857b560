"""Workbooks of Excel before 2007."""

import io
from collections.abc import Iterator

import xlrd

from campaign.lists.files.formats import GENERAL, show_number
from campaign.lists.files.grid import Grid
from campaign.lists.sheets import Mark, Merged, Sheet


def read_xls(file: str, content: bytes) -> Iterator[Sheet]:
    """Give the sheets of a workbook in their order.

    Raises:
        RosterFileError: A sheet is larger than any list.
        Exception: Whatever a broken file makes the library raise.
    """
    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    formats = [book.format_map[style.format_key].format_str or GENERAL for style in book.xf_list]
    struck = {number for number, style in enumerate(book.xf_list) if book.font_list[style.font_index].struck_out}
    for sheet in book.sheets():
        grid = Grid(file, sheet.name, is_hidden=sheet.visibility != 0)
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                text, mark = _show(cell, formats)
                grid.put(row, column, text, mark)
                if text and cell.xf_index in struck:
                    grid.struck_rows.add(row)
        grid.merged += [Merged(top, left, end - 1, right - 1) for top, end, left, right in sheet.merged_cells]
        grid.hidden_rows |= {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        grid.hidden_columns |= {column for column, info in sheet.colinfo_map.items() if info.hidden}
        yield grid.finish()


def _show(cell: xlrd.sheet.Cell, formats: list[str]) -> tuple[str, Mark | None]:
    if isinstance(cell.value, float) and cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return show_number(cell.value, formats[cell.xf_index or 0])
    if isinstance(cell.value, int) and cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value], None
    return str(cell.value), None
