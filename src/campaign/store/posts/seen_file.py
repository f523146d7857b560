"""The document system's list of who has seen a document, read from CSV or Excel."""

from collections.abc import Iterable, Iterator

from campaign.core.access import to_staff_code
from campaign.core.seen import SeenLine
from campaign.core.text import fold
from campaign.errors.roster import RosterColumnError
from campaign.store.roster.file import HEADING_ROWS, find_columns
from campaign.store.roster.table_file import Row, read_table

STATES = ("trang thai", "tinh trang", "da xem", "xem", "status")
"""Folded headings of the column that says whether somebody has seen it; without it everyone on the list has."""
NOT_SEEN = ("chua", "khong", "not", "no", "unread")
"""How a cell of that column begins when somebody has not."""


def read_seen_content(file: str, content: bytes) -> list[SeenLine]:
    """Return the lines of those who have seen the document, of a file that was handed in, named *file*.

    Raises:
        RosterFileError: The file cannot be read.
        RosterColumnError: It has neither names nor staff codes.
    """
    return list(_read(file, read_table(file, content)))


def _read(file: str, rows: Iterable[Row]) -> Iterator[SeenLine]:
    places: dict[str, int] = {}
    state: int | None = None
    for number, cells in enumerate(rows, 1):
        if not places:
            found = find_columns(cells)
            if "Họ và tên" in found or "Mã" in found:
                places = found
                state = next((place for place, cell in enumerate(cells) if fold(cell) in STATES), None)
            elif number >= HEADING_ROWS:
                break
        elif any(cells) and not (state is not None and fold(_cell(cells, state)).startswith(NOT_SEEN)):
            code, name, unit = (_cell(cells, places.get(column)) for column in ("Mã", "Họ và tên", "Đơn vị"))
            if code or name:
                yield SeenLine(number, to_staff_code(code), name, unit)
    if not places:
        raise RosterColumnError(file, ["Họ và tên"])


def _cell(cells: Row, place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
