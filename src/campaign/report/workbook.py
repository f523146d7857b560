"""The outcome of a post as an Excel workbook: summary, by unit, names, history."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.drawing.image import Image

from campaign.core.clock import format_instant
from campaign.core.figures.coverage import Coverage
from campaign.core.text import group_digits
from campaign.report.chart import draw_chart
from campaign.report.excel import add_list, add_sheet, append, to_bytes
from campaign.report.lists import Value, list_standings
from campaign.report.outcome import Outcome
from campaign.report.sentences import format_channels, format_document

_FIGURES = {
    "Đầu kỳ": "opening",
    "Tăng trong kỳ": "joined",
    "Giảm trong kỳ": "left",
    "Miễn": "exempt",
    "Phải xác nhận": "due",
    "Đúng hạn": "on_time",
    "Quá hạn": "late",
    "Chưa xác nhận": "outstanding",
    "Tỷ lệ đúng hạn": "share_on_time",
    "Tỷ lệ đã xác nhận": "share_confirmed",
}
"""The figures of `Coverage` by their headings."""
_CHART = (720, 336)
"""Pixels on the sheet: the picture of the report, which has 300 to the inch, in its own proportions."""
_SAMPLE = "DỮ LIỆU MINH HOẠ – KHÔNG DÙNG ĐỂ BÁO CÁO"


def write_workbook(outcome: Outcome) -> bytes:
    """Return the workbook."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = format_document(outcome.post), outcome.department.name
    _add_summary(book, outcome)
    _add_units(book, outcome)
    _add_groups(book, outcome)
    add_list(book, list_standings(outcome.standings))
    _add_history(book, outcome)
    return to_bytes(book)


def _add_summary(book: Workbook, outcome: Outcome) -> None:
    checkpoint = outcome.checkpoint
    rows: list[tuple[str, Value]] = [
        *([("Lưu ý", _SAMPLE)] if outcome.sample else []),
        ("Văn bản", format_document(outcome.post)),
        ("Bài đăng", outcome.post.title),
        ("Hạn cuối", outcome.deadline.format()),
        ("Tính đến", f"{format_instant(outcome.as_of)} (giờ Việt Nam)"),
        ("Đăng, gửi", format_channels(outcome) or "chưa có thông tin"),
        ("Cách tính người", f"{outcome.post.roster.label}: {outcome.post.roster.meaning}"),
        *zip(_FIGURES, _to_figures(outcome.total), strict=True),
        ("Sổ ghi nhận", checkpoint.origin),
        ("Số dòng ghi khi lập", checkpoint.size),
        ("Gốc của sổ (SHA-256)", group_digits(checkpoint.root.hex())),
    ]
    add_sheet(book, "Tóm tắt", {"Mục": 26, "Giá trị": 80}, rows)


def _add_units(book: Workbook, outcome: Outcome) -> None:
    headings = {"Đơn vị": 36} | dict.fromkeys(_FIGURES, 13)
    rows = [(unit, *_to_figures(figures)) for unit, figures in outcome.figures.by_unit.items()]
    sheet = add_sheet(book, "Theo đơn vị", headings, rows, filtered=True)
    append(sheet, ("Tổng số", *_to_figures(outcome.total)), bold=True)


def _add_groups(book: Workbook, outcome: Outcome) -> None:
    """Add the figures by group; who came and went is told by unit alone."""
    shown = {heading: name for heading, name in _FIGURES.items() if name not in {"opening", "joined", "left"}}
    headings = {"Đối tượng": 20, "Tổng số": 13} | dict.fromkeys(shown, 13)
    rows = [
        (group, figures.concerned, *_to_figures(figures)[-len(shown) :]) for group, figures in outcome.by_group.items()
    ]
    add_sheet(book, "Theo đối tượng", headings, rows)


def _add_history(book: Workbook, outcome: Outcome) -> None:
    headings = {"Đến hết ngày": 13, "Phải xác nhận": 15, "Đã xác nhận": 15, "Chưa xác nhận": 15}
    rows = [(point.day, point.due, point.confirmed, point.due - point.confirmed) for point in outcome.curve.points]
    sheet = add_sheet(book, "Lịch sử", headings, rows, filtered=True)
    picture = Image(io.BytesIO(draw_chart(outcome.curve)))
    picture.width, picture.height = _CHART
    picture.anchor = "F2"
    sheet.add_image(picture)


def _to_figures(figures: Coverage) -> Sequence[Value]:
    shown = [getattr(figures, name) for name in _FIGURES.values()]
    return shown if figures.due else ["–" if isinstance(value, float) else value for value in shown]
