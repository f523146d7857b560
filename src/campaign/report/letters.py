"""The reminder letter (công văn đôn đốc) to each unit in which someone is outstanding: Decree 30/2020, form 1.5.

Names are only in the annex, which goes to the head of the unit.
"""

import io
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from campaign.core.coverage import State
from campaign.core.text import format_number, format_percent, to_slug
from campaign.errors.report import NobodyOutstandingError
from campaign.report.letterhead import (
    SAMPLE,
    add_annex,
    add_basis,
    add_letterhead,
    add_signature,
    format_blank_number,
)
from campaign.report.outcome import Outcome, format_document, format_document_shortly
from campaign.report.word import Column, ParagraphStyle, add, add_table, new_document, to_bytes

_COLUMNS = (Column("STT", 14, "center"), Column("Mã", 35), Column("Họ và tên", 66), Column("Ghi chú", 50))


def write_letters(outcome: Outcome) -> bytes:
    """Return a ZIP of letters, one for each unit in which someone is outstanding.

    Raises:
        NobodyOutstandingError: There is no such unit.
    """
    units = [unit for unit, figures in outcome.by_unit.items() if figures.outstanding]
    if not units:
        raise NobodyOutstandingError
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for number, unit in enumerate(units, 1):
            archive.writestr(f"cong-van-don-doc-{number:02}-{to_slug(unit)}.docx", write_letter(outcome, unit))
    return file.getvalue()


def write_letter(outcome: Outcome, unit: str) -> bytes:
    """Return the letter to the head of *unit*."""
    department, name = outcome.department, format_document_shortly(outcome.post)
    subject = f"đôn đốc xác nhận đã đọc {name}"
    symbol = f"{department.symbol}-{department.office_symbol}"
    document = new_document(f"V/v {subject}", department.name, outcome.as_of)
    add_letterhead(document, department, symbol, outcome.today, f"V/v {subject}")
    if outcome.sample:
        add(document, SAMPLE, ParagraphStyle(size=13, bold=True, align="center", before=6))
    add(document, f"Kính gửi: {unit}", ParagraphStyle(align="center", before=18, after=12))
    add_basis(document, department.basis)
    for text in _format_paragraphs(outcome, unit):
        add(document, text)
    add_signature(document, department, ("Như trên",))
    title = f"DANH SÁCH CHƯA XÁC NHẬN ĐÃ ĐỌC – {unit.upper()}"
    add_annex(document, [title], format_blank_number("Công văn", symbol, department, outcome.today.year))
    people = [person for person in outcome.those(State.OUTSTANDING) if person.unit == unit]
    rows = [
        (str(number), person.staff_code, person.name, "; ".join(case.format() for case in person.cases))
        for number, person in enumerate(people, 1)
    ]
    add_table(document, _COLUMNS, rows)
    return to_bytes(document)


def _format_paragraphs(outcome: Outcome, unit: str) -> Iterator[str]:
    figures, department = outcome.by_unit[unit], outcome.department
    yield (
        f"{department.name} phổ biến {format_document(outcome.post)} đến {outcome.post.audience.format()}, "
        f"hạn cuối là {outcome.deadline.format()}."
    )
    yield (
        f"Đến ngày {outcome.today:%d/%m/%Y}, {unit} có {format_number(figures.due)} người phải xác nhận đã đọc; "
        f"{format_number(figures.confirmed)} người đã xác nhận ({format_percent(figures.share_confirmed)}), còn "
        f"{format_number(figures.outstanding)} người chưa xác nhận (danh sách kèm theo)."
    )
    yield (
        f"Đề nghị {unit} đôn đốc những người có tên trong danh sách đọc và xác nhận tại địa chỉ {outcome.address}, "
        f"xong trước ngày …; người vắng mặt có lý do thì báo {department.office} để ghi nhận."
    )
    yield f"Cần hướng dẫn, liên hệ {department.office}./."
