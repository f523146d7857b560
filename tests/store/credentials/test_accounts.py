"""Accounts: passphrase, second factor, roles."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from campaign.core.people.access import Role
from campaign.store.base import schema
from campaign.store.credentials.accounts import (
    Account,
    Secrets,
    add_account,
    check_secrets,
    find_account,
    find_secrets,
    list_accounts,
    make_totp_secret,
    remove_account,
    totp_address,
    totp_code,
    use_step,
)
from campaign.store.credentials.sessions import Session, find_session, open_session
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import LedgerKey, make_key
from tests.rigs.builders import CENTRE, OPENED

CHI = Account("chi", "Hoàng Thị Chi", Role.OFFICE)
DUNG = Account("dung", "Cầm Thị Dung", Role.UNIT_HEAD, CENTRE)
GIVEN = Secrets("bốn từ chẳng liên quan", make_totp_secret())
STEP = timedelta(seconds=30)


def add(database: Database, key: LedgerKey, account: Account = CHI, given: Secrets = GIVEN) -> None:
    with database.writing() as connection:
        add_account(connection, account, given, key, OPENED)


def check(
    database: Database,
    key: LedgerKey,
    name: str = "chi",
    passphrase: str = GIVEN.passphrase,
    code: str | None = None,
    at: datetime = OPENED,
) -> int:
    code = totp_code(GIVEN.totp, OPENED) if code is None else code
    with database.reading() as connection:
        held = find_secrets(connection, name)
    return check_secrets(held, passphrase, code, key, at)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B, SHA-1; the last six of its eight digits."""
    assert totp_code(b"12345678901234567890", datetime.fromtimestamp(seconds, UTC)) == code


def test_an_app_reads_the_account_from_the_address() -> None:
    address = totp_address("chi", "Phổ biến 485", b"12345678901234567890")

    assert address.startswith("otpauth://totp/")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address


def test_passphrase_and_code_open_the_account(database: Database, key: LedgerKey) -> None:
    add(database, key)

    assert check(database, key) == int(OPENED.timestamp()) // 30


@pytest.mark.parametrize(
    "wrong", [{"passphrase": "sai"}, {"passphrase": ""}, {"code": "000000"}, {"code": ""}, {"name": "khác"}]
)
def test_whatever_is_wrong_opens_nothing(database: Database, key: LedgerKey, wrong: dict[str, Any]) -> None:
    given = Secrets(GIVEN.passphrase, b"12345678901234567890")
    add(database, key, given=given)

    assert check(database, key, **{"code": totp_code(given.totp, OPENED)} | wrong) == 0


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_serves_half_a_minute_early_and_late(
    database: Database, key: LedgerKey, steps: int, *, opens: bool
) -> None:
    add(database, key)

    assert bool(check(database, key, code=totp_code(GIVEN.totp, OPENED + steps * STEP))) is opens


def test_a_code_typed_in_two_groups_is_the_same(database: Database, key: LedgerKey) -> None:
    add(database, key)
    code = totp_code(GIVEN.totp, OPENED)

    assert check(database, key, code=f"{code[:3]} {code[3:]}")


def test_a_code_serves_once_and_none_before_it_any_more(database: Database, key: LedgerKey) -> None:
    add(database, key)
    step = check(database, key)

    with database.writing() as connection:
        used = [use_step(connection, "chi", number) for number in (step, step, step - 1)]

    assert used == [True, False, False]
    assert check(database, key) == 0
    assert check(database, key, code=totp_code(GIVEN.totp, OPENED - STEP)) == 0
    assert check(database, key, code=totp_code(GIVEN.totp, OPENED + STEP)) == step + 1


def test_another_key_opens_no_account(database: Database, key: LedgerKey, tmp_path: Path) -> None:
    add(database, key)

    assert check(database, make_key(tmp_path / "khoá khác", "example.vn/so")) == 0


def test_an_account_without_a_second_factor_opens_nothing(database: Database, key: LedgerKey) -> None:
    """As one of a program that had none."""
    add(database, key)
    with database.writing() as connection:
        connection.execute(update(schema.account).values(totp_sealed=None))

    assert check(database, key) == 0


def test_accounts_are_found_with_their_role(database: Database, key: LedgerKey) -> None:
    add(database, key, DUNG)
    add(database, key)

    with database.reading() as connection:
        assert list_accounts(connection) == [CHI, DUNG]
        assert find_account(connection, "dung") == DUNG
        assert find_account(connection, "khác") is None


def test_adding_an_account_again_ends_what_the_old_secrets_opened(database: Database, key: LedgerKey) -> None:
    add(database, key)
    add(database, key, DUNG)
    with database.writing() as connection:
        ended, kept = (
            open_session(connection, Session("passphrase", account=name), OPENED, STEP) for name in ("chi", "dung")
        )

    add(database, key, given=Secrets("bốn từ hoàn toàn mới", GIVEN.totp))

    assert check(database, key) == 0
    assert check(database, key, passphrase="bốn từ hoàn toàn mới")
    with database.reading() as connection:
        assert find_session(connection, ended, OPENED) is None
        assert find_session(connection, kept, OPENED) is not None


def test_removing_an_account_ends_its_sessions(database: Database, key: LedgerKey) -> None:
    add(database, key)
    with database.writing() as connection:
        token = open_session(connection, Session("passphrase", account="chi"), OPENED, STEP)

        removed = [remove_account(connection, "chi"), remove_account(connection, "chi")]

    assert removed == [True, False]
    with database.reading() as connection:
        assert find_session(connection, token, OPENED) is None
        assert find_account(connection, "chi") is None


def test_only_hashes_and_sealed_secrets_are_kept(sqlite: Database, key: LedgerKey, tmp_path: Path) -> None:
    add(sqlite, key)

    with sqlite.reading() as connection:
        rows = repr(connection.execute(select(schema.account)).all()).encode()
    kept = rows + b"".join(path.read_bytes() for path in tmp_path.glob("campaign.sqlite3*"))

    assert "Hoàng".encode() in kept
    assert GIVEN.passphrase.encode() not in kept
    assert GIVEN.totp not in kept
