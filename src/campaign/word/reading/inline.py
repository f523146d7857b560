"""The content of a paragraph: its characters with their looks, tracked changes accepted, boxes set aside.

``paragraph.text`` of python-docx skips content controls, insertions, moved text and boxes; so the XML is walked.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from campaign.core.legacy import Encoding, encoding_of
from campaign.word.reading.document import PLAIN_STYLE, Raised, RunStyle
from campaign.word.reading.markup import Element, child, choices, prefixed, tag, value
from campaign.word.reading.styles import PLAIN, Style, Styles, read_run_settings

_GONE = {
    "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr",
    "w:rt", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:fldData", "w:smartTagPr", "w:customXmlPr",
}  # fmt: skip
"""What is not on the page: deleted text, instructions of fields, properties."""

_CHARACTERS = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "\xad",
}  # fmt: skip
_REFERENCES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_DRAWINGS = {"w:drawing", "w:pict", "w:object"}
_IMAGES = {"a:blip": "r:embed", "v:imagedata": "r:id"}
_RAISED = {"superscript": Raised.SUPERSCRIPT, "subscript": Raised.SUBSCRIPT}
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as the file holds it.

    Attributes:
        encoding: What its font says that its characters mean.
        note: The kind and id of the note referred to, or nothing.
        picture: The file name of a picture, or "".
    """

    text: str
    style: RunStyle = PLAIN_STYLE
    encoding: Encoding = Encoding.UNICODE
    note: tuple[str, str] | None = None
    picture: str = ""


@dataclass(slots=True)
class Inline:
    """What stands in one paragraph: its pieces, and the boxes anchored in it."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Fields:
    """The fields (``w:fldChar``) that are open, the innermost last; they may span paragraphs."""

    instructions: list[str] = field(default_factory=list)
    results: list[bool] = field(default_factory=list)

    def turn(self, kind: str | None) -> None:
        if kind == "begin":
            self.instructions.append("")
            self.results.append(False)
        elif kind == "separate" and self.results:
            self.results[-1] = True
        elif kind == "end" and self.results:
            self.instructions.pop()
            self.results.pop()

    def instruct(self, text: str) -> None:
        if self.instructions:
            self.instructions[-1] += text

    @property
    def link(self) -> str:
        found = (_LINK_FIELD.match(text) for text in reversed(self.instructions))
        return next((safe_link(match.group(1)) for match in found if match), "")


class InlineReader:
    """Reads paragraphs, in the order of the page."""

    def __init__(self, styles: Styles, links: Mapping[str, str], name_picture: Callable[[str], str]) -> None:
        """Take what paragraphs refer to.

        Args:
            styles: The document's styles.
            links: The addresses of hyperlinks by relationship id.
            name_picture: Turns the relationship id of a picture into its file name, or "" when it cannot be kept.
        """
        self._styles = styles
        self._links = links
        self._name_picture = name_picture
        self._fields = _Fields()

    def read(self, paragraph: Element, style: Style, table: Style = PLAIN) -> Inline:
        """Read one paragraph of *style* inside a table of style *table*."""
        inline = Inline()
        self._walk(paragraph, inline, (table, style), "")
        return inline

    def _walk(self, element: Element, inline: Inline, styles: tuple[Style, Style], link: str) -> None:
        for inner in choices(element):
            name = prefixed(inner)
            if name in _GONE:
                continue
            if name == "w:r":
                self._read_run(inner, inline, styles, link)
            elif name == "m:t":
                inline.pieces.append(Piece(inner.text or ""))
            else:
                target = safe_link(self._links.get(inner.get(tag("r:id"), ""), "")) if name == "w:hyperlink" else ""
                self._walk(inner, inline, styles, target or link)

    def _read_run(self, run: Element, inline: Inline, styles: tuple[Style, Style], link: str) -> None:
        properties = child(run, "w:rPr")
        own = read_run_settings(properties, self._styles.theme)
        seen = self._styles.appearance(styles[1], value(properties, "w:rStyle"), own, styles[0])
        style = RunStyle(seen.bold, seen.italic, seen.struck, _RAISED.get(seen.raised, Raised.NO), seen.capitals, link)
        piece = Piece("", style, encoding_of(seen.font))
        for part in choices(run):
            name = prefixed(part)
            if name == "w:fldChar":
                self._fields.turn(part.get(tag("w:fldCharType")))
            elif name == "w:instrText":
                self._fields.instruct(part.text or "")
            elif not seen.hidden and all(self._fields.results):
                self._read_part(part, name, piece, inline)

    def _read_part(self, part: Element, name: str, piece: Piece, inline: Inline) -> None:
        if name == "w:t" or name in _CHARACTERS:
            style = replace(piece.style, link=piece.style.link or self._fields.link)
            inline.pieces.append(replace(piece, text=_CHARACTERS.get(name) or part.text or "", style=style))
        elif name == "w:sym":
            inline.pieces.append(Piece(_symbol(part), piece.style))
        elif name in _REFERENCES:
            inline.pieces.append(Piece("", note=(_REFERENCES[name], part.get(tag("w:id"), ""))))
        elif name in _DRAWINGS:
            self._read_drawing(part, inline)
        elif name not in _GONE:  # A phonetic guide, say, around the text that it explains.
            for inner in choices(part):
                self._read_part(inner, prefixed(inner), piece, inline)

    def _read_drawing(self, drawing: Element, inline: Inline) -> None:
        for found in _walk_drawing(drawing):
            name = prefixed(found)
            if name == "w:txbxContent":
                inline.boxes.append(found)
            elif picture := self._name_picture(found.get(tag(_IMAGES[name]), "")):
                inline.pieces.append(Piece("", picture=picture))


def _symbol(element: Element) -> str:
    try:
        return chr(int(element.get(tag("w:char"), ""), 16))
    except (ValueError, OverflowError):
        return ""


def _walk_drawing(element: Element) -> Iterator[Element]:
    """Yield the boxes and pictures of a drawing, but not those inside a box: they belong to its paragraphs."""
    for inner in choices(element):
        name = prefixed(inner)
        if name == "w:txbxContent" or name in _IMAGES:
            yield inner
        else:
            yield from _walk_drawing(inner)


def safe_link(address: str) -> str:
    """Return *address* if a reader may follow it (http, https, mailto), else ""."""
    try:
        scheme = urlsplit(address.strip()).scheme
    except ValueError:
        return ""
    return address.strip() if scheme in _SCHEMES and not re.search(r"[\s<>\"]", address.strip()) else ""
