"""A post as a Word document: its cleaned HTML, walked block by block.

What Word is told: headings, paragraphs, lists with their numbers, tables, and bold and italic words. Pictures stay on
the site; the address of a link follows it.
"""

import re
from dataclasses import dataclass, replace

from docx.document import Document
from docx.shared import Mm, Pt
from lxml.etree import _Element
from lxml.html import fragment_fromstring

from campaign.core.text import drop_unprintable
from campaign.report.outcome import Outcome
from campaign.report.word import TEXT, TEXT_WIDTH, Column, ParagraphStyle, add, add_table, new_document, style, to_bytes

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "p", "pre", "section"}
_BLOCKS |= {"summary", *_HEADINGS}
_LISTS = {"ol", "ul"}
_BOLD, _ITALIC = {"b", "strong"}, {"em", "i"}
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
        source = f"(Theo {post.source_document.format()})"
        add(document, source, ParagraphStyle(italic=True, align="center", after=6))
    root = fragment_fromstring(html, create_parent="div")
    for line_break in root.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    writer = _Writer(document)
    writer.add_block(root, _Place())
    return to_bytes(document)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is open at a place of the text: a block, so many lists, bold or italic words."""

    block: str = "p"
    depth: int = 0
    bold: bool = False
    italic: bool = False


class _Writer:
    """Adds to a document what it is given."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._mark = ""
        self._runs: list[tuple[str, _Place]] = []

    def add_block(self, element: _Element, place: _Place) -> None:
        """Add what an element holds, and end the paragraph."""
        self._walk(element, place)
        self._finish_paragraph(place)

    def _walk(self, element: _Element, place: _Place) -> None:
        self._take(element.text, place)
        for child in element:
            tag = str(child.tag)
            if tag in _BLOCKS | _LISTS | {"table"}:
                self._finish_paragraph(place)
            if tag == "table":
                self._add_table(child)
            elif tag in _LISTS:
                self._add_list(child, replace(place, depth=place.depth + 1))
            elif tag in _BLOCKS:
                self.add_block(child, replace(place, block=tag))
            elif tag == "a":
                self._add_link(child, place)
            elif isinstance(child.tag, str):  # No remark.
                bold, italic = place.bold or tag in _BOLD, place.italic or tag in _ITALIC
                self._walk(child, replace(place, bold=bold, italic=italic))
            self._take(child.tail, place)

    def _take(self, text: str | None, place: _Place) -> None:
        if text:
            self._runs.append((text if place.block == "pre" else _SPACE.sub(" ", text), place))

    def _add_list(self, element: _Element, place: _Place) -> None:
        start = str(element.get("start") or "")
        for number, item in enumerate(element.iterchildren("li"), int(start) if start.isdecimal() else 1):
            self._mark = f"{number}. " if element.tag == "ol" else "- "
            self.add_block(item, replace(place, block="p"))

    def _add_link(self, element: _Element, place: _Place) -> None:
        href = str(element.get("href") or "")
        if _BACK in href:
            return
        self._take(" [" if _NOTE in href else "", place)
        self._walk(element, place)
        is_address = href.startswith(("http://", "https://"))
        self._take("]" if _NOTE in href else f" ({href})" if is_address else "", place)

    def _finish_paragraph(self, place: _Place) -> None:
        """Write the words that wait as a paragraph."""
        runs, self._runs = self._runs, []
        if not "".join(text for text, _ in runs).strip():
            return
        if place.block in _HEADINGS:
            look = ParagraphStyle(bold=True, first_line=10, before=9, level=int(place.block[1]) - 1, keeps_next=True)
        else:
            look = ParagraphStyle(before=3 if place.depth else 6, first_line=0 if place.depth else TEXT.first_line)
        paragraph = style(self._document.add_paragraph(), "", look)
        paragraph.paragraph_format.left_indent = Mm(_INDENT * place.depth) if place.depth else None
        for text, inner in [*([(self._mark, _Place())] if self._mark else []), *runs]:
            run = paragraph.add_run(drop_unprintable(text))
            run.font.size = Pt(look.size)
            run.bold, run.italic = (inner.bold or look.bold) or None, inner.italic or None
        self._mark = ""

    def _add_table(self, element: _Element) -> None:
        texts = [
            [_SPACE.sub(" ", "".join(map(str, cell.itertext()))).strip() for cell in row.iterchildren("td", "th")]
            for row in element.iter("tr")
        ]
        rows = [row for row in texts if row]
        if not rows:
            return
        count = max(len(row) for row in rows)
        head, *body = [row + [""] * (count - len(row)) for row in rows]
        add(self._document, "", ParagraphStyle(size=4))
        add_table(self._document, [Column(heading, TEXT_WIDTH / count) for heading in head], body)
