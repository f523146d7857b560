"""The reminder letter, against Decree 30/2020, form 1.5."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from ooxml_integrity import check

from campaign.core.figures.coverage import State
from campaign.errors.report import NobodyOutstandingError
from campaign.report.letters import write_letter, write_letters
from tests.rigs.builders import CENTRE
from tests.rigs.decree import Line, find, open_document, read_lines
from tests.rigs.outcomes import LEAVE, PEOPLE, outcome, standing

URGED = (
    *PEOPLE,
    standing(5, "Lường Thị Chi", CENTRE, State.OUTSTANDING, cases=(LEAVE,)),
    standing(6, "Quàng Văn Dũng", "Thanh tra", State.OUTSTANDING),
    standing(7, "Vừ A Ếch", "Ban Giám đốc", State.OUTSTANDING),
)


@pytest.fixture
def lines(tmp_path: Path) -> list[Line]:
    return read_lines(open_document(write_letter(outcome(tmp_path, URGED), CENTRE)))


def test_the_subject_stands_upright_in_the_middle_under_the_number(lines: list[Line]) -> None:
    number = find(lines, r"Số: {6,}/SKHCN-VP")
    subject = find(lines, r"V/v đôn đốc xác nhận đã đọc Thông báo số 485/TB-VPCP")

    assert lines.index(subject) == lines.index(number) + 1
    assert (12 <= subject.size <= 13, subject.italic, subject.align, subject.before) == (True, False, "center", 6)


def test_it_goes_to_one_unit_and_says_what_is_missing_by_when(lines: list[Line]) -> None:
    text = "\n".join(line.text for line in lines)

    assert find(lines, f"Kính gửi: {CENTRE}").size == 14
    assert f"{CENTRE} có 1/2 người (50,0%) đã xác nhận đã đọc, còn 01 người chưa xác nhận (danh sách kèm theo)" in text
    assert "Thực hiện Kế hoạch số 12/KH-SKHCN" in text
    assert "hoàn thành trước ngày 05 tháng 11 năm 2025" in text
    assert "xong trước ngày 12 tháng 01 năm 2026" in text
    assert "http://tuyen-truyen.example.vn" in text
    assert [line.text[-3:] for line in lines if "./." in line.text] == ["./."]
    assert not [line for line in lines if line.text.startswith("Căn cứ")]


def test_an_address_that_only_the_server_reaches_is_left_out(tmp_path: Path) -> None:
    made = outcome(tmp_path, URGED, address="http://127.0.0.1:8000", made_on=date(2025, 11, 1))

    text = "\n".join(line.text for line in read_lines(open_document(write_letter(made, CENTRE))))

    assert "127.0.0.1" not in text
    assert "xong trước ngày 05 tháng 11 năm 2025" in text


def test_the_recipients_begin_with_as_above(lines: list[Line]) -> None:
    received = [line.text for line in lines if line.text.startswith("- ")]

    assert received == ["- Như trên;", "- Lưu: VT, VP."]


def test_names_stand_only_in_the_annex_and_only_those_of_the_unit(lines: list[Line]) -> None:
    annex = next(at for at, line in enumerate(lines) if line.text.startswith("DANH SÁCH"))
    named = [at for at, line in enumerate(lines) if line.text == "Lường Thị Chi"]

    assert len(named) == 1
    assert named[0] > annex
    assert not [line for line in lines if re.search("Bình|Hồng|Nguyễn Văn An|Ánh|Dũng|Nghỉ ốm", line.text)]


def test_each_unit_with_someone_outstanding_has_a_letter_but_the_office_and_the_leaders(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write_letters(outcome(tmp_path, URGED)))) as archive:
        assert archive.namelist() == [
            "cong-van-don-doc-01-trung-tam-doi-moi-sang-tao.docx",
            "cong-van-don-doc-02-thanh-tra.docx",
        ]


def test_when_nobody_is_outstanding_there_is_no_letter(tmp_path: Path) -> None:
    with pytest.raises(NobodyOutstandingError):
        write_letters(outcome(tmp_path, PEOPLE))


def test_word_opens_it_without_repair(tmp_path: Path) -> None:
    file = tmp_path / "công văn.docx"
    file.write_bytes(write_letter(outcome(tmp_path, URGED, sample=True), CENTRE))
    audit = subprocess.run([sys.executable, "-m", "openxml_audit", file], capture_output=True, check=False)

    assert (audit.returncode, check(str(file))) == (0, [])
