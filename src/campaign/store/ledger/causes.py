"""Why a statement failed: this program's own fault, a damaged file, or something that an operator can see to."""

import re

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from campaign.errors.base import Cause
from campaign.errors.store import DatabaseCorruptError, StoreUnreachableError

_WRONG_STATEMENTS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_DAMAGED = re.compile("SQLITE_(CORRUPT|NOTADB)|XX00[12]")
_TOLD = tuple(
    (re.compile(found), said)
    for found, said in (
        ("^SQLITE_READONLY", "tệp cơ sở dữ liệu chỉ đọc được: xem quyền của tệp, của thư mục và ổ đĩa"),
        ("^SQLITE_FULL|^53100", "đĩa đã đầy"),
        ("^SQLITE_CANTOPEN", "không mở được tệp cơ sở dữ liệu: xem đường dẫn và quyền của thư mục"),
        ("^SQLITE_(BUSY|LOCKED)|^55P03", "chương trình khác giữ lượt ghi quá lâu"),
        ("^SQLITE_IOERR|^58030", "đĩa đọc hoặc ghi lỗi"),
        (
            "^28|authentication failed|no password supplied|role .* does not exist",
            "máy chủ từ chối tài khoản hoặc mật khẩu",
        ),
        ("^3D000|database .* does not exist", "máy chủ không có cơ sở dữ liệu mang tên ấy"),
        ("^57P0|starting up|shutting down", "máy chủ cơ sở dữ liệu đang khởi động hoặc đang dừng"),
        ("^25006", "máy chủ này chỉ đọc được (bản sao); trỏ tới máy chính"),
        ("^53300", "máy chủ cơ sở dữ liệu hết chỗ kết nối"),
        ("^42501", "tài khoản không có quyền trên các bảng"),
        ("resolve|translate host|Name or service", "không tìm thấy máy chủ theo tên"),
        ("refused|No such file", "không có máy chủ nào nghe ở địa chỉ ấy"),
        ("timeout|timed out", "máy chủ cơ sở dữ liệu không trả lời kịp"),
    )
)
"""What to look for in the driver's code and words, and how an operator is told; the first that is found counts."""


def is_bug(error: DBAPIError | PoolTimeoutError) -> bool:
    """Say whether this program is to blame, be it for a wrong statement or for tables that it does not know."""
    code = _code_of(error)
    return code == "SQLITE_ERROR" or (isinstance(error, _WRONG_STATEMENTS) and code != "42501")


def to_fault(error: Exception) -> StoreUnreachableError:
    """Return the fault for *error*, before the commit."""
    return DatabaseCorruptError() if _DAMAGED.match(_code_of(error)) else StoreUnreachableError()


def find_cause(error: Exception) -> Cause:
    """Return what an operator is told: no statement, no value, no password."""
    code, words = _code_of(error), " ".join(str(getattr(error, "orig", error)).split())
    said = next((said for found, said in _TOLD if found.search(f"{code} {words}")), "")
    driver = ": ".join(part for part in (code, words) if part)
    return Cause(f"{said} ({driver})" if said else driver, code)


def require_sound_file(connection: Connection) -> None:
    """Read every page of an SQLite file; PostgreSQL looks after its own.

    Raises:
        DatabaseCorruptError: A page is damaged.
    """
    if connection.dialect.name == "sqlite":
        for said in connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars():
            if said != "ok":
                raise DatabaseCorruptError from Cause(str(said), "SQLITE_CORRUPT")


def _code_of(error: Exception) -> str:
    """Return SQLite's name of the error, or PostgreSQL's SQLSTATE; empty when the server said nothing."""
    driver = getattr(error, "orig", error)
    return str(getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or "")
