"""Word documents made part by part, so that a test holds exactly the XML that it is about."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from campaign.word.conversion import Conversion
from campaign.word.converter import convert
from campaign.word.reading.archive import Archive
from campaign.word.reading.document import Document
from campaign.word.reading.reader import read_document

TRANSITIONAL = "http://schemas.openxmlformats.org"
OFFICE = f"{TRANSITIONAL}/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{TRANSITIONAL}/wordprocessingml/2006/main" xmlns:r="{OFFICE}" '
    f'xmlns:mc="{TRANSITIONAL}/markup-compatibility/2006" xmlns:a="{TRANSITIONAL}/drawingml/2006/main" '
    f'xmlns:m="{TRANSITIONAL}/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:wp="{TRANSITIONAL}/drawingml/2006/wordprocessingDrawing" xmlns:c="{TRANSITIONAL}/drawingml/2006/chart" '
    f'xmlns:dgm="{TRANSITIONAL}/drawingml/2006/diagram"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
PARTS = ("styles", "numbering", "footnotes", "endnotes", "theme")


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """Return a paragraph: of plain text, or of runs when *content* is XML."""
    inner = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def b(text: str, properties: str = "") -> str:
    """Return a bold paragraph."""
    return p(r(text, "<w:b/>"), properties)


def tc(content: str, properties: str = "") -> str:
    """Return a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(rows: list[list[str]], *, is_framed: bool = True) -> str:
    """Return a table; a cell is text, or XML that begins with ``<w:tc>`` or ``<w:p>``."""
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if is_framed else ""
    lines = "".join(
        f"<w:tr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{lines}</w:tbl>"


def num(list_id: str, level: int = 0) -> str:
    """Return the paragraph property that numbers it."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def lvl(level: int, pattern: str, form: str = "decimal", more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def relationship(key: str, kind: str, target: str, *, is_external: bool = False) -> str:
    """Return a relationship."""
    mode = ' TargetMode="External"' if is_external else ""
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'


def relationships(*items: str) -> str:
    """Return a part of relationships."""
    return f'<Relationships xmlns="{TRANSITIONAL}/package/2006/relationships">{"".join(items)}</Relationships>'


def docx(body: str, *, links: str = "", files: Mapping[str, bytes | str] | None = None, **parts: str) -> bytes:
    """Return a document.

    Args:
        body: What is in ``w:body``.
        links: More relationships of the main part.
        files: More entries of the archive, or other bytes for one.
        parts: What is in ``styles``, ``numbering``, ``footnotes``, ``endnotes``, ``theme``.
    """
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(relationship("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            *(relationship(name, name, f"{name}.xml") for name in parts), links
        ),
    }
    entries |= {f"word/{name}.xml": f"<w:{name} {NAMES}>{content}</w:{name}>" for name, content in parts.items()}
    return pack(entries | dict(files or {}))


def pack(entries: Mapping[str, bytes | str]) -> bytes:
    """Return an archive of *entries*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(data: bytes) -> Document:
    """Read a document's blocks."""
    return read_document(Archive(data))


def to_post(data: bytes) -> Conversion:
    """Convert a document, and insist that the loss check is content."""
    conversion, _ = convert(data)
    assert conversion.loss.kept == 100, conversion.loss.missing
    return conversion


def to_text(body: str, **parts: str) -> str:
    """Convert a document of this body, and return the Markdown."""
    return to_post(docx(body, links="", files=None, **parts)).text
