"""The report as a Word document, against every line of Decree 30/2020, annex I, that a program can check."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from ooxml_integrity import check
from PIL import Image

from campaign.core.closing import Closing
from campaign.core.coverage import Coverage, State
from campaign.core.people.paper import Paper
from campaign.core.text import group_digits
from campaign.report.documents import write_report, write_yearly
from campaign.report.outcome import Outcome
from tests.rigs.builders import CENTRE, FIRST_LATE, OFFICE
from tests.rigs.decree import Line, find, millimetres, open_document, part, read_lines, rule_after
from tests.rigs.outcomes import PEOPLE, outcome, standing

SUBJECT = "Kết quả phổ biến Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_report(outcome(tmp_path_factory.mktemp("report")))


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


def test_pages_are_numbered_at_the_top_but_not_the_first_and_each_annex_begins_at_1(content: bytes) -> None:
    header, sections = part(content, "word/header1.xml"), list(part(content, "word/document.xml").iter(qn("w:sectPr")))
    field = next(header.iter(qn("w:fldSimple")))
    size = float(next(field.iter(qn("w:sz"))).get(qn("w:val"))) / 2

    assert (field.get(qn("w:instr")), 13 <= size <= 14) == ("PAGE", True)
    assert next(header.iter(qn("w:jc"))).get(qn("w:val")) == "center"
    assert all(section.find(qn("w:titlePg")) is not None for section in sections)
    assert [one.get(qn("w:type")) for one in sections[0].iter(qn("w:headerReference"))] == ["default"]
    starts = [section.find(qn("w:pgNumType")) for section in sections]
    assert [one is not None and one.get(qn("w:start")) for one in starts] == [False, "1", "1", "1", "1"]


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
    number, day = find(lines, r"Số: {6,}/BC-SKHCN"), find(lines, r"Sơn La, ngày {3,}tháng {3,}năm 2025")

    assert (number.size, number.italic, number.align) == (13, False, "center")
    assert (13 <= day.size <= 14, day.italic, day.align) == (True, True, "center")


def test_kind_and_subject_stand_in_the_middle_in_bold(document: Document, lines: list[Line]) -> None:
    kind, subject = find(lines, "BÁO CÁO"), find(lines, re.escape(SUBJECT))

    for line in (kind, subject):
        assert (13 <= line.size <= 14, line.bold, line.align) == (True, True, "center")
    assert 165 / 3 <= rule_after(document, SUBJECT) <= 165 / 2


def test_each_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop(lines: list[Line]) -> None:
    basis = [line for line in lines if line.italic and re.match("Căn cứ|Thực hiện", line.text)]

    assert [line.text[-1] for line in basis] == [*";" * (len(basis) - 1), "."]
    assert len(basis) >= 3
    assert all(13 <= line.size <= 14 for line in basis)


def test_the_text_is_justified_indented_and_spaced(lines: list[Line]) -> None:
    end = next(at for at, line in enumerate(lines) if line.text.endswith("./."))
    body = [line for line in lines[:end] if line.align == "both" and line.text]

    assert len(body) > 10
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


def test_the_annexes_are_titled_and_list_people_by_state(document: Document, lines: list[Line]) -> None:
    annexes = [line for line in lines if re.fullmatch(r"Phụ lục [IVX]+", line.text)]
    titles = [lines[lines.index(line) + 1] for line in annexes]

    assert [line.text for line in annexes] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]
    assert all((line.size, line.bold, line.align) == (14, True, "center") for line in annexes)
    assert all((line.bold, line.text) == (True, line.text.upper()) for line in titles)
    outstanding, late, exempt = tables(document)[3:6]
    assert outstanding[1:] == [
        ["1", "SKHCN-004", "Đặng Thị Ánh", OFFICE, "đang nghỉ, không nhắc, đến hết ngày 30/11/2025"]
    ]
    assert late[1:] == [["1", "SKHCN-002", "Lò Thị Bình", CENTRE, "05/11/2025 00:00:00"]]
    assert exempt[1:] == [["1", "SKHCN-003", "Vừ A Hồng", CENTRE, "Nghỉ thai sản"]]


def test_the_table_by_unit_adds_up(document: Document) -> None:
    head, *units, total = tables(document)[1]

    assert head[2:] == ["Tổng số", "Miễn", "Phải xác nhận", "Đúng hạn", "Quá hạn", "Chưa xác nhận", "Tỷ lệ đúng hạn"]
    assert units == [
        ["1", OFFICE, "2", "0", "2", "1", "0", "1", "50,0%"],
        ["2", CENTRE, "2", "1", "1", "0", "1", "0", "0,0%"],
    ]
    assert total[2:] == ["4", "1", "3", "1", "1", "1", "33,3%"]


def test_headings_of_tables_stand_on_each_page_and_rows_are_not_torn(content: bytes) -> None:
    found = [
        table for table in part(content, "word/document.xml").iter(qn("w:tbl")) if list(table.iter(qn("w:tblBorders")))
    ]

    assert len(found) == 5
    for table in found:
        rows = list(table.iter(qn("w:tr")))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_both_channels_are_told_with_number_and_day_or_as_missing(lines: list[Line]) -> None:
    text = "\n".join(line.text for line in lines)

    assert "Gửi trên hệ thống QLVB&ĐH: số 45/SKHCN-VP ngày 05 tháng 10 năm 2025, gửi các phòng, đơn vị." in text
    assert "Đăng Trang thông tin điện tử: chưa có số, ngày được ghi nhận." in text
    assert "Chưa ghi nhận việc đăng Trang thông tin điện tử." in text


def test_the_chart_is_a_picture_with_words_for_those_who_cannot_see_it(content: bytes, document: Document) -> None:
    pictures = list(document.element.body.iter(qn("wp:docPr")))

    assert "2 trên 3 người phải xác nhận đã xác nhận" in pictures[0].get("descr")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = Image.open(io.BytesIO(archive.read("word/media/image1.png")))
    assert (chart.width, chart.info["dpi"][0]) == (1800, pytest.approx(300, abs=1))


def test_the_checkpoint_is_printed_in_groups_with_its_note_as_a_qr_code(document: Document) -> None:
    rows = dict(tables(document)[-1])

    assert rows["Tên sổ"] == "example.vn/so-ghi-nhan"
    assert rows["Số dòng ghi"] == "1.043"
    assert rows["Gốc của sổ (SHA-256)"] == group_digits(bytes(range(32)).hex())
    assert rows["Khoá công khai của sổ"].startswith("example.vn/so-ghi-nhan+")


def test_what_was_recorded_when_the_time_was_over_is_told(tmp_path: Path) -> None:
    closing = Closing(118, date(2025, 11, 5), FIRST_LATE, {OFFICE: Coverage(opening=4, on_time=3, outstanding=1)})

    lines = read_lines(open_document(write_report(outcome(tmp_path, closing=closing))))

    assert find(lines, r"Số liệu chốt khi hết hạn \(dòng ghi 118 của sổ\): 4 người phải xác nhận, 3 người \(75,0%\) .*")


def test_confirmations_on_paper_are_told_apart(tmp_path: Path) -> None:
    signed = standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME, paper=Paper("chi", date(2025, 11, 3)))
    given = standing(2, "Lò Thị Bình", OFFICE, State.ON_TIME, paper=Paper("chi", reason="Đang điều trị"))

    lines = read_lines(open_document(write_report(outcome(tmp_path, (signed, given)))))

    assert any("1 người ký trên giấy, 1 người được xác nhận thay" in line.text for line in lines)


def test_nothing_is_amiss_when_everyone_confirmed_in_time(tmp_path: Path) -> None:
    people = (standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME),)

    lines = read_lines(open_document(write_report(outcome(tmp_path, people))))

    text = [line.text for line in lines]
    assert [line for line in text if line.startswith("Phụ lục")] == ["Phụ lục I"]
    assert "MỐC KIỂM CHỨNG CỦA SỔ GHI NHẬN" in text


def test_made_up_data_is_called_so_in_the_title(tmp_path: Path) -> None:
    lines = read_lines(open_document(write_report(outcome(tmp_path, sample=True))))

    assert find(lines, ".*DỮ LIỆU MINH HOẠ.*").bold


def test_text_that_no_xml_can_hold_does_not_break_the_file(tmp_path: Path) -> None:
    people = (standing(1, "Nguyễn <Văn> & \x0b\udc80An", OFFICE, State.OUTSTANDING),)

    document = open_document(write_report(outcome(tmp_path, people)))

    assert tables(document)[3][1][2] == "Nguyễn <Văn> & \ufffd\ufffdAn"


def test_the_part_for_the_yearly_report_is_one_paragraph_and_one_table_without_names(tmp_path: Path) -> None:
    document = open_document(write_yearly(outcome(tmp_path)))

    text = "\n".join(line.text for line in read_lines(document))
    assert "2/3 người phải xác nhận đã xác nhận đã đọc (đạt 66,7%)" in text
    assert "báo cáo công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ năm 2025" in text
    assert len(document.tables) == 1
    assert not [one.name for one in PEOPLE if one.name in text]


@pytest.mark.parametrize("write", [write_report, write_yearly])
def test_word_opens_it_without_repair(tmp_path: Path, write: Callable[[Outcome], bytes]) -> None:
    file = tmp_path / "báo cáo.docx"
    file.write_bytes(write(outcome(tmp_path)))

    audit = subprocess.run([sys.executable, "-m", "openxml_audit", file], capture_output=True, text=True, check=False)

    assert (audit.returncode, audit.stdout) == (
        0,
        "Microsoft Word: expected to open cleanly (no findings)\nErrors: 0\n",
    )
    assert check(str(file)) == []
