"""Vietnamese text: one Unicode form, folding for search, the order of names, words in addresses, numbers."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_ALPHABET = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MADE_NUMBER = re.compile(r"[\d.,/-]+(?:E[+-]?\d+)?", re.IGNORECASE)
_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""Also the wide forms, which Excel takes for the same."""
_TONES = {
    "\N{COMBINING GRAVE ACCENT}": 1,
    "\N{COMBINING HOOK ABOVE}": 2,
    "\N{COMBINING TILDE}": 3,
    "\N{COMBINING ACUTE ACCENT}": 4,
    "\N{COMBINING DOT BELOW}": 5,
}


def to_nfc(text: str) -> str:
    """Return *text* in Unicode form NFC, with the twins of Đ as Đ. Nothing else changes: "hoà" and "hòa" both stay.

    Old converters and keyboards write the Icelandic Ð or the African Ɖ, which look the same and sort elsewhere.
    """
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ").replace("Ɖ", "Đ").replace("ɖ", "đ")


def fold(text: str) -> str:
    """Return *text* without marks, with đ as d, in lower case: for search and for finding doubles only.

    "Đặng Thị Hoà" becomes "dang thi hoa". ``str.lower`` alone would leave the marks, and dropping marks alone would
    leave đ.
    """
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character is folded to, found once: a list of people has millions of a few hundred characters."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", to_nfc(chr(code)).casefold()).replace("đ", "d")
        return self.setdefault(code, "".join(part for part in bare if not unicodedata.combining(part)))


_FOLDED = _Folded()


def to_spelling(word: str) -> str:
    """Return the one spelling of *word* that search compares: lower case, NFC, its tone after its letters.

    "Hoá" and "hóa" are one word written in two ways; "hoa" is another.
    """
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(part for part in parts if part in _TONES)
    return to_nfc("".join(part for part in parts if part not in _TONES)) + tones


def to_slug(text: str) -> str:
    """Return *text* as a word for addresses: "Phòng Chuyển đổi số" becomes "phong-chuyen-doi-so"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def name_key(name: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return the key by which Vietnamese people sort names: the given name first, then the rest in order.

    The letters decide first, in the Vietnamese alphabet; then the tones (ngang huyền hỏi ngã sắc nặng). Both Unicode
    forms give the same key.
    """
    words = name.split()
    return tuple(_word_key(word) for word in words[-1:] + words[:-1])


def sort_key(name: str) -> bytes:
    """Return `name_key` as bytes in the same order, for a database that compares bytes."""
    words = name.split()
    return b"".join(map(_word_bytes, words[-1:] + words[:-1]))


@lru_cache(maxsize=20_000)
def _word_bytes(word: str) -> bytes:
    letters, tones = _word_key(word)
    return _to_bytes(letters) + b"\0" + _to_bytes(tones) + b"\0"


def _to_bytes(ranks: tuple[int, ...]) -> bytes:
    """Write ranks in an encoding that keeps their order, never as the byte 0, which ends a word."""
    return "".join(chr(rank + 1) for rank in ranks).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a word's letters and tones ("ấ" is "â" and 4); kept, because a roster is made of a few hundred words."""
    letters: list[int] = []
    tones: list[int] = []
    for character in to_nfc(word).casefold():
        parts = unicodedata.normalize("NFD", character)
        letter = to_nfc("".join(part for part in parts if part not in _TONES))
        tone = next((_TONES[part] for part in reversed(parts) if part in _TONES), 0)
        if letter:
            letters.append(_ALPHABET.get(letter, len(_ALPHABET) + ord(letter[0])))
            tones.append(tone)
        else:  # A tone of its own, because Unicode has no one character for it and its letter.
            tones[-1:] = [tone]
    return tuple(letters), tuple(tones)


def drop_unprintable(text: str) -> str:
    """Return *text* with a mark in place of what no XML can hold: controls, and halves of characters."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def to_cell(text: str) -> str:
    """Return *text* so that a spreadsheet that reads it from CSV shows it and never runs it (OWASP: CSV injection).

    A blank or a sign that nobody sees before the formula is skipped by some programs, so it protects from nothing.
    """
    seen = next((sign for sign in text if unicodedata.category(sign)[0] not in "ZCM"), "")
    return f"'{text}" if seen in _FORMULA_STARTS or text.startswith(("\t", "\r", "\n")) else text


def to_code_cell(code: str) -> str:
    """Return a code so that Excel, reading CSV, leaves it as it is: not 0002 as 2, 1E5 as 100000 or 1-2 as a day."""
    return f'="{code}"' if _MADE_NUMBER.fullmatch(code) else to_cell(code)


def format_number(count: int) -> str:
    """Write a number with points between the thousands: ``1.234.567``."""
    return f"{count:,}".replace(",", ".")


def format_all(names: Sequence[str]) -> str:
    """Join names: "A và B"; with commas alone where a name has that word itself."""
    *most, last = names or [""]
    if not most:
        return last
    is_clear = not any(" và " in name for name in names)
    return f"{', '.join(most)} và {last}" if is_clear else ", ".join(names)


def format_percent(share: float) -> str:
    """Write a share from 0 to 1 as Vietnamese people do: ``25,6%``."""
    return f"{share * 100:.1f}".replace(".", ",") + "%"


def group_digits(digest: str) -> str:
    """Write a hash in groups of eight, so that two people can compare it aloud."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def tie_numbers(text: str) -> str:
    """Keep what belongs to a number on its line: ``ngày 05``, ``số 485/TB-VPCP``, ``Điều 8``."""
    return re.sub(
        r"\b(ngày|tháng|năm|số|điều|khoản|mục|quý) (?=\d)", "\\1\N{NO-BREAK SPACE}", text, flags=re.IGNORECASE
    )
