"""What stands above and below the text of an official document (Decree 30/2020, annex III, forms 1.4 and 1.5)."""

from collections.abc import Sequence
from datetime import date

from docx.document import Document

from campaign.report.department import Department
from campaign.report.word import TEXT_WIDTH, Look, add, add_frame, add_rule, first_paragraph, style

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_WIDTH = 57
"""Millimetres that the motto takes in bold Times New Roman of 14 points: the rule below it is as wide."""
ISSUER_WIDTH, NATION_WIDTH = 78, 94
"""Together a little wider than the text, as in the official forms: the nation must fit on one line."""
CAPITAL_WIDTH = 0.66
"""The mean width of a bold capital, of its size; the rule below a name is 1/3 to 1/2 as wide as the name."""
RULE_SHARE = 0.42
MM_IN_POINT = 25.4 / 72
BLANK = " " * 5
SIGNATURE_GAP = 72
SAMPLE = "(DỮ LIỆU MINH HOẠ – KHÔNG DÙNG ĐỂ BÁO CÁO)"


def add_letterhead(document: Document, department: Department, symbol: str, today: date, subject: str = "") -> None:
    """Add the head: superior and issuer, nation and motto, number and day, both left blank.

    Args:
        document: Where it is added, at the end.
        department: In whose name it is written.
        symbol: What follows the number: ``BC-SKHCN``.
        today: Gives the year.
        subject: The "V/v …" of a letter; a named document has none here.
    """
    (issuer, nation), (number, day) = add_frame(document, (ISSUER_WIDTH, NATION_WIDTH), rows=2)
    style(first_paragraph(issuer), department.superior.upper(), Look(size=13, align="center"))
    add(issuer, department.name.upper(), Look(size=13, bold=True, align="center"))
    name_width = len(department.name) * CAPITAL_WIDTH * 13 * MM_IN_POINT
    add_rule(issuer, ISSUER_WIDTH - 4, min(name_width, ISSUER_WIDTH - 4) * RULE_SHARE)
    style(first_paragraph(nation), NATION, Look(size=12, bold=True, align="center"))
    add(nation, MOTTO, Look(size=14, bold=True, align="center"))
    add_rule(nation, NATION_WIDTH - 4, MOTTO_WIDTH)
    style(first_paragraph(number), f"Số:{BLANK * 2}/{symbol}", Look(size=13, align="center", before=6))
    if subject:
        add(number, subject, Look(size=12, align="center", before=6))
    dated = f"{department.place}, ngày{BLANK}tháng{BLANK}năm {today.year}"
    style(first_paragraph(day), dated, Look(italic=True, align="center", before=6))


def add_title(document: Document, kind: str, subject: str, *, sample: bool) -> None:
    """Add the kind of the document and what it is about, with a rule below."""
    add(document, kind.upper(), Look(bold=True, align="center", before=18, level=0))
    add(document, subject, Look(bold=True, align="center"))
    if sample:
        add(document, SAMPLE, Look(size=13, bold=True, align="center"))
    add_rule(document, TEXT_WIDTH, TEXT_WIDTH * RULE_SHARE, after=12)


def add_basis(document: Document, basis: Sequence[str]) -> None:
    """Add the legal bases: each ends with a semicolon, the last with a full stop."""
    for number, text in enumerate(basis, 1):
        end = "." if number == len(basis) else ";"
        add(document, text + end, Look(italic=True, first_line=10, before=6))


def add_signature(document: Document, department: Department, recipients: Sequence[str]) -> None:
    """Add who gets the document, and the place for the signature and stamp, left blank."""
    add(document, "", Look(size=6))
    left, right = add_frame(document, (80, TEXT_WIDTH - 80))[0]
    style(first_paragraph(left), "Nơi nhận:", Look(size=12, bold=True, italic=True, align="left"))
    for text in [*(f"- {one};" for one in recipients), f"- Lưu: {department.archive}."]:
        add(left, text, Look(size=11, align="left"))
    signer = department.signer
    lines = [line for line in (signer.authority, signer.position) if line]
    style(first_paragraph(right), lines[0], Look(bold=True, align="center"))
    for line in lines[1:]:
        add(right, line, Look(bold=True, align="center"))
    add(right, signer.name, Look(bold=True, align="center", before=SIGNATURE_GAP))
