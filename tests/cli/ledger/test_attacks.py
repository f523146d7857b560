"""Attacks on the ledger by somebody who can write to the database, one by one, and what each command says.

The ledger has ten entries: An confirmed in the last second (entry 8), Bình a day too late (9), and 10 is the exemption
of Đặng. Checkpoints of sizes 9 and 10 are kept; that of size 10 is kept outside, too.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.keyring import Rotation, rotation_text
from campaign.store.base import schema
from campaign.store.credentials.accounts import Secrets, add_account, make_totp_secret
from campaign.store.proofs.signing import LedgerKey, load_key
from campaign.store.proofs.verification import keep_checkpoint
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, OPENED, post
from tests.rigs.forging import append, cut, date_back, forget_checkpoints, hash_again, receipt, repeat, sign
from tests.rigs.keys import key_named
from tests.rigs.ledger_steps import CHI, begin, enrol, exempt, press, publish
from tests.rigs.recorder import AN, BINH, DANG
from tests.rigs.terminal import ORIGIN, Terminal

OUTSIDE = ("--checkpoint", "mốc.txt")
LATE = FIRST_LATE + timedelta(days=1)
EARLY = LAST_SECOND - timedelta(days=7)
FORGER = key_named("kẻ giả", ORIGIN)
WRONG, UNVOUCHED = 1, 3


@pytest.fixture(autouse=True)
def _ledger(terminal: Terminal) -> None:
    terminal.make_key()
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH, DANG)
    publish(database, post())
    press(database, at=LAST_SECOND)
    press(database, "SKHCN-002", at=LATE)
    with database.writing() as connection:
        keep_checkpoint(connection, key_of(terminal), LATE)
        secrets = Secrets("mưa rơi trên bản nhỏ", make_totp_secret())
        add_account(connection, CHI, secrets, key_of(terminal), OPENED)
    exempt(database, "SKHCN-003", at=LATE)
    database.close()
    (terminal.folder / "mốc.txt").write_text(terminal.run("ledger", "checkpoint").stdout, "utf-8")


def key_of(terminal: Terminal) -> LedgerKey:
    return load_key(terminal.folder / "data/ledger.key", ORIGIN)


def last_confirmation(connection: Connection) -> int:
    found: int = max(
        connection.scalars(select(schema.entry.c.sequence).where(schema.entry.c.kind == Kind.CONFIRMATION.value))
    )
    return found


def newest(connection: Connection) -> int:
    found: int = max(connection.scalars(select(schema.entry.c.sequence)))
    return found


def delete_the_last_five(connection: Connection) -> None:
    cut(connection, newest(connection) - 5)
    forget_checkpoints(connection)


def date_the_last_back(connection: Connection) -> None:
    date_back(connection, newest(connection), EARLY)
    forget_checkpoints(connection)


def date_the_last_back_and_leave_the_checkpoints(connection: Connection) -> None:
    date_back(connection, newest(connection), EARLY)


def append_a_confirmation_that_is_dated_back(connection: Connection) -> None:
    """Rows 3.5 and 4.1."""
    repeat(connection, last_confirmation(connection), EARLY, member=3)


def erase_all_names_under_an_unsigned_entry(connection: Connection) -> None:
    connection.execute(delete(schema.personal))
    append(connection, Kind.PERSONAL_ERASED, LATE, {"member": None, "reason": "expired", "actor": "chi"})


def confirm_twice(connection: Connection) -> None:
    """Rows 3.10 and 7.1."""
    repeat(connection, last_confirmation(connection), LATE)


def appoint_the_real_key_as_heir(connection: Connection) -> None:
    """Row 2.1: what the forger's own key signed is trusted by nobody."""
    heir = LedgerKey(real(connection).verifier, FORGER.private)
    text = rotation_text(FORGER.verifier, heir.verifier)
    rotation = Rotation(0, FORGER.verifier, heir.verifier, FORGER.private.sign(text))
    date_back(connection, last_confirmation(connection), EARLY)
    forget_checkpoints(connection)
    append(connection, Kind.KEY_ROTATED, LATE, {**rotation.to_facts(), "actor": "chi"})
    hash_again(connection)
    sign(connection, FORGER, LATE)


def real(_connection: Connection) -> LedgerKey:
    return load_key(Path("data/ledger.key"), ORIGIN)


Attack = Callable[[Connection], object]
ATTACKS: list[tuple[str, Attack, int, str, str]] = [
    ("3.1", delete_the_last_five, UNVOUCHED, "không có mốc nào đã ký", "sổ chỉ có"),
    ("3.2", date_the_last_back, WRONG, "trước dòng", "dòng ghi đầu đã bị thay đổi"),
    ("3.4", date_the_last_back_and_leave_the_checkpoints, WRONG, "đã bị thay đổi", "đã bị thay đổi"),
    ("3.5", append_a_confirmation_that_is_dated_back, WRONG, "trước dòng", "trước dòng"),
    ("3.6", erase_all_names_under_an_unsigned_entry, WRONG, "không có mốc đã ký nào bao gồm", "không có mốc đã ký nào"),
    ("3.10", confirm_twice, WRONG, "xác nhận đã có ở dòng", "xác nhận đã có ở dòng"),
    ("2.1", appoint_the_real_key_as_heir, WRONG, "không có chữ ký của khoá đang tin", "đã bị thay đổi"),
]
"""Row, what is done, the exit code of ``ledger verify``, what it says alone and with the checkpoint from outside."""


