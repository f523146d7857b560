"""Which kind of spreadsheet a file is, by its content: endings are often wrong."""

import io
from collections.abc import Iterable
from pathlib import PurePath
from zipfile import ZipFile

from campaign.errors.roster import RosterFileError
from campaign.lists.files.ods import read_ods
from campaign.lists.files.text import read_text
from campaign.lists.files.xlsx import read_xlsx
from campaign.lists.sheets import Sheet

UNPACKED_BYTES = 64 << 20
"""What the parts of a workbook may hold unpacked: ten times a list of 30,000 people."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_NO_TEXT = (".xlsx", ".xlsm", ".ods")
"""Endings under which no program takes a file of text; under .xls Excel does."""


def read_file(file: str, content: bytes) -> list[Sheet]:
    """Return the sheets of a file.

    Args:
        file: Its name, for faults.
        content: The whole of it.

    Raises:
        RosterFileError: It cannot be read.
    """
    try:
        return list(_read(file, content))
    except (RosterFileError, MemoryError, RecursionError):
        raise
    except Exception as error:  # Parsers raise whatever they stumble on in a broken file.
        raise RosterFileError(file, "không phải tệp Excel, hoặc tệp bị hỏng hay có mật khẩu") from error


def _read(file: str, content: bytes) -> Iterable[Sheet]:
    if content.startswith(_OLE):
        from campaign.lists.files.xls import read_xls  # noqa: PLC0415 - few need it, and everybody would wait

        return read_xls(file, content)
    if content.startswith(_ZIP):
        archive = ZipFile(io.BytesIO(content))
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_BYTES:
            raise RosterFileError(file, f"tệp lớn quá {UNPACKED_BYTES >> 20} MiB khi giải nén")
        return read_ods(file, archive) if "content.xml" in archive.namelist() else read_xlsx(file, archive)
    if PurePath(file).suffix.lower() in _NO_TEXT:
        raise RosterFileError(file, "không phải tệp Excel, hoặc tệp bị hỏng")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"%PDF")):
        raise RosterFileError(file, "là trang web, XML hoặc PDF mang tên của tệp bảng tính")
    return [read_text(file, content)]
