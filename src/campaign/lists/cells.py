"""Single cells: codes, addresses and names as people type them and programs spoil them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from campaign.core.legacy import Encoding, decode, guess_encoding, is_misread, is_telling, is_unicode
from campaign.core.people.access import to_staff_code
from campaign.core.text import fold, to_nfc
from campaign.lists.sheets import Mark, Sheet

CELL_CHARACTERS = 200
AS_TEXT = "Định dạng cột Mã là Văn bản (Text) rồi nhập lại mã."
_AGAIN = "Lưu lại từ tệp gốc thành .xlsx, hoặc gõ lại."
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)|Err:\d+")
_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_FRACTION = re.compile(r"\d+,\d+")
_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:\d\d){1,2}|\d{4}-\d\d-\d\d|\d{1,2}-(?:[A-Z]{3}|THG\d+)|[A-Z]{3}-\d\d")
"""Days as Excel writes them into CSV."""
_ODD = re.compile("[?\u0370-\u052f\uff01-\uff5e\ufffd#ÃÄÆ]|á[º»]|Err:")
"""What a cell must have for any of the faults below; most have none of it."""
_NO_ADDRESS = re.compile(r"khong(?: co)?|chua(?: co)?|[-–.x0/]+|n/?a|none|null", re.IGNORECASE)
_LOCAL = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(
    rf"{_LOCAL}(?:\.{_LOCAL})*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{{2,}}", re.IGNORECASE | re.ASCII
)
"""An address that mail servers take: RFC 5321, without quotation marks and without letters other than ASCII."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: one cause, whichever cells have it.

    Attributes:
        reason: The cause.
        advice: What to do.
        shows_cell: Whether the cause is said of what is in the cell, and follows it.
    """

    reason: str
    advice: str
    shows_cell: bool = False


MADE = {
    Mark.DATE: Problem("là ngày tháng mà Excel đã đổi từ mã", AS_TEXT, shows_cell=True),
    Mark.POWER: Problem("là mã bị Excel đổi thành dạng số mũ; các chữ số cuối đã mất", AS_TEXT, shows_cell=True),
    Mark.LONG: Problem("có nhiều chữ số hơn Excel giữ được; các chữ số cuối đã mất", AS_TEXT, shows_cell=True),
    Mark.FRACTION: Problem("là số lẻ, không phải mã", AS_TEXT, shows_cell=True),
    Mark.UNCALCULATED: Problem("công thức chưa tính", "Mở tệp bằng Excel, lưu lại rồi nhập."),
}


@lru_cache(maxsize=100_000)
def find_problem(text: str) -> Problem | None:
    """Tell what makes a text unusable, in whatever column."""
    if len(text) > CELL_CHARACTERS or not text.isprintable() or "\N{REPLACEMENT CHARACTER}" in text:
        return Problem(f"dài quá {CELL_CHARACTERS} ký tự hoặc có ký tự không nhìn thấy", "Xoá ô rồi gõ lại.")
    if not _ODD.search(text):
        return None
    if _ERROR.fullmatch(text):
        return Problem(f"ô báo lỗi {text} của Excel", "Sửa công thức trong Excel, hoặc gõ thẳng giá trị vào ô.")
    return next((problem for is_so, problem in _SPOILT if is_so(text)), None)


_SPOILT: tuple[tuple[Callable[[str], object], Problem], ...] = (
    (is_misread, Problem("đã bị đọc sai bảng mã trước khi lưu", _AGAIN, shows_cell=True)),
    (re.compile(r"\w\?|\?\w").search, Problem("có dấu ? ở chỗ chữ đã mất", _AGAIN, shows_cell=True)),
    (
        re.compile("[\u0370-\u052f\uff01-\uff5e]").search,
        Problem("có chữ của bảng chữ cái khác, trông giống chữ Việt", "Xoá ô rồi gõ lại.", shows_cell=True),
    ),
)


def read_code(text: str, mark: Mark | None) -> tuple[str, Problem | None]:
    """Return the staff code in a cell, or what Excel has made of it."""
    if mark is not None:
        return "", MADE[mark]
    code = text.lstrip("'’‘`")
    if "+" in code and _POWER.fullmatch(code):
        return "", MADE[Mark.POWER]
    if "," in code and _FRACTION.fullmatch(code):
        return "", MADE[Mark.FRACTION]
    return to_staff_code(code), None


def doubt_code(code: str) -> str:
    """Say as what a program may have written a code, when it looks so."""
    if _DAY.fullmatch(code):
        return "giống ngày tháng mà Excel tự đổi"
    if re.fullmatch(r"\d+\.\d+", code):
        return "giống số lẻ"
    return "dài hơn số chữ số mà Excel giữ được" if re.fullmatch(r"\d{16,}", code) else ""


def read_address(text: str) -> tuple[str | None, Problem | None]:
    """Return the mail address in a cell: nothing when it says that there is none; or why it cannot work."""
    if not text or _ADDRESS.fullmatch(text):
        return text or None, None
    address = re.sub(r"^mailto:\s*", "", text, flags=re.IGNORECASE)
    named = re.fullmatch(r"[^<>@]*<([^<>]+)>", address)
    address = (named[1] if named else address).strip()
    if not address or _NO_ADDRESS.fullmatch(fold(address)):
        return None, None
    if _ADDRESS.fullmatch(address):
        return address, None
    advice = "Nhập địa chỉ dạng ten@coquan.vn, hoặc để trống."
    if address.count("@") > 1:
        return None, Problem("có hai địa chỉ; giữ một", advice, shows_cell=True)
    if not address.isascii():
        return None, Problem("có chữ có dấu, thư không gửi đến được", advice, shows_cell=True)
    return None, Problem("không phải địa chỉ thư", advice, shows_cell=True)


def is_clean(texts: Iterable[str]) -> bool:
    """Say whether `find_problem` finds nothing in any of the cells of a row; it may say no where there is nothing."""
    joined = "".join(texts)
    return len(joined) <= CELL_CHARACTERS and joined.isprintable() and not _ODD.search(joined)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Cells of a column that were in a font from before Unicode.

    Attributes:
        place: The column, from 0.
        cells: How many.
        example: One of them as it was stored.
        meant: The same as it was read.
    """

    place: int
    cells: int
    encoding: Encoding
    example: str
    meant: str


