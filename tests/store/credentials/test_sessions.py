"""Sessions, on both databases."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign.store.base import schema
from campaign.store.credentials.sessions import (
    IDLE,
    Session,
    close_session,
    close_sessions,
    find_readers,
    find_session,
    list_sessions,
    note_proof,
    note_use,
    open_session,
)
from campaign.store.ledger.database import Database
from tests.rigs.builders import OPENED, member
from tests.rigs.ledger_steps import enrol

AN, BINH = Session("slip_code", 1), Session("slip_code", 2)
CHI, KIEN = Session("passphrase", account="chi"), Session("passphrase", account="kien")
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def start(database: Database, session: Session, lasts: timedelta = DAY, after: timedelta = timedelta()) -> str:
    with database.writing() as connection:
        return open_session(connection, session, OPENED + after, lasts)


def who(database: Database, token: str, after: timedelta = timedelta()) -> Session | None:
    with database.reading() as connection:
        found = find_session(connection, token, OPENED + after)
    return found.who if found else None


def test_a_token_has_256_bits_and_is_another_each_time(database: Database) -> None:
    tokens = {start(database, AN) for _ in range(20)}

    assert len(tokens) == 20
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


def test_only_the_hash_of_the_token_is_kept(database: Database) -> None:
    token = start(database, CHI)

    with database.reading() as connection:
        kept = repr(connection.execute(select(schema.session)).all())
        keys = [one.key for one in list_sessions(connection, OPENED)]
    assert token not in kept
    assert token not in repr(keys)
    assert [who(database, key) for key in keys] == [None]


def test_a_session_ends_when_its_time_is_over(database: Database) -> None:
    token = start(database, AN)

    assert who(database, token, DAY - MOMENT) == AN
    assert who(database, token, DAY) is None


def test_an_account_that_is_idle_is_signed_out(database: Database) -> None:
    token = start(database, CHI)

    assert who(database, token, IDLE - MOMENT) == CHI
    assert who(database, token, IDLE) is None


def test_use_keeps_an_account_signed_in_until_its_time_is_over(database: Database) -> None:
    token, lasts = start(database, CHI, timedelta(minutes=50)), timedelta(minutes=50)

    with database.writing() as connection:
        note_use(connection, token, OPENED + IDLE - MOMENT)

    assert who(database, token, lasts - MOMENT) == CHI
    assert who(database, token, lasts) is None


def test_a_member_is_not_signed_out_for_being_idle(database: Database) -> None:
    token = start(database, AN)

    assert who(database, token, IDLE * 2) == AN


def test_proof_is_as_old_as_the_sign_in_until_it_is_given_again(database: Database) -> None:
    token, later = start(database, CHI), OPENED + timedelta(minutes=20)

    with database.writing() as connection:
        first = find_session(connection, token, OPENED)
        note_proof(connection, token, later)
        second = find_session(connection, token, OPENED)

    assert first is not None
    assert second is not None
    assert (first.proved_at, second.proved_at) == (OPENED, later)


def test_a_session_ends_when_it_is_closed(database: Database) -> None:
    closed, kept = start(database, AN), start(database, AN)

    with database.writing() as connection:
        close_session(connection, closed)

    assert who(database, closed) is None
    assert who(database, kept) == AN


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_a_token_that_was_never_given_opens_nothing(database: Database, token: str) -> None:
    start(database, AN)

    assert who(database, token) is None


def test_many_tokens_find_who_on_the_roster_is_signed_in_with_them(database: Database) -> None:
    enrol(database, *(member(f"SKHCN-00{number}", f"Lò Văn {number}") for number in (1, 2, 3)))
    first, second, left = start(database, AN), start(database, BINH), start(database, Session("slip_qr", 3))
    idle, ended = start(database, CHI), start(database, AN, lasts=timedelta())
    enrol(database, *(member(f"SKHCN-00{number}", f"Lò Văn {number}") for number in (1, 2)))

    with database.reading() as connection:
        found = find_readers(connection, [first, second, left, idle, ended, "lạ"], OPENED)

    assert {token: (one.listed.id, one.identified_by) for token, one in found.items()} == {
        first: (1, "slip_code"),
        second: (2, "slip_code"),
    }
    assert found[second].listed.member == member("SKHCN-002", "Lò Văn 2")


def test_sessions_are_listed_by_whom_they_belong_to_the_newest_first(database: Database) -> None:
    for minutes, session in enumerate((AN, CHI, BINH, KIEN, AN)):
        start(database, session, after=timedelta(minutes=minutes))
    start(database, CHI, lasts=timedelta(minutes=5))

    with database.reading() as connection:
        accounts = list_sessions(connection, OPENED + timedelta(minutes=6))
        members = list_sessions(connection, OPENED + timedelta(minutes=6), member_id=1)

    assert [one.who for one in accounts] == [KIEN, CHI]
    assert [one.started_at - OPENED for one in members] == [timedelta(minutes=4), timedelta()]


def test_a_listed_session_is_ended_by_its_key(database: Database) -> None:
    ended, kept = start(database, CHI), start(database, KIEN)

    with database.writing() as connection:
        close_sessions(connection, [one.key for one in list_sessions(connection, OPENED) if one.who == CHI])

    assert who(database, ended) is None
    assert who(database, kept) == KIEN


def test_sessions_whose_time_is_over_are_dropped(database: Database) -> None:
    start(database, AN, timedelta())

    start(database, BINH)

    with database.reading() as connection:
        assert list(connection.scalars(select(schema.session.c.member_id))) == [2]
