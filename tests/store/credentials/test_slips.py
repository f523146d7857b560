import re
from datetime import timedelta

import pytest

from campaign.core.ledger.entry import Kind
from campaign.core.people.access import AccessSlip, to_access_code
from campaign.store.base.hashing import is_secret_right
from campaign.store.credentials.sessions import Session, find_session, open_session
from campaign.store.credentials.slips import (
    code_hash_of,
    issue_slips,
    make_slip,
    member_of_token,
    members_with_slip,
    prepare_slip,
)
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending, read_entry
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import OPENED, member
from tests.rigs.ledger_steps import enrol, kinds

AN, BINH = 1, 2


@pytest.fixture
def listed(database: Database) -> Database:
    """A database with An and Bình on the roster."""
    enrol(database, member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình"))
    return database


def issue(database: Database, *staff_codes: str) -> list[AccessSlip]:
    with database.reading() as connection:
        prepared = [prepare_slip(find_by_code(connection, code), make_slip()) for code in staff_codes]
    with appending(database) as ledger:
        issue_slips(ledger, prepared, "chi", OPENED)
    return [one.slip for one in prepared]


def test_a_slip_carries_128_bits_and_a_code_that_can_be_typed() -> None:
    slips = [make_slip() for _ in range(20)]

    for slip in slips:
        assert re.fullmatch(r"[\w-]{22}", slip.token)
        assert re.fullmatch(r"[A-Z2-7]{8}", slip.access_code)
        assert to_access_code(slip.spaced_code.lower()) == slip.access_code
    assert len({slip.token for slip in slips}) == len({slip.access_code for slip in slips}) == 20


def test_the_token_of_a_slip_finds_its_member(listed: Database) -> None:
    first, second = issue(listed, "SKHCN-001", "SKHCN-002")

    with listed.reading() as connection:
        assert member_of_token(connection, first.token) == AN
        assert member_of_token(connection, second.token) == BINH
        assert member_of_token(connection, make_slip().token) is None
        assert members_with_slip(connection) == {AN, BINH}


def test_staff_code_and_access_code_find_their_member(listed: Database) -> None:
    slip, _ = issue(listed, "SKHCN-001", "SKHCN-002")

    with listed.reading() as connection:
        found = code_hash_of(connection, "SKHCN-001")
    assert found is not None
    number, hashed = found
    assert number == AN
    assert is_secret_right(slip.access_code, hashed)
    assert not is_secret_right(make_slip().access_code, hashed)


def test_who_has_no_slip_has_no_code(listed: Database) -> None:
    issue(listed, "SKHCN-001")

    with listed.reading() as connection:
        assert code_hash_of(connection, "SKHCN-002") is None
        assert code_hash_of(connection, "SKHCN-999") is None
        assert members_with_slip(connection) == {AN}


def test_a_new_slip_revokes_the_old_one_and_its_sessions(listed: Database) -> None:
    old, _ = issue(listed, "SKHCN-001", "SKHCN-002")
    with listed.writing() as connection:
        lasts = timedelta(days=1)
        ended, kept = (open_session(connection, Session("slip", one), OPENED, lasts) for one in (AN, BINH))

    (new,) = issue(listed, "SKHCN-001")

    with listed.reading() as connection:
        assert member_of_token(connection, old.token) is None
        assert member_of_token(connection, new.token) == AN
        _number, hashed = code_hash_of(connection, "SKHCN-001") or (0, "")
        assert not is_secret_right(old.access_code, hashed)
        assert is_secret_right(new.access_code, hashed)
        assert find_session(connection, ended, OPENED) is None
        assert find_session(connection, kept, OPENED) is not None


def test_issuing_slips_is_one_entry_without_a_secret(listed: Database) -> None:
    slips = issue(listed, "SKHCN-001", "SKHCN-002")

    assert kinds(listed)[-1] is Kind.SLIPS_ISSUED
    with listed.reading() as connection:
        entry = read_entry(connection, len(kinds(listed)))
    assert entry is not None
    assert entry.facts == b'{"actor":"chi","members":[1,2]}'
    assert not any(slip.token.encode() in entry.facts for slip in slips)


def test_issuing_no_slip_is_no_entry(listed: Database) -> None:
    before = kinds(listed)

    issue(listed)

    assert kinds(listed) == before
