"""The report on a post as a Word document: a draft in the form of Decree 30/2020, with its annexes.

Number, day, signature and stamp stay blank; "…" stands where only the Office knows what to write.
"""

import io
from collections.abc import Sequence

import segno
from docx.document import Document

from campaign.core.coverage import MemberStanding, State
from campaign.core.dispatch import Channel
from campaign.core.special_case import CaseKind
from campaign.core.text import format_number, group_digits
from campaign.report.chart import draw_chart
from campaign.report.letterhead import BLANK, add_basis, add_letterhead, add_signature, add_title
from campaign.report.outcome import (
    Outcome,
    describe_chart,
    moment_of,
    name_document,
    name_shortly,
    tell_channel,
    tell_closing,
    tell_figures,
    tell_order,
    tell_yearly,
    unit_cells,
    unit_rows,
)
from campaign.report.word import (
    CAPTION,
    HEADING,
    NOTE,
    Column,
    Look,
    add,
    add_picture,
    add_section,
    add_table,
    new_document,
    to_bytes,
)

ROMAN = ("I", "II", "III", "IV", "V")
UNIT_COLUMNS = (
    Column("STT", 11, "center"),
    Column("Phòng, đơn vị", 48),
    Column("Tổng số", 16, "center"),
    Column("Miễn", 14, "center"),
    Column("Phải xác nhận", 16, "center"),
    Column("Đúng hạn", 14, "center"),
    Column("Quá hạn", 14, "center"),
    Column("Chưa xác nhận", 16, "center"),
    Column("Tỷ lệ đúng hạn", 16, "center"),
)
_PERSON = (Column("STT", 12, "center"), Column("Mã", 26), Column("Họ và tên", 44))
_UNIT = Column("Phòng, đơn vị", 45)
_LISTS = {
    State.OUTSTANDING: ("Danh sách chưa xác nhận đã đọc", Column("Ghi chú", 38)),
    State.LATE: ("Danh sách xác nhận quá hạn", Column("Xác nhận lúc", 38)),
    State.EXEMPT: ("Danh sách được miễn xác nhận", Column("Lý do", 38)),
}


def write_report(outcome: Outcome) -> bytes:
    """Return the report with its annexes: people outstanding, late, exempt, and the checkpoint."""
    department, post = outcome.department, outcome.post
    subject = f"Kết quả phổ biến {name_document(post)}"
    document = new_document(subject, department.name, outcome.as_of)
    add_letterhead(document, department, f"BC-{department.symbol}", outcome.today)
    add_title(document, "Báo cáo", subject, sample=outcome.sample)
    add_basis(document, department.basis)
    audience = post.audience.format()
    add(document, f"{department.name} báo cáo kết quả phổ biến {name_shortly(post)} đến {audience} như sau:")
    _add_order(document, outcome)
    _add_results(document, outcome)
    _add_shortcomings(document, outcome)
    _add_tasks(document, outcome)
    add_signature(document, department, department.recipients)
    for state, number in _number_annexes(outcome).items():
        _add_list(document, outcome, number, state)
    _add_checkpoint(document, outcome)
    return to_bytes(document)


def write_yearly(outcome: Outcome) -> bytes:
    """Return the paragraph and the table that are pasted into the yearly report."""
    document = new_document(f"Nội dung lồng ghép: {name_shortly(outcome.post)}", outcome.department.name, outcome.as_of)
    yearly = f"{outcome.department.yearly} năm {outcome.deadline.last_day.year}"
    add(document, f"Đoạn và bảng để chép vào {yearly}:", NOTE)
    add(document, tell_yearly(outcome))
    _add_units(document, outcome)
    return to_bytes(document)


