"""Signs of the symbol fonts, whose characters are numbers of pictures: the same number is another sign in each font.

Source: the mappings of Wingdings and Webdings published with Unicode 7.0 (L2/11-052), and Adobe's of Symbol; signs that
few machines can show are replaced by plainer ones of the same meaning. ``symbols.txt`` holds them by font, from 0x20.
"""

import re
from functools import cache
from pathlib import Path

UNKNOWN_SIGN = "□"
"""What stands in the post for a sign that no table knows; the editor is told."""

_FONTS = re.compile(r"(symbol|wingdings|webdings)[ -]?(?:mt|regular)?\s*([23])?", re.IGNORECASE)
_FIRST, _PRIVATE = 0x20, 0xF000
_NO_SIGN = "\ufffd"


def symbol_font(font: str) -> str:
    """Return the name of the symbol font that *font* is, or ""."""
    found = _FONTS.match(font)
    if not found:
        return ""
    name = found.group(1).capitalize()
    return f"{name} {found.group(2)}" if found.group(2) and name == "Wingdings" else name


def is_worded(text: str) -> bool:
    """Say whether text in a symbol font is words that only name such a font, rather than a few signs."""
    return len(text.strip()) > 1 and any(letter.isalpha() for letter in text)


def to_sign(font: str, code: int) -> str:
    """Return the sign of a symbol font with this *code* (U+F0xx or its last byte); "" when it has none."""
    signs = _tables().get(symbol_font(font), "")
    at = code - _PRIVATE - _FIRST if code >= _PRIVATE else code - _FIRST
    return signs[at].replace(_NO_SIGN, "") if 0 <= at < len(signs) else ""


@cache
def _tables() -> dict[str, str]:
    lines = Path(__file__).with_name("symbols.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
