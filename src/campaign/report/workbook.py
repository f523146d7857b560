"""The outcome of a post as an Excel workbook: summary, by unit, names, history.

Dates are dates and numbers are numbers, so that Excel sorts and adds them up; whatever people wrote is text, and never
runs as a formula.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from campaign.core.clock import VIET_NAM, format_instant
from campaign.core.coverage import Coverage
from campaign.core.dispatch import Channel
from campaign.core.text import drop_unprintable, group_digits
from campaign.report.csv_list import format_notes
from campaign.report.outcome import Outcome, format_channel, format_document

_DAY, _MOMENT, _SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "0.0%"
_BOLD = Font(bold=True)
Value = str | int | float | date | None
"""A date without a time is shown as a day; a time is that in Viet Nam, because Excel knows no zones."""
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
_SAMPLE = "DỮ LIỆU MINH HOẠ – KHÔNG DÙNG ĐỂ BÁO CÁO"


def write_workbook(outcome: Outcome) -> bytes:
    """Return the workbook."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = format_document(outcome.post), outcome.department.name
    _add_summary(book, outcome)
    _add_units(book, outcome)
    _add_names(book, outcome)
    _add_history(book, outcome)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_summary(book: Workbook, outcome: Outcome) -> None:
    checkpoint = outcome.checkpoint
    rows: list[tuple[str, Value]] = [
        *([("Lưu ý", _SAMPLE)] if outcome.sample else []),
        ("Văn bản", format_document(outcome.post)),
        ("Bài đăng", outcome.post.title),
        ("Hạn cuối", outcome.deadline.format()),
        ("Tính đến", f"{format_instant(outcome.as_of)} (giờ Việt Nam)"),
        *(format_channel(outcome, channel).partition(": ")[::2] for channel in Channel),
        ("Cách tính người", f"{outcome.post.roster.label}: {outcome.post.roster.meaning}"),
        *zip(_FIGURES, _to_figures(outcome.total), strict=True),
        ("Sổ ghi nhận", checkpoint.origin),
        ("Số dòng ghi khi lập", checkpoint.size),
        ("Gốc của sổ (SHA-256)", group_digits(checkpoint.root.hex())),
    ]
    _add_sheet(book, "Tóm tắt", {"Mục": 26, "Giá trị": 80}, rows)


def _add_units(book: Workbook, outcome: Outcome) -> None:
    headings = {"Đơn vị": 36} | dict.fromkeys(_FIGURES, 13)
    rows = [(unit, *_to_figures(figures)) for unit, figures in outcome.by_unit.items()]
    sheet = _add_sheet(book, "Theo đơn vị", headings, rows, filtered=True)
    _append(sheet, ("Tổng số", *_to_figures(outcome.total)), bold=True)


def _add_names(book: Workbook, outcome: Outcome) -> None:
    widths = (7, 16, 30, 36, 16, 16, 21, 36, 36)
    titles = ("STT", "Mã", "Họ và tên", "Đơn vị", "Đối tượng", "Trạng thái", "Xác nhận lúc", "Lý do miễn", "Ghi chú")
    rows: list[tuple[Value, ...]] = []
    for number, person in enumerate(outcome.standings, 1):
        at = person.confirmed_at and person.confirmed_at.astimezone(VIET_NAM).replace(tzinfo=None, microsecond=0)
        who = (person.staff_code, person.name, person.unit, person.category.label)
        rows.append((number, *who, person.state.label, at, person.reason, format_notes(person)))
    _add_sheet(book, "Danh sách", dict(zip(titles, widths, strict=True)), rows, filtered=True)


def _add_history(book: Workbook, outcome: Outcome) -> None:
    headings = {"Đến hết ngày": 13, "Phải xác nhận": 15, "Đã xác nhận": 15, "Chưa xác nhận": 15}
    rows = [(point.day, point.due, point.confirmed, point.due - point.confirmed) for point in outcome.curve.points]
    _add_sheet(book, "Lịch sử", headings, rows, filtered=True)


def _to_figures(figures: Coverage) -> Sequence[Value]:
    shown = [getattr(figures, name) for name in _FIGURES.values()]
    return shown if figures.due else ["–" if isinstance(value, float) else value for value in shown]


def _add_sheet(
    book: Workbook, title: str, headings: Mapping[str, int], rows: Sequence[Sequence[Value]], *, filtered: bool = False
) -> Worksheet:
    """Add a sheet whose headings, with the widths of their columns, stay in sight."""
    sheet: Worksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(headings.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _append(sheet, headings, bold=True)
    for row in rows:
        _append(sheet, row)
    if filtered:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    return sheet


def _append(sheet: Worksheet, values: Iterable[Value], *, bold: bool = False) -> None:
    sheet.append([_cell(sheet, value, bold=bold) for value in values])


def _cell(sheet: Worksheet, value: Value, *, bold: bool = False) -> Value | Cell:
    """Return what is written for *value*: a cell only where it needs a look, which takes fifty times as long."""
    shown = drop_unprintable(value) if isinstance(value, str) else value
    is_plain = shown is None or type(shown) is int or (isinstance(shown, str) and not shown.startswith("="))
    if is_plain and not bold:
        return shown
    cell: Cell = WriteOnlyCell(sheet, shown)  # type: ignore[arg-type]  # the stubs forget dates
    if isinstance(shown, str):
        cell.data_type = "s"  # Not a formula, whatever it begins with.
    elif isinstance(shown, date):
        cell.number_format = _MOMENT if isinstance(shown, datetime) else _DAY
    elif isinstance(shown, float):
        cell.number_format = _SHARE
    if bold:
        cell.font = _BOLD
    return cell
