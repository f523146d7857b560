"""The reminder letter (công văn đôn đốc) to each unit in which someone is outstanding: Decree 30/2020, form 1.5.

Names are only in the annex, which goes to the head of the unit, and without reasons. The Office writes no letter to
itself, and none to the leaders.
"""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

from campaign.core.clock import format_document_day
from campaign.core.figures.coverage import State
from campaign.core.people.special_case import CaseKind
from campaign.core.text import to_slug
from campaign.errors.report import NobodyOutstandingError
from campaign.report.letterhead import (
    SAMPLE,
    add_annex,
    add_letterhead,
    add_signature,
    format_blank_number,
)
from campaign.report.outcome import Outcome
from campaign.report.sentences import (
    format_as_of,
    format_carrying_out,
    format_count,
    format_deadline,
    format_document,
    format_document_shortly,
    format_share,
)
from campaign.report.word import Column, ParagraphStyle, add, add_table, new_document, to_bytes
from campaign.settings import LOOPBACK

_COLUMNS = (Column("STT", 14, "center"), Column("Mã", 40), Column("Họ và tên", 76))
_DAYS_TO_ANSWER = timedelta(days=7)
"""The same day of the next week is a working day whenever this one is."""


def write_letters(outcome: Outcome) -> bytes:
    """Return a ZIP of letters, one for each unit that is urged.

    Raises:
        NobodyOutstandingError: There is no such unit.
    """
    units = outcome.to_be_urged()
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
    add_letterhead(document, department, symbol, outcome.made_on, f"V/v {subject}")
    if outcome.sample:
        add(document, SAMPLE, ParagraphStyle(size=13, bold=True, align="center", before=6))
    add(document, f"Kính gửi: {unit}", ParagraphStyle(align="center", before=18, after=12))
    *paragraphs, last = _format_paragraphs(outcome, unit)
    for text in paragraphs:
        add(document, text)
    add(document, last, ParagraphStyle(first_line=10, before=6, keeps_next=True))
    add_signature(document, department, ("Như trên",))
    title = f"DANH SÁCH CHƯA XÁC NHẬN ĐÃ ĐỌC – {unit.upper()}"
    add_annex(document, [title], format_blank_number("Công văn", symbol, department, outcome.made_on.year))
    people = [person for person in outcome.those(State.OUTSTANDING) if person.unit == unit]
    notes = ["; ".join(c.format() for c in person.cases if c.kind is not CaseKind.EXEMPTION) for person in people]
    columns = (*_COLUMNS, Column("Ghi chú", 35)) if any(notes) else _COLUMNS
    rows = [
        (str(number), person.staff_code, person.name, note)[: len(columns)]
        for number, (person, note) in enumerate(zip(people, notes, strict=True), 1)
    ]
    add_table(document, columns, rows)
    return to_bytes(document)


def find_public_address(outcome: Outcome) -> str:
    """Return where people confirm; empty while the address is that of the machine itself, which nobody else reaches."""
    return "" if urlsplit(outcome.address).hostname in LOOPBACK else outcome.address


def _format_paragraphs(outcome: Outcome, unit: str) -> Iterator[str]:
    figures, department = outcome.by_unit[unit], outcome.department
    doing = format_carrying_out(outcome.campaign)
    yield (
        f"{f'{doing}, ' if doing else ''}{department.name} phổ biến {format_document(outcome.post)} đến "
        f"{outcome.post.audience.format()}, hoàn thành {format_deadline(outcome.deadline)}."
    )
    yield (
        f"Đến {format_as_of(outcome.as_of)}, {unit} có {format_share(figures.confirmed, figures.due)} đã xác nhận đã "
        f"đọc, còn {format_count(figures.outstanding)} người chưa xác nhận (danh sách kèm theo)."
    )
    address = find_public_address(outcome)
    where = f" tại địa chỉ {address}" if address else " trên trang tuyên truyền"
    answer_before = format_document_day(_propose_day(outcome))
    yield (
        f"Đề nghị {unit} đôn đốc những người có tên trong danh sách đọc và xác nhận{where}, xong trước "
        f"{answer_before}; người vắng mặt có lý do thì báo {department.office} để ghi nhận."
    )
    yield f"Cần hướng dẫn, liên hệ {department.office}./."


def _propose_day(outcome: Outcome) -> date:
    """Return the first day that is too late: that of the deadline while it is to come, else a week from now."""
    is_to_come = outcome.made_on < outcome.deadline.before
    return outcome.deadline.before if is_to_come else outcome.made_on + _DAYS_TO_ANSWER
