"""Roster files: CSV and Excel lists read into members, with every fault of the file at once."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from campaign.core.access import to_staff_code
from campaign.core.roster import Category, Member
from campaign.core.text import fold, to_nfc
from campaign.errors import (
    CampaignError,
    DuplicateMemberError,
    Faults,
    RosterColumnError,
    RosterColumnRefusedError,
    RosterFileError,
    RosterValueError,
)

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Mã": ("ma", "ma cong chuc", "ma can bo", "ma nhan vien", "ma so", "staff code", "code"),
    "Họ và tên": ("ho va ten", "ho ten", "ten", "full name", "name"),
    "Đơn vị": ("don vi", "phong", "phong, don vi", "phong ban", "unit"),
    "Loại": ("loai", "doi tuong", "loai can bo", "category"),
    "Thư điện tử": ("thu dien tu", "email", "e-mail"),
}
"""The columns of a roster, each with the folded headings under which it is recognised."""
OPTIONAL = {"Thư điện tử"}
REFUSED = ("cccd", "cmnd", "can cuoc", "chung minh", "ngay sinh", "nam sinh", "dan toc", "ton giao", "birth")
"""Folded parts of headings of columns that must not be kept: identity numbers, birth dates, ethnicity, religion."""
CATEGORIES = {fold(category.label): category for category in Category} | {
    category.value: category for category in Category
}
CELL_CHARACTERS = 200
EXCEL_BYTES = 64 << 20
"""What the parts of a workbook may hold unpacked: ten times a list of 30,000 people."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]


def read_roster_file(path: Path) -> list[Member]:
    """Return the members that a file lists.

    Raises:
        Faults: The file has rows that cannot be used; all are named.
        RosterFileError: It cannot be read at all.
        RosterColumnError: It lacks a column.
        RosterColumnRefusedError: It has a column that must not be kept.
    """
    table = iter(_read_table(path))
    headings = next(table, [])
    places = _find_columns(path.name, headings)
    rows = [
        _Row(number, {name: cells[place] if place < len(cells) else "" for name, place in places.items()})
        for number, cells in enumerate(table, 2)
        if any(cells)
    ]
    return _to_members(path.name, rows)


def _read_table(path: Path) -> list[list[str]]:
    """Return the cells of every row, cleaned."""
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise RosterFileError(path.name, "tên tệp không có đuôi .xlsx hoặc .csv")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RosterFileError(path.name, "không tìm thấy tệp") from None
    except OSError as error:
        raise RosterFileError(path.name, "không mở được tệp") from error
    return [[_clean(cell) for cell in cells] for cells in read(path.name, content)]


def _read_csv(file: str, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        heading = text.partition("\n")[0]
        return list(csv.reader(io.StringIO(text), delimiter=max(",;", key=heading.count)))
    except UnicodeDecodeError:
        raise RosterFileError(file, "tệp CSV không phải mã UTF-8") from None
    except csv.Error as error:
        raise RosterFileError(file, "tệp CSV bị hỏng, có thể thiếu một dấu ngoặc kép") from error


def _read_excel(file: str, content: bytes) -> list[tuple[object, ...]]:
    """Return the cells of the first sheet; a formula counts as what Excel last made of it."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size <= EXCEL_BYTES:
            sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
            sheet.reset_dimensions()  # Some programs write wrong ones, and rows would be missing.
            return list(sheet.iter_rows(values_only=True))
    except Exception as error:  # The library raises whatever it stumbles on in a broken file.
        raise RosterFileError(file, "không phải tệp Excel .xlsx") from error
    raise RosterFileError(file, f"tệp lớn quá {EXCEL_BYTES >> 20} MiB khi giải nén")


_READERS: Mapping[str, Callable[[str, bytes], Iterable[Iterable[object]]]] = {".csv": _read_csv, ".xlsx": _read_excel}


def _clean(cell: object) -> str:
    return " ".join(to_nfc("" if cell is None else str(cell)).split())


def _find_columns(file: str, headings: Iterable[str]) -> dict[str, int]:
    """Return the place of each column that the file has."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        folded = fold(heading)
        if any(part in folded for part in REFUSED):
            raise RosterColumnRefusedError(file, heading)
        for name, known in COLUMNS.items():
            if folded in known:
                places.setdefault(name, place)
    missing = [name for name in COLUMNS if name not in places and name not in OPTIONAL]
    if missing:
        raise RosterColumnError(file, missing)
    return places


def _to_members(file: str, rows: Iterable[_Row]) -> list[Member]:
    members: list[Member] = []
    faults: list[CampaignError] = []
    first_rows: dict[str, int] = {}
    for row in rows:
        found = list(_find_faults(file, row))
        code = to_staff_code(row.cells["Mã"])
        if code and code in first_rows:
            found.append(DuplicateMemberError(file, code, row=row.number, first_row=first_rows[code]))
        first_rows.setdefault(code, row.number)
        faults += found
        if not found:
            members.append(_to_member(row))
    if not faults and not members:
        faults.append(RosterFileError(file, "không có dòng nào dưới dòng tiêu đề"))
    if faults:
        raise Faults(faults, "Danh sách cũ vẫn giữ nguyên; chưa có dòng nào được lưu.")
    return members


def _find_faults(file: str, row: _Row) -> Iterator[CampaignError]:
    for name in COLUMNS:
        if name not in OPTIONAL and not row.cells[name]:
            yield RosterValueError(file, row.number, name, "ô đang trống", f"Nhập {name.lower()} của người này.")
    for name, cell in row.cells.items():
        if len(cell) > CELL_CHARACTERS or not cell.isprintable():
            reason = f"dài quá {CELL_CHARACTERS} ký tự hoặc có ký tự không nhìn thấy"
            yield RosterValueError(file, row.number, name, reason, "Xoá ô rồi gõ lại.")
    category, email = row.cells["Loại"], row.cells.get("Thư điện tử", "")
    if category and fold(category) not in CATEGORIES:
        labels = ", ".join(one.label for one in Category)
        yield RosterValueError(file, row.number, "Loại", f"không hiểu “{category}”", f"Nhập một trong: {labels}.")
    if email and not EMAIL.fullmatch(email):
        remedy = "Nhập địa chỉ dạng ten@coquan.vn, hoặc để trống."
        yield RosterValueError(file, row.number, "Thư điện tử", f"“{email}” không phải địa chỉ thư", remedy)


def _to_member(row: _Row) -> Member:
    return Member(
        staff_code=to_staff_code(row.cells["Mã"]),
        name=row.cells["Họ và tên"],
        unit=row.cells["Đơn vị"],
        category=CATEGORIES[fold(row.cells["Loại"])],
        email=row.cells.get("Thư điện tử") or None,
    )
