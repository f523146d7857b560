"""Fixes of blocks: lists, indented paragraphs, tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.posts.fixes.changes import Change, ChangeKind
from campaign.posts.fixes.lines import BULLET, HEADING, LABEL, Line, match_item
from campaign.posts.fixes.tables import find_table, has_dashes, read_columns, write_dashes

_CONTAINER = re.compile(r"!!!.*|\[\^[^\]]+\]:.*|:[ \t].*")
"""What holds the indented lines below it: a note, a footnote, a definition."""
_STEP = 4
"""How far Markdown wants each level of a list indented."""
_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+")
_LEAST_STEP = 2
"""How far at least an item is indented that belongs to the one above."""


@dataclass(slots=True)
class _Level:
    """An open list.

    Attributes:
        indent: How far its items are indented as they were typed.
        mark: ``1`` for numbers, else the mark itself; the star is a dash.
        number: The number of its last item.
    """

    indent: int
    mark: str
    number: int = 0


def fix_blocks(lines: Sequence[Line], changes: list[Change]) -> list[Line]:
    """Return the lines as they were meant, and add to *changes* what was changed."""
    fixer = _Fixer(changes)
    number = 0
    while number < len(lines):
        number += fixer.take(lines, number)
    return fixer.lines


class _Fixer:
    """Takes line after line.

    Attributes:
        lines: The lines as they were meant, so far.
    """

    def __init__(self, changes: list[Change]) -> None:
        self.lines: list[Line] = []
        self._changes = changes
        self._levels: list[_Level] = []
        self._last = "blank"

    def take(self, lines: Sequence[Line], at: int) -> int:
        """Take the line at *at*, with those that belong to it, and return how many."""
        line = lines[at]
        if line.is_blank:
            self._add(line, "blank")
        elif line.is_kept:
            self._levels.clear()
            self._add(line, "kept")
        elif line.text.startswith(">"):
            return self._take_quote(lines, at)
        elif not line.indent and _CONTAINER.match(line.text):
            return self._take_container(lines, at)
        elif count := find_table(block := lines[at : _end_of_block(lines, at)], 0):
            self._take_table(block[:count])
            return count
        elif rows := read_columns(block):
            self._note(ChangeKind.COLUMNS, line)
            self._take_table(rows)
            return len(block)
        else:
            self._take_text(line, lines[at : _end_of_block(lines, at)], lines[_start_of_block(lines, at) : at])
        return 1

    def _add(self, line: Line, kind: str) -> None:
        self.lines.append(line)
        self._last = kind

    def _note(self, kind: ChangeKind, line: Line, typed: str = "") -> None:
        column = len(line.text) - len(line.text.lstrip(" \t")) + 1
        self._changes.append(Change(kind, line.number, column, typed or line.words))

    def _part(self, line: Line) -> bool:
        """Set a line apart by an empty one, and say whether there was none."""
        if self._last == "blank":
            return False
        self._add(Line(line.number, ""), "blank")
        return True

    def _take_quote(self, lines: Sequence[Line], at: int) -> int:
        end = at
        while end < len(lines) and lines[end].text.startswith(">"):
            end += 1
        inner = [Line(line.number, re.sub("^> ?", "", line.text)) for line in lines[at:end]]
        self._levels.clear()
        for line in fix_blocks(inner, self._changes):
            self._add(Line(line.number, f"> {line.text}".rstrip(" ") if line.is_blank else f"> {line.text}"), "kept")
        return end - at

    def _take_container(self, lines: Sequence[Line], at: int) -> int:
        end = at + 1
        while end < len(lines) and (lines[end].is_blank or lines[end].indent >= _STEP):
            end += 1
        while lines[end - 1].is_blank:
            end -= 1
        self._levels.clear()
        self._add(lines[at], "text" if lines[at].text.startswith("[") else "kept")
        inner = [line if line.is_kept else line.at(max(line.indent - _STEP, 0)) for line in lines[at + 1 : end]]
        for line in fix_blocks(inner, self._changes):
            self._add(line if line.is_blank or line.is_kept else Line(line.number, " " * _STEP + line.text), "kept")
        return end - at

    def _take_table(self, rows: Sequence[Line]) -> None:
        if self._last not in ("blank", "heading") and self._part(rows[0]):
            self._note(ChangeKind.TABLE, rows[0])
        self._levels.clear()
        dashes = write_dashes(rows)
        if not has_dashes(rows) or dashes != rows[1].words:
            self._note(ChangeKind.RULE, rows[1] if has_dashes(rows) else rows[0])
        body = rows[2:] if has_dashes(rows) else rows[1:]
        for row in (rows[0].at(0), rows[0].at(0, dashes), *(row.at(0) for row in body)):
            self._add(row, "table")

    def _take_text(self, line: Line, rest: Sequence[Line], before: Sequence[Line]) -> None:
        """Take a line that is neither kept nor part of a table; *before* and *rest* are its block above and below."""
        item, bullet, label = match_item(line), BULLET.match(line.words), LABEL.match(line.words)
        block = [*before, *rest]
        if bullet and bullet[0][0] in "-–—+" and sum(map(_is_point, block)) < 2:  # noqa: PLR2004 - two
            bullet = None
        if label and sum(bool(LABEL.match(other.words)) for other in block) < 2:  # noqa: PLR2004 - two
            label = None
        if bullet:
            self._note(ChangeKind.BULLET, line)
            self._take_item(line, "+" if bullet[0][0] == "+" else "-", line.words[bullet.end() :])
        elif item and self._begins_list(item["mark"], rest):
            self._take_item(line, item["mark"], line.words[item.end() :])
        elif label:
            self._take_label(line)
        elif HEADING.match(line.text):
            self._levels.clear()
            self._add(line, "heading")
        else:
            self._take_paragraph(line)

    def _begins_list(self, mark: str, rest: Sequence[Line]) -> bool:
        """Say whether a line with an item's mark is one: in a paragraph, "2025." is only the end of a sentence."""
        if self._levels or self._last in ("blank", "heading") or not mark[0].isdigit() or mark == "1.":
            return True
        following = match_item(rest[1]) if len(rest) > 1 else None
        return following is not None and following["mark"] == f"{int(mark[:-1]) + 1}."

    def _take_item(self, line: Line, mark: str, words: str) -> None:
        before = self._find_level(line, {"*": "-", "+": "+", "-": "-"}.get(mark, "1"))
        depth, number = len(self._levels) - 1, int(mark[:-1]) if mark[0].isdigit() else 0
        self._levels[-1].number = number
        if self._last in ("text", "table"):
            self._note(ChangeKind.LIST, line)
        if number not in (before, before + 1) and before:
            self._note(ChangeKind.NUMBER, line, mark)
            if not depth:  # Another list must not be taken for the same one.
                self._part(line)
                self._add(Line(line.number, "<!-- -->"), "kept")
        if self._last not in {"item", "heading"}:
            self._part(line)
        if depth and line.indent != _STEP * depth:
            self._note(ChangeKind.NESTED, line)
        task = _TASK.match(words)
        if task:
            self._note(ChangeKind.TASK, line, task[0].strip())
            words = f"{'☐' if task['done'] == ' ' else '☑'} {words[task.end() :]}"
        is_same = match_item(line) and not task
        self._add(line.at(_STEP * depth, "" if is_same else f"{mark} {words}"), "item")

    def _find_level(self, line: Line, kind: str) -> int:
        """Find the list to which an item belongs, or open one; return the number of the item before it, or 0."""
        levels, number = self._levels, 0
        while len(levels) > 1 and line.indent < levels[-1].indent:
            levels.pop()
        if levels and line.indent < levels[-1].indent + _LEAST_STEP:
            same = [at for at, level in enumerate(levels) if abs(level.indent - line.indent) < _LEAST_STEP] or [0]
            known = next((at for at in same if levels[at].mark == kind), None)
            if known is not None:
                number = levels[known].number
                del levels[known:]
            elif self._last == "blank" and kind != "+":
                del levels[same[0] :]
        levels.append(_Level(line.indent, kind))
        return number

    def _take_label(self, line: Line) -> None:
        if self._last not in {"blank", "heading"}:
            self._part(line)
            self._note(ChangeKind.LABEL, line)
        self._add(line.at(_STEP * len(self._levels)), "inner" if self._levels else "text")

    def _take_paragraph(self, line: Line) -> None:
        if self._levels and self._last != "blank":
            self._add(line, self._last)
            return
        while self._levels and line.indent < self._levels[-1].indent + _LEAST_STEP:
            self._levels.pop()
        if self._levels:
            self._add(line.at(_STEP * len(self._levels)), "inner")
        elif line.indent >= _STEP:
            self._note(ChangeKind.INDENT, line)
            if self._last == "text" and line.text.startswith("\t"):
                self._part(line)
            self._add(line.at(0), "text")
        else:
            if self._last == "table":
                self._part(line)
            self._add(line, "text")


def _is_point(line: Line) -> bool:
    return bool(BULLET.match(line.words) or match_item(line))


def _end_of_block(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].is_blank and not lines[at].is_kept:
        at += 1
    return at


def _start_of_block(lines: Sequence[Line], at: int) -> int:
    while at and not lines[at - 1].is_blank and not lines[at - 1].is_kept:
        at -= 1
    return at
