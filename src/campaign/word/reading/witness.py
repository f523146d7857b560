"""A document's text by the shortest way through its XML, as a witness against the reader: see :mod:`loss`."""

from collections.abc import Iterator

from lxml import etree

from campaign.word.reading.markup import Element, child, is_joined, tag
from campaign.word.reading.styles import NOTHING_SEEN, PLAIN, Style, Styles
from campaign.word.reading.symbols import is_worded, symbol_font

Text = list[tuple[str, str]]
"""A paragraph: stretches of text, each with the name of its font."""

_PARAGRAPH, _RUN, _TEXT, _SOFT = (tag(name) for name in ("w:p", "w:r", "w:t", "w:softHyphen"))
_WRITTEN = {_SOFT: "\xad", tag("w:noBreakHyphen"): "-"} | {
    tag(f"w:{name}"): " " for name in ("tab", "br", "cr", "ptab")
}
_GONE: set[object] = {tag(name) for name in ("w:del", "w:moveFrom", "w:rt")}
_ROWS: dict[object, tuple[str, str]] = {
    tag("w:tr"): ("w:trPr", "w:del"), tag("w:tc"): ("w:tcPr", "w:cellDel"),
}  # fmt: skip
_BRANCHES: set[object] = {tag("mc:Choice"), tag("mc:Fallback")}
_PERHAPS = {*_ROWS, *_BRANCHES}
_TEXTS = {_TEXT, *_WRITTEN}
_SEEN = (_PARAGRAPH, _RUN, *_TEXTS, *_GONE, *_PERHAPS)


def read_texts(root: Element, styles: Styles, *, with_fonts: bool) -> Iterator[Text]:
    """Yield what is visible under *root*, a paragraph at a time; boxes are paragraphs of their own.

    Of alternatives (``mc:AlternateContent``) the first with content counts. Equations and signs are not read.

    Args:
        root: The body, or a note.
        styles: The document's styles.
        with_fonts: Whether fonts say anything of the text: without, nothing is hidden and every font is "".
    """
    held: dict[Element | None, Text] = {}
    paragraphs: list[tuple[Style, Text]] = []
    seen = NOTHING_SEEN
    walker = etree.iterwalk(root, events=("start", "end"), tag=_SEEN)
    for event, element in walker:
        if event == "end":
            if element.tag == _PARAGRAPH:
                yield from _close(element, paragraphs.pop()[1], held)
        elif element.tag == _PARAGRAPH:
            paragraphs.append((styles.of(element) if with_fonts else PLAIN, []))
        elif element.tag in _GONE or (element.tag in _PERHAPS and _is_gone(element)):
            walker.skip_subtree()
        elif element.tag == _RUN:
            seen = styles.look(element, paragraphs[-1][0]) if with_fonts and paragraphs else NOTHING_SEEN
        elif element.tag in _TEXTS and paragraphs and not seen.hidden:
            _append(paragraphs[-1][1], seen.font, _WRITTEN.get(element.tag) or element.text or "")
    yield from held.values()


def _append(text: Text, font: str, more: str) -> None:
    if symbol_font(font) and not is_worded(more):
        return
    if text and text[-1][0] == font:
        text[-1] = (font, text[-1][1] + more)
    else:
        text.append((font, more))


def _close(paragraph: Element, text: Text, held: dict[Element | None, Text]) -> Iterator[Text]:
    """Yield a paragraph with what was *held* for it, or hold it for the one that goes on in it."""
    parent = paragraph.getparent()
    whole = held.pop(parent, []) + text
    if is_joined(paragraph):
        held[parent] = whole
    else:
        yield whole


def _is_gone(element: Element) -> bool:
    """Say whether a row or cell is deleted, or a branch of alternatives is not the one that counts."""
    if element.tag in _ROWS:
        properties, mark = _ROWS[element.tag]
        return child(child(element, properties), mark) is not None
    branches = [] if (parent := element.getparent()) is None else list(parent)
    return element is not next((branch for branch in branches if len(branch)), None)