def _add_order(document: Document, outcome: Outcome) -> None:
    add(document, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", HEADING)
    add(document, f"1. {tell_order(outcome)}")
    add(document, "2. Việc phổ biến thực hiện trên hai kênh:")
    for letter, channel in zip("ab", Channel, strict=True):
        add(document, f"{letter}) {tell_channel(outcome, channel)}")
    opened = f"{outcome.opened_on:%d/%m/%Y}"
    number = outcome.post.revision.number
    add(
        document,
        f"3. Mỗi người đọc bài “{outcome.post.title}” (đăng ngày {opened}, hiện là phiên bản {number}) trên trang "
        "tuyên truyền và tự xác nhận đã đọc; giờ ghi nhận theo đồng hồ máy chủ.",
    )


def _add_results(document: Document, outcome: Outcome) -> None:
    add(document, "II. KẾT QUẢ", HEADING)
    add(document, tell_figures(outcome))
    if outcome.closing is not None:
        add(document, tell_closing(outcome.closing))
    _add_units(document, outcome)
    add_picture(document, draw_chart(outcome.curve), 150, describe_chart(outcome))
    add(document, "Hình 1. Số người đã xác nhận, cộng dồn theo ngày", CAPTION)
    legend = (
        "Đường liền: số người đã xác nhận. Đường đứt nằm ngang: số người phải xác nhận. Đường đứt thẳng đứng: hết hạn."
    )
    add(document, legend, Look(size=12, italic=True, align="center"))
    annexes = _number_annexes(outcome)
    if State.EXEMPT in annexes:
        add(document, f"Người được miễn và lý do có ở Phụ lục {annexes[State.EXEMPT]}.")
    number = ROMAN[len(annexes)]
    add(document, f"Số liệu trên kiểm chứng được bằng mốc kiểm chứng của sổ ghi nhận, in ở Phụ lục {number}.")


def _add_units(document: Document, outcome: Outcome) -> None:
    add(document, "Bảng 1. Kết quả xác nhận đã đọc theo phòng, đơn vị (người)", CAPTION)
    add_table(document, UNIT_COLUMNS, unit_rows(outcome), unit_cells("", "Tổng số", outcome.total))
    add(document, "", Look(size=4))


def _add_shortcomings(document: Document, outcome: Outcome) -> None:
    add(document, "III. TỒN TẠI, NGUYÊN NHÂN", HEADING)
    words = {State.OUTSTANDING: "chưa xác nhận", State.LATE: "xác nhận quá hạn"}
    lines = [
        f"Có {format_number(len(outcome.those(state)))} người {words[state]} (danh sách ở Phụ lục {number})."
        for state, number in _number_annexes(outcome).items()
        if state in words
    ]
    missing = [channel.label for channel in Channel if not outcome.sent_on(channel)]
    lines += [f"Chưa ghi nhận việc {label}." for label in missing]
    if not lines:
        add(document, "Mọi người phải xác nhận đều đã xác nhận đúng hạn; không có tồn tại.")
        return
    for number, line in enumerate(lines, 1):
        add(document, f"{number}. {line}")
    add(document, f"{len(lines) + 1}. Nguyên nhân: …")


def _add_tasks(document: Document, outcome: Outcome) -> None:
    add(document, "IV. NHIỆM VỤ, KIẾN NGHỊ", HEADING)
    year, office = outcome.deadline.last_day.year, outcome.department.office
    going_on = "tiếp tục theo dõi, hướng dẫn, kiểm tra, đôn đốc; lồng ghép kết quả vào"
    tasks = [f"{office} {going_on} {outcome.department.yearly} năm {year}.", "Kiến nghị, đề xuất: …"]
    units = [unit for unit, figures in outcome.by_unit.items() if figures.outstanding]
    if units:
        tasks.insert(0, f"{', '.join(units)}: đôn đốc người chưa xác nhận, báo kết quả về {office}.")
    for number, task in enumerate(tasks, 1):
        add(document, f"{number}. {task}")
    add(document, f"Trên đây là báo cáo kết quả phổ biến {name_shortly(outcome.post)}./.")


def _number_annexes(outcome: Outcome) -> dict[State, str]:
    """Return the states that have a list of people as an annex, with its number: those in which someone is."""
    listed = [state for state in _LISTS if outcome.those(state)]
    return dict(zip(listed, ROMAN, strict=False))


def _add_annex(document: Document, outcome: Outcome, number: str, title: str) -> None:
    add_section(document)
    add(document, f"Phụ lục {number}", Look(bold=True, align="center", level=0))
    add(document, title.upper(), Look(bold=True, align="center"))
    symbol = outcome.department.symbol
    attached = (
        f"(Kèm theo Báo cáo số{BLANK * 2}/BC-{symbol} ngày{BLANK}tháng{BLANK}năm {outcome.today.year} "
        f"của {outcome.department.name})"
    )
    add(document, attached, Look(italic=True, align="center", after=9))


def _add_list(document: Document, outcome: Outcome, number: str, state: State) -> None:
    title, last = _LISTS[state]
    _add_annex(document, outcome, number, title)
    rows = [_cells(count, one) for count, one in enumerate(outcome.those(state), 1)]
    add_table(document, (*_PERSON, _UNIT, last), rows)


def _cells(number: int, one: MemberStanding) -> Sequence[str]:
    cases = "; ".join(case.format() for case in one.cases if case.kind is not CaseKind.EXEMPTION)
    last = {State.LATE: moment_of(one), State.EXEMPT: one.reason or ""}.get(one.state, cases)
    return (str(number), one.staff_code, one.name, one.unit, last)


def _add_checkpoint(document: Document, outcome: Outcome) -> None:
    checkpoint = outcome.checkpoint
    _add_annex(document, outcome, ROMAN[len(_number_annexes(outcome))], "Mốc kiểm chứng của sổ ghi nhận")
    add(
        document,
        "Mọi lần xác nhận, miễn, đăng và gửi là một dòng ghi trong sổ, không sửa, không xoá được. Mốc dưới đây là dấu "
        "của toàn bộ các dòng ghi khi lập báo cáo: giữ báo cáo này thì sau đó ai cũng kiểm tra được sổ có bị thay đổi "
        "hay không, bằng lệnh “campaign ledger verify --checkpoint TỆP” hoặc bằng gói bằng chứng.",
    )
    add(document, "", Look(size=4))
    rows = [
        ("Tên sổ", checkpoint.origin),
        ("Số dòng ghi", format_number(checkpoint.size)),
        ("Gốc của sổ (SHA-256)", group_digits(checkpoint.root.hex())),
        ("Mã đối chiếu nội dung bài (SHA-256)", group_digits(outcome.post.digest)),
        ("Khoá công khai của sổ", str(outcome.verifier)),
    ]
    add_table(document, (Column("Mục", 55), Column("Giá trị", 110)), rows)
    file = io.BytesIO()
    segno.make(outcome.note.decode(), error="m", micro=False).save(file, kind="png", scale=8, border=4)
    add_picture(document, file.getvalue(), 50, "Mã QR chứa nguyên văn mốc kiểm chứng đã ký")
    add(document, "Mã QR chứa nguyên văn mốc kiểm chứng đã ký", Look(size=12, italic=True, align="center"))
    add(document, "“Xác nhận đã đọc” không phải là chữ ký. Giờ ghi nhận là giờ của máy chủ, theo giờ Việt Nam.", NOTE)
