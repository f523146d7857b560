"""``campaign ledger``."""

import pytest
from sqlalchemy import delete, select, update

from campaign.store.base import schema
from campaign.store.proofs.signing import load_key
from tests.rigs.builders import FIRST_LATE, post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH
from tests.rigs.terminal import Terminal

ORIGIN = "skhcn.sonla.gov.vn/so-ghi-nhan"


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """A ledger of seven entries, the last of them An's confirmation."""
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    press(database)
    database.close()


def test_a_whole_ledger_verifies(terminal: Terminal) -> None:
    assert terminal.done("ledger", "verify") == "Sổ ghi nhận nguyên vẹn: 7 dòng ghi.\n"


def test_an_altered_entry_is_named(terminal: Terminal) -> None:
    with terminal.database.writing() as connection:
        moved = update(schema.entry).where(schema.entry.c.sequence == 7).values(at=FIRST_LATE)
        connection.execute(moved)

    said = terminal.refused("ledger", "verify")

    assert said.startswith("Lỗi: Sổ ghi nhận đã bị thay đổi:\n- dòng ghi 7: nội dung không khớp mã băm\n")
    assert said.endswith("báo người phụ trách và khôi phục từ bản sao lưu.\nMã lỗi: E-LEDGER-ALTERED\n")


def test_a_checkpoint_is_signed_kept_and_told_with_its_key(terminal: Terminal) -> None:
    result = terminal.run("ledger", "checkpoint")

    key = load_key(terminal.folder / "data/ledger.key", ORIGIN)
    assert key.verifier.read(result.stdout.encode()).size == 7
    assert result.stderr == f"Khoá công khai: {key.verifier}\n"
    with terminal.database.reading() as connection:
        assert connection.scalars(select(schema.checkpoint.c.note)).all() == [result.stdout.encode()]


def test_a_rewritten_ledger_is_found_by_a_kept_checkpoint(terminal: Terminal) -> None:
    terminal.run("ledger", "checkpoint")
    (terminal.folder / "khác").mkdir()
    with terminal.database.reading() as connection:
        kept = dict(connection.execute(select(schema.checkpoint)).mappings().one())
    other = Terminal(terminal.folder / "khác")
    begin(other.database)
    enrol(other.database, AN, BINH)
    publish(other.database, post())
    press(other.database)
    with other.database.writing() as connection:
        connection.execute(schema.checkpoint.insert(), kept)

    said = terminal.refused("--set", f"database=sqlite:///{other.folder}/data/campaign.sqlite3", "ledger", "verify")

    assert "mốc kiểm chứng 7: 7 dòng ghi đầu đã bị thay đổi" in said


def test_the_tables_are_made_again_from_the_ledger(terminal: Terminal) -> None:
    with terminal.database.writing() as connection:
        connection.execute(delete(schema.confirmation))

    said = terminal.done("ledger", "rebuild")

    assert said == "Đã dựng lại các bảng từ sổ ghi nhận.\n"
    with terminal.database.reading() as connection:
        assert connection.scalars(select(schema.confirmation.c.sequence)).all() == [7]


def test_a_ledger_agrees_with_a_checkpoint_from_elsewhere(terminal: Terminal) -> None:
    (terminal.folder / "mốc.txt").write_text(terminal.run("ledger", "checkpoint").stdout, "utf-8", newline="\r\n")
    enrol(terminal.database, AN)

    said = terminal.done("ledger", "verify", "--checkpoint", "mốc.txt")

    assert said == "Sổ ghi nhận nguyên vẹn: 8 dòng ghi.\nKhớp mốc kiểm chứng 7.\n"


def test_a_public_key_is_enough_to_verify(terminal: Terminal) -> None:
    result = terminal.run("ledger", "checkpoint")
    (terminal.folder / "mốc.txt").write_text(result.stdout, "utf-8")
    (terminal.folder / "data/ledger.key").unlink()
    key = result.stderr.removeprefix("Khoá công khai: ").strip()

    said = terminal.done("ledger", "verify", "--key", key, "--checkpoint", "mốc.txt")

    assert said.endswith("Khớp mốc kiểm chứng 7.\n")
    assert not (terminal.folder / "data/ledger.key").exists()


def test_a_file_that_is_no_checkpoint_of_this_ledger_is_refused(terminal: Terminal) -> None:
    (terminal.folder / "mốc.txt").write_text("chữ khác", "utf-8")

    said = terminal.refused("ledger", "verify", "--checkpoint", "mốc.txt")

    assert said.startswith("Lỗi: mốc.txt: không phải mốc kiểm chứng do khoá của sổ này ký.\n")


def test_what_is_no_public_key_is_refused(terminal: Terminal) -> None:
    result = terminal.run("ledger", "verify", "--key", "abc")

    assert result.exit_code == 2
    assert "--key" in result.stderr


def test_an_edited_table_is_named_with_its_repair(terminal: Terminal) -> None:
    with terminal.database.writing() as connection:
        connection.execute(update(schema.member).where(schema.member.c.id == 1).values(name="Ai đó"))

    said = terminal.refused("ledger", "verify")

    assert "- bảng member (người trong danh sách), dòng id=1: không khớp sổ\n" in said
    assert "chạy “campaign ledger rebuild”" in said
