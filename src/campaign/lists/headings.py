"""The columns of a list, by the headings that offices give them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from campaign.core.text import fold


class Column(StrEnum):
    """A column that is read, by its name on screen."""

    CODE = "Mã"
    NAME = "Họ và tên"
    FAMILY = "Họ đệm"
    GIVEN = "Tên"
    UNIT = "Đơn vị"
    CATEGORY = "Loại"
    EMAIL = "Thư điện tử"
    ORDINAL = "STT"


NEEDED = (Column.CODE, Column.NAME, Column.UNIT, Column.CATEGORY)
_WHO = (
    "cbccvc|cbcc|ccvc|cbvc|cc|vc|cb|nv|nld|cong chuc|vien chuc|can bo|nhan vien|nguoi lao dong|lao dong|nhan su|ho so|"
    "cbnv|cnv|cong nhan|day du|khai sinh"
)
_PATTERNS: Mapping[Column, str] = {
    Column.CODE: rf"(?:ma|ma so|so hieu|ma hieu|ma the|ms|id)(?: (?:{_WHO}))*|ms ?(?:nv|cb|vc|cc|nld|cbcc|cbccvc)"
    r"|staff code|staff id|employee id|employee code|code",
    Column.FAMILY: r"ho|ho (?:va )?(?:ten )?(?:chu )?(?:dem|lot)|last name|family name|surname",
    Column.NAME: rf"ho(?: va)? (?:chu )?(?:dem )?(?:va )?ten(?: (?:{_WHO}))*|ten(?: (?:{_WHO}))+|full ?name|name",
    Column.GIVEN: r"ten|ten goi|first name|given name",
    Column.UNIT: r"(?:ten |thuoc )?(?:don vi|phong|ban|bo phan|co quan|to|doi|khoa|trung tam|chi cuc|noi)"
    r"(?: (?:don vi|phong|ban|bo phan|co quan|to|doi|khoa|trung tam|chuyen mon|cong tac|lam viec|quan ly|truc thuoc"
    r"|nghiep vu|thuoc|so|va|hien nay))*|unit|department",
    Column.CATEGORY: r"(?:phan )?loai(?: (?:can bo|hop dong|lao dong|hinh|doi tuong|nhan su|vien chuc|cong chuc))*"
    r"|doi tuong|dien(?: (?:can bo|lao dong|bien che|hop dong))*|hinh thuc (?:hop dong|lao dong|tuyen dung)"
    r"|nhom(?: doi tuong)?|category|type",
    Column.EMAIL: r"(?:dia chi )?(?:thu dien tu|thu cong vu|hop thu|email|e mail|mail|gmail)(?: (?:cong vu|cong viec"
    r"|co quan|lien he|ca nhan))*|dia chi thu(?: dien tu)?",
    Column.ORDINAL: r"s ?tt|tt|so thu tu|thu tu|so tt|no",
}
_COMPILED = {column: re.compile(pattern) for column, pattern in _PATTERNS.items()}
_LOWER = re.compile(r"\b(?:phong|ban|bo phan|to|doi|khoa)\b")


@lru_cache(maxsize=2048)
def find_column(heading: str) -> Column | None:
    """Tell what a column with that heading holds, when offices call it so.

    Case, marks, signs, words in brackets and "công chức, viên chức…" behind "mã" or "họ và tên" do not matter.
    """
    folded = simplify(heading)
    return next((column for column, pattern in _COMPILED.items() if pattern.fullmatch(folded)), None)


def simplify(heading: str) -> str:
    """Return a heading folded, without what stands in brackets and without signs, ``&`` as ``va``."""
    folded = re.sub(r"\([^)]*\)", " ", fold(heading)).replace("&", " va ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded).split())


def is_lower_level(heading: str) -> bool:
    """Say whether a heading of units is that of parts of a body: a "phòng" rather than a "đơn vị"."""
    return bool(_LOWER.search(simplify(heading)))