@pytest.mark.parametrize(
    ("attack", "code", "alone", "beside"), [row[1:] for row in ATTACKS], ids=[r[0] for r in ATTACKS]
)
def test_an_attack_is_told(terminal: Terminal, attack: Attack, code: int, alone: str, beside: str) -> None:
    with terminal.database.writing() as connection:
        attack(connection)
        if attack is not confirm_twice:  # The tables cannot be made from it, which is what is found.
            hash_again(connection)
        else:
            hash_leaves(connection)

    bare, outside = terminal.run("ledger", "verify"), terminal.run("ledger", "verify", *OUTSIDE)

    assert (bare.exit_code, outside.exit_code) == (code, WRONG)
    assert alone in bare.stdout + bare.stderr
    assert beside in outside.stderr


def hash_leaves(connection: Connection) -> None:
    """Hash the tree again, and leave the tables."""
    with pytest.raises(Exception, match="UNIQUE"):
        hash_again(connection)


def test_a_forged_ledger_that_the_real_key_signed_is_found_from_outside(terminal: Terminal) -> None:
    """Row 3.3: whoever has the key is believed by this machine alone, and the answer says so."""
    with terminal.database.writing() as connection:
        cut(connection, 9)
        forget_checkpoints(connection)
        hash_again(connection)
        sign(connection, key_of(terminal), LATE)

    alone = terminal.done("ledger", "verify")

    assert alone.startswith("Chỉ kiểm với các mốc do chính máy này giữ; hãy kiểm cả với mốc đã cất ở nơi khác")
    assert "sổ chỉ có 9 dòng ghi" in terminal.refused("ledger", "verify", *OUTSIDE)


def test_a_roll_back_names_the_newest_checkpoint_with_its_time(terminal: Terminal) -> None:
    """Row 3.7: it cannot be told from an earlier state, so what is to be compared is said."""
    with terminal.database.writing() as connection:
        cut(connection, 9)
        forget_checkpoints(connection, 10)
        hash_again(connection)

    said = terminal.done("ledger", "verify")

    assert "Mốc mới nhất: 9 dòng ghi, ký lúc 00:00:00 ngày 06/11/2025 (giờ Việt Nam). Hãy so với mốc in trên" in said
    assert "sổ chỉ có 9 dòng ghi" in terminal.refused("ledger", "verify", *OUTSIDE)


def test_the_last_row_that_was_deleted_alone_is_found(terminal: Terminal) -> None:
    """Row 3.8."""
    with terminal.database.writing() as connection:
        connection.execute(delete(schema.special_case))
        connection.execute(delete(schema.personal).where(schema.personal.c.sequence == 10))
        connection.execute(delete(schema.entry).where(schema.entry.c.sequence == 10))

    assert "gốc cây tính lại từ 9 dòng ghi không khớp gốc đang lưu" in terminal.refused("ledger", "verify")


def test_what_a_forger_signed_is_believed_nowhere(terminal: Terminal) -> None:
    """Rows 2.2 to 2.5: his checkpoint and his receipt, by this machine and by the key alone."""
    with terminal.database.writing() as connection:
        appoint_the_real_key_as_heir(connection)
        note = connection.scalar(select(schema.checkpoint.c.note))
        forged = receipt(connection, last_confirmation(connection), note or b"")
    (terminal.folder / "giả.txt").write_bytes(note or b"")
    (terminal.folder / "giả.json").write_bytes(forged)

    for options in ([], ["--key", str(key_of(terminal).verifier)]):
        assert terminal.run("ledger", "verify", "--checkpoint", "giả.txt", *options).exit_code == WRONG
        assert "E-RECEIPT-WRONG" in terminal.refused("receipt", "verify", "giả.json", *options)


def test_an_old_key_signs_for_nothing_after_its_rotation(terminal: Terminal) -> None:
    """Row 2.7: whoever found the old file."""
    old = key_of(terminal)
    assert terminal.run("ledger", "rotate-key", "--by", "chi", "--yes").exit_code == 0
    with terminal.database.writing() as connection:
        date_back(connection, last_confirmation(connection), EARLY)
        forget_checkpoints(connection)
        hash_again(connection)
        note = sign(connection, old, LATE)
    (terminal.folder / "cũ.txt").write_bytes(note)

    assert "chỉ có giá trị" in terminal.refused("ledger", "verify")
    assert terminal.run("ledger", "verify", "--checkpoint", "cũ.txt").exit_code == WRONG


def test_a_receipt_from_before_a_rotation_is_right_by_the_new_key(terminal: Terminal) -> None:
    """Rows 2.10 and 2.11: no false alarm for those who kept it."""
    with terminal.database.reading() as connection:
        kept = connection.scalars(select(schema.checkpoint.c.note).order_by(schema.checkpoint.c.size)).all()
        content = receipt(connection, last_confirmation(connection), kept[-1])
    (terminal.folder / "b.json").write_bytes(content)
    assert terminal.run("ledger", "rotate-key", "--by", "chi", "--yes").exit_code == 0

    said = terminal.done("receipt", "verify", "b.json")

    assert said.startswith("Biên nhận đúng.\n")
    assert "Ký bằng khoá cũ; khoá mới xác nhận ở dòng 11." in said


def test_a_confirmation_that_is_dated_back_makes_nobody_on_time(terminal: Terminal) -> None:
    """Row 4.2: it counts by the entries before it."""
    question = ("coverage", "thong-bao-485", "--as-of", "10/11/2025", "--json")
    before = json.loads(terminal.done(*question))["total"]
    with terminal.database.writing() as connection:
        append_a_confirmation_that_is_dated_back(connection)
        hash_again(connection)

    after = json.loads(terminal.done(*question))["total"]

    assert (after["on_time"], after["late"]) == (before["on_time"], before["late"] + 1)
