"""From the archive to blocks: the order of the page, tracked changes accepted, boxes after their paragraph."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from campaign.errors.word import WordFontError
from campaign.word.reading.archive import Archive
from campaign.word.reading.decoder import Decoder
from campaign.word.reading.document import Block, Document, Paragraph, Run, RunStyle, paragraphs_of
from campaign.word.reading.drawings import Found
from campaign.word.reading.inline import DrawnPart, InlineReader, Piece
from campaign.word.reading.markup import Element, child, choices, flag, is_joined, number, prefixed, tag, value
from campaign.word.reading.numbering import Numbering, read_patterns
from campaign.word.reading.objects import read_chart, read_diagram
from campaign.word.reading.pictures import Pictures
from campaign.word.reading.remarks import Remarks
from campaign.word.reading.styles import PLAIN, Style, Styles, read_numbering_use, read_theme
from campaign.word.reading.surroundings import describe_surroundings
from campaign.word.reading.symbols import UNKNOWN_SIGN
from campaign.word.reading.tables import read_table
from campaign.word.reading.witness import Text, read_texts

_SKIPPED = {"w:sectPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:del", "w:moveFrom", "w:customXmlPr", "w:tblPr"}
_LOWEST_HEADING = 9
_OBJECTS = {
    Found.CHART: ("biểu đồ", "được thay bằng bảng số liệu của nó"),
    Found.DIAGRAM: ("sơ đồ (SmartArt)", "chỉ giữ được chữ"),
}
_SIGNS = re.compile(b"\xef[\x80-\x83]")
_FONTS_MATTER = (b"vanish", b"ymbol", b"ingdings", b"ebdings", b"&#")
_LETTERS = re.compile(
    b"\xc3[\x84-\x87\x8b\x8e\x8f\x91\x96\x98\x9b\x9c\x9e\x9f\xa4-\xa7\xab\xae-\xb1\xb6-\xb8\xbb\xbc\xbe\xbf]"
    b"|\xc2[\xa1-\xbf](?:(?=[A-Za-z\xc2\xc3])|(?<=[A-Za-z\xc2\xc3]..))|\xef[\x80-\x83]", re.DOTALL,
)  # fmt: skip
_LEGACY = (b"&#", b"softHyphen", b'".V', b'".v', b'"VN', b'"Vn', b'"vn', b"\xff\xfe", b"\xfe\xff")
"""Letters that Unicode Vietnamese lacks, signs next to letters, names of legacy fonts, in UTF-8: without any of these
no encodings need to be told apart."""


def read_document(archive: Archive) -> Document:
    """Read the body of a document with its notes and pictures.

    Raises:
        CampaignError: Why it cannot be read.
    """
    return _Reader(archive).read()


class _Reader:
    """One reading of one document."""

    def __init__(self, archive: Archive) -> None:
        """Read the parts that the body leans on."""
        self._archive = archive
        self._root = archive.parse(archive.main)
        self._styles = Styles(archive.parse(archive.part("styles")), read_theme(archive.parse(archive.part("theme"))))
        self._remarks = Remarks()
        self._pictures = Pictures(archive, self._remarks)
        self._inline = InlineReader(self._styles, self._pictures.name, self._remarks)
        self._notes = {
            (kind, note.get(tag("w:id"), "")): note
            for kind in ("footnote", "endnote")
            for note in self._note_elements(kind)
        }
        self._note_numbers: dict[tuple[str, str], int] = {}
        self._held: list[Piece] = []
        self._table_style = PLAIN
        self._is_boxed = False
        self._words_of_objects: list[str] = []
        self._decoder = Decoder()

    def _note_elements(self, kind: str) -> list[Element]:
        root = self._archive.parse(self._archive.part(f"{kind}s"))
        kept = [] if root is None else root.findall(tag(f"w:{kind}"))
        return [note for note in kept if note.get(tag("w:type")) in {None, "normal"}]

    def read(self) -> Document:
        """Read the body."""
        root, body = self._root, child(self._root, "w:body")
        if root is None or body is None:
            return Document(())
        numbering = self._archive.parse(self._archive.part("numbering"))
        may_be_legacy = self._finds(_LETTERS, _LEGACY)
        witness = partial(
            read_texts, styles=self._styles, with_fonts=may_be_legacy or self._finds(_SIGNS, _FONTS_MATTER)
        )
        texts = list(witness(body))
        of_notes = {key: list(witness(note)) for key, note in self._notes.items()}
        if may_be_legacy:
            all_texts = chain(texts, chain.from_iterable(of_notes.values()), [read_patterns(numbering)])
            self._decoder = Decoder(chain.from_iterable(all_texts))
            if self._decoder.has_unknown:
                raise WordFontError
        self._numbering = Numbering(numbering, self._styles, self._decoder)
        blocks = self._read_part(self._archive.main, body)
        notes: list[tuple[Block, ...]] = []
        while len(notes) < len(self._note_numbers):  # A note may refer to another.
            key = list(self._note_numbers)[len(notes)]
            notes.append(self._read_part(self._archive.part(f"{key[0]}s") or "", self._notes[key]))
        texts += chain.from_iterable(of_notes[key] for key in self._note_numbers)
        return Document(
            blocks, tuple(notes), self._pictures.files, tuple(self._describe(root)),
            texts=(*(self._to_text(text) for text in texts), *self._inline.equations, *self._words_of_objects),
            left_out=tuple(self._inline.left_out), lost=self._remarks.lost + self._decoder.unknown_signs,
        )  # fmt: skip

    def _finds(self, pattern: re.Pattern[bytes], marks: tuple[bytes, ...]) -> bool:
        kinds = ("styles", "numbering", "footnotes", "endnotes")
        parts = [self._archive.main, *(part for kind in kinds if (part := self._archive.part(kind)))]
        texts = [self._archive.read(part) or b"" for part in parts]
        return any(mark in text for text in texts for mark in marks) or any(map(pattern.search, texts))

    def _to_text(self, text: Text) -> str:
        return self._decoder.clean("".join(chain.from_iterable(self._decoder.decode(*stretch) for stretch in text)))

    def _describe(self, root: Element) -> Iterator[str]:
        """Yield the remarks of the whole document."""
        if self._inline.left_out:
            yield "mục lục tự động của Word được bỏ ra: bài có danh sách mục riêng, không có số trang"
        yield from self._remarks.format()
        if self._decoder.unknown_signs:
            yield f"{self._decoder.unknown_signs} ký hiệu của phông lạ được thay bằng {UNKNOWN_SIGN}"
        yield from describe_surroundings(self._archive, root)

    def _read_part(self, part: str, holder: Element) -> tuple[Block, ...]:
        self._inline.relationships = self._archive.relationships(part)
        return self._blocks(holder)

    def _blocks(self, holder: Element) -> tuple[Block, ...]:
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
        table = read_table(element, self._styles, self._blocks)
        self._table_style = outer
        return table

    def _read_paragraph(self, element: Element) -> list[Block]:
        properties = child(element, "w:pPr")
        style = self._styles.paragraph(value(properties, "w:pStyle"))
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
            found += self._blocks(box)
        self._is_boxed = outer
        for part in inline.parts:
            found += self._read_object(part)
        return found

    def _read_object(self, part: DrawnPart) -> list[Block]:
        found = self._inline.relationships.get(part.reference)
        root = self._archive.parse(found.target) if found and not found.is_external else None
        blocks = [] if root is None else read_chart(root) if part.kind is Found.CHART else read_diagram(root)
        what, instead = _OBJECTS[part.kind]
        self._remarks.add(f"{what} {instead if blocks else 'không đọc được nên không đưa vào bài'}", is_lost=not blocks)
        if not blocks and part.alternative:
            blocks = [Paragraph((Run(f"[{part.alternative}]", RunStyle(italic=True)),))]
        self._words_of_objects += [paragraph.text for paragraph in paragraphs_of(tuple(blocks))]
        return blocks

    def _to_paragraph(self, properties: Element | None, style: Style, pieces: list[Piece]) -> Paragraph:
        is_hidden = not pieces and flag(child(properties, "w:rPr"), "w:vanish")
        label = "" if is_hidden else self._numbering.label(read_numbering_use(properties), style)
        outline = number(properties, "w:outlineLvl")
        outline = style.outline if outline is None else outline
        paragraph = Paragraph(
            self._decoder.to_runs(pieces, self._number_note),
            label,
            outline if outline is not None and 0 <= outline < _LOWEST_HEADING else None,
            (value(properties, "w:jc") or style.alignment) == "center",
            self._is_boxed,
        )
        self._remarks.place = paragraph.text or self._remarks.place
        return paragraph

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
