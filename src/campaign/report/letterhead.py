"""What is above and below the text of an official document (Decree 30/2020, annex III, forms 1.4 and 1.5)."""

from collections.abc import Sequence
from datetime import date

from docx.document import Document

from campaign.core.department import Department
from campaign.core.text import fold
from campaign.report.word import (
    TEXT_WIDTH,
    ParagraphStyle,
    add,
    add_frame,
    add_rule,
    add_section,
    end_after_table,
    style,
)

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_WIDTH = 57
"""Millimetres that the motto takes in bold Times New Roman of 14 points: the rule below it is as wide."""
_ISSUER_WIDTH, _NATION_WIDTH = 78, 94
"""Together a little wider than the text, as in the official forms: the nation must fit on one line."""
_CAPITAL_WIDTH = 0.66
"""The mean width of a bold capital, of its size; the rule below a name is 1/3 to 1/2 as wide as the name."""
_RULE_SHARE = 0.42
_MM_IN_POINT = 25.4 / 72
BLANK = " " * 5
_SIGNATURE_GAP = 72
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
    (issuer, nation), (number, day) = add_frame(document, (_ISSUER_WIDTH, _NATION_WIDTH), rows=2)
    style(issuer.paragraphs[0], department.superior.upper(), ParagraphStyle(size=13, align="center"))
    add(issuer, department.name.upper(), ParagraphStyle(size=13, bold=True, align="center"))
    name_width = len(department.name) * _CAPITAL_WIDTH * 13 * _MM_IN_POINT
    add_rule(issuer, _ISSUER_WIDTH - 4, min(name_width, _ISSUER_WIDTH - 4) * _RULE_SHARE)
    style(nation.paragraphs[0], _NATION, ParagraphStyle(size=12, bold=True, align="center"))
    add(nation, _MOTTO, ParagraphStyle(size=14, bold=True, align="center"))
    add_rule(nation, _NATION_WIDTH - 4, _MOTTO_WIDTH)
    style(number.paragraphs[0], f"Số:{BLANK * 2}/{symbol}", ParagraphStyle(size=13, align="center", before=6))
    if subject:
        add(number, subject, ParagraphStyle(size=12, align="center", before=6))
    dated = f"{department.place}, ngày{BLANK}tháng{BLANK}năm {today.year}"
    style(day.paragraphs[0], dated, ParagraphStyle(italic=True, align="center", before=6))


def add_title(document: Document, kind: str, subject: str, *, sample: bool) -> None:
    """Add the kind of the document and what it is about, with a rule below."""
    add(document, kind.upper(), ParagraphStyle(bold=True, align="center", before=18, level=0))
    add(document, subject, ParagraphStyle(bold=True, align="center"))
    if sample:
        add(document, SAMPLE, ParagraphStyle(size=13, bold=True, align="center"))
    add_rule(document, TEXT_WIDTH, TEXT_WIDTH * _RULE_SHARE, after=12)


def add_basis(document: Document, basis: Sequence[str]) -> None:
    """Add the legal bases: each ends with a semicolon, the last with a full stop."""
    for number, text in enumerate(basis, 1):
        end = "." if number == len(basis) else ";"
        add(document, text + end, ParagraphStyle(italic=True, first_line=10, before=6))


def find_recipients_above(recipients: Sequence[str], department: Department) -> list[str]:
    """Return those of the recipients to whom the department reports: the superior, or who is marked "để báo cáo"."""
    superior = fold(department.superior)
    return [text for text in recipients if "(để báo cáo)" in text or fold(text).startswith(superior)]


def add_recipients_above(document: Document, above: Sequence[str]) -> None:
    """Add "Kính gửi" with those to whom a report goes up; one stands on the same line, several below each other."""
    names = [text.replace("(để báo cáo)", "").strip() for text in above]
    if len(names) == 1:
        add(document, f"Kính gửi: {names[0]}", ParagraphStyle(align="center", before=6, after=6))
    elif names:
        add(document, "Kính gửi:", ParagraphStyle(align="center", before=6))
        for number, name in enumerate(names, 1):
            end = "." if number == len(names) else ";"
            add(document, f"- {name}{end}", ParagraphStyle(align="center"))


def add_signature(document: Document, department: Department, recipients: Sequence[str]) -> None:
    """Add who gets the document, and the place for the signature and stamp, left blank."""
    add(document, "", ParagraphStyle(size=6, keeps_next=True))
    left, right = add_frame(document, (80, TEXT_WIDTH - 80))[0]
    style(left.paragraphs[0], "Nơi nhận:", ParagraphStyle(size=12, bold=True, italic=True, align="left"))
    for text in [*(f"- {recipient};" for recipient in recipients), f"- Lưu: {department.archive}."]:
        add(left, text, ParagraphStyle(size=11, align="left"))
    signer = department.signer
    lines = [line for line in (signer.authority, signer.position) if line]
    style(right.paragraphs[0], lines[0], ParagraphStyle(bold=True, align="center"))
    for line in lines[1:]:
        add(right, line, ParagraphStyle(bold=True, align="center"))
    add(right, signer.name, ParagraphStyle(bold=True, align="center", before=_SIGNATURE_GAP))
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    end_after_table(document)


def add_annex(document: Document, titles: Sequence[str], attached_to: str, *, is_first: bool = False) -> None:
    """Begin an annex on a page of its own.

    Args:
        document: Where it is added, at the end.
        titles: Its lines; the first is its heading.
        attached_to: The document that it belongs to: kind, number and day, of whom.
        is_first: Whether it is the first of a file of its own.
    """
    if not is_first:
        add_section(document)
    for level, title in enumerate(titles):
        add(document, title, ParagraphStyle(bold=True, align="center", level=None if level else 0))
    add(document, f"(Kèm theo {attached_to})", ParagraphStyle(italic=True, align="center", after=9))


def format_blank_number(kind: str, symbol: str, department: Department, year: int) -> str:
    """Name a document of *department* that has no number and day yet."""
    return f"{kind} số{BLANK * 2}/{symbol} ngày{BLANK}tháng{BLANK}năm {year} của {department.name}"
