"""Lists of people as CSV files that Excel opens: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable

from campaign.core.clock import VIET_NAM
from campaign.core.coverage import MemberStanding

HEADINGS = ("STT", "Mã", "Họ và tên", "Đơn vị", "Loại", "Tình hình", "Xác nhận lúc (giờ Việt Nam)", "Lý do miễn")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def standings_to_csv(standings: Iterable[MemberStanding]) -> bytes:
    """Write the people with their states, a row each, in the order given."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for number, one in enumerate(standings, 1):
        when = f"{one.confirmed_at.astimezone(VIET_NAM):%d/%m/%Y %H:%M:%S}" if one.confirmed_at else ""
        cells = (one.staff_code, one.name, one.unit, one.category.label, one.state.label, when, one.reason or "")
        writer.writerow([number, *map(as_text, cells)])
    return file.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Return *cell* so that a spreadsheet shows it and never runs it (OWASP: CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
