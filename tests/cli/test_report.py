"""``campaign report``."""

import docx
import pytest

from tests.rigs.builders import FIRST_LATE, LAST_SECOND, post
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


def test_names_and_the_seal_are_files_of_their_own(terminal: Terminal) -> None:
    said = terminal.done("report", "names", "thong-bao-485", "ten.docx")
    terminal.done("report", "seal", "thong-bao-485", "niem-phong.docx")

    assert "không gửi kèm báo cáo" in said
    assert "SKHCN-002" in text_of(terminal, "ten.docx")
    assert "Gốc của sổ (SHA-256)" in text_of(terminal, "niem-phong.docx")


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
