"""Fixes of tables: the row of dashes below the headings, and the empty lines around."""

import re
from collections.abc import Sequence

from campaign.posts.fixes.lines import BULLET, ITEM, LABEL, Line

_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_MARK = re.compile(f"{BULLET.pattern}|(?x:{LABEL.pattern})", re.IGNORECASE)
_NO_MARK = re.compile(r"\\\||`[^`]*`")
"""A bar that is text: escaped, or in code."""


def is_row(line: Line) -> bool:
    """Say whether a line could be a row."""
    return "|" in _NO_MARK.sub("", line.text)


def find_table(lines: Sequence[Line], start: int) -> int:
    """Return how many lines from *start* on are a table; 0 when none begins there.

    A table has a row of dashes below its headings; or, when it lacks that, two rows or more that begin and end with a
    bar.
    """
    if not is_row(lines[start]) or _is_dashes(lines[start]):
        return 0
    end = start + 1
    while end < len(lines) and is_row(lines[end]):
        end += 1
    has_dashes = start + 1 < end and _is_dashes(lines[start + 1])
    is_framed = end > start + 1 and all(
        line.words.startswith("|") and line.words.rstrip().endswith("|") for line in lines[start:end]
    )
    return end - start if has_dashes or is_framed else 0


def read_columns(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose columns tabs part, as Excel gives them, as rows; nothing when they are no table."""
    counts = {line.words.count("\t") for line in lines}
    if len(lines) == 1 or len(counts) > 1 or 0 in counts:
        return []
    if any(line.indent or is_row(line) or ITEM.match(line.words) or _MARK.match(line.words) for line in lines):
        return []
    rows = [line.at(0, f"| {' | '.join(cell.strip() for cell in line.words.split('	'))} |") for line in lines]
    return [rows[0], rows[0].at(0, f"|{'---|' * (counts.pop() + 1)}"), *rows[1:]]


def write_dashes(lines: Sequence[Line]) -> str:
    """Return the row of dashes that a table needs, with the alignments that its own has; it may be that very row."""
    count = len(_split_cells(lines[0].words))
    own = _split_cells(lines[1].words) if _is_dashes(lines[1]) else []
    return lines[1].words if len(own) == count else f"|{'|'.join([*own, *['---'] * count][:count])}|"


def has_dashes(lines: Sequence[Line]) -> bool:
    """Say whether the second row of a table is one of dashes."""
    return _is_dashes(lines[1])


def _is_dashes(line: Line) -> bool:
    return "|" in line.text and bool(_DASHES.fullmatch(line.words))


def _split_cells(row: str) -> list[str]:
    bare = _NO_MARK.sub("x", row).strip()
    return bare.removeprefix("|").removesuffix("|").split("|")
