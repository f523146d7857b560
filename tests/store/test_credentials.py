import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.core.access import AccessSlip, to_access_code
from campaign.core.entry import Kind
from campaign.store import schema
from campaign.store.credentials import (
    Session,
    add_account,
    close_session,
    code_hash_of,
    find_session,
    full_name_of,
    is_secret_right,
    issue_slips,
    make_slip,
    member_of_token,
    members_with_slip,
    open_session,
    passphrase_hash_of,
    prepare_slip,
)
from campaign.store.database import Database
from campaign.store.ledger import appending, read_entry
from campaign.store.roster import find_by_code
from tests.builders import OPENED, member
from tests.store.steps import enrol, kinds

AN, BINH = 1, 2
PASSPHRASE = "bốn từ chẳng liên quan"
DAY = timedelta(days=1)


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


def sign_in(database: Database, session: Session, lasts: timedelta = DAY) -> str:
    with database.writing() as connection:
        return open_session(connection, session, OPENED, lasts)


def who(database: Database, token: str, after: timedelta = timedelta()) -> Session | None:
    with database.reading() as connection:
        return find_session(connection, token, OPENED + after)


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
    ended, kept = (sign_in(listed, Session("slip", number)) for number in (AN, BINH))

    (new,) = issue(listed, "SKHCN-001")

    with listed.reading() as connection:
        assert member_of_token(connection, old.token) is None
        assert member_of_token(connection, new.token) == AN
        _number, hashed = code_hash_of(connection, "SKHCN-001") or (0, "")
    assert not is_secret_right(old.access_code, hashed)
    assert is_secret_right(new.access_code, hashed)
    assert who(listed, ended) is None
    assert who(listed, kept) == Session("slip", BINH)


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


@pytest.mark.parametrize("hashed", ["", "not a hash", "$argon2id$v=19$broken"])
def test_nothing_fits_what_is_no_hash(hashed: str) -> None:
    assert not is_secret_right("", hashed)
    assert not is_secret_right(hashed, hashed)


def test_a_code_that_nobody_has_takes_as_long_as_a_wrong_one(listed: Database) -> None:
    """Else the time of the answer would tell which staff codes exist."""
    issue(listed, "SKHCN-001")
    with listed.reading() as connection:
        _, hashed = code_hash_of(connection, "SKHCN-001") or (0, "")
    assert not is_secret_right("ABCDEFGH", None)

    def measure(known: str | None) -> float:
        before = time.thread_time()
        is_secret_right("ABCDEFGH", known)
        return time.thread_time() - before

    unknown, wrong = (min(measure(known) for _ in range(5)) for known in (None, hashed))

    assert unknown > wrong / 2


def test_a_session_ends_when_its_time_is_over(listed: Database) -> None:
    token = sign_in(listed, Session("slip", AN))

    assert who(listed, token, DAY - timedelta(microseconds=1)) == Session("slip", AN)
    assert who(listed, token, DAY) is None


def test_a_session_ends_when_it_is_closed(listed: Database) -> None:
    closed, kept = sign_in(listed, Session("slip", AN)), sign_in(listed, Session("slip", AN))

    with listed.writing() as connection:
        close_session(connection, closed)

    assert who(listed, closed) is None
    assert who(listed, kept) == Session("slip", AN)


def test_a_token_that_was_never_given_opens_nothing(listed: Database) -> None:
    sign_in(listed, Session("slip", AN))

    assert who(listed, "") is None
    assert who(listed, "x" * 43) is None


def test_sessions_whose_time_is_over_are_dropped(listed: Database) -> None:
    sign_in(listed, Session("slip", AN), timedelta())

    sign_in(listed, Session("slip", BINH))

    with listed.reading() as connection:
        assert list(connection.scalars(select(schema.session.c.member_id))) == [BINH]


def test_an_account_signs_in_with_its_passphrase(database: Database) -> None:
    with database.writing() as connection:
        add_account(connection, "chi", "Hoàng Thị Chi", PASSPHRASE)

    with database.reading() as connection:
        hashed = passphrase_hash_of(connection, "chi")
        assert is_secret_right(PASSPHRASE, hashed)
        assert not is_secret_right(PASSPHRASE + " ", hashed)
        assert passphrase_hash_of(connection, "khác") is None
        assert full_name_of(connection, "chi") == "Hoàng Thị Chi"
    token = sign_in(database, Session("passphrase", account="chi"))
    assert who(database, token) == Session("passphrase", account="chi")


def test_a_new_passphrase_ends_the_old_one_and_its_sessions(database: Database) -> None:
    with database.writing() as connection:
        add_account(connection, "chi", "Hoàng Thị Chi", PASSPHRASE)
        add_account(connection, "khánh", "Lê Khánh", PASSPHRASE)
    ended, kept = (sign_in(database, Session("passphrase", account=name)) for name in ("chi", "khánh"))

    with database.writing() as connection:
        add_account(connection, "chi", "Hoàng Thị Kim Chi", "bốn từ mới")

    with database.reading() as connection:
        assert not is_secret_right(PASSPHRASE, passphrase_hash_of(connection, "chi"))
        assert is_secret_right("bốn từ mới", passphrase_hash_of(connection, "chi"))
        assert full_name_of(connection, "chi") == "Hoàng Thị Kim Chi"
    assert who(database, ended) is None
    assert who(database, kept) is not None


def test_only_hashes_are_kept(listed: Database, tmp_path: Path) -> None:
    (slip,) = issue(listed, "SKHCN-001")
    token = sign_in(listed, Session("slip", AN))
    with listed.writing() as connection:
        add_account(connection, "chi", "Hoàng Thị Chi", PASSPHRASE)

    with listed.reading() as connection:
        rows = [tuple(row) for table in schema.metadata.sorted_tables for row in connection.execute(select(table))]
    kept = repr(rows).encode() + b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    assert b"Nguy\xe1\xbb\x85n" in kept
    for secret in (slip.token, slip.access_code, token, PASSPHRASE):
        assert secret.encode() not in kept
