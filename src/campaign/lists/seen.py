"""The document system's list of who has seen a document."""

from collections.abc import Iterator, Sequence

from campaign.core.people.access import to_staff_code
from campaign.core.people.seen import SeenLine
from campaign.core.text import fold
from campaign.errors.roster import RosterColumnError
from campaign.lists.cells import convert_letters
from campaign.lists.headings import Column, simplify
from campaign.lists.layout import lay_out
from campaign.lists.sheets import Sheet
from campaign.lists.tables import SheetChoice, Table, find_table

STATES = ("trang thai", "tinh trang", "da xem", "xem", "status")
"""Folded headings of the column that says whether somebody has seen it; without it everyone on the list has."""
NOT_SEEN = ("chua", "khong", "not", "no", "unread")
"""How a cell of that column begins when somebody has not."""


def read_seen_list(file: str, sheets: Sequence[Sheet]) -> list[SeenLine]:
    """Return the lines of those who have seen the document, from every sheet that a person sees.

    Raises:
        RosterColumnError: No sheet has names or staff codes.
    """
    shown = [convert_letters(sheet)[0] for sheet in sheets if not sheet.is_hidden]
    tables = [table for sheet in shown if (table := find_table(sheet, {}, SheetChoice()))]
    if not tables:
        raise RosterColumnError(file, [Column.NAME])
    return [line for table in tables for line in _read(table)]


def _read(table: Table) -> Iterator[SeenLine]:
    state = next((at for at, heading in enumerate(table.headings) if simplify(heading) in STATES), None)
    layout = lay_out(table)
    for line in layout.lines:
        code, name = table.read(line.row, Column.CODE), table.read_name(line.row)
        unit = layout.table.read(line.row, Column.UNIT) or line.group_unit
        is_seen = state is None or not fold(table.cell(line.row, state)).startswith(NOT_SEEN)
        if is_seen and (code or name):
            yield SeenLine(line.row + 1, to_staff_code(code), name, unit)
