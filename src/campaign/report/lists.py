"""Lists that leave the house: what is on them, and as CSV files; as Excel workbooks they are written in `excel`.

In both a staff code stays what it is, and no cell runs as a formula.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import VIET_NAM, format_day
from campaign.core.figures.coverage import MemberStanding
from campaign.core.people.roster import Member
from campaign.core.people.special_case import CaseKind
from campaign.core.text import to_cell, to_code_cell

SEPARATOR = ";"
"""What Excel expects between the cells of CSV where the decimal sign is a comma, as in Viet Nam."""
Value = str | int | float | date | None
"""A date without a time is shown as a day; a time is that in Viet Nam, because Excel knows no zones."""
_CODE = "Mã"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list.

    Attributes:
        columns: The headings, with the widths of their columns.
        above: What stands above the headings of a sheet, such as which people were asked for.
        codes: The headings of columns that stay text whatever they look like.
    """

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Value]]
    above: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset({_CODE})


def list_roster(members: Iterable[Member], above: tuple[str, ...] = ()) -> Listing:
    """List people as our own import reads them."""
    columns = {_CODE: 16, "Họ và tên": 30, "Đơn vị": 36, "Loại": 18, "Thư điện tử": 32}
    rows = [(each.staff_code, each.name, each.unit, each.category.label, each.email) for each in members]
    return Listing("Danh sách", columns, rows, above)


def list_standings(standings: Iterable[MemberStanding], above: tuple[str, ...] = ()) -> Listing:
    """List people with their states, in the order given."""
    widths = (7, 16, 30, 36, 16, 16, 21, 36, 36)
    titles = ("STT", _CODE, "Họ và tên", "Đơn vị", "Đối tượng", "Trạng thái", "Xác nhận lúc", "Lý do miễn", "Ghi chú")
    rows: list[tuple[Value, ...]] = []
    for number, person in enumerate(standings, 1):
        at = person.confirmed_at and person.confirmed_at.astimezone(VIET_NAM).replace(tzinfo=None, microsecond=0)
        who = (person.staff_code, person.name, person.unit, person.category.label)
        rows.append((number, *who, person.state.label, at, person.reason, format_notes(person)))
    return Listing("Danh sách", dict(zip(titles, widths, strict=True)), rows, above)


def write_csv(listing: Listing, separator: str = SEPARATOR) -> bytes:
    """Return a list as CSV that Excel opens: UTF-8 with a byte order mark; codes that it would change are forced."""
    codes = [heading in listing.codes for heading in listing.columns]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(listing.columns)
    for row in listing.rows:
        writer.writerow([_to_cell(value, is_code=is_code) for value, is_code in zip(row, codes, strict=True)])
    return file.getvalue().encode("utf-8-sig")


def _to_cell(value: Value, *, is_code: bool) -> Value:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    if not isinstance(value, str):
        return value
    return to_code_cell(value) if is_code else to_cell(value)


def format_notes(person: MemberStanding) -> str:
    """Say what else is known of a member: a deadline of their own, a leave, a confirmation that the Office recorded."""
    notes = [
        f"{case.format()} ({case.reason})" if case.kind is CaseKind.EXTENSION and case.reason else case.format()
        for case in person.cases
        if case.kind is not CaseKind.EXEMPTION
    ]
    if person.paper is not None and person.paper.signed_on:
        notes.append(f"ký trên giấy ngày {format_day(person.paper.signed_on)}")
    elif person.paper is not None:
        notes.append("được xác nhận thay")
    if person.has_left:
        notes.append("đã ra khỏi danh sách")
    return "; ".join(notes)
