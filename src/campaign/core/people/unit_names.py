"""Names of units as people write them: which may mean the same, and what looks like one."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from campaign.core.text import fold

_KIND = re.compile(
    r"(?:văn phòng|phòng|p\.|ban|bộ phận|trung tâm|tt|chi cục|cục|sở|tổ|đội|khoa|thanh tra|trường|bệnh viện|viện|khối"
    r"|lãnh đạo|quỹ|hội|uỷ ban|ủy ban|ubnd|công ty|thư viện|bảo tàng|hạt|trạm|xã|phường)(?!\w)"
)
"""With its marks: “Tổ” is a kind of unit, “Tô” and “Đoàn” are names of families."""
_FRONT = re.compile(r"^(?:phong ban|bo phan|phong|ban|trung tam|chi cuc|to|doi|khoa|p|tt|cc)\b ")
_ALIKE = 0.85
"""How much of two names must be the same letters for one to be a slip of the pen for the other."""


@lru_cache(maxsize=4096)
def to_unit_key(name: str) -> str:
    """Return what is the same for all spellings of a unit: of “P. Chuyển Đổi Số” and of “Phòng Chuyển đổi số”.

    Case, marks and signs do not matter, nor the word for the kind of unit in front; ``&`` is ``và``.
    """
    return _FRONT.sub("", _to_words(name), count=1)


def find_similar(name: str, known: Iterable[str]) -> str | None:
    """Return the known unit that *name* may mean without being it: by its words, its initials or nearly its letters."""
    key = to_unit_key(name)
    letters = re.sub(r"\bva\b| ", "", key)
    others = {unit: to_unit_key(unit) for unit in known if unit != name}
    for unit, other in others.items():
        if key == other or letters in (_to_initials(other), _to_initials(_to_words(unit))):
            return unit
    numbered = {other: unit for unit, other in others.items() if re.findall(r"\d+", other) == re.findall(r"\d+", key)}
    return next((numbered[other] for other in get_close_matches(key, numbered, 1, _ALIKE)), None)


def looks_like_unit(text: str) -> bool:
    """Say whether *text* begins as names of units do."""
    return bool(_KIND.match(text.lower()))


def from_capitals(name: str) -> str:
    """Write a unit's name in capitals as sentences have it: “PHÒNG HÀNH CHÍNH” is “Phòng Hành chính”."""
    if not name.isupper():
        return name
    kind = _KIND.match(name.lower())
    second = len(kind.group().split()) if kind else 0
    return " ".join(word.capitalize() if at in (0, second) else word for at, word in enumerate(name.lower().split()))


@lru_cache(maxsize=4096)
def _to_words(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name).replace("&", " va ")).split())


def _to_initials(words: str) -> str:
    return "".join(word[0] for word in words.split() if word != "va")
