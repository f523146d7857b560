"""Lists of people as CSV files that Excel opens: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from campaign.core.clock import VIET_NAM, format_day
from campaign.core.coverage import MemberStanding
from campaign.core.people.special_case import CaseKind
from campaign.core.text import to_cell

_WHO = ("STT", "Mã", "Họ và tên", "Đơn vị", "Đối tượng")
_HOW = ("Trạng thái", "Xác nhận lúc (giờ Việt Nam)", "Lý do miễn", "Ghi chú")


def standings_to_csv(standings: Iterable[MemberStanding]) -> bytes:
    """Write the people with their states, a row each, in the order given."""
    rows: list[tuple[object, ...]] = [(*_WHO, *_HOW)]
    for number, person in enumerate(standings, 1):
        when = f"{person.confirmed_at.astimezone(VIET_NAM):%d/%m/%Y %H:%M:%S}" if person.confirmed_at else ""
        who = (person.staff_code, person.name, person.unit, person.category.label)
        rows.append((number, *who, person.state.label, when, person.reason or "", format_notes(person)))
    return to_csv(rows)


def to_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows of numbers and texts."""
    file = io.StringIO()
    csv.writer(file).writerows([to_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def format_notes(person: MemberStanding) -> str:
    """Say what else is known of a member: a deadline of their own, a leave, a confirmation that the Office recorded."""
    notes = [case.format() for case in person.cases if case.kind is not CaseKind.EXEMPTION]
    if person.paper is not None and person.paper.signed_on:
        notes.append(f"ký trên giấy ngày {format_day(person.paper.signed_on)}")
    elif person.paper is not None:
        notes.append("được xác nhận thay")
    if person.has_left:
        notes.append("đã ra khỏi danh sách")
    return "; ".join(notes)
