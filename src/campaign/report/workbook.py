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
from campaign.core.coverage import Coverage, MemberStanding
from campaign.core.dispatch import Channel
from campaign.core.text import drop_unprintable, group_digits
from campaign.report.lists import tell_notes
from campaign.report.outcome import Outcome, name_document, tell_channel

DAY, MOMENT, SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "0.0%"
BOLD = Font(bold=True)
Value = str | int | float | date | None
"""A date without a time is shown as a day; a time is that in Viet Nam, because Excel knows no zones."""
SAMPLE = "DỮ LIỆU MINH HOẠ – KHÔNG DÙNG ĐỂ BÁO CÁO"


def write_workbook(outcome: Outcome) -> bytes:
    """Return the workbook."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = name_document(outcome.post), outcome.department.name
    _add_summary(book, outcome)
    _add_units(book, outcome)
    _add_names(book, outcome)
    _add_history(book, outcome)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_summary(book: Workbook, outcome: Outcome) -> None:
    total, checkpoint = outcome.total, outcome.checkpoint
    rows: list[tuple[str, Value]] = [
        ("Văn bản", name_document(outcome.post)),
        ("Bài đăng", outcome.post.title),
        ("Hạn cuối", outcome.deadline.format()),
        ("Tính đến", f"{format_instant(outcome.as_of)} (giờ Việt Nam)"),
        *(tell_channel(outcome, channel).partition(": ")[::2] for channel in Channel),
        ("Cách tính người", f"{outcome.post.roster.label}: {outcome.post.roster.meaning}"),
        ("Đầu kỳ", total.opening),
        ("Thêm", total.joined),
        ("Bớt", total.left),
        ("Miễn", total.exempt),
        ("Phải xác nhận", total.due),
        ("Đúng hạn", total.on_time),
        ("Quá hạn", total.late),
        ("Chưa xác nhận", total.outstanding),
        ("Tỷ lệ đúng hạn", total.share_on_time),
        ("Tỷ lệ đã xác nhận", total.share_confirmed),
        ("Sổ ghi nhận", checkpoint.origin),
        ("Số dòng ghi khi lập", checkpoint.size),
        ("Gốc của sổ (SHA-256)", group_digits(checkpoint.root.hex())),
    ]
    sheet = _add_sheet(book, "Tóm tắt", {"Mục": 26, "Giá trị": 80})
    if outcome.sample:
        _append(sheet, ("Lưu ý", SAMPLE))
    for row in rows:
        _append(sheet, row)


def _add_units(book: Workbook, outcome: Outcome) -> None:
    headings = {"Đơn vị": 36} | dict.fromkeys(
        (
            "Đầu kỳ",
            "Thêm",
            "Bớt",
            "Miễn",
            "Phải xác nhận",
            "Đúng hạn",
            "Quá hạn",
            "Chưa xác nhận",
            "Tỷ lệ đúng hạn",
            "Tỷ lệ đã xác nhận",
        ),
        13,
    )
    sheet = _add_sheet(book, "Theo đơn vị", headings)
    for unit, figures in outcome.by_unit.items():
        _append(sheet, (unit, *_cells(figures)))
    _filter(sheet, len(headings), len(outcome.by_unit))
    _append(sheet, ("Tổng số", *_cells(outcome.total)), bold=True)


def _add_names(book: Workbook, outcome: Outcome) -> None:
    headings = {
        "STT": 7,
        "Mã": 16,
        "Họ và tên": 30,
        "Đơn vị": 36,
        "Loại": 16,
        "Tình hình": 16,
        "Xác nhận lúc": 21,
        "Lý do miễn": 36,
        "Ghi chú": 36,
    }
    sheet = _add_sheet(book, "Danh sách", headings)
    for number, one in enumerate(outcome.standings, 1):
        _append(sheet, _name(number, one))
    _filter(sheet, len(headings), len(outcome.standings))


def _add_history(book: Workbook, outcome: Outcome) -> None:
    headings = {"Ngày": 13, "Xác nhận trong ngày": 20, "Cộng dồn": 13, "Còn chưa xác nhận": 20}
    sheet = _add_sheet(book, "Lịch sử", headings)
    before = 0
    for point in outcome.curve.points:
        left = outcome.total.due - point.confirmed
        _append(sheet, (point.day, point.confirmed - before, point.confirmed, left))
        before = point.confirmed
    _filter(sheet, len(headings), len(outcome.curve.points))


def _add_sheet(book: Workbook, title: str, headings: Mapping[str, int]) -> Worksheet:
    """Add a sheet whose headings, with the widths of their columns, stay in sight."""
    sheet: Worksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(headings.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _append(sheet, headings, bold=True)
    return sheet


def _filter(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


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
        cell.number_format = MOMENT if isinstance(shown, datetime) else DAY
    elif isinstance(shown, float):
        cell.number_format = SHARE
    if bold:
        cell.font = BOLD
    return cell


def _cells(figures: Coverage) -> Sequence[Value]:
    return (
        figures.opening,
        figures.joined,
        figures.left,
        figures.exempt,
        figures.due,
        figures.on_time,
        figures.late,
        figures.outstanding,
        figures.share_on_time,
        figures.share_confirmed,
    )


def _name(number: int, one: MemberStanding) -> Sequence[Value]:
    at = one.confirmed_at and one.confirmed_at.astimezone(VIET_NAM).replace(tzinfo=None, microsecond=0)
    return (
        number,
        one.staff_code,
        one.name,
        one.unit,
        one.category.label,
        one.state.label,
        at,
        one.reason,
        tell_notes(one),
    )
