"""Lists of people as CSV files that Excel opens: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable

from campaign.core.clock import VIET_NAM
from campaign.core.coverage import MemberStanding
from campaign.core.text import to_cell

HEADINGS = ("STT", "Mã", "Họ và tên", "Đơn vị", "Loại", "Tình hình", "Xác nhận lúc (giờ Việt Nam)", "Lý do miễn")


def standings_to_csv(standings: Iterable[MemberStanding]) -> bytes:
    """Write the people with their states, a row each, in the order given."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for number, one in enumerate(standings, 1):
        when = f"{one.confirmed_at.astimezone(VIET_NAM):%d/%m/%Y %H:%M:%S}" if one.confirmed_at else ""
        cells = (one.staff_code, one.name, one.unit, one.category.label, one.state.label, when, one.reason or "")
        writer.writerow([number, *map(to_cell, cells)])
    return file.getvalue().encode("utf-8-sig")
