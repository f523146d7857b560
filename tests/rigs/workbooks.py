"""Workbooks as offices make them, built by code."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.lists.choices import Choices
from campaign.lists.files.kinds import read_file
from campaign.lists.outcome import ReadList
from campaign.lists.people import read_list
from tests.rigs.builders import CENTRE, OFFICE

SPACES = "http://schemas.openxmlformats.org"
HEADINGS = ("Mã", "Họ và tên", "Đơn vị", "Loại")
AN = ("A01", "Nguyễn Văn An", OFFICE, "công chức")
BINH = ("A02", "Lò Thị Bình", CENTRE, "viên chức")
DUNG = ("A03", "Vừ A Dũng", CENTRE, "người lao động")
PEOPLE = [AN, BINH, DUNG]

Rows = Sequence[Sequence[object]]


def make_book(sheets: Mapping[str, Rows] | Rows, change: Callable[[Worksheet], object] = lambda _sheet: None) -> bytes:
    """Return a workbook of Excel.

    Args:
        sheets: The rows of each sheet by its name, or of the only one.
        change: Changes the first sheet: merges cells, hides rows, sets formats.
    """
    book, file = Workbook(), io.BytesIO()
    named = sheets if isinstance(sheets, Mapping) else {"Sheet": sheets}
    for number, (name, rows) in enumerate(named.items()):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
    change(book.worksheets[0])
    book.save(file)
    return file.getvalue()


def make_ods(rows: str, styles: str = "") -> bytes:
    """Return a workbook of LibreOffice with one sheet, from the XML of its rows."""
    kinds = ("office", "style", "table", "text")
    spaces = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds)
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Danh sách">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def make_xlsx(sheet: str, **parts: str) -> bytes:
    """Return a workbook with the least that a program may write."""
    office = f"{SPACES}/officeDocument/2006/relationships"
    package = f'xmlns="{SPACES}/package/2006/relationships"'
    kinds = {"sheet": ("worksheet", "worksheets/sheet1.xml"), "texts": ("sharedStrings", "sharedStrings.xml")}
    targets = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="/xl/{target}"/>'
        for name, (kind, target) in kinds.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {package}><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships {package}>{targets}</Relationships>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SPACES}/spreadsheetml/2006/main" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="sheet"/></sheets></workbook>',
        )
        archive.writestr("xl/sharedStrings.xml", parts.get("texts", f'<sst xmlns="{SPACES}/spreadsheetml/2006/main"/>'))
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{SPACES}/spreadsheetml/2006/main">{sheet}</worksheet>',
        )
    return file.getvalue()


def far_cells(last: str, row: int) -> bytes:
    """Return a workbook of two cells: the first, and one far out."""
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    rows = f'<row r="1">{cell.format("A1")}</row><row r="{row}">{cell.format(f"{last}{row}")}</row>'
    return make_xlsx(f"<dimension ref='A1'/><sheetData>{rows}</sheetData>")


def read(content: bytes | str | Path, name: str = "ds.xlsx", choices: Choices | None = None) -> ReadList:
    """Return what is read from a file; text is that of a CSV file."""
    if isinstance(content, Path):
        name, content = content.name, content.read_bytes()
    elif isinstance(content, str):
        name, content = "ds.csv", content.encode()
    return read_list(name, read_file(name, content), choices, [OFFICE, CENTRE])


def people_of(found: ReadList) -> list[tuple[str, str, str, str]]:
    """Return code, name, unit and category of everyone who was read."""
    members = [person.member for person in found.people]
    return [(member.staff_code, member.name, member.unit, member.category.label) for member in members]


def doubts_of(found: ReadList) -> list[str]:
    """Return what is doubtful."""
    return [doubt.problem for doubt in found.doubts]


def faults_of(found: ReadList) -> list[str]:
    """Return what is wrong, without the name of the file."""
    return [fault.problem.removeprefix(found.file).lstrip(",: ") for fault in found.faults]
