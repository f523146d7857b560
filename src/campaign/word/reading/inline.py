"""The content of a paragraph: its characters with their styles, tracked changes accepted, boxes set aside.

``paragraph.text`` of python-docx skips content controls, insertions, moved text and boxes; so the XML is walked. What
is drawn and holds no text of this part (a chart, a picture, an embedded file) is handed to whoever reads those.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from campaign.word.reading.archive import Relationship
from campaign.word.reading.document import PLAIN_STYLE, Raised, RunStyle
from campaign.word.reading.drawings import Found, alternative_text, find_drawn
from campaign.word.reading.equations import read_equation
from campaign.word.reading.fields import Fields
from campaign.word.reading.markup import Element, choices, prefixed, tag
from campaign.word.reading.remarks import Remarks
from campaign.word.reading.styles import PLAIN, Style, Styles
from campaign.word.reading.symbols import UNKNOWN_SIGN, is_worded, symbol_font, to_sign

_GONE = {
    "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr",
    "w:rt", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:fldData", "w:smartTagPr", "w:customXmlPr",
    "w:lastRenderedPageBreak", "w:commentReference", "w:separator", "w:continuationSeparator", "w:pgNum", "w:rubyPr",
}  # fmt: skip
"""What is not on the page, or not of it: deleted text, instructions of fields, properties, marks of comments."""

_CHARACTERS = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "\xad",
}  # fmt: skip
_REFERENCES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_DRAWINGS = {"w:drawing", "w:pict", "w:object", "w:control", "w14:contentPart", "w:subDoc"}
_RAISED = {"superscript": Raised.SUPERSCRIPT, "subscript": Raised.SUBSCRIPT}
_SCHEMES = {"http", "https", "mailto"}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_BYTES = {chr(code) for code in range(0x21, 0x100)}
_ITALIC = RunStyle(italic=True)
_REMARKS = {
    Found.SHAPE: "hình vẽ không có chữ (mũi tên, khung…) không đưa vào bài",
    Found.FLOWCHART: "sơ đồ vẽ bằng các hình: chữ vẫn giữ, hình vẽ và mũi tên thì không",
    Found.EMBEDDED: "tệp nhúng không đưa vào bài",
    Found.UNKNOWN: "thành phần lạ không đưa vào bài",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as the file holds it.

    Attributes:
        font: The name of its font, which may tell what its characters mean; "" for signs that are Unicode for sure.
        note: The kind and id of the note referred to, or nothing.
        picture: The file name of a picture, or "".
    """

    text: str
    style: RunStyle = PLAIN_STYLE
    font: str = ""
    note: tuple[str, str] | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A drawing whose content is in a part of its own: its kind, the id of the part, the words in its place."""

    kind: Found
    reference: str
    alternative: str


@dataclass(slots=True)
class Inline:
    """What is in one paragraph: its pieces, the boxes anchored in it, and the drawings whose parts are elsewhere.

    Attributes:
        parts: The charts and diagrams anchored in it.
    """

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    parts: list[DrawnPart] = field(default_factory=list)


class InlineReader:
    """Reads paragraphs, in the order of the page.

    Attributes:
        relationships: What the part refers to that is being read; notes have their own.
        left_out: Text that is not in the post on purpose: of tables of contents.
        equations: The text of each equation, as it is in the post.
    """

    def __init__(self, styles: Styles, name_picture: Callable[[Relationship | None], str], remarks: Remarks) -> None:
        """Take what paragraphs refer to.

        Args:
            styles: The document's styles.
            name_picture: Turns the relationship of a picture into its file name, or "" when it cannot be kept.
            remarks: Where what cannot be kept is noted.
        """
        self.relationships: dict[str, Relationship] = {}
        self.left_out: list[str] = []
        self.equations: list[str] = []
        self._styles = styles
        self._name_picture = name_picture
        self._remarks = remarks
        self._fields = Fields()

    def read(self, paragraph: Element, style: Style, table: Style = PLAIN) -> Inline:
        """Read one paragraph of *style* inside a table of style *table*."""
        inline = Inline()
        self.left_out.append("")
        self._walk(paragraph, inline, (table, style), "")
        if not self.left_out[-1]:
            self.left_out.pop()
        for instruction in self._fields.unshown:
            self._remarks.add(f"trường “{instruction[:40]}” không có kết quả nên không đưa vào bài", is_lost=True)
        self._fields.unshown.clear()
        return inline

    def _walk(self, element: Element, inline: Inline, styles: tuple[Style, Style], link: str) -> None:
        for inner in choices(element):
            name = prefixed(inner)
            if name == "w:r":
                self._read_run(inner, inline, styles, link)
            elif name in _GONE:
                continue
            elif name == "m:oMath":
                self._read_equation(inner, inline)
            elif name == "w:fldSimple":
                self._read_simple_field(inner, inline, styles, link)
            elif name in _DRAWINGS:
                self._read_drawing(inner, inline)
            else:
                self._walk(inner, inline, styles, self._address(inner) if name == "w:hyperlink" else link)

    def _address(self, link: Element) -> str:
        found = self.relationships.get(link.get(tag("r:id"), ""))
        return safe_link(found.target) if found and found.kind == "hyperlink" else ""

    def _read_simple_field(self, element: Element, inline: Inline, styles: tuple[Style, Style], link: str) -> None:
        self._fields.begin(element.get(tag("w:instr"), ""))
        self._walk(element, inline, styles, link)
        inline.pieces += [Piece(text) for text in [self._fields.end()] if text]

    def _read_run(self, run: Element, inline: Inline, styles: tuple[Style, Style], link: str) -> None:
        seen = self._styles.look(run, styles[1], styles[0])
        style = RunStyle(seen.bold, seen.italic, seen.struck, _RAISED.get(seen.raised, Raised.NO), seen.capitals, link)
        piece = Piece("", style, seen.font)
        for part in choices(run):
            name = prefixed(part)
            if name == "w:fldChar":
                if text := self._fields.turn(part):
                    inline.pieces.append(Piece(text, style))
            elif name == "w:instrText":
                self._fields.instruct(part.text or "")
            elif name not in _GONE and self._fields.shows:
                self._read_part(part, name, piece, inline, is_hidden=seen.hidden)

    def _read_part(self, part: Element, name: str, piece: Piece, inline: Inline, *, is_hidden: bool) -> None:
        if name == "w:t" or name in _CHARACTERS:
            self._read_text(_CHARACTERS.get(name) or part.text or "", piece, inline, is_hidden=is_hidden)
        elif is_hidden:
            return
        elif name == "w:sym":
            self._read_sign(part, piece, inline)
        elif name in _REFERENCES:
            inline.pieces.append(Piece("", note=(_REFERENCES[name], part.get(tag("w:id"), ""))))
        elif name in _DRAWINGS:
            self._read_drawing(part, inline)
        elif name not in _GONE:  # A phonetic guide, say, around the text that it explains.
            for inner in choices(part):
                self._read_part(inner, prefixed(inner), piece, inline, is_hidden=is_hidden)

    def _read_text(self, text: str, piece: Piece, inline: Inline, *, is_hidden: bool) -> None:
        if self._fields.is_open:
            self._fields.note_result()
            if self._fields.is_contents:
                self.left_out[-1] += text
                return
            if link := piece.style.link or safe_link(self._fields.link):
                piece = replace(piece, style=replace(piece.style, link=link))
        if is_hidden:
            if text.strip():
                self._remarks.add("đoạn chữ ẩn (Hidden) không đưa vào bài")
            return
        if symbol_font(piece.font):
            text = self._to_signs(text, piece.font)
            piece = replace(piece, font="")
        inline.pieces.append(Piece(text, piece.style, piece.font))

    def _to_signs(self, text: str, font: str) -> str:
        """Turn characters of a symbol font into signs: those of its own range, and others that are no word."""
        is_sign = not is_worded(text)
        return "".join(
            self._sign(font, ord(letter)) if _PRIVATE.match(letter) or (is_sign and letter in _BYTES) else letter
            for letter in text
        )

    def _sign(self, font: str, code: int) -> str:
        if sign := to_sign(font, code):
            return sign
        self._remarks.add(
            f"ký hiệu không có bảng chữ (phông {font or 'lạ'}) được thay bằng {UNKNOWN_SIGN}", is_lost=True
        )
        return UNKNOWN_SIGN

    def _read_sign(self, element: Element, piece: Piece, inline: Inline) -> None:
        try:
            code = int(element.get(tag("w:char"), ""), 16)
        except ValueError:
            return
        font = element.get(tag("w:font"), "")
        is_letter = not symbol_font(font) and not _PRIVATE.match(chr(code))
        inline.pieces.append(Piece(chr(code) if is_letter else self._sign(font, code), piece.style))

    def _read_equation(self, element: Element, inline: Inline) -> None:
        parts = list(read_equation(element))
        self.equations.append("".join(text for text, _ in parts))
        inline.pieces += [Piece(text, RunStyle(raised=raised)) for text, raised in parts if text]

    def _read_drawing(self, drawing: Element, inline: Inline) -> None:
        alternative = alternative_text(drawing)
        for kind, found in find_drawn(drawing):
            if isinstance(found, str):
                inline.pieces.append(Piece(found))
            elif kind is Found.BOX:
                inline.boxes.append(found)
            elif kind in {Found.CHART, Found.DIAGRAM}:
                inline.parts.append(DrawnPart(kind, _reference(found), alternative))
            elif kind is Found.PICTURE and (name := self._name_picture(self.relationships.get(_reference(found)))):
                inline.pieces.append(Piece("", picture=name))
            else:
                if kind in _REMARKS:
                    self._remarks.add(_REMARKS[kind], is_lost=kind is not Found.FLOWCHART)
                if alternative:
                    inline.pieces.append(Piece(f"[{alternative}]", _ITALIC))


def _reference(element: Element) -> str:
    """Return the id by which a drawing refers to a part, or ""."""
    return next((found for name in ("r:embed", "r:id", "r:dm") if (found := element.get(tag(name)))), "")


def safe_link(address: str) -> str:
    """Return *address* if a reader may follow it (http, https, mailto), else ""."""
    try:
        scheme = urlsplit(address.strip()).scheme
    except ValueError:
        return ""
    return address.strip() if scheme in _SCHEMES and not re.search(r"[\s<>\"]", address.strip()) else ""
