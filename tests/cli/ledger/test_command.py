"""``campaign ledger``."""

import pytest
from sqlalchemy import delete, select, update

from campaign.store.base import schema
from campaign.store.proofs.signing import LedgerKey, load_key
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, post
from tests.rigs.keys import key_named
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH
from tests.rigs.terminal import ORIGIN, Terminal

WITNESS = key_named("nhân chứng", "nhan-chung.example/1")


def key_of(terminal: Terminal) -> LedgerKey:
    return load_key(terminal.folder / "data/ledger.key", ORIGIN)


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """A ledger of seven entries, the last of them An's confirmation."""
    terminal.make_key()
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    press(database)
    database.close()


def test_a_ledger_is_right_up_to_its_last_checkpoint_by_its_key(terminal: Terminal) -> None:
    terminal.run("ledger", "checkpoint")

    said = terminal.done("ledger", "verify")

    assert said.startswith("Chỉ kiểm với các mốc do chính máy này giữ;")
    assert "Đúng: 7 dòng ghi, mốc đã ký đến dòng 7.\n" in said
    assert str(key_of(terminal).verifier) in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_checkpoint_that_powershell_wrote_into_a_file_is_read(terminal: Terminal, encoding: str) -> None:
    kept = terminal.folder / "moc.txt"
    kept.write_bytes(terminal.run("ledger", "checkpoint").stdout.replace("\n", "\r\n").encode(encoding))

    assert terminal.run("ledger", "verify", "--checkpoint", str(kept)).exit_code == 0


def test_without_a_checkpoint_nobody_vouches(terminal: Terminal) -> None:
    """Rows 3.1 and 3.2: who deletes the checkpoints leaves a ledger that fits together."""
    result = terminal.run("ledger", "verify")

    assert result.exit_code == 3
    assert "7 dòng ghi, không có mốc nào đã ký" in result.stdout


def test_entries_after_the_last_checkpoint_are_told(terminal: Terminal) -> None:
    terminal.run("ledger", "checkpoint")
    enrol(terminal.database, AN, at=LAST_SECOND)

    result = terminal.run("ledger", "verify")

    assert result.exit_code == 3
    assert "đến dòng 7 có mốc đã ký; 1 dòng sau mốc 7 không có mốc nào đã ký (dòng 8)" in result.stdout


