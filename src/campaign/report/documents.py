"""The report on a post as Word documents: a draft in the form of Decree 30/2020, and what stays in the Office's files.

Number, day, signature and stamp stay blank; "…" is left where only the Office knows what to write. The report has no
names: those are in a list of their own, and the seal of the ledger on a sheet of its own.
"""

import io
from collections.abc import Iterator, Sequence

import segno
from docx.document import Document

from campaign.core.department import UNSAID
from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.people.special_case import CaseKind
from campaign.core.text import format_number, group_digits
from campaign.errors.report import NobodyListedError
from campaign.report.chart import draw_chart
from campaign.report.letterhead import (
    SAMPLE,
    add_annex,
    add_basis,
    add_letterhead,
    add_recipients_above,
    add_signature,
    add_title,
    find_recipients_above,
    format_blank_number,
)
from campaign.report.outcome import Outcome
from campaign.report.sentences import (
    format_causes,
    format_channels,
    format_chart,
    format_closing,
    format_count,
    format_document,
    format_document_shortly,
    format_figures,
    format_missing_channels,
    format_moment,
    format_opening,
    format_order,
    format_reading,
    format_table_share,
    format_units,
    format_yearly,
    format_yearly_shortly,
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

_COUNTS = (
    Column("Tổng số", 16, "center"),
    Column("Miễn", 14, "center"),
    Column("Phải xác nhận", 16, "center"),
    Column("Đúng hạn", 14, "center"),
    Column("Quá hạn", 14, "center"),
    Column("Chưa xác nhận", 16, "center"),
    Column("Tỷ lệ đúng hạn", 16, "center"),
)
_PERSON = (Column("STT", 12, "center"), Column("Mã", 26), Column("Họ và tên", 47), Column("Phòng, đơn vị", 46))
_FILED = "Lưu hồ sơ, chỉ Văn phòng – không gửi kèm báo cáo"


def write_report(outcome: Outcome, *, with_chart: bool = False) -> bytes:
    """Return the report: two pages, without a name."""
    department, campaign, post = outcome.department, outcome.campaign, outcome.post
    subject, above = f"Kết quả phổ biến {format_document(post)}", find_recipients_above(campaign.recipients, department)
    document = new_document(subject, department.name, outcome.as_of)
    add_letterhead(document, department, f"BC-{department.symbol}", outcome.made_on)
    add_title(document, "Báo cáo", subject, sample=outcome.sample)
    add_recipients_above(document, above)
    add_basis(document, [basis.text for basis in campaign.bases] or [UNSAID])
    add(document, format_opening(outcome))
    _add_order(document, outcome)
    _add_results(document, outcome, with_chart=with_chart)
    missing = format_missing_channels(outcome)
    _add_shortcomings(document, outcome, missing)
    _add_tasks(document, outcome)
    last = f"Trên đây là báo cáo kết quả phổ biến {format_document_shortly(post)}./."
    add(document, last, ParagraphStyle(first_line=10, before=6, keeps_next=True))
    others = [recipient for recipient in campaign.recipients or (UNSAID,) if recipient not in above]
    add_signature(document, department, ["Như trên", *others] if above else others)
    return to_bytes(document)


def write_names(outcome: Outcome) -> bytes:
    """Return the lists of those outstanding, late, exempt, and in time by an extension, for the Office's own files.

    Raises:
        NobodyListedError: There is nobody in any of them.
    """
    lists = {title: people for title, people in _to_lists(outcome).items() if people}
    if not lists:
        raise NobodyListedError
    department = outcome.department
    document = new_document("Danh sách kèm theo báo cáo", department.name, outcome.as_of, _FILED)
    attached_to = format_blank_number("Báo cáo", f"BC-{department.symbol}", department, outcome.made_on.year)
    for number, (title, people) in enumerate(lists.items(), 1):
        head = [f"Danh sách {number}", title.upper(), *([SAMPLE] if outcome.sample else [])]
        add_annex(document, head, attached_to, is_first=number == 1)
        rows = list(_list_people(people))
        columns = (*_PERSON, Column("Ghi chú", 34)) if any(row[-1] for row in rows) else _PERSON
        add_table(document, columns, [row[: len(columns)] for row in rows])
    return to_bytes(document)


def write_seal(outcome: Outcome) -> bytes:
    """Return the sheet with the checkpoint that seals the ledger of this report, for the Office's own files."""
    department, checkpoint = outcome.department, outcome.checkpoint
    document = new_document("Phiếu niêm phong sổ", department.name, outcome.as_of, _FILED)
    attached_to = format_blank_number("Báo cáo", f"BC-{department.symbol}", department, outcome.made_on.year)
    add_annex(document, ["Phiếu niêm phong sổ"], attached_to, is_first=True)
    add(
        document,
        "Mỗi lần xác nhận, miễn, đăng và gửi là một dòng ghi trong sổ, không sửa, không xoá được. Mốc dưới đây là dấu "
        "của toàn bộ các dòng ghi khi lập báo cáo: ai giữ phiếu này đều kiểm tra được sổ có bị thay đổi sau đó hay "
        "không, bằng trình kiểm chứng ở trang “Kiểm chứng” hoặc lệnh “campaign ledger verify --checkpoint TỆP”.",
    )
    add(document, "", ParagraphStyle(size=4))
    rows = [
        ("Tên sổ", checkpoint.origin),
        ("Số dòng ghi", format_number(checkpoint.size)),
        ("Gốc của sổ (SHA-256)", group_digits(checkpoint.root.hex())),
        ("Mã đối chiếu nội dung bài (SHA-256)", group_digits(outcome.post.digest)),
        ("Khoá công khai của sổ", str(outcome.verifier)),
        *([("Dòng ghi số liệu chốt", format_number(outcome.closing.sequence))] if outcome.closing else []),
        ("Chương trình kiểm chứng (SHA-256)", group_digits(outcome.verifier_digest)),
    ]
    add_table(document, (Column("Mục", 55), Column("Giá trị", 110)), rows)
    file = io.BytesIO()
    segno.make(outcome.note.decode(), error="m", micro=False).save(file, kind="png", scale=8, border=4)
    add_picture(document, file.getvalue(), 50, "Mã QR chứa nguyên văn mốc kiểm chứng đã ký")
    add(document, "Mã QR chứa nguyên văn mốc kiểm chứng đã ký", ParagraphStyle(size=12, italic=True, align="center"))
    add(document, "“Xác nhận đã đọc” không phải là chữ ký. Giờ ghi nhận là giờ của máy chủ.", NOTE)
    return to_bytes(document)


def write_yearly(outcome: Outcome) -> bytes:
    """Return what is pasted into the yearly report, in three lengths, and where it goes."""
    report, name = outcome.campaign.yearly_report, outcome.department.name
    document = new_document(f"Nội dung lồng ghép: {format_document_shortly(outcome.post)}", name, outcome.as_of)
    where = report.name if report else "báo cáo năm"
    form = f", mục 1.a, Mẫu {report.form}" if report and report.form else ""
    due = f", gửi trước ngày {report.before:%d/%m/%Y}" if report and report.before else ""
    add(document, f"Chép vào {where}{form}{due}. Chọn một trong ba độ dài.", NOTE)
    add(document, "A. Hai dòng", HEADING)
    add(document, format_yearly_shortly(outcome))
    add(document, "B. Một đoạn", HEADING)
    add(document, format_yearly(outcome))
    add(document, "C. Một đoạn và các bảng", HEADING)
    add(document, f"Chép đoạn B, rồi đến {'hai bảng' if outcome.by_group else 'bảng'} sau:", NOTE)
    _add_units(document, outcome)
    _add_groups(document, outcome)
    return to_bytes(document)


def _add_order(document: Document, outcome: Outcome) -> None:
    add(document, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", HEADING)
    lines = [format_order(outcome), format_channels(outcome), format_reading(outcome)]
    for number, line in enumerate(filter(None, lines), 1):
        add(document, f"{number}. {line}")


def _add_results(document: Document, outcome: Outcome, *, with_chart: bool) -> None:
    add(document, "II. KẾT QUẢ", HEADING)
    add(document, " ".join(filter(None, (format_figures(outcome), format_closing(outcome)))))
    _add_units(document, outcome)
    _add_groups(document, outcome)
    if with_chart:
        add_picture(document, draw_chart(outcome.curve), 150, format_chart(outcome))
        add(document, "Hình 1. Số người đã xác nhận, cộng dồn theo ngày", CAPTION)
        legend = (
            "Đường liền: số người đã xác nhận. Đường đứt nằm ngang: số người phải xác nhận. "
            "Đường đứt thẳng đứng: hết hạn."
        )
        add(document, legend, ParagraphStyle(size=12, italic=True, align="center"))
    add(document, "Số liệu lấy từ sổ theo dõi xác nhận của cơ quan.")


def _add_units(document: Document, outcome: Outcome) -> None:
    add(document, "Bảng 1. Kết quả xác nhận đã đọc theo phòng, đơn vị (người)", CAPTION)
    columns = (Column("STT", 11, "center"), Column("Phòng, đơn vị", 48), *_COUNTS)
    rows = [
        (str(number), unit, *to_cells(figures)) for number, (unit, figures) in enumerate(outcome.by_unit.items(), 1)
    ]
    add_table(document, columns, rows, ("", "Tổng số", *to_cells(outcome.total)))
    add(document, "", ParagraphStyle(size=4))


def _add_groups(document: Document, outcome: Outcome) -> None:
    if not outcome.by_group:
        return
    add(document, "Bảng 2. Kết quả xác nhận đã đọc theo đối tượng (người)", CAPTION)
    rows = [(group[0].upper() + group[1:], *to_cells(figures)) for group, figures in outcome.by_group.items()]
    add_table(document, (Column("Đối tượng", 59), *_COUNTS), rows)
    add(document, "", ParagraphStyle(size=4))


def to_cells(figures: Coverage) -> tuple[str, ...]:
    """Return the counts of a row of a table, and the share of those in time."""
    counts = (figures.concerned, figures.exempt, figures.due, figures.on_time, figures.late, figures.outstanding)
    return (*map(format_number, counts), format_table_share(figures))


def _add_shortcomings(document: Document, outcome: Outcome, missing: Sequence[str]) -> None:
    add(document, "III. TỒN TẠI, NGUYÊN NHÂN", HEADING)
    total = outcome.total
    counted = ((total.outstanding, "người chưa xác nhận"), (total.late, "người xác nhận quá hạn"))
    found = [f"{format_count(count)} {what}" for count, what in counted if count]
    lines = [f"Có {' và '.join(found)}. {format_causes(outcome)}"] if found else []
    lines += missing
    if not lines:
        add(document, "Mọi người phải xác nhận đều đã xác nhận đúng hạn; không có tồn tại.")
    elif len(lines) == 1:
        add(document, lines[0])
    else:
        for number, line in enumerate(lines, 1):
            add(document, f"{number}. {line}")


def _add_tasks(document: Document, outcome: Outcome) -> None:
    add(document, "IV. NHIỆM VỤ, KIẾN NGHỊ", HEADING)
    office, campaign = outcome.department.office, outcome.campaign
    plan = campaign.plan
    item = f"việc thực hiện {plan.item} của {plan.kind}" if plan and plan.item else "việc phổ biến"
    year = f"; lồng ghép kết quả vào {campaign.yearly_report.name}" if campaign.yearly_report else ""
    tasks = [f"{office} tiếp tục theo dõi, đôn đốc {item}{year}.", "Kiến nghị, đề xuất: …"]
    units = outcome.to_be_urged()
    if units:
        named = format_units(units)
        tasks.insert(
            0, f"Các phòng, đơn vị còn người chưa xác nhận ({named}) đôn đốc, báo kết quả về {office} trước ngày …"
        )
    for number, task in enumerate(tasks, 1):
        add(document, f"{number}. {task}")


def _to_lists(outcome: Outcome) -> dict[str, list[MemberStanding]]:
    """Return the lists by their titles, each in the order of units, then of names."""
    order = {unit: number for number, unit in enumerate(outcome.by_unit)}
    found = {
        "Chưa xác nhận đã đọc": outcome.those(State.OUTSTANDING),
        "Xác nhận quá hạn": outcome.those(State.LATE),
        "Xác nhận trong thời hạn được gia hạn riêng": list(outcome.extended),
        "Được miễn xác nhận": outcome.those(State.EXEMPT),
    }
    return {title: sorted(people, key=lambda person: order[person.unit]) for title, people in found.items()}


def _list_people(people: Sequence[MemberStanding]) -> Iterator[tuple[str, ...]]:
    for number, person in enumerate(people, 1):
        cases = (
            f"{case.format()}{f' ({case.reason})' if case.reason else ''}"
            for case in person.cases
            if case.kind is not CaseKind.EXEMPTION
        )
        notes = filter(None, (format_moment(person), person.reason, *cases))
        yield str(number), person.staff_code, person.name, person.unit, "; ".join(notes)
