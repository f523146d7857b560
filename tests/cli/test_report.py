"""``campaign report``."""

import stat
from dataclasses import asdict
from datetime import timedelta

import docx
import pytest
from sqlalchemy import func, select, update

from campaign.core.figures.coverage import Coverage
from campaign.core.ledger.entry import Kind
from campaign.store.base import schema
from campaign.store.ledger.ledger import appending
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, OPENED, post
from tests.rigs.decree import open_document, read_lines
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH, DANG
from tests.rigs.terminal import Terminal


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """An confirmed in the last second, Bình in the first late one."""
    terminal.make_key()
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH, DANG)
    publish(database, post())
    press(database, "SKHCN-001", at=LAST_SECOND)
    press(database, "SKHCN-002", at=FIRST_LATE)
    database.close()


def text_of(terminal: Terminal, name: str) -> str:
    return " ".join(line.text for line in read_lines(open_document((terminal.folder / name).read_bytes())))


def test_the_report_is_written_with_a_checkpoint_that_verifies(terminal: Terminal) -> None:
    said = terminal.done("report", "docx", "thong-bao-485", "báo cáo.docx")

    assert said.startswith("Đã lập báo cáo.docx.\n")
    text = text_of(terminal, "báo cáo.docx")
    assert "2/3 người (66,7%) đã xác nhận đã đọc, trong đó 01 người đúng hạn, 01 người quá hạn" in text
    assert "Số liệu chốt khi hết hạn: 1/3 người (33,3%)" in text
    assert "Đúng: " in terminal.done("ledger", "verify")


def test_a_past_day_is_reported_as_it_was(terminal: Terminal) -> None:
    terminal.done("report", "yearly", "thong-bao-485", "nam.docx", "--as-of", "04/11/2025")

    assert "1/3 người (33,3%) đã xác nhận đã đọc" in text_of(terminal, "nam.docx")


def test_an_unknown_post_writes_nothing(terminal: Terminal) -> None:
    assert "E-POST-UNKNOWN" in terminal.refused("report", "docx", "khong-co", "b.docx")
    assert not (terminal.folder / "b.docx").exists()


def test_the_workbook_is_written(terminal: Terminal) -> None:
    said = terminal.done("report", "xlsx", "thong-bao-485", "số liệu.xlsx")

    assert said.startswith("Đã lập số liệu.xlsx.\n")
    assert (terminal.folder / "số liệu.xlsx").read_bytes().startswith(b"PK")


def test_the_template_of_the_office_is_filled(terminal: Terminal) -> None:
    document = docx.Document()
    document.add_paragraph("{{ figures }}")
    assert "E-TEMPLATE" in terminal.refused("report", "filled", "thong-bao-485", "b.docx")
    document.save(str(terminal.folder / "data/mau-bao-cao.docx"))

    terminal.done("report", "filled", "thong-bao-485", "b.docx")

    assert "2/3 người (66,7%) đã xác nhận đã đọc" in text_of(terminal, "b.docx")


def test_a_report_that_someone_may_have_worked_on_is_never_replaced(terminal: Terminal) -> None:
    (terminal.folder / "b.docx").write_bytes(b"da sua")

    assert "E-REPORT-FILE" in terminal.refused("report", "docx", "thong-bao-485", "b.docx")
    assert "E-REPORT-FILE" in terminal.refused("report", "docx", "thong-bao-485", "không có/b.docx")
    assert (terminal.folder / "b.docx").read_bytes() == b"da sua"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "yearly"])
def test_only_its_owner_may_read_a_report(terminal: Terminal, kind: str) -> None:
    """Its annexes name people."""
    terminal.done("report", kind, "thong-bao-485", "b")

    assert stat.S_IMODE((terminal.folder / "b").stat().st_mode) == 0o600


def test_a_closing_that_the_entries_contradict_is_told_in_the_report_and_by_verify(terminal: Terminal) -> None:
    units = {"Văn phòng": {**asdict(Coverage()), "opening": 3, "on_time": 2, "outstanding": 1}}
    facts = {"post": "thong-bao-485", "revision": 1, "before": "2025-11-05", "units": units}
    with appending(terminal.database) as ledger:
        sequence = ledger.append(Kind.POST_CLOSED, FIRST_LATE + timedelta(minutes=2), facts).sequence

    terminal.done("report", "docx", "thong-bao-485", "b.docx")

    told = f"dòng ghi {sequence}: số liệu chốt của bài thong-bao-485 (3 người phải xác nhận, 2 đúng hạn"
    assert "Cần làm rõ trước khi dùng số liệu: " + told in text_of(terminal, "b.docx")
    assert told in terminal.refused("ledger", "verify")


def test_an_entry_that_is_dated_back_is_told_in_the_report_and_by_doctor(terminal: Terminal) -> None:
    with terminal.database.writing() as connection:
        entry = schema.entry.c
        last = connection.scalar(select(func.max(entry.sequence)))
        connection.execute(update(schema.entry).where(entry.sequence == last).values(at=OPENED - timedelta(days=1)))

    terminal.done("report", "docx", "thong-bao-485", "b.docx")

    told = f"dòng ghi {last} mang giờ"
    assert told in text_of(terminal, "b.docx")
    assert told in terminal.run("doctor").stdout
