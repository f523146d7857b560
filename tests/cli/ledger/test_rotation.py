"""``campaign ledger rotate-key``: the old key goes, and all that it signed still holds."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from campaign.core.ledger.note import Verifier
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.verdict import Answer
from campaign.core.people.access import Role
from campaign.errors.store import ForeignKeyError
from campaign.report.verifier import verify_bundle
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account, Secrets, add_account, make_totp_secret
from campaign.store.ledger.database import Connection
from campaign.store.proofs.signing import LedgerKey, load_key, prepare_next_key
from campaign.store.proofs.verification import keep_checkpoint
from tests.rigs.builders import LAST_SECOND, OPENED, post
from tests.rigs.keys import key_named
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN
from tests.rigs.terminal import ORIGIN, Terminal

CHI = Account("chi", "Lường Thị Chi", Role.OFFICE)


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """A ledger with a confirmation and a checkpoint that was handed out."""
    terminal.make_key()
    database = terminal.database
    begin(database)
    enrol(database, AN)
    publish(database, post())
    press(database)
    with database.writing() as connection:
        add_account(connection, CHI, Secrets("mưa rơi trên bản nhỏ", make_totp_secret()), key(terminal), OPENED)
    database.close()
    note = terminal.run("ledger", "checkpoint").stdout
    (terminal.folder / "mốc.txt").write_text(note, "utf-8")


def key(terminal: Terminal) -> LedgerKey:
    return load_key(terminal.folder / "data/ledger.key", ORIGIN)


def sealed_secret(connection: Connection, opener: LedgerKey) -> bytes | None:
    return opener.unseal(connection.scalar(select(schema.account.c.totp_sealed)))


def key_of(terminal: Terminal) -> Verifier:
    return load_key(terminal.folder / "data/ledger.key", ORIGIN).verifier


def rotate(terminal: Terminal) -> str:
    result = terminal.run("ledger", "rotate-key", "--by", "chi", "--yes")
    assert result.exit_code == 0, result.stderr
    return result.stderr


def test_the_new_key_signs_and_what_the_old_one_signed_still_holds(terminal: Terminal) -> None:
    old = key_of(terminal)

    said = rotate(terminal)

    new = key_of(terminal)
    assert old != new
    assert str(old) in said
    assert str(new) in said
    assert "Đúng: " in terminal.done("ledger", "verify", "--checkpoint", str(terminal.folder / "mốc.txt"))


def test_an_auditor_who_has_only_the_old_key_can_go_on(terminal: Terminal) -> None:
    old = key_of(terminal)
    rotate(terminal)

    assert "Đúng: " in terminal.done("ledger", "verify", "--key", str(old))

    terminal.run("evidence", "export", "gói.zip")
    verdict = verify_bundle(terminal.folder / "gói.zip", Policy(old), [(terminal.folder / "mốc.txt").read_bytes()])
    assert verdict.answer is Answer.RIGHT


def test_the_old_key_is_gone_and_nothing_else_lies_beside(terminal: Terminal) -> None:
    before = (terminal.folder / "data/ledger.key").read_bytes()

    rotate(terminal)

    keys = [path for path in (terminal.folder / "data").iterdir() if "key" in path.name]
    assert keys == [terminal.folder / "data/ledger.key"]
    assert keys[0].read_bytes() != before
    assert keys[0].stat().st_mode & 0o077 == 0


def test_a_rotation_that_broke_off_after_its_entry_goes_on(terminal: Terminal) -> None:
    """The power goes between the commit and the change of the files: the entry is not written twice."""
    path = terminal.folder / "data/ledger.key"
    old = path.read_bytes()
    rotate(terminal)
    new = path.read_bytes()
    path.with_name("ledger.key.next").write_bytes(new)
    path.write_bytes(old)

    rotate(terminal)

    assert path.read_bytes() == new
    with terminal.database.reading() as connection:
        kinds = connection.scalars(select(schema.entry.c.kind).where(schema.entry.c.kind == "key_rotated")).all()
    assert len(kinds) == 1
    assert "Đúng: " in terminal.done("ledger", "verify")


def test_a_key_that_the_old_one_did_not_vouch_for_is_found(terminal: Terminal, tmp_path: Path) -> None:
    rotate(terminal)
    stranger = prepare_next_key(tmp_path / "other", ORIGIN)
    with terminal.database.writing() as connection:
        row = connection.execute(select(schema.entry).where(schema.entry.c.kind == "key_rotated")).one()
        forged = row.facts.replace(str(key_of(terminal)).encode(), str(stranger.verifier).encode())
        connection.execute(update(schema.entry).where(schema.entry.c.sequence == row.sequence).values(facts=forged))

    said = terminal.refused("ledger", "verify", "--key", str(key_of(terminal)))

    assert f"dòng ghi {row.sequence}: thay khoá mà hai khoá không xác nhận nhau" in said


def test_second_factors_still_open(terminal: Terminal) -> None:
    with terminal.database.reading() as connection:
        before = sealed_secret(connection, key(terminal))

    rotate(terminal)

    with terminal.database.reading() as connection:
        assert sealed_secret(connection, key(terminal)) == before
        assert before is not None


def test_without_a_yes_nothing_changes(terminal: Terminal) -> None:
    before = key_of(terminal)

    result = terminal.run("ledger", "rotate-key", "--by", "chi", typed="n\n")

    assert result.exit_code == 1
    assert key_of(terminal) == before


def test_a_recorder_that_still_holds_the_old_key_does_not_sign(terminal: Terminal) -> None:
    """Row 2.9."""
    old = key(terminal)
    rotate(terminal)

    with terminal.database.writing() as connection, pytest.raises(ForeignKeyError, match="khởi động lại"):
        keep_checkpoint(connection, old, LAST_SECOND)


def test_a_leaked_key_is_revoked_from_an_entry_on(terminal: Terminal) -> None:
    old = key_of(terminal)
    rotate(terminal)

    done = terminal.run("ledger", "revoke-key", "--key", str(old), "--from", "3", "--by", "chi")

    assert done.exit_code == 0
    said = terminal.refused("ledger", "verify", "--checkpoint", str(terminal.folder / "mốc.txt"))
    assert "khoá ký mốc này chỉ có giá trị đến dòng 2" in said


@pytest.mark.parametrize(("revoked", "from_size"), [("serving", "3"), ("old", "99"), ("stranger", "3")])
def test_only_an_old_key_is_revoked_and_from_an_entry_that_is_there(
    terminal: Terminal, revoked: str, from_size: str
) -> None:
    old = key_of(terminal)
    rotate(terminal)
    named = {"serving": key_of(terminal), "old": old, "stranger": key_named("khoá lạ", ORIGIN).verifier}[revoked]

    result = terminal.run("ledger", "revoke-key", "--key", str(named), "--from", from_size, "--by", "chi")

    assert result.exit_code == 2
    assert "Chỉ thu hồi được khoá cũ của sổ này" in result.stderr
