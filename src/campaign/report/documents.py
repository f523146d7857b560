"""The report on a post as a Word document: a draft in the form of Decree 30/2020, with its annexes.

Number, day, signature and stamp stay blank; "…" is left where only the Office knows what to write.
"""

import io
from collections.abc import Iterator, Mapping

import segno
from docx.document import Document

from campaign.core.coverage import State
from campaign.core.dispatch import Channel
from campaign.core.people.special_case import CaseKind
from campaign.core.text import format_number, group_digits
from campaign.report.chart import draw_chart
from campaign.report.letterhead import (
    add_annex,
    add_basis,
    add_letterhead,
    add_signature,
    add_title,
    format_blank_number,
)
from campaign.report.outcome import (
    Outcome,
    format_channel,
    format_chart,
    format_closing,
    format_document,
    format_document_shortly,
    format_figures,
    format_moment,
    format_order,
    format_yearly,
    unit_cells,
)
from campaign.report.word import (
    CAPTION,
    HEADING,
    NOTE,
    Column,
    ParagraphStyle,
    add,
    add_picture,
    add_table,
    new_document,
    to_bytes,
)

_ROMAN = ("I", "II", "III", "IV", "V")
_UNIT_COLUMNS = (
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
_PERSON = (Column("STT", 12, "center"), Column("Mã", 26), Column("Họ và tên", 44), Column("Phòng, đơn vị", 45))
_LISTS = {
    State.OUTSTANDING: ("Danh sách chưa xác nhận đã đọc", Column("Ghi chú", 38)),
    State.LATE: ("Danh sách xác nhận quá hạn", Column("Xác nhận lúc", 38)),
    State.EXEMPT: ("Danh sách được miễn xác nhận", Column("Lý do", 38)),
}


def write_report(outcome: Outcome) -> bytes:
    """Return the report with its annexes: people outstanding, late, exempt, and the checkpoint."""
    department, post = outcome.department, outcome.post
    subject = f"Kết quả phổ biến {format_document(post)}"
    document = new_document(subject, department.name, outcome.as_of)
    add_letterhead(document, department, f"BC-{department.symbol}", outcome.today)
    add_title(document, "Báo cáo", subject, sample=outcome.sample)
    add_basis(document, department.basis)
    audience = post.audience.format()
    add(document, f"{department.name} báo cáo kết quả phổ biến {format_document_shortly(post)} đến {audience} như sau:")
    listed = [state for state in _LISTS if outcome.those(state)]
    annexes = dict(zip(listed, _ROMAN, strict=False))
    _add_order(document, outcome)
    _add_results(document, outcome, annexes)
    _add_shortcomings(document, outcome, annexes)
    _add_tasks(document, outcome)
    add_signature(document, department, department.recipients)
    attached_to = format_blank_number("Báo cáo", f"BC-{department.symbol}", department, outcome.today.year)
    for state, number in annexes.items():
        title, last_column = _LISTS[state]
        add_annex(document, [f"Phụ lục {number}", title.upper()], attached_to)
        add_table(document, (*_PERSON, last_column), _list_people(outcome, state))
    titles = [f"Phụ lục {_ROMAN[len(annexes)]}", "MỐC KIỂM CHỨNG CỦA SỔ GHI NHẬN"]
    add_annex(document, titles, attached_to)
    _add_checkpoint(document, outcome)
    return to_bytes(document)


def write_yearly(outcome: Outcome) -> bytes:
    """Return the paragraph and the table that are pasted into the yearly report."""
    document = new_document(
        f"Nội dung lồng ghép: {format_document_shortly(outcome.post)}", outcome.department.name, outcome.as_of
    )
    yearly = f"{outcome.department.yearly} năm {outcome.deadline.last_day.year}"
    add(document, f"Đoạn và bảng để chép vào {yearly}:", NOTE)
    add(document, format_yearly(outcome))
    _add_units(document, outcome)
    return to_bytes(document)


def _add_order(document: Document, outcome: Outcome) -> None:
    add(document, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", HEADING)
    add(document, f"1. {format_order(outcome)}")
    add(document, "2. Việc phổ biến thực hiện trên hai kênh:")
    for letter, channel in zip("ab", Channel, strict=True):
        add(document, f"{letter}) {format_channel(outcome, channel)}")
    opened = f"{outcome.opened_on:%d/%m/%Y}"
    number = outcome.post.revision.number
    add(
        document,
        f"3. Mỗi người đọc bài “{outcome.post.title}” (đăng ngày {opened}, hiện là phiên bản {number}) trên trang "
        "tuyên truyền và tự xác nhận đã đọc; giờ ghi nhận theo đồng hồ máy chủ.",
    )


def _add_results(document: Document, outcome: Outcome, annexes: Mapping[State, str]) -> None:
    add(document, "II. KẾT QUẢ", HEADING)
    add(document, format_figures(outcome))
    if outcome.closing is not None:
        add(document, format_closing(outcome.closing))
    _add_units(document, outcome)
    add_picture(document, draw_chart(outcome.curve), 150, format_chart(outcome))
    add(document, "Hình 1. Số người đã xác nhận, cộng dồn theo ngày", CAPTION)
    legend = (
        "Đường liền: số người đã xác nhận. Đường đứt nằm ngang: số người phải xác nhận. Đường đứt thẳng đứng: hết hạn."
    )
    add(document, legend, ParagraphStyle(size=12, italic=True, align="center"))
    if State.EXEMPT in annexes:
        add(document, f"Người được miễn và lý do có ở Phụ lục {annexes[State.EXEMPT]}.")
    number = _ROMAN[len(annexes)]
    add(document, f"Số liệu trên kiểm chứng được bằng mốc kiểm chứng của sổ ghi nhận, in ở Phụ lục {number}.")


def _add_units(document: Document, outcome: Outcome) -> None:
    add(document, "Bảng 1. Kết quả xác nhận đã đọc theo phòng, đơn vị (người)", CAPTION)
    rows = [unit_cells(str(number), unit, figures) for number, (unit, figures) in enumerate(outcome.by_unit.items(), 1)]
    add_table(document, _UNIT_COLUMNS, rows, unit_cells("", "Tổng số", outcome.total))
    add(document, "", ParagraphStyle(size=4))


def _add_shortcomings(document: Document, outcome: Outcome, annexes: Mapping[State, str]) -> None:
    add(document, "III. TỒN TẠI, NGUYÊN NHÂN", HEADING)
    words = {State.OUTSTANDING: "chưa xác nhận", State.LATE: "xác nhận quá hạn"}
    lines = [
        f"Có {format_number(len(outcome.those(state)))} người {words[state]} (danh sách ở Phụ lục {number})."
        for state, number in annexes.items()
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
    add(document, f"Trên đây là báo cáo kết quả phổ biến {format_document_shortly(outcome.post)}./.")


def _list_people(outcome: Outcome, state: State) -> Iterator[tuple[str, ...]]:
    for number, person in enumerate(outcome.those(state), 1):
        cases = "; ".join(case.format() for case in person.cases if case.kind is not CaseKind.EXEMPTION)
        last = {State.LATE: format_moment(person), State.EXEMPT: person.reason or ""}.get(state, cases)
        yield str(number), person.staff_code, person.name, person.unit, last


def _add_checkpoint(document: Document, outcome: Outcome) -> None:
    checkpoint = outcome.checkpoint
    add(
        document,
        "Mọi lần xác nhận, miễn, đăng và gửi là một dòng ghi trong sổ, không sửa, không xoá được. Mốc dưới đây là dấu "
        "của toàn bộ các dòng ghi khi lập báo cáo: giữ báo cáo này thì sau đó ai cũng kiểm tra được sổ có bị thay đổi "
        "hay không, bằng lệnh “campaign ledger verify --checkpoint TỆP” hoặc bằng gói bằng chứng.",
    )
    add(document, "", ParagraphStyle(size=4))
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
    add(document, "Mã QR chứa nguyên văn mốc kiểm chứng đã ký", ParagraphStyle(size=12, italic=True, align="center"))
    add(document, "“Xác nhận đã đọc” không phải là chữ ký. Giờ ghi nhận là giờ của máy chủ, theo giờ Việt Nam.", NOTE)
