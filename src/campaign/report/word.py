"""Word documents by the rules of Decree 30/2020, annex I: page, font, paragraphs, tables, pictures."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from campaign.core.text import drop_unprintable, tie_numbers

_FONT = "Times New Roman"
_PAGE_WIDTH, _PAGE_HEIGHT = 210, 297
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEADER = 30, 15, 20, 20, 10
TEXT_WIDTH = _PAGE_WIDTH - _LEFT - _RIGHT
"""Millimetres, like the margins."""
_BODY, _SMALL = 14, 12
"""Points: the text, and the tables in it."""
_TWIPS_IN_MM = 1440 / 25.4

_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph looks; sizes and gaps in points, the first line's indent in millimetres."""

    size: float = _BODY
    bold: bool = False
    italic: bool = False
    align: str = "justify"
    first_line: float = 0
    before: float = 0
    after: float = 0
    level: int | None = None
    keeps_next: bool = False


TEXT = ParagraphStyle(first_line=10, before=6)
HEADING = ParagraphStyle(bold=True, first_line=10, before=6, level=0, keeps_next=True)
CAPTION = ParagraphStyle(bold=True, align="center", before=6, after=3, keeps_next=True)
NOTE = ParagraphStyle(size=13, italic=True, first_line=10, before=6)


def new_document(title: str, author: str, made_at: datetime, mark: str = "") -> Document:
    """Return an empty document of A4 pages in Times New Roman, numbered at the top from the second page on.

    Args:
        title: What the file is called in its properties.
        author: In whose name.
        made_at: When.
        mark: What stands at the foot of every page, such as that it must not be sent.
    """
    document = docx.Document()
    # The library's template carries a copy of the styles for Word 2007; Word repairs one that differs.
    relations = document.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del relations[name]
    _set_font(document)
    _set_page(document.sections[0])
    header = document.sections[0].header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = f'<w:r><w:rPr><w:sz w:val="{_BODY * 2}"/></w:rPr><w:t>2</w:t></w:r>'
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{number}</w:fldSimple>')
    header._p.append(field)  # noqa: SLF001 - python-docx knows no fields
    if mark:
        section = document.sections[0]
        for footer in (section.first_page_footer, section.footer):
            style(footer.paragraphs[0], mark, ParagraphStyle(size=12, bold=True, italic=True, align="center"))
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.language = title, author, author, "vi-VN"
    facts.comments, facts.created, facts.modified = "", made_at, made_at
    return document


def to_bytes(document: Document) -> bytes:
    """Return the file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(section: Section) -> None:
    """Give *section* the page of the decree, with no number on its first page."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(_PAGE_HEIGHT)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.header_distance = section.footer_distance = Mm(_HEADER)
    section.different_first_page_header_footer = True


def add_section(document: Document) -> None:
    """Begin a new page whose numbers begin at 1 again: an annex."""
    section = document.add_section()
    _set_page(section)
    number = section._sectPr.find(qn("w:pgNumType"))  # noqa: SLF001 - python-docx has no name for page numbers
    if number is None:
        number = OxmlElement("w:pgNumType")
        section._sectPr.find(qn("w:pgMar")).addnext(number)  # noqa: SLF001 - the same
    number.set(qn("w:start"), "1")


def add(container: Document | _Cell, text: str, look: ParagraphStyle = TEXT) -> Paragraph:
    """Add a paragraph."""
    return style(container.add_paragraph(), text, look)


def style(paragraph: Paragraph, text: str, look: ParagraphStyle) -> Paragraph:
    """Write *text* into an empty paragraph and give it its look."""
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold, run.italic = Pt(look.size), look.bold or None, look.italic or None
    form = paragraph.paragraph_format
    form.alignment = _ALIGN[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = 1.0
    if look.first_line:
        form.first_line_indent = Mm(look.first_line)
    form.keep_with_next = look.keeps_next or None
    if look.level is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.level))
        paragraph._p.get_or_add_pPr().append(level)  # noqa: SLF001 - python-docx has no name for it
    if not text:  # Else the mark that ends an empty paragraph is as high as a line of text.
        mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{round(look.size * 2)}"/></w:rPr>')
        paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001 - python-docx has no name for it
    return paragraph


