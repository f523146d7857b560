"""A text as it was meant: first what is within its lines, then its blocks."""

from dataclasses import dataclass

from campaign.posts.fixes.blocks import fix_blocks
from campaign.posts.fixes.changes import Change
from campaign.posts.fixes.inline import fix_inline, read_pieces
from campaign.posts.fixes.lines import Line

_ROUNDS = 4
"""How often at most a text is fixed again, because one fix can bring another to light."""


@dataclass(frozen=True, slots=True)
class FixedText:
    """A text as it was meant.

    Attributes:
        changes: What was changed, by line and column.
    """

    text: str
    changes: tuple[Change, ...]


def fix_text(text: str) -> FixedText:
    """Return a post's Markdown so that it is shown as it was meant.

    A text that is shown so already is returned as it is; fixing twice changes nothing more.
    """
    before, (fixed, changes) = text, _fix_once(text)
    for _ in range(_ROUNDS):
        if before == fixed:
            break
        before, (fixed, _) = fixed, _fix_once(fixed)
    return FixedText(fixed, tuple(sorted(changes, key=lambda change: (change.line, change.column))))


def _fix_once(text: str) -> tuple[str, list[Change]]:
    inline, changes = fix_inline(text)
    pieces, blocks = read_pieces(inline)
    codes = [(piece.at, piece.at + len(piece.text)) for piece in pieces if piece.kind in ("fence", "comment")]
    kept = {
        number
        for start, end in [*blocks, *codes]
        for number in range(inline.count("\n", 0, start) + 1, inline.count("\n", 0, end) + 2)
    }
    lines = [Line(number, line, number in kept) for number, line in enumerate(inline.split("\n"), 1)]
    return "\n".join(line.text for line in fix_blocks(lines, changes)), changes