@pytest.mark.parametrize(
    "command",
    [
        ("ledger", "verify"),
        ("ledger", "checkpoint"),
        ("ledger", "rotate-key", "--by", "chi", "--yes"),
        ("evidence", "export", "gói.zip"),
        ("report", "docx", "thong-bao-485", "báo cáo.docx"),
        ("office", "add", "dung", "--full-name", "Vừ A Dũng", "--role", "office"),
        ("record",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("is_missing", [True, False], ids=["missing", "foreign"])
def test_nothing_goes_on_without_the_ledger_s_own_key(
    terminal: Terminal, command: tuple[str, ...], *, is_missing: bool
) -> None:
    """Rows 5.1 to 5.8: no key is made, no kept checkpoint touched, and the ledger is not called altered."""
    kept = terminal.run("ledger", "checkpoint").stdout.encode()
    file = terminal.folder / "data/ledger.key"
    file.unlink()
    if not is_missing:
        terminal.make_key()

    result = terminal.run(*command, typed="mưa rơi trên bản nhỏ\nmưa rơi trên bản nhỏ\n")

    assert result.exit_code == 1
    assert ("E-LEDGER-KEY-MISSING" if is_missing else "E-LEDGER-KEY-FOREIGN") in result.stderr
    assert file.exists() is not is_missing
    with terminal.database.reading() as connection:
        assert connection.scalars(select(schema.checkpoint.c.note)).all() == [kept]


def test_an_altered_entry_is_named(terminal: Terminal) -> None:
    with terminal.database.writing() as connection:
        moved = update(schema.entry).where(schema.entry.c.sequence == 7).values(at=FIRST_LATE)
        connection.execute(moved)

    said = terminal.refused("ledger", "verify")

    assert said.startswith("Lỗi: Sổ ghi nhận đã bị thay đổi:\n- dòng ghi 7: nội dung không khớp mã băm\n")
    assert said.endswith("báo người phụ trách và khôi phục từ bản sao lưu.\nMã lỗi: E-LEDGER-ALTERED\n")


def test_a_checkpoint_is_signed_kept_and_told_with_its_key(terminal: Terminal) -> None:
    result = terminal.run("ledger", "checkpoint")

    key = key_of(terminal)
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
    enrol(terminal.database, AN, at=LAST_SECOND)

    result = terminal.run("ledger", "verify", "--checkpoint", "mốc.txt")

    assert result.exit_code == 3
    assert "đến dòng 7 có mốc đã ký" in result.stdout


def test_a_public_key_is_enough_to_verify(terminal: Terminal) -> None:
    result = terminal.run("ledger", "checkpoint")
    (terminal.folder / "mốc.txt").write_text(result.stdout, "utf-8")
    (terminal.folder / "data/ledger.key").unlink()
    key = result.stderr.removeprefix("Khoá công khai: ").strip()

    said = terminal.done("ledger", "verify", "--key", key, "--checkpoint", "mốc.txt")

    assert "Đúng: 7 dòng ghi, mốc đã ký đến dòng 7." in said
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


def test_the_checkpoint_is_sent_to_the_place_that_is_set(terminal: Terminal) -> None:
    (terminal.folder / "nơi khác").mkdir()

    said = terminal.done("--set", "checkpoint_to=nơi khác", "ledger", "send")

    assert said == "Mốc 7 dòng ghi đã đến: nơi khác\n"
    note = (terminal.folder / "nơi khác/moc-000000007.txt").read_bytes()
    assert key_of(terminal).verifier.read(note).size == 7


def test_where_the_checkpoint_did_not_arrive_is_told_with_the_cause(terminal: Terminal) -> None:
    (terminal.folder / "nơi khác").mkdir()

    result = terminal.run("--set", "checkpoint_to=chưa gắn, nơi khác", "ledger", "send")

    assert (result.exit_code, result.stdout) == (1, "Mốc 7 dòng ghi đã đến: nơi khác\n")
    assert "chưa đến được:\n- chưa gắn: không có thư mục này (ổ mạng chưa gắn?)\n" in result.stderr


def test_without_a_place_there_is_nothing_to_send(terminal: Terminal) -> None:
    assert "E-CHECKPOINT-NOWHERE" in terminal.refused("ledger", "send")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("witness w lạ", "dòng 1: witness w lạ"),
        (f"log {WITNESS.verifier}\nquorum none", "cần đúng một sổ"),
        (f"witness w {WITNESS.verifier.cosigner} ftp://w.example\nquorum w", "ftp://w.example"),
        (f"witness w {WITNESS.verifier.cosigner} http://w.example/\nquorum w", "http://w.example/"),
        (f"witness w {WITNESS.verifier.cosigner} https://w.example/", "một dòng quorum"),
    ],
)
@pytest.mark.parametrize("command", [("ledger", "send"), ("ledger", "verify"), ("record",)], ids=" ".join)
def test_a_file_of_witnesses_that_cannot_be_used_is_named(
    terminal: Terminal, command: tuple[str, ...], line: str, told: str
) -> None:
    (terminal.folder / "data/nhan-chung.txt").write_text(f"{line}\n", "utf-8")

    result = terminal.run("--set", "listen=127.0.0.1:0", *command)

    assert result.exit_code == 1
    assert "data/nhan-chung.txt: không dùng được tệp nhân chứng này" in result.stderr
    assert told in result.stderr


def test_a_ledger_is_not_right_until_the_witnesses_that_are_demanded_have_cosigned(terminal: Terminal) -> None:
    (terminal.folder / "data/nhan-chung.txt").write_text(
        f"witness w {WITNESS.verifier.cosigner} http://127.0.0.1:9/\nquorum w\n", "utf-8"
    )
    sent = terminal.run("ledger", "send")

    result = terminal.run("ledger", "verify")

    assert (sent.exit_code, "- nhân chứng w: không nối được\n" in sent.stderr) == (1, True)
    assert result.exit_code == 3
    assert "Mốc 7 có chữ ký của sổ nhưng chưa đủ nhân chứng cùng ký." in result.stdout
