"""The words of lists that are no people: group rows, totals, signatures; and those for categories."""

import re
from functools import lru_cache

from campaign.core.people.roster import Category
from campaign.core.text import fold

_LAW = (
    r"(?: (?:theo|so|nghi dinh|nd|nd cp|cp|thong tu|\d+|lao dong|ngan han|dai han|khong xac dinh|xac dinh|thoi han"
    r"|thoi vu|thu viec|khac))*"
)
_RANK = r"(?: (?:lanh dao|quan ly|chuyen mon|nghiep vu|nha nuoc|hanh chinh|su nghiep|loai|[abcd]|tap su|khac))*"
_CATEGORIES = {
    Category.CIVIL_SERVANT: re.compile(rf"(?:bien che |ngach )?(?:cong chuc|cc){_RANK}"),
    Category.PUBLIC_EMPLOYEE: re.compile(rf"(?:bien che |ngach )?(?:vien chuc|vc){_RANK}"),
    Category.WORKER: re.compile(
        rf"(?:nguoi lao dong|nld|(?:lao dong |ld |nhan vien |nv )?(?:hop dong|hd|hdld|ldhd|lao dong)){_LAW}"
    ),
}
EXACT = {fold(category.label): category for category in Category} | {category.value: category for category in Category}
"""How the program itself calls the categories."""
_TOTAL = re.compile(
    r"(?:tổng(?: cộng| số| hợp)?|cộng|ấn định(?: danh sách)?|danh sách (?:này )?(?:có|gồm)|số lượng)(?!\w)"
)
_TOTAL_WITHOUT_MARKS = re.compile(r"(?:tong cong|tong so|tong|cong)\s*(?:[:(\d].*)?")
"""Nothing else may follow: Tống and Công are also names of people."""
_FOOT = re.compile(
    r"nguoi (?:lap|kiem|duyet|ky|phu trach|tong hop|viet)|lap (?:bieu|bang|danh sach)|(?:kt|tm|tl|tuq|q)[. ]|thu truong"
    r"|(?:pho )?(?:giam doc|chu tich|chanh van phong|truong phong|bi thu|hieu truong|vien truong|chi cuc truong)\b"
    r"|.*\bngay\b.*\bthang\b.*\bnam\b|noi nhan|luu ?:|- ?(?:nhu tren|luu)|\(?(?:da )?ky\b|xac nhan cua"
    r"|phe duyet|dai dien|ghi chu ?:|luu y ?:|\(?\*+\)?|trong do\b|bao gom\b"
)
_ORDINAL = re.compile(r"\(?(?:[ivxlc]+|[a-zđ]|\d+(?:[.,]\d+)*)[.)/:]?|[*+–-]", re.IGNORECASE)
_GROUP_ORDINAL = re.compile(r"\(?(?:[IVXLC]+|[A-ZĐ])[.)/:]?|(?:phần|mục)\s+\w+[.:]?", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?:[IVXLC]+|[A-ZĐ]|\d+)\s*[./):–-]|(?i:phần|mục)\s+\w+\s*[.:–-])\s*(?=\D)|[IVX]+\s+(?=\D)")
_PEOPLE = r"(?:người|đồng chí|đ/c|biên chế|cb|nv)"
_COUNT = re.compile(rf"\s*(?:[:–-]\s*\d+\s*{_PEOPLE}?|\(\s*\d+\s*{_PEOPLE}?\s*\)|\s\d+\s*{_PEOPLE})\s*$", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def find_category(text: str) -> Category | None:
    """Return the category that a cell means, by its own name or in the forms that offices use."""
    words = " ".join(re.sub(r"[^a-z0-9_]+", " ", fold(text)).split())
    if words in EXACT:
        return EXACT[words]
    words = re.sub(r"(?<=[a-z])(?=\d)", " ", words)
    return next((category for category, pattern in _CATEGORIES.items() if pattern.fullmatch(words)), None)


def is_total(text: str) -> bool:
    """Say whether a row that begins so is a total."""
    return bool(_TOTAL.match(text.lower()) or _TOTAL_WITHOUT_MARKS.fullmatch(fold(text)))


def is_foot(text: str) -> bool:
    """Say whether a cell is of what follows a list: a place and day, a position, a signature, a note."""
    return bool(_FOOT.match(fold(text)))


def is_ordinal(text: str) -> bool:
    """Say whether a cell only numbers its row."""
    return bool(_ORDINAL.fullmatch(text))


def is_group_ordinal(text: str) -> bool:
    """Say whether a cell numbers a group of rows: ``I``, ``B.``, ``Phần 2``."""
    return bool(_GROUP_ORDINAL.fullmatch(text))


def is_count(text: str) -> bool:
    """Say whether a cell only says how many people there are."""
    return bool(re.fullmatch(rf"\(?\s*\d+\s*{_PEOPLE}?\s*\)?", text, re.IGNORECASE))


def strip_group(text: str) -> tuple[str, bool]:
    """Return a group's name without its number in front and its count behind, and whether it had such a number."""
    found = _INLINE.match(text)
    return _COUNT.sub("", text[found.end() :] if found else text).strip(" .:–-"), found is not None


def find_number(texts: list[str]) -> int | None:
    """Return the first number in a row of totals, if there is one."""
    found = re.search(r"\d+(?:\.\d{3})*", " ".join(texts))
    return int(found.group().replace(".", "")) if found else None
