"""The Office's page of reports."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from httpx2 import Response
from openpyxl import load_workbook
from sqlalchemy import func, select

from campaign.core.text import group_digits
from campaign.record.application import create_application
from campaign.report.evidence import verifier_digest
from campaign.store.base import schema
from campaign.store.ledger.ledger import kept_checkpoints
from tests.rigs.builders import FIRST_LATE, LAST_SECOND
from tests.rigs.decree import open_document, read_lines
from tests.rigs.ledger_steps import press
from tests.rigs.recorder import Desk, Visitor, fill_desk, open_desk

POST = "/van-phong/bai/thong-bao-485"
PAGE = f"{POST}/bao-cao"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, after the deadline: An confirmed in time."""
    press(desk.database, "SKHCN-001", at=LAST_SECOND)
    desk.clock.now = FIRST_LATE
    return desk.office()


def test_the_report_is_a_word_file_of_now_with_a_kept_checkpoint(desk: Desk, chi: Visitor) -> None:
    assert PAGE in chi.get(POST).text

    answer = chi.submit(PAGE, kind="docx")

    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="bao-cao-thong-bao-485-2025-11-05.docx"'
    text = " ".join(line.text for line in read_lines(open_document(answer.content)))
    assert "1/4 người (25,0%) đã xác nhận đã đọc, trong đó 01 người đúng hạn" in text
    with desk.database.reading() as connection:
        size = connection.scalar(select(func.max(schema.entry.c.sequence)))
        assert size in kept_checkpoints(connection)


def test_a_past_day_is_reported_as_it_was(chi: Visitor) -> None:
    answer = chi.submit(PAGE, **{"kind": "yearly", "tinh-den": "03/11/2025"})

    text = " ".join(line.text for line in read_lines(open_document(answer.content)))
    assert "Đến hết ngày 03 tháng 11 năm 2025, chưa có ai trong 04 người" in text


@pytest.mark.parametrize(("kind", "word"), [("names", "không gửi kèm"), ("seal", "Gốc của sổ"), ("chart", "Hình 1")])
def test_names_seal_and_chart_are_made_on_request(chi: Visitor, kind: str, word: str) -> None:
    document = open_document(chi.submit(PAGE, kind=kind).content)

    footer = document.sections[0].first_page_footer.paragraphs[0].text
    assert word in " ".join([footer, *(line.text for line in read_lines(document))])


def test_the_seal_says_with_which_verifier_to_check_it(chi: Visitor) -> None:
    document = open_document(chi.submit(PAGE, kind="seal").content)

    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert group_digits(verifier_digest()) in cells


def test_a_day_that_is_none_and_a_kind_that_is_none_are_told(chi: Visitor) -> None:
    assert chi.submit(PAGE, **{"kind": "docx", "tinh-den": "hôm qua"}).status_code == 400
    assert chi.submit(PAGE, kind="exe").status_code == 404
    assert chi.submit("/van-phong/bai/khong-co/bao-cao", PAGE, kind="docx").status_code == 404


@pytest.mark.parametrize(("kind", "inside"), [("letters", ".docx"), ("package", "noi-dung.docx")])
def test_letters_and_the_package_are_archives_of_documents(chi: Visitor, kind: str, inside: str) -> None:
    answer = chi.submit(PAGE, kind=kind)

    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.endswith(inside) for name in names)


def test_the_workbook_is_one(chi: Visitor) -> None:
    answer = chi.submit(PAGE, kind="xlsx")

    assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Tóm tắt"


def hand_in(chi: Visitor, text: str) -> Response:
    """Hand in a Word template with one paragraph, or no document at all."""
    file = io.BytesIO(b"PK")
    if text:
        document = docx.Document()
        document.add_paragraph(text)
        document.save(file)
    files = {"mau": ("mẫu.docx", file.getvalue())}
    return chi.http.post(f"{PAGE}/mau", data=chi.hidden(PAGE), files=files, headers={"Origin": chi.address})


def test_a_template_of_the_office_is_taken_and_filled(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path))
    desk.recorder = replace(desk.recorder, report_template=tmp_path / "mẫu.docx")
    desk.application = create_application(desk.recorder)
    chi = desk.office()
    assert "Lập theo mẫu" not in chi.get(PAGE).text

    taken = hand_in(chi, "{{ figures }}")

    assert (taken.status_code, taken.headers["location"]) == (303, PAGE)
    assert "Lập theo mẫu" in chi.get(PAGE).text
    filled = chi.submit(PAGE, kind="filled")
    assert "04 người thuộc đối tượng phổ biến" in " ".join(
        line.text for line in read_lines(open_document(filled.content))
    )

    refused = hand_in(chi, "{{ mat_khau }}")

    assert refused.status_code == 400
    assert "không có trường “mat_khau”" in refused.text
    assert hand_in(chi, "").status_code == 400
    assert chi.submit(PAGE, kind="filled").content[:2] == b"PK"
    desk.close()
