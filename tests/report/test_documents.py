"""The report as a Word document, against every line of Decree 30/2020, annex I, that a program can check."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from ooxml_integrity import check
from PIL import Image

from campaign.core.clock import VIET_NAM
from campaign.core.dispatch import Channel
from campaign.core.figures.closing import Closing
from campaign.core.figures.coverage import Coverage, State, count_coverage
from campaign.core.people.paper import Paper
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.core.text import group_digits
from campaign.errors.report import NobodyListedError
from campaign.report.documents import write_names, write_report, write_seal, write_yearly
from campaign.report.outcome import Outcome
from tests.rigs.builders import CENTRE, FIRST_LATE, OFFICE
from tests.rigs.decree import Line, find, millimetres, open_document, part, read_lines, rule_after
from tests.rigs.outcomes import AS_OF, CAMPAIGN, PEOPLE, SENT, outcome, standing

SUBJECT = "Kết quả phổ biến Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_report(outcome(tmp_path_factory.mktemp("report")))


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_names(outcome(tmp_path_factory.mktemp("names")))


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return open_document(content)


@pytest.fixture(scope="module")
def lines(document: Document) -> list[Line]:
    return read_lines(document)


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]


def test_the_page_is_a4_with_the_margins_of_the_decree(document: Document) -> None:
    for section in document.sections:
        assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
        assert 20 <= millimetres(section.top_margin) <= 25
        assert 20 <= millimetres(section.bottom_margin) <= 25
        assert 30 <= millimetres(section.left_margin) <= 35
        assert 15 <= millimetres(section.right_margin) <= 20


def test_all_is_times_new_roman_in_black(content: bytes) -> None:
    styles = part(content, "word/styles.xml")
    for properties in (
        styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"),
        next(one for one in styles if one.get(qn("w:styleId")) == "Normal").find(qn("w:rPr")),
    ):
        fonts = properties.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None
        assert properties.find(qn("w:color")).get(qn("w:val")) == "000000"
    body = part(content, "word/document.xml")
    assert not list(body.iter(qn("w:rFonts"), qn("w:color"), qn("w:rStyle"), qn("w:pStyle")))


def test_pages_are_numbered_at_the_top_but_not_the_first_and_each_list_begins_at_1(names: bytes) -> None:
    header, sections = part(names, "word/header1.xml"), list(part(names, "word/document.xml").iter(qn("w:sectPr")))
    field = next(header.iter(qn("w:fldSimple")))
    size = float(next(field.iter(qn("w:sz"))).get(qn("w:val"))) / 2

    assert (field.get(qn("w:instr")), 13 <= size <= 14) == ("PAGE", True)
    assert next(header.iter(qn("w:jc"))).get(qn("w:val")) == "center"
    assert all(section.find(qn("w:titlePg")) is not None for section in sections)
    assert [one.get(qn("w:type")) for one in sections[0].iter(qn("w:headerReference"))] == ["default"]
    starts = [section.find(qn("w:pgNumType")) for section in sections]
    assert [one is not None and one.get(qn("w:start")) for one in starts] == [False, "1", "1"]


def test_nation_and_motto_stand_in_bold_with_a_rule_as_wide_as_the_motto(document: Document, lines: list[Line]) -> None:
    nation = find(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = find(lines, "Độc lập - Tự do - Hạnh phúc")

    assert (12 <= nation.size <= 13, nation.bold, nation.align) == (True, True, "center")
    assert (13 <= motto.size <= 14, motto.bold, motto.align) == (True, True, "center")
    assert rule_after(document, motto.text) == pytest.approx(57, abs=1)


def test_superior_and_issuer_stand_in_capitals_and_only_the_issuer_in_bold(
    document: Document, lines: list[Line]
) -> None:
    superior, issuer = find(lines, "UBND TỈNH SƠN LA"), find(lines, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")

    assert (12 <= superior.size <= 13, superior.bold, superior.align) == (True, False, "center")
    assert (12 <= issuer.size <= 13, issuer.bold, issuer.align) == (True, True, "center")
    assert 64.7 / 3 <= rule_after(document, issuer.text) <= 64.7 / 2


def test_number_and_day_are_left_blank(lines: list[Line]) -> None:
    number, day = find(lines, r"Số: {6,}/BC-SKHCN"), find(lines, r"Sơn La, ngày {3,}tháng {3,}năm 2026")

    assert (number.size, number.italic, number.align) == (13, False, "center")
    assert (13 <= day.size <= 14, day.italic, day.align) == (True, True, "center")


def test_kind_and_subject_stand_in_the_middle_in_bold(document: Document, lines: list[Line]) -> None:
    kind, subject = find(lines, "BÁO CÁO"), find(lines, re.escape(SUBJECT))

    for line in (kind, subject):
        assert (13 <= line.size <= 14, line.bold, line.align) == (True, True, "center")
    assert 165 / 3 <= rule_after(document, SUBJECT) <= 165 / 2


def test_each_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop(lines: list[Line]) -> None:
    basis = [line for line in lines if line.italic and re.match("Căn cứ", line.text)]

    assert [line.text[-1] for line in basis] == [*";" * (len(basis) - 1), "."]
    assert len(basis) >= 3
    assert all(13 <= line.size <= 14 for line in basis)


def test_the_text_is_justified_indented_and_spaced(lines: list[Line]) -> None:
    end = next(at for at, line in enumerate(lines) if line.text.endswith("./."))
    body = [line for line in lines[:end] if line.align == "both" and line.text]

    assert len(body) > 8
    assert {line.size for line in body} <= {13.0, 14.0}
    assert {round(line.first_line) for line in body} <= {10, 13}
    assert all(line.before >= 6 for line in body)


def test_the_parts_are_numbered_in_roman_and_stand_in_bold_capitals(lines: list[Line]) -> None:
    heads = [line for line in lines if re.match(r"[IV]+\. ", line.text)]

    assert [line.text.split(".")[0] for line in heads] == ["I", "II", "III", "IV"]
    assert all(line.bold and line.text == line.text.upper() for line in heads)


def test_the_text_ends_with_the_end_mark(lines: list[Line]) -> None:
    assert [line.text for line in lines if "./." in line.text] == [
        "Trên đây là báo cáo kết quả phổ biến Thông báo số 485/TB-VPCP./."
    ]


def test_who_signs_and_who_receives_stand_below(lines: list[Line]) -> None:
    for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"):
        line = find(lines, re.escape(text))
        assert (13 <= line.size <= 14, line.bold, line.align) == (True, True, "center")
    label = find(lines, "Nơi nhận:")
    assert (label.size, label.bold, label.italic) == (12, True, True)
    at = lines.index(label)
    received = [line for line in lines[at + 1 :] if line.text.startswith("- ")]
    assert {line.size for line in received} == {11}
    assert [line.text[-1] for line in received] == [*";" * (len(received) - 1), "."]
    assert received[-1].text == "- Lưu: VT, VP."


def test_the_lists_of_names_are_a_file_of_their_own_that_says_on_each_page_to_keep_it(names: bytes) -> None:
    document = open_document(names)
    lines = read_lines(document)
    heads = [line for line in lines if re.fullmatch(r"Danh sách \d", line.text)]
    titles = [lines[lines.index(line) + 1] for line in heads]

    assert all((line.size, line.bold, line.align) == (14, True, "center") for line in heads)
    assert [line.text for line in titles] == ["CHƯA XÁC NHẬN ĐÃ ĐỌC", "XÁC NHẬN QUÁ HẠN", "ĐƯỢC MIỄN XÁC NHẬN"]
    outstanding, late, exempt = tables(document)
    assert outstanding[1:] == [
        ["1", "SKHCN-004", "Đặng Thị Ánh", OFFICE, "đang nghỉ, không nhắc, đến hết ngày 30/11/2025 (Nghỉ ốm)"]
    ]
    assert late[1:] == [["1", "SKHCN-002", "Lò Thị Bình", CENTRE, "05/11/2025 00:00"]]
    assert exempt[1:] == [["1", "SKHCN-003", "Vừ A Hồng", CENTRE, "Nghỉ thai sản"]]
    for footer in ("word/footer1.xml", "word/footer2.xml"):
        assert "không gửi kèm báo cáo" in "".join(part(names, footer).itertext())


def test_lists_are_by_unit_then_by_name_and_have_no_empty_column(tmp_path: Path) -> None:
    people = (
        standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME),
        standing(2, "Lò Thị Bình", CENTRE, State.OUTSTANDING),
        standing(3, "Vừ A Chi", OFFICE, State.OUTSTANDING),
        standing(4, "Vừ A Dũng", CENTRE, State.OUTSTANDING),
    )

    [listed] = tables(open_document(write_names(outcome(tmp_path, people))))

    assert [row[2] for row in listed] == ["Họ và tên", "Vừ A Chi", "Lò Thị Bình", "Vừ A Dũng"]
    assert listed[0][-1] == "Phòng, đơn vị"


def test_without_anybody_to_list_there_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(NobodyListedError):
        write_names(outcome(tmp_path, PEOPLE[:1]))


@pytest.mark.parametrize("write", [write_report, write_seal, write_yearly])
def test_what_leaves_the_office_names_nobody_and_no_reason(tmp_path: Path, write: Callable[[Outcome], bytes]) -> None:
    text = "\n".join(line.text for line in read_lines(open_document(write(outcome(tmp_path)))))

    for person in PEOPLE:
        assert not [word for word in (person.name, person.staff_code, "thai sản", "Nghỉ ốm") if word in text]


def test_the_table_by_unit_adds_up(document: Document) -> None:
    head, *units, total = tables(document)[1]
    groups = tables(document)[2]

    assert head[2:] == ["Tổng số", "Miễn", "Phải xác nhận", "Đúng hạn", "Quá hạn", "Chưa xác nhận", "Tỷ lệ đúng hạn"]
    assert units == [
        ["1", OFFICE, "2", "0", "2", "1", "0", "1", "50,0%"],
        ["2", CENTRE, "2", "1", "1", "0", "1", "0", "0,0%"],
    ]
    assert total[2:] == ["4", "1", "3", "1", "1", "1", "33,3%"]
    assert groups[1:] == [["Công chức", "4", "1", "3", "1", "1", "1", "33,3%"]]


def test_headings_of_tables_stand_on_each_page_and_rows_are_not_torn(content: bytes) -> None:
    found = [
        table for table in part(content, "word/document.xml").iter(qn("w:tbl")) if list(table.iter(qn("w:tblBorders")))
    ]

    assert len(found) == 2
    for table in found:
        rows = list(table.iter(qn("w:tr")))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_what_was_sent_is_told_in_a_sentence_and_what_is_not_known_as_missing(lines: list[Line]) -> None:
    text = "\n".join(line.text for line in lines)

    sent = "tại Công văn số 45/SKHCN-VP ngày 05 tháng 10 năm 2025 đến các phòng, đơn vị."
    assert f"2. Văn bản đã được gửi trên hệ thống quản lý văn bản và điều hành {sent}" in text
    assert "Chưa có thông tin về việc đăng trên Trang thông tin điện tử (Văn phòng bổ sung trước khi trình)." in text


def test_what_was_sent_and_recorded_only_later_says_so(tmp_path: Path) -> None:
    later = replace(SENT, recorded_at=AS_OF + timedelta(days=40))

    lines = read_lines(open_document(write_report(outcome(tmp_path, dispatches=(later,)))))

    assert any("(ghi vào sổ ngày 18 tháng 12 năm 2025)" in line.text for line in lines)


def test_the_chart_is_a_picture_with_words_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    content = write_report(outcome(tmp_path), with_chart=True)
    document = open_document(content)
    pictures = list(document.element.body.iter(qn("wp:docPr")))

    assert "2/3 người (66,7%) đã xác nhận đã đọc" in pictures[0].get("descr")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = Image.open(io.BytesIO(archive.read("word/media/image1.png")))
    assert (chart.width, chart.info["dpi"][0]) == (1800, pytest.approx(300, abs=1))


def test_the_checkpoint_is_printed_on_a_sheet_of_its_own_with_its_note_as_a_qr_code(tmp_path: Path) -> None:
    document = open_document(write_seal(outcome(tmp_path)))
    rows = dict(tables(document)[-1])

    assert rows["Tên sổ"] == "example.vn/so-ghi-nhan"
    assert rows["Số dòng ghi"] == "1.043"
    assert rows["Gốc của sổ (SHA-256)"] == group_digits(bytes(range(32)).hex())
    assert rows["Khoá công khai của sổ"].startswith("example.vn/so-ghi-nhan+")


def text_of(made: Outcome) -> str:
    return "\n".join(line.text for line in read_lines(open_document(write_report(made))))


def test_the_closing_is_told_with_what_changed_the_figures_since(tmp_path: Path) -> None:
    closing = Closing(118, date(2025, 11, 5), FIRST_LATE, {OFFICE: Coverage(opening=4, on_time=1, outstanding=3)})
    after = FIRST_LATE + timedelta(hours=1)
    own = SpecialCase(7, CaseKind.EXTENSION, 2, "SKHCN-002", "x", after, None, date(2025, 11, 21), "Đi công tác", "chi")
    late = standing(2, "Lò Thị Bình", OFFICE, State.ON_TIME, confirmed_at=after, cases=(own,))
    people = (PEOPLE[0], late, standing(3, "Vừ A Hồng", OFFICE, State.LATE), PEOPLE[3])

    text = text_of(outcome(tmp_path, people, closing=closing))

    assert "trong đó 02 người đúng hạn (01 người theo thời hạn được gia hạn riêng), 01 người quá hạn" in text
    assert "Số liệu chốt khi hết hạn: 1/4 người (25,0%) đã xác nhận đúng hạn, 03 người chưa xác nhận" in text
    assert "(sau khi chốt có 01 người được gia hạn riêng và 02 người xác nhận sau thời hạn chung)" in text
    assert "Đi công tác" not in text


def test_gains_losses_and_transfers_are_said_only_where_there_were_any(tmp_path: Path) -> None:
    opening = {1: CENTRE, 2: CENTRE, 3: CENTRE, 9: OFFICE}

    text = text_of(outcome(tmp_path, figures=count_coverage(opening, PEOPLE)))

    assert "(đầu kỳ 04; tăng 01, giảm 01; chuyển giữa các phòng, đơn vị 01 lượt), miễn 01 người" in text
    assert "đầu kỳ" not in text_of(outcome(tmp_path))


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([State.EXEMPT], "không có ai phải xác nhận đã đọc"),
        ([State.OUTSTANDING] * 2, "chưa có ai trong 02 người phải xác nhận xác nhận đã đọc"),
        ([State.ON_TIME], "01 người đúng hạn, không có người xác nhận quá hạn; không còn người chưa xác nhận"),
        ([State.LATE, State.OUTSTANDING], "không có người đúng hạn, 01 người quá hạn; còn 01 người chưa xác nhận"),
    ],
)
def test_none_one_and_many_are_said_as_people_say_them(tmp_path: Path, states: list[State], words: str) -> None:
    people = tuple(standing(number, f"Lò Văn {number}", OFFICE, state) for number, state in enumerate(states, 1))

    assert words in text_of(outcome(tmp_path, people))


def test_a_unit_that_has_ended_is_no_row_of_zeros(tmp_path: Path) -> None:
    figures = count_coverage({1: "Trung tâm cũ"}, PEOPLE)

    rows = tables(open_document(write_report(outcome(tmp_path, figures=figures))))[1]

    assert [row[:2] for row in rows[1:]] == [["1", OFFICE], ["2", CENTRE], ["", "Tổng số"]]


def test_the_paper_is_of_the_day_on_which_it_is_made_and_the_figures_of_theirs(tmp_path: Path) -> None:
    text = text_of(outcome(tmp_path, as_of=datetime(2025, 12, 31, 23, 59, 59, 999_999, tzinfo=VIET_NAM)))

    assert "Tính đến hết ngày 31 tháng 12 năm 2025" in text
    assert re.search(r"Sơn La, ngày {3,}tháng {3,}năm 2026", text)


@pytest.mark.parametrize(
    "word", ["giờ Việt Nam", "SHA", "dòng lệnh", "campaign ", "phiên bản", "người phải xác nhận đã"]
)
def test_what_belongs_to_the_machine_is_not_in_the_report(tmp_path: Path, word: str) -> None:
    assert word not in text_of(outcome(tmp_path))


def test_there_is_no_bracket_in_a_bracket_and_no_second(tmp_path: Path) -> None:
    text = text_of(outcome(tmp_path))

    assert not re.search(r"\([^)]*\(", text)
    assert not re.search(r"\d:\d\d:\d\d", text)


def test_a_report_that_goes_up_is_addressed_to_those_above(tmp_path: Path) -> None:
    above = replace(CAMPAIGN, recipients=("UBND tỉnh (để báo cáo)", "Các phòng, đơn vị thuộc Sở"))

    text = text_of(outcome(tmp_path, campaign=above))

    assert "Kính gửi: UBND tỉnh\n" in text
    assert "- Như trên;\n- Các phòng, đơn vị thuộc Sở;\n- Lưu: VT, VP." in text
    assert "Kính gửi" not in text_of(outcome(tmp_path))


def test_the_signature_is_kept_whole_and_with_the_last_sentence(content: bytes) -> None:
    body = part(content, "word/document.xml")
    *_, frame = body.iter(qn("w:tbl"))
    before = frame.getprevious()

    assert frame.find(f".//{qn('w:cantSplit')}") is not None
    for paragraph in (before, before.getprevious(), *frame.iter(qn("w:p"))):
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_confirmations_on_paper_are_told_apart(tmp_path: Path) -> None:
    signed = standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME, paper=Paper("chi", date(2025, 11, 3)))
    given = standing(2, "Lò Thị Bình", OFFICE, State.ON_TIME, paper=Paper("chi", reason="Đang điều trị"))

    assert "có 01 người ký trên giấy và 01 người được xác nhận thay, do" in text_of(outcome(tmp_path, (signed, given)))


def test_nothing_is_amiss_when_everyone_confirmed_in_time_and_all_was_sent(tmp_path: Path) -> None:
    people, both = (
        (standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME),),
        replace(SENT.dispatch, channel=Channel.WEBSITE),
    )

    text = text_of(outcome(tmp_path, people, dispatches=(SENT, replace(SENT, dispatch=both))))

    assert "không có tồn tại" in text


def test_made_up_data_is_called_so_in_the_title(tmp_path: Path) -> None:
    lines = read_lines(open_document(write_report(outcome(tmp_path, sample=True))))

    assert find(lines, ".*DỮ LIỆU MINH HOẠ.*").bold


def test_text_that_no_xml_can_hold_does_not_break_the_file(tmp_path: Path) -> None:
    people = (standing(1, "Nguyễn <Văn> & \x0b\udc80An", OFFICE, State.OUTSTANDING),)

    document = open_document(write_names(outcome(tmp_path, people)))

    assert tables(document)[0][1][2] == "Nguyễn <Văn> & \ufffd\ufffdAn"


def test_the_yearly_piece_says_where_it_goes_and_has_two_lines_a_paragraph_and_tables(tmp_path: Path) -> None:
    document = open_document(write_yearly(outcome(tmp_path)))
    text = [line.text for line in read_lines(document)]

    assert "báo cáo công tác PCCC và CNCH năm 2025, mục 1.a, Mẫu PC04, gửi trước ngày 15/12/2025" in text[0]
    short = text[text.index("A. Hai dòng") + 1]
    assert short == (
        "Đã phổ biến Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ đến toàn thể công chức, "
        "viên chức, người lao động (gửi trên hệ thống quản lý văn bản và điều hành ngày 05/10/2025); "
        "2/3 người (66,7%) đã xác nhận đã đọc."
    )
    paragraph = text[text.index("B. Một đoạn") + 1]
    assert paragraph.startswith(
        "Thực hiện Kế hoạch số 12/KH-SKHCN ngày 20 tháng 10 năm 2025 của Sở Khoa học và Công nghệ"
    )
    assert "2/3 người (66,7%) đã xác nhận đã đọc, trong đó 01 người đúng hạn" in paragraph
    assert len(document.tables) == 2


@pytest.mark.parametrize("write", [write_report, write_names, write_seal, write_yearly])
def test_word_opens_it_without_repair(tmp_path: Path, write: Callable[[Outcome], bytes]) -> None:
    file = tmp_path / "báo cáo.docx"
    file.write_bytes(write(outcome(tmp_path)))

    audit = subprocess.run([sys.executable, "-m", "openxml_audit", file], capture_output=True, text=True, check=False)

    assert (audit.returncode, audit.stdout) == (
        0,
        "Microsoft Word: expected to open cleanly (no findings)\nErrors: 0\n",
    )
    assert check(str(file)) == []
