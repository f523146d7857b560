"""A document's text by the shortest way through its XML, as a witness against the reader: see :mod:`loss`."""

from collections.abc import Iterator

from campaign.core.legacy import decode, encoding_of
from campaign.word.reading.decoder import Decoder, strip_invisible, to_bytes
from campaign.word.reading.markup import Element, child, is_joined, prefixed, tag, value
from campaign.word.reading.styles import Styles, read_run_settings

_GONE = {"w:del", "w:moveFrom", "w:rt"}
_BREAKS = {"w:tab", "w:br", "w:cr", "w:ptab"}


def read_texts(root: Element, styles: Styles, decoder: Decoder) -> Iterator[str]:
    """Yield what is visible under *root*, a paragraph at a time; boxes are paragraphs of their own.

    Of alternatives (``mc:AlternateContent``) the first with content counts.
    """
    skipped = _find_skipped(root)
    held: dict[Element | None, str] = {}
    for paragraph in root.iter(tag("w:p")):
        if paragraph in skipped:
            continue
        text = held.pop(paragraph.getparent(), "") + _read(paragraph, styles, decoder, skipped)
        if is_joined(paragraph):
            held[paragraph.getparent()] = text
        else:
            yield text
    yield from held.values()


def _find_skipped(root: Element) -> set[Element]:
    """Return everything inside what is not on the page."""
    gone = [*root.iter(*(tag(name) for name in _GONE))]
    gone += [row for row in root.iter(tag("w:tr")) if child(child(row, "w:trPr"), "w:del") is not None]
    gone += [cell for cell in root.iter(tag("w:tc")) if child(child(cell, "w:tcPr"), "w:cellDel") is not None]
    for alternatives in root.iter(tag("mc:AlternateContent")):
        taken = next((branch for branch in alternatives if len(branch)), None)
        gone += [branch for branch in alternatives if branch is not taken]
    return {inner for element in gone for inner in element.iter()}


def _read(paragraph: Element, styles: Styles, decoder: Decoder, skipped: set[Element]) -> str:
    style = styles.paragraph(value(child(paragraph, "w:pPr"), "w:pStyle"))
    text = font = ""
    parts: list[tuple[str, str]] = []
    for run in paragraph.iter(tag("w:r")):
        if run in skipped or next(run.iterancestors(tag("w:p"))) is not paragraph:
            continue
        properties = child(run, "w:rPr")
        own = read_run_settings(properties, styles.theme)
        seen = styles.appearance(style, value(properties, "w:rStyle"), own)
        if seen.hidden:
            continue
        text = "".join(_text_of(part) for part in run if part not in skipped)
        if parts and seen.font == font:
            parts[-1] = (parts[-1][0] + text, font)
        else:
            parts.append((text, font := seen.font))
    decoded = ""
    for joined, name in parts:
        encoding = encoding_of(name)
        raw = to_bytes(joined) if encoding else joined
        decoded += decode(raw, decoder.encoding(raw, encoding))
    return strip_invisible(decoded)


def _text_of(part: Element) -> str:
    name = prefixed(part)
    if name == "w:t":
        return part.text or ""
    if name == "w:softHyphen":
        return "\xad"
    if name == "w:noBreakHyphen":
        return "-"
    return " " if name in _BREAKS else ""
