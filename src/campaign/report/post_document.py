"""A post as a Word document: its cleaned HTML, walked block by block.

What Word is told: headings, paragraphs, lists with their numbers, tables, and bold and italic words. Pictures stay on
the site; the address of a link follows it.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from docx.document import Document
from docx.shared import Mm, Pt

from campaign.core.text import drop_unprintable
from campaign.report.outcome import Outcome
from campaign.report.word import TEXT, TEXT_WIDTH, Column, ParagraphStyle, add, add_table, new_document, style, to_bytes

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "dt", "dd", "pre"} | _HEADINGS
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_INDENT = 8
"""Millimetres that each level of a list is indented."""
_NOTE, _BACK = "#fn:", "#fnref:"
"""Where the links of footnotes lead: to the note, whose number is in brackets here, and back, which is left out."""
_SPACE = re.compile(r"\s+")


def write_post(outcome: Outcome, html: str) -> bytes:
    """Return the post as a document."""
    post = outcome.post
    document = new_document(post.title, outcome.department.name, outcome.as_of)
    add(document, post.title, ParagraphStyle(bold=True, align="center", after=6, level=0))
    if post.source_document:
        add(document, f"(Theo {post.source_document.format()})", ParagraphStyle(italic=True, align="center", after=6))
    walker = _Walker(document)
    walker.feed(html)
    walker.close()
    return to_bytes(document)


@dataclass(slots=True)
class _List:
    """A list that is open: whether it counts, and how far it has."""

    is_ordered: bool
    number: int = 0


@dataclass(slots=True)
class _Part:
    """Words in one style."""

    text: str
    bold: bool
    italic: bool


@dataclass(slots=True)
class _State:
    """What is open at a place of the text."""

    parts: list[_Part] = field(default_factory=list)
    block: str = "p"
    bold: int = 0
    italic: int = 0
    lists: list[_List] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    rows: list[list[str]] | None = None
    hidden: int = 0
    is_marked: bool = False


class _Walker(HTMLParser):
    """Adds to a document what it reads."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        state, given = self._state, dict(attrs)
        if tag == "table":
            self._finish_block()
            state.rows = []
        elif tag == "tr" and state.rows is not None:
            state.rows.append([])
        elif tag in _BLOCKS | _LISTS and not state.is_marked:
            self._finish_block()
            self._open_block(tag, given.get("start"))
        elif tag in {"strong", "b"}:
            state.bold += 1
        elif tag in {"em", "i"}:
            state.italic += 1
        elif tag == "a":
            self._open_link(given.get("href") or "")
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        state = self._state
        if tag == "table":
            self._add_table()
        elif tag in _CELLS and state.rows:
            state.rows[-1].append("".join(part.text for part in state.parts).strip())
            state.parts.clear()
        elif tag in _LISTS and state.lists:
            self._finish_block()
            state.lists.pop()
        elif tag in _BLOCKS and state.rows is None:
            self._finish_block()
        elif tag in {"strong", "b"}:
            state.bold -= 1
        elif tag in {"em", "i"}:
            state.italic -= 1
        elif tag == "a" and state.links:
            self._close_link(state.links.pop())

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._state.hidden and (data.strip() or not self._state.is_marked):
            self._state.is_marked = False
            text = data if self._state.block == "pre" else _SPACE.sub(" ", data)
            self._state.parts.append(_Part(text, self._state.bold > 0, self._state.italic > 0))

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self._finish_block()

    def _finish_block(self) -> None:
        """Write the words that wait as a paragraph."""
        state = self._state
        if state.rows is not None:  # Paragraphs in a cell belong to the cell.
            return
        if "".join(part.text for part in state.parts).strip():
            self._add_paragraph()
        state.parts.clear()
        state.block = "p"

    def _open_block(self, tag: str, start: str | None) -> None:
        state = self._state
        if tag in _LISTS:
            first = int(start) - 1 if start and start.isdecimal() else 0
            state.lists.append(_List(tag == "ol", first))
        elif tag == "li" and state.lists:
            state.lists[-1].number += 1
            mark = f"{state.lists[-1].number}. " if state.lists[-1].is_ordered else "- "
            state.parts.append(_Part(mark, bold=False, italic=False))
            state.is_marked = True
        else:
            state.block = tag

    def _open_link(self, href: str) -> None:
        self._state.links.append(href)
        self._state.hidden += _BACK in href
        if _NOTE in href:
            self.handle_data(" [")

    def _close_link(self, href: str) -> None:
        self._state.hidden -= _BACK in href
        if _NOTE in href:
            self.handle_data("]")
        elif _BACK not in href and href.startswith(("http://", "https://")):
            self.handle_data(f" ({href})")

    def _add_paragraph(self) -> None:
        state = self._state
        if state.block in _HEADINGS:
            look = ParagraphStyle(bold=True, first_line=10, before=9, level=int(state.block[1]) - 1, keeps_next=True)
        else:
            look = ParagraphStyle(before=3 if state.lists else 6, first_line=0 if state.lists else TEXT.first_line)
        paragraph = style(self._document.add_paragraph(), "", look)
        paragraph.paragraph_format.left_indent = Mm(_INDENT * len(state.lists)) if state.lists else None
        for part in state.parts:
            run = paragraph.add_run(drop_unprintable(part.text))
            run.font.size = Pt(look.size)
            run.bold, run.italic = (part.bold or look.bold) or None, part.italic or None

    def _add_table(self) -> None:
        rows, self._state.rows = [row for row in self._state.rows or [] if row], None
        if not rows:
            return
        count = max(len(row) for row in rows)
        head, *body = [row + [""] * (count - len(row)) for row in rows]
        columns = [Column(heading, TEXT_WIDTH / count) for heading in head]
        add(self._document, "", ParagraphStyle(size=4))
        add_table(self._document, columns, body)
