"""Passkeys, on both databases."""

import pytest

from campaign.store.credentials.accounts import remove_account
from campaign.store.credentials.passkeys import (
    Passkey,
    add_passkey,
    count_use,
    find_passkey,
    list_passkeys,
    remove_passkey,
)
from campaign.store.credentials.tickets import note_once
from campaign.store.ledger.database import Database
from tests.rigs.builders import OPENED
from tests.rigs.ledger_steps import employ
from tests.store.credentials.test_tickets import LASTS

PHONE = Passkey(b"\x01\xff", "chi", "Điện thoại", b"\x00public", 3, OPENED)


@pytest.fixture
def employed(database: Database) -> Database:
    """A database in which Chi has a passkey."""
    employ(database)
    with database.writing() as connection:
        add_passkey(connection, PHONE)
    return database


def test_a_passkey_is_found_as_it_was_added(employed: Database) -> None:
    with employed.reading() as connection:
        assert find_passkey(connection, PHONE.credential_id) == PHONE
        assert find_passkey(connection, b"") is None
        assert list_passkeys(connection, "chi") == [PHONE]
        assert list_passkeys(connection, "dung") == []


@pytest.mark.parametrize(("counter", "goes_on"), [(4, True), (3, False), (2, False), (0, False)])
def test_a_counter_that_does_not_go_on_is_a_copy(employed: Database, counter: int, *, goes_on: bool) -> None:
    with employed.writing() as connection:
        assert count_use(connection, PHONE, counter) is goes_on
        assert count_use(connection, PHONE, counter) is False


def test_a_passkey_that_does_not_count_serves_again(employed: Database) -> None:
    silent = Passkey(b"\x02", "chi", "Máy", b"", 0, OPENED)
    with employed.writing() as connection:
        add_passkey(connection, silent)

        assert [count_use(connection, silent, 0) for _ in range(2)] == [True, True]


def test_a_passkey_is_removed_by_its_own_account_only(employed: Database) -> None:
    with employed.writing() as connection:
        remove_passkey(connection, "dung", PHONE.credential_id)
        assert list_passkeys(connection, "chi") == [PHONE]

        remove_passkey(connection, "chi", PHONE.credential_id)
        assert list_passkeys(connection, "chi") == []


def test_removing_an_account_removes_its_passkeys(employed: Database) -> None:
    with employed.writing() as connection:
        remove_account(connection, "chi")

        assert find_passkey(connection, PHONE.credential_id) is None


def test_a_challenge_is_answered_once_while_it_serves(database: Database) -> None:
    with database.writing() as connection:
        answers = [note_once(connection, "thách thức", at, LASTS) for at in (OPENED, OPENED, OPENED + LASTS)]

    assert answers == [True, False, True]
