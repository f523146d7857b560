"""Lists of people as CSV files that Excel opens: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable

from campaign.core.clock import VIET_NAM, format_day
from campaign.core.coverage import MemberStanding
from campaign.core.special_case import CaseKind
from campaign.core.text import to_cell

HEADINGS = (
    "STT",
    "Mã",
    "Họ và tên",
    "Đơn vị",
    "Loại",
    "Tình hình",
    "Xác nhận lúc (giờ Việt Nam)",
    "Lý do miễn",
    "Ghi chú",
)


def standings_to_csv(standings: Iterable[MemberStanding]) -> bytes:
    """Write the people with their states, a row each, in the order given."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for number, one in enumerate(standings, 1):
        when = f"{one.confirmed_at.astimezone(VIET_NAM):%d/%m/%Y %H:%M:%S}" if one.confirmed_at else ""
        who = (one.staff_code, one.name, one.unit, one.category.label)
        cells = (*who, one.state.label, when, one.reason or "", tell_notes(one))
        writer.writerow([number, *map(to_cell, cells)])
    return file.getvalue().encode("utf-8-sig")


def tell_notes(one: MemberStanding) -> str:
    """Say what else is known of a member: a deadline of their own, a leave, a confirmation that the Office recorded."""
    notes = [case.format() for case in one.cases if case.kind is not CaseKind.EXEMPTION]
    if one.paper is not None and one.paper.signed_on:
        notes.append(f"ký trên giấy ngày {format_day(one.paper.signed_on)}")
    elif one.paper is not None:
        notes.append("được xác nhận thay")
    if one.has_left:
        notes.append("đã ra khỏi danh sách")
    return "; ".join(notes)