def add_rule(container: Document | _Cell, room: float, length: float, after: float = 0) -> None:
    """Add a line in the middle of *room*, both in millimetres, as the border of an empty paragraph."""
    paragraph = style(container.add_paragraph(), "", ParagraphStyle(size=2, align="center", after=after))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((room - length) / 2)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx knows no borders
    next(properties.iterchildren(qn("w:spacing"))).addprevious(border)


def add_frame(document: Document, widths: Sequence[float], rows: int = 1) -> list[list[_Cell]]:
    """Add a table without borders, to set things side by side; *widths* in millimetres."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it
    return [list(row.cells) for row in table.rows]


def end_after_table(document: Document) -> None:
    """Add the paragraph that must follow a table at the end, so low that it never begins a page of its own."""
    form = style(document.add_paragraph(), "", ParagraphStyle(size=1)).paragraph_format
    form.line_spacing, form.line_spacing_rule = Twips(1), WD_LINE_SPACING.EXACTLY


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its width in millimetres, and whether it holds text or numbers and the like."""

    heading: str
    width: float
    align: str = "left"


def add_table(
    document: Document, columns: Sequence[Column], rows: Iterable[Sequence[str]], total: Sequence[str] = ()
) -> None:
    """Add a table with borders, whose headings are repeated on each page.

    Written as text and parsed once: tens of thousands of rows take a second, and minutes with python-docx.
    """
    widths = [round(column.width * _TWIPS_IN_MM) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    head = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )
    parts = [head, _row(["center"] * len(columns), widths, [column.heading for column in columns], is_head=True)]
    aligns = [column.align for column in columns]
    parts += [_row(aligns, widths, row) for row in rows]
    if total:
        parts.append(_row(aligns, widths, total, is_bold=True))
    document.element.body[-1].addprevious(parse_xml("".join([*parts, "</w:tbl>"])))


def _row(
    aligns: Sequence[str], widths: Sequence[int], cells: Sequence[str], *, is_head: bool = False, is_bold: bool = False
) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "") + "</w:trPr>"
    bold = "<w:b/><w:bCs/>" if is_head or is_bold else ""
    size = f'<w:sz w:val="{_SMALL * 2}"/><w:szCs w:val="{_SMALL * 2}"/>'
    parts = [f"<w:tr>{properties}"]
    for align, width, text in zip(aligns, widths, cells, strict=True):
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>'
            f'<w:r><w:rPr>{bold}{size}</w:rPr><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p></w:tc>'
        )
    return "".join([*parts, "</w:tr>"])


def add_picture(document: Document, picture: bytes, width: float, description: str) -> None:
    """Add a picture in the middle, *width* in millimetres, with its description in words."""
    paragraph = style(document.add_paragraph(), "", ParagraphStyle(align="center", before=6, keeps_next=True))
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), Mm(width))
    shape._inline.docPr.set("descr", description)  # noqa: SLF001 - python-docx has no name for it


def clean(text: str) -> str:
    """Return *text* without what XML cannot hold, its numbers tied to what they count."""
    return tie_numbers(drop_unprintable(text))


def _set_font(document: Document) -> None:
    fonts = "".join(f' w:{name}="{_FONT}"' for name in ("ascii", "hAnsi", "cs", "eastAsia"))
    size = f'<w:sz w:val="{_BODY * 2}"/><w:szCs w:val="{_BODY * 2}"/>'
    wanted = (
        f'<w:rPr {nsdecls("w")}><w:rFonts{fonts}/><w:color w:val="000000"/>{size}'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr>'
    )
    styles = document.styles.element
    for parent in (styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}"), document.styles["Normal"].element):
        for old in parent.findall(qn("w:rPr")):
            parent.remove(old)
        parent.append(parse_xml(wanted))
