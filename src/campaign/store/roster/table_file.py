"""Tables that arrive as files: CSV in the encodings and separators that Excel writes in Viet Nam, and XLSX."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path, PurePath
from zipfile import ZipFile

from python_calamine import load_workbook

from campaign.core.text import to_nfc
from campaign.errors.roster import RosterFileError

EXCEL_BYTES = 64 << 20
"""What the parts of a workbook may hold unpacked: ten times a list of 30,000 people."""
SEPARATORS = ",;\t"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which Excel is told the separator."""

Row = list[str]


def read_table_file(path: Path) -> Iterator[Row]:
    """Give the cells of every row of the file at *path*, as `read_table` does.

    Raises:
        RosterFileError: It cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RosterFileError(path.name, "không tìm thấy tệp") from None
    except OSError as error:
        raise RosterFileError(path.name, "không mở được tệp") from error
    return read_table(path.name, content)


def read_table(file: str, content: bytes) -> Iterator[Row]:
    """Give the cells of every row: NFC, single-spaced, a number without needless decimals, a date as 2025-11-05.

    Args:
        file: The file's name, whose ending says what it is.
        content: The file.

    Raises:
        RosterFileError: It cannot be read.
    """
    read = _READERS.get(PurePath(file).suffix.lower())
    if read is None:
        raise RosterFileError(file, "tên tệp không có đuôi .xlsx hoặc .csv")
    return ([_clean(cell) for cell in cells] for cells in read(file, content))


def _read_csv(file: str, content: bytes) -> list[list[str]]:
    text = _decode(content)
    told = _SEPARATOR_LINE.match(text)
    text = text[told.end() :] if told else text
    head = text[:1000]
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=told[1] if told else max(SEPARATORS, key=head.count)))
    except csv.Error as error:
        raise RosterFileError(file, "tệp CSV bị hỏng, có thể thiếu một dấu ngoặc kép") from error
    return [[], *rows] if told else rows  # So that rows are counted as the file has them.


def _decode(content: bytes) -> str:
    """Return the text: UTF-16 by its mark or its zeros, else UTF-8, else what Vietnamese Windows calls ANSI."""
    if content[:2] in _UTF_16:
        return content.decode(_UTF_16[content[:2]], "replace")
    if zeros := [place & 1 for place, byte in enumerate(content[:200]) if not byte]:
        return content.decode("utf-16-le" if sum(zeros) * 2 > len(zeros) else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", "replace")


def _read_excel(file: str, content: bytes) -> Iterable[Iterable[object]]:
    """Return the cells of the first sheet; a formula counts as what Excel last made of it."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size <= EXCEL_BYTES:
            with load_workbook(io.BytesIO(content)) as book:
                return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:  # The library raises whatever it stumbles on in a broken file.
        raise RosterFileError(file, "không phải tệp Excel .xlsx") from error
    raise RosterFileError(file, f"tệp lớn quá {EXCEL_BYTES >> 20} MiB khi giải nén")


_READERS: Mapping[str, Callable[[str, bytes], Iterable[Iterable[object]]]] = {".csv": _read_csv, ".xlsx": _read_excel}


def _clean(cell: object) -> str:
    if isinstance(cell, str):
        return " ".join(to_nfc(cell).split())
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
