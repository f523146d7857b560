"""Files of every kind that offices have, read in a process with limits into the sheets that a person sees."""

from pathlib import Path, PurePath

from campaign.errors.roster import STRAY_CELLS, RosterFileError
from campaign.limited import LARGEST_OUTPUT, EffortError, run_limited
from campaign.lists.sheets import Sheet, from_json

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")
"""Of names of files that may be handed in; which kind a file is, its content says."""


def read_sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of the file at *path*.

    Raises:
        RosterFileError: It cannot be read.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_OUTPUT else None
    except FileNotFoundError:
        raise RosterFileError(path.name, "không tìm thấy tệp") from None
    except OSError as error:
        raise RosterFileError(path.name, "không mở được tệp") from error
    if content is None:
        raise RosterFileError(path.name, f"tệp lớn quá {LARGEST_OUTPUT >> 20} MiB")
    return read_sheets(path.name, content)


def read_sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a file.

    Args:
        file: Its name.
        content: The whole of it.

    Raises:
        RosterFileError: It cannot be read.
    """
    if PurePath(file).suffix.lower() not in ENDINGS:
        raise RosterFileError(file, f"tên tệp không có đuôi {', '.join(ENDINGS[:-1])} hoặc {ENDINGS[-1]}")
    try:
        return from_json(run_limited("campaign.lists.files", file, content=content))
    except EffortError:
        raise RosterFileError(file, "đọc tệp này tốn quá nhiều bộ nhớ hoặc thời gian", STRAY_CELLS) from None
