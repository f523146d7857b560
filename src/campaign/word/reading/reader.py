"""From the archive to blocks: the order of the page, tracked changes accepted, boxes after their paragraph."""

from collections.abc import Iterator
from itertools import groupby

from campaign.core.legacy import Encoding
from campaign.errors.word import WordFontError
from campaign.word.reading.archive import Archive
from campaign.word.reading.decoder import Decoder
from campaign.word.reading.document import Block, Document, Paragraph
from campaign.word.reading.inline import InlineReader, Piece
from campaign.word.reading.markup import Element, child, choices, flag, is_joined, number, prefixed, tag, value
from campaign.word.reading.numbering import Numbering
from campaign.word.reading.pictures import Pictures
from campaign.word.reading.styles import PLAIN, Style, Styles, read_numbering_use, read_theme
from campaign.word.reading.tables import read_table
from campaign.word.reading.witness import read_texts

_SKIPPED = {"w:sectPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:del", "w:moveFrom", "w:customXmlPr", "w:tblPr"}
_LEGACY_MARKS = (b".vn", b"vni-", b"vni ", b"vps", b"vntime", b"vnarial", b'"vi ', b"viscii")
_LOWEST_HEADING = 9


def read_document(archive: Archive) -> Document:
    """Read the body of a document with its notes and pictures.

    Raises:
        CampaignError: Why it cannot be read.
    """
    return Reader(archive).read()


class Reader:
    """One reading of one document."""

    def __init__(self, archive: Archive) -> None:
        """Read the parts that the body leans on."""
        self._archive = archive
        relationships = archive.relationships(archive.main)
        self._root = archive.parse(archive.main)
        theme = read_theme(archive.parse(archive.part("theme")))
        self._styles = Styles(archive.parse(archive.part("styles")), theme)
        self._numbering = Numbering(archive.parse(archive.part("numbering")), self._styles)
        self._pictures = Pictures(archive, relationships)
        links = {key: item.target for key, item in relationships.items() if item.kind == "hyperlink"}
        self._inline = InlineReader(self._styles, links, self._pictures.name)
        self._notes = {
            (kind, note.get(tag("w:id"), "")): note
            for kind in ("footnote", "endnote")
            for note in self._note_elements(kind)
        }
        self._note_numbers: dict[tuple[str, str], int] = {}
        self._held: list[Piece] = []
        self._table_style = PLAIN
        self._is_boxed = False
        self._decoder = Decoder(())

    def _note_elements(self, kind: str) -> list[Element]:
        root = self._archive.parse(self._archive.part(f"{kind}s"))
        kept = [] if root is None else root.findall(tag(f"w:{kind}"))
        return [note for note in kept if note.get(tag("w:type")) in {None, "normal"}]

    def read(self) -> Document:
        """Read the body."""
        root, body = self._root, child(self._root, "w:body")
        if root is None or body is None:
            return Document(())
        if self._names_legacy_font():
            self._decoder = Decoder(self._all_texts(root))
            if self._decoder.has_unknown:
                raise WordFontError
        blocks = self.blocks(body)
        notes: list[tuple[Block, ...]] = []
        while len(notes) < len(self._note_numbers):  # A note may refer to another.
            notes.append(self.blocks(self._notes[list(self._note_numbers)[len(notes)]]))
        remarks = list(self._pictures.remarks)
        if next(root.iter(tag("w:altChunk")), None) is not None:
            remarks.append("văn bản nhúng cả một tệp khác, phần ấy không đưa vào bài")
        return Document(blocks, tuple(notes), self._pictures.files, tuple(remarks))

    def witness(self) -> list[str]:
        """Return the document's text by another way than :meth:`read`, with that of the notes it refers to."""
        body = child(self._root, "w:body")
        holders = [*([] if body is None else [body]), *(self._notes[key] for key in self._note_numbers)]
        return [text for holder in holders for text in read_texts(holder, self._styles, self._decoder)]

    def _names_legacy_font(self) -> bool:
        parts = (self._archive.main, self._archive.part("styles"))
        texts = [(self._archive.read(part) or b"").lower() for part in parts if part]
        return any(mark in text for text in texts for mark in _LEGACY_MARKS)

    def _all_texts(self, root: Element) -> Iterator[tuple[Encoding, str]]:
        reader = InlineReader(self._styles, {}, lambda _: "")
        for paragraph in root.iter(tag("w:p")):
            pieces = reader.read(paragraph, self._style(paragraph)).pieces
            for encoding, group in groupby(pieces, lambda piece: piece.encoding):
                yield encoding, "".join(piece.text for piece in group)

    def blocks(self, holder: Element) -> tuple[Block, ...]:
        """Read the paragraphs and tables directly in *holder* (a body, cell, note or box)."""
        found: list[Block] = []
        outer, self._held = self._held, []
        for element in _block_elements(holder):
            if prefixed(element) == "w:p":
                found += self._read_paragraph(element)
            else:
                found.append(self._read_table(element))
        if self._held:  # The last paragraph's mark is deleted: nothing follows to take its text.
            found.append(Paragraph(self._decoder.to_runs(self._held, self._number_note)))
        self._held = outer
        return tuple(found)

    def _read_table(self, element: Element) -> Block:
        outer = self._table_style
        self._table_style = self._styles.style(value(child(element, "w:tblPr"), "w:tblStyle"))
        table = read_table(element, self._styles, self.blocks)
        self._table_style = outer
        return table

    def _read_paragraph(self, element: Element) -> list[Block]:
        properties = child(element, "w:pPr")
        style = self._style(element)
        inline = self._inline.read(element, style, self._table_style)
        pieces = self._held + inline.pieces
        found: list[Block] = []
        if is_joined(element):
            self._held = pieces
        else:
            self._held = []
            found.append(self._to_paragraph(properties, style, pieces))
        outer, self._is_boxed = self._is_boxed, True
        for box in inline.boxes:
            found += self.blocks(box)
        self._is_boxed = outer
        return found

    def _to_paragraph(self, properties: Element | None, style: Style, pieces: list[Piece]) -> Paragraph:
        is_hidden = not pieces and flag(child(properties, "w:rPr"), "w:vanish")
        label = "" if is_hidden else self._numbering.label(read_numbering_use(properties), style)
        outline = number(properties, "w:outlineLvl")
        outline = style.outline if outline is None else outline
        return Paragraph(
            self._decoder.to_runs(pieces, self._number_note),
            label,
            outline if outline is not None and 0 <= outline < _LOWEST_HEADING else None,
            (value(properties, "w:jc") or style.alignment) == "center",
            self._is_boxed,
        )

    def _style(self, paragraph: Element) -> Style:
        return self._styles.paragraph(value(child(paragraph, "w:pPr"), "w:pStyle"))

    def _number_note(self, kind: str, note: str) -> int:
        if (kind, note) not in self._notes:
            return 0
        return self._note_numbers.setdefault((kind, note), len(self._note_numbers) + 1)


def _block_elements(holder: Element) -> Iterator[Element]:
    for element in choices(holder):
        name = prefixed(element)
        if name in {"w:p", "w:tbl"}:
            yield element
        elif name not in _SKIPPED:
            yield from _block_elements(element)
