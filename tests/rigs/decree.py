"""What Decree 30/2020, annex I, asks of a document, read from the written file.

Raw attributes are read where the library would raise on values that official files have.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph

MM_IN_TWIP = 25.4 / 1440


@dataclass(frozen=True)
class Line:
    """A paragraph as it is printed: text, size in points, and the raw alignment."""

    text: str
    size: float
    bold: bool
    italic: bool
    align: str
    first_line: float
    before: float


def open_document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def millimetres(length: Length | None) -> float:
    """Return a length of the page, which every section of ours has."""
    assert length is not None
    return float(round(length.mm, 1))


def read_lines(document: Document) -> list[Line]:
    """Return every paragraph in the order of the page, those of tables too."""
    return [_read_line(paragraph) for paragraph in document.element.body.iter(qn("w:p"))]


def find(lines: list[Line], pattern: str) -> Line:
    """Return the first line that the pattern matches whole."""
    return next(line for line in lines if re.fullmatch(pattern, line.text))


def rule_after(document: Document, text: str) -> float:
    """Return the length in millimetres of the rule in the paragraph below *text*."""
    paragraphs = list(document.element.body.iter(qn("w:p")))
    number = next(at for at, one in enumerate(paragraphs) if _text(one) == text)
    below = paragraphs[number + 1 : number + 3]
    ruled = next(one for one in below if one.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}") is not None)
    indent = ruled.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    cell = next((one for one in ruled.iterancestors(qn("w:tc"))), None)
    room = 165.0 if cell is None else float(cell.find(f".//{qn('w:tcW')}").get(qn("w:w"))) * MM_IN_TWIP - 4
    return room - 2 * float(indent.get(qn("w:left"))) * MM_IN_TWIP


def part(content: bytes, name: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return parse_xml(archive.read(name))


def _read_line(paragraph: Any) -> Line:  # noqa: ANN401 - as above
    wrapped = Paragraph(paragraph, None)  # type: ignore[arg-type]  # only its element is read
    run = next((one for one in wrapped.runs if one.text), None)
    align = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    spacing = paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    return Line(
        text=_text(paragraph),
        size=float(run.font.size.pt) if run and run.font.size else 14.0,
        bold=bool(run and run.bold),
        italic=bool(run and run.italic),
        align=align.get(qn("w:val")) if align is not None else "",
        first_line=float(indent.get(qn("w:firstLine"), 0)) * MM_IN_TWIP if indent is not None else 0.0,
        before=float(spacing.get(qn("w:before"), 0)) / 20 if spacing is not None else 0.0,
    )


def _text(paragraph: Any) -> str:  # noqa: ANN401 - as above
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).replace("\N{NO-BREAK SPACE}", " ")
