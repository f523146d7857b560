"""Roster files: lists read into members, with every fault of the file at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from campaign.core.access import to_staff_code
from campaign.core.roster import Category, Member
from campaign.core.text import fold
from campaign.errors.base import CampaignError, Faults
from campaign.errors.roster import DuplicateMemberError, RosterColumnError, RosterFileError, RosterValueError
from campaign.store.roster.privacy_rules import Refusals, refuse_headings
from campaign.store.roster.roster import STEP, Advance
from campaign.store.roster.table_file import Row, read_table, read_table_file

GIVEN, FAMILY = "Tên", "Họ đệm"
"""Where a file has two columns for a name, these are they."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Mã": (
        "ma",
        "ma cong chuc",
        "ma can bo",
        "ma cbcc",
        "ma cbccvc",
        "ma nhan vien",
        "ma nv",
        "ma so",
        "ma so can bo",
        "so hieu cong chuc",
        "staff code",
        "staff id",
        "employee id",
        "code",
    ),
    "Họ và tên": ("ho va ten", "ho ten", "ho, ten", "ten day du", "full name", "name"),
    "Đơn vị": (
        "don vi",
        "don vi cong tac",
        "phong",
        "phong, don vi",
        "phong/don vi",
        "phong ban",
        "bo phan",
        "unit",
        "department",
    ),
    "Loại": ("loai", "doi tuong", "loai can bo", "loai hop dong", "nhom", "category", "type"),
    "Thư điện tử": ("thu dien tu", "thu cong vu", "email", "e-mail", "mail", "dia chi thu"),
    FAMILY: ("ho", "ho dem", "ho va dem", "ho va ten dem", "ho lot", "last name", "family name"),
    GIVEN: ("ten", "first name", "given name"),
}
"""The columns of a roster, each with the folded headings under which it is recognised."""
OPTIONAL = {"Thư điện tử", FAMILY, GIVEN}
NEEDED = [name for name in COLUMNS if name not in OPTIONAL]
HEADING_ROWS = 20
"""A list from an office may begin with the names of the bodies and its title; the headings stand below."""
CATEGORIES = {fold(category.label): category for category in Category} | {
    category.value: category for category in Category
}
CELL_CHARACTERS = 200
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands in a text that was read in another encoding than it was written in."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[str, str]


def read_roster_file(path: Path, advance: Advance = lambda _count: None) -> list[Member]:
    """Return the members that the file at *path* lists; raises as `read_roster_content` does.

    Args:
        path: The file.
        advance: Told after every thousand rows how many more were read.
    """
    return _read(path.name, _tell(read_table_file(path), advance))


def read_roster_content(file: str, content: bytes) -> list[Member]:
    """Return the members that a file lists.

    Raises:
        Faults: The file has rows that cannot be used; all are named.
        RosterFileError: It cannot be read at all.
        RosterColumnError: It lacks a column.
        RosterColumnRefusedError: It has a column that must not be kept, by its heading or by what stands in it.
    """
    return _read(file, read_table(file, content))


def _tell(rows: Iterable[Row], advance: Advance) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % STEP == 0:
            advance(STEP)


def _read(file: str, rows: Iterable[Row]) -> list[Member]:
    table = enumerate(rows, 1)
    top, headings, places = _find_headings(file, table)
    refuse_headings(file, headings)
    refusals = Refusals(file, headings, set(places.values()))
    lines = []
    for number, cells in (*top, *table):
        if any(cells):
            refusals.look_at(cells)
            found = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
            lines.append(_Line(number, _join_name(found)))
    refusals.finish()
    return _to_members(file, lines)


def _find_headings(file: str, table: Iterator[tuple[int, Row]]) -> tuple[list[tuple[int, Row]], Row, dict[str, int]]:
    """Return the rows read too far, the row of the headings, and the place of each column that the file has."""
    top = list(islice(table, HEADING_ROWS))
    best: tuple[int, dict[str, int]] = (0, {})
    for index, (_, cells) in enumerate(top):
        places = find_columns(cells)
        if len(places) > len(best[1]):
            best = (index, places)
    index, places = best
    missing = [name for name in NEEDED if name not in places]
    if missing:
        refuse_headings(file, [cell for _, cells in top for cell in cells])
        raise RosterColumnError(file, missing)
    return top[index + 1 :], top[index][1], places


def find_columns(headings: Iterable[str]) -> dict[str, int]:
    """Return the place of each column of `COLUMNS` that is among the headings; of two that would serve, the first."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        folded = fold(heading).strip(" :.*")
        for name, known in COLUMNS.items():
            if folded in known:
                places.setdefault(name, place)
    if "Họ và tên" not in places and GIVEN in places:
        places["Họ và tên"] = places[GIVEN]
    return places


def _join_name(cells: dict[str, str]) -> dict[str, str]:
    """Put a name together that the file has in two columns."""
    if cells.get(FAMILY) and cells.get(GIVEN):
        cells["Họ và tên"] = f"{cells[FAMILY]} {cells[GIVEN]}"
    return cells


def _to_members(file: str, lines: Iterable[_Line]) -> list[Member]:
    members: list[Member] = []
    faults: list[CampaignError] = []
    first_rows: dict[str, int] = {}
    for line in lines:
        found = list(_find_faults(file, line))
        code = to_staff_code(line.cells["Mã"])
        if code and code in first_rows:
            found.append(DuplicateMemberError(file, code, row=line.number, first_row=first_rows[code]))
        first_rows.setdefault(code, line.number)
        faults += found
        if not found:
            members.append(_to_member(line))
    if not faults and not members:
        faults.append(RosterFileError(file, "không có dòng nào dưới dòng tiêu đề"))
    if faults:
        raise Faults(tuple(faults), "Danh sách cũ vẫn giữ nguyên; chưa có dòng nào được lưu.")
    return members


def _find_faults(file: str, line: _Line) -> Iterator[CampaignError]:
    for name in NEEDED:
        if not line.cells[name]:
            yield RosterValueError(file, line.number, name, "ô đang trống", f"Nhập {name.lower()} của người này.")
    for name, cell in line.cells.items():
        if len(cell) > CELL_CHARACTERS or not cell.isprintable() or UNREADABLE in cell:
            reason = f"dài quá {CELL_CHARACTERS} ký tự hoặc có ký tự không nhìn thấy"
            yield RosterValueError(file, line.number, name, reason, "Xoá ô rồi gõ lại.")
    category, email = line.cells["Loại"], line.cells.get("Thư điện tử", "")
    if category and _find_category(category) is None:
        labels = ", ".join(one.label for one in Category)
        yield RosterValueError(file, line.number, "Loại", f"không hiểu “{category}”", f"Nhập một trong: {labels}.")
    if email and not EMAIL.fullmatch(email):
        remedy = "Nhập địa chỉ dạng ten@coquan.vn, hoặc để trống."
        yield RosterValueError(file, line.number, "Thư điện tử", f"“{email}” không phải địa chỉ thư", remedy)


@lru_cache(maxsize=1_000)
def _find_category(cell: str) -> Category | None:
    return CATEGORIES.get(fold(cell))


def _to_member(line: _Line) -> Member:
    category = _find_category(line.cells["Loại"])
    assert category is not None  # noqa: S101 - a line that names none is a fault
    return Member(
        staff_code=to_staff_code(line.cells["Mã"]),
        name=line.cells["Họ và tên"],
        unit=line.cells["Đơn vị"],
        category=category,
        email=line.cells.get("Thư điện tử") or None,
    )