def convert_letters(sheet: Sheet) -> tuple[Sheet, list[Conversion]]:
    """Return a sheet in Unicode, with Ð as Đ, and what was in a font from before Unicode."""
    found = []
    rows = sheet.rows
    for place, column in enumerate(sheet.columns()):
        texts = {text for text in set(column) if not text.isascii()}
        if not is_telling("\n".join(texts)):
            continue
        encoding = guess_encoding(texts)
        is_whole = not any(map(is_unicode, texts))
        changed = {
            text: meant
            for text in texts
            if not is_unicode(text)
            and (is_whole or guess_encoding([text]) is encoding)
            and (meant := to_nfc(decode(text, encoding))) != text
        }
        if encoding is not Encoding.UNICODE and changed:
            rows = [_replace(row, place, changed) for row in rows]
            example = min(changed)
            cells = sum(text in changed for text in column)
            found.append(Conversion(place, cells, encoding, example, changed[example]))
    everything = "".join(map("".join, rows))
    if any(letter in everything for letter in "ÐðƉɖ"):
        rows = [[to_nfc(cell) for cell in row] for row in rows]
    return (replace(sheet, rows=rows) if rows is not sheet.rows else sheet), found


def _replace(row: list[str], place: int, changed: dict[str, str]) -> list[str]:
    if place >= len(row) or row[place] not in changed:
        return row
    return [*row[:place], changed[row[place]], *row[place + 1 :]]
