"""Numbers as Excel shows them: the formats of cells, as far as codes are written with them."""

import re
from datetime import date, timedelta
from functools import lru_cache

from campaign.lists.sheets import Mark

GENERAL = "General"
BUILT_IN = dict(enumerate((GENERAL, "0", "0.00", "#,##0", "#,##0.00"))) | {
    **dict.fromkeys([9, 10], "0%"),
    **dict.fromkeys([11, 48], "0.00E+00"),
    **dict.fromkeys([12, 13], "# ?/?"),
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "yyyy-mm-dd"),
    **dict.fromkeys(range(37, 41), "#,##0"),
    49: "@",
}
"""The formats that a file names by number only: ECMA-376, part 1, 18.8.30."""
MOST_DIGITS = 15
"""How many digits of a number Excel keeps."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(_.|\*.|\[[^\]]*\])|(.)')


@lru_cache(maxsize=4096)
def show_number(value: float, style: str) -> tuple[str, Mark | None]:
    """Return what a cell with that number and format shows, and what became of the number when it is no plain one."""
    section = style.partition(";")[0]
    signs = _LITERAL.sub("", section) if style != GENERAL else ""
    if re.search("[ymdhs]", signs, re.IGNORECASE):
        return show_day(value), Mark.DATE
    if "E" in signs.upper():
        return f"{value:.5E}", Mark.POWER
    if abs(value) >= 10**MOST_DIGITS:
        return f"{value:.0f}", Mark.LONG
    if not float(value).is_integer() or "%" in signs or "/" in signs:
        return f"{value:.15g}".replace(".", ","), Mark.FRACTION
    return (_fill(str(int(value)), section) if "0" in signs and value >= 0 else str(int(value))), None


def show_day(value: float) -> str:
    """Return a day as 2025-11-05; Excel counts days from 1900, which it takes for a leap year."""
    try:
        return str(date(1899, 12, 30) + timedelta(days=int(value)))
    except OverflowError:
        return str(value)


def _fill(digits: str, section: str) -> str:
    """Put the digits of a whole number into the places of a format, from the right: 7 in ``"SK-"000`` is SK-007."""
    shown, places = [""], []
    for quoted, escaped, _skipped, sign in _TOKEN.findall(section):
        if sign == ".":
            break  # Decimals of a whole number say nothing.
        if sign and sign in "0#?":
            places.append((len(shown), sign == "0"))
        shown.append(quoted or escaped or ("" if sign in "0#?,@" else sign))
    for at, is_zero in reversed(places):
        shown[at], digits = digits[-1:] or ("0" if is_zero else ""), digits[:-1]
    shown[places[0][0]] = digits + shown[places[0][0]]
    return "".join(shown)
