"""The Office's page of reports."""

import pytest
from sqlalchemy import func, select

from campaign.store import schema
from campaign.store.ledger import kept_checkpoints
from tests.builders import FIRST_LATE, LAST_SECOND
from tests.record.desk import Desk, Visitor
from tests.report.decree import open_document, read_lines
from tests.store.steps import press

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
    assert "1 người (25,0%) xác nhận đúng hạn" in text
    with desk.database.reading() as connection:
        size = connection.scalar(select(func.max(schema.entry.c.sequence)))
        assert size in kept_checkpoints(connection)


def test_a_past_day_is_reported_as_it_was(chi: Visitor) -> None:
    answer = chi.submit(PAGE, **{"kind": "yearly", "tinh-den": "03/11/2025"})

    text = " ".join(line.text for line in read_lines(open_document(answer.content)))
    assert "Kết quả đến ngày 03/11/2025: 0/4 người" in text


def test_a_day_that_is_none_and_a_kind_that_is_none_are_told(chi: Visitor) -> None:
    assert chi.submit(PAGE, **{"kind": "docx", "tinh-den": "hôm qua"}).status_code == 400
    assert chi.submit(PAGE, kind="exe").status_code == 404
    assert chi.submit("/van-phong/bai/khong-co/bao-cao", PAGE, kind="docx").status_code == 404
