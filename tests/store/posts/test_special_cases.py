from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import ErasureReason
from campaign.core.ledger.policy import Policy
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.errors.cases import CaseUnknownError, ExtensionShortError
from campaign.errors.confirming import PostUnknownError
from campaign.errors.roster import UnknownMemberError
from campaign.store.figures.coverage import read_coverage
from campaign.store.figures.privacy import ErasedBy, erase_person, find_person
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.posts import current_revision
from campaign.store.posts.special_cases import deadline_of, member_cases, revision_for
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, OPENED, member, post
from tests.rigs.ledger_steps import begin, enrol, exempt, extend, kinds, leave, press, publish, states, withdraw

DAY = timedelta(days=1)
AN, BINH = member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình")
TWENTIETH = date(2025, 11, 20)


@pytest.fixture(autouse=True)
def _campaign(database: Database) -> None:
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())


def standing(database: Database, as_of: datetime, staff_code: str = "SKHCN-001") -> MemberStanding:
    with database.reading() as connection:
        standings = read_coverage(connection, post().id, as_of).standings
    return next(one for one in standings if one.staff_code == staff_code)


def held(database: Database) -> list[SpecialCase]:
    with database.reading() as connection:
        return member_cases(connection, 1)


def test_who_has_longer_is_in_time_until_the_own_day_is_over(database: Database) -> None:
    extend(database, "SKHCN-001", TWENTIETH)
    press(database, "SKHCN-002", at=FIRST_LATE)
    press(database, "SKHCN-001", at=datetime(2025, 11, 20, 23, 59, 59, tzinfo=OPENED.tzinfo))

    assert states(database, FIRST_LATE + 30 * DAY) == {"SKHCN-001": State.ON_TIME, "SKHCN-002": State.LATE}


def test_the_first_instant_after_the_own_day_is_late(database: Database) -> None:
    extend(database, "SKHCN-001", TWENTIETH)
    press(database, "SKHCN-001", at=datetime(2025, 11, 21, tzinfo=OPENED.tzinfo))

    assert states(database, FIRST_LATE + 30 * DAY)["SKHCN-001"] is State.LATE


def test_an_extension_counts_from_its_own_instant_on(database: Database) -> None:
    """Granted afterwards it changes how today is counted, and leaves the figures of yesterday alone."""
    press(database, at=FIRST_LATE)
    extend(database, "SKHCN-001", TWENTIETH, at=FIRST_LATE + 2 * DAY)

    assert states(database, FIRST_LATE + DAY)["SKHCN-001"] is State.LATE
    assert states(database, FIRST_LATE + 2 * DAY)["SKHCN-001"] is State.ON_TIME


def test_a_withdrawal_counts_from_its_own_instant_on(database: Database) -> None:
    number = exempt(database, "SKHCN-001")
    withdraw(database, number, at=OPENED + DAY)

    assert states(database, OPENED + DAY - timedelta(microseconds=1))["SKHCN-001"] is State.EXEMPT
    assert states(database, OPENED + DAY)["SKHCN-001"] is State.OUTSTANDING


def test_of_two_extensions_the_last_holds_and_withdrawing_it_brings_the_first_back(database: Database) -> None:
    extend(database, "SKHCN-001", TWENTIETH)
    second = extend(database, "SKHCN-001", date(2025, 11, 6))
    press(database, at=datetime(2025, 11, 10, tzinfo=OPENED.tzinfo))

    before = states(database, FIRST_LATE + 30 * DAY)["SKHCN-001"]
    withdraw(database, second, at=FIRST_LATE + 10 * DAY)

    assert before is State.LATE
    assert states(database, FIRST_LATE + 30 * DAY)["SKHCN-001"] is State.ON_TIME


def test_who_is_away_is_counted_and_marked_until_the_day_of_return(database: Database) -> None:
    leave(database, "SKHCN-001", before=date(2025, 10, 20))

    day = datetime(2025, 10, 19, 23, 59, tzinfo=OPENED.tzinfo)
    assert (standing(database, day).state, standing(database, day).is_on_leave) == (State.OUTSTANDING, True)
    assert not standing(database, day + timedelta(minutes=1)).is_on_leave
    assert not standing(database, day, "SKHCN-002").is_on_leave


def test_a_leave_without_an_end_lasts_until_it_is_withdrawn(database: Database) -> None:
    number = leave(database, "SKHCN-001")
    withdraw(database, number, at=FIRST_LATE)

    assert standing(database, LAST_SECOND).is_on_leave
    assert not standing(database, FIRST_LATE).is_on_leave


def test_a_case_tells_who_recorded_it_when_and_why(database: Database) -> None:
    number = exempt(database, "SKHCN-001", "Nghỉ thai sản", at=OPENED)
    withdraw(database, number, at=OPENED + DAY)

    assert held(database) == [
        SpecialCase(
            sequence=number,
            kind=CaseKind.EXEMPTION,
            member_id=1,
            staff_code="SKHCN-001",
            post="thong-bao-485",
            since=OPENED,
            until=OPENED + DAY,
            before=None,
            reason="Nghỉ thai sản",
            actor="chi",
        )
    ]
    assert kinds(database)[-2:] == [Kind.EXEMPTION, Kind.WITHDRAWAL]


def test_the_cases_of_a_member_stand_in_the_order_of_their_entries(database: Database) -> None:
    exempt(database, "SKHCN-002")
    numbers = [leave(database, "SKHCN-001"), extend(database, "SKHCN-001", TWENTIETH)]

    with database.reading() as connection:
        assert [case.sequence for case in member_cases(connection, 1)] == numbers


def test_nothing_is_withdrawn_twice_nor_what_is_no_case(database: Database) -> None:
    number = exempt(database, "SKHCN-001")
    withdraw(database, number)
    before = kinds(database)

    for wrong in (number, 1, 99):
        with pytest.raises(CaseUnknownError, match=f"Dòng ghi {wrong} "):
            withdraw(database, wrong)

    assert kinds(database) == before


@pytest.mark.parametrize("day", [date(2025, 11, 4), date(2025, 10, 1)])
def test_an_extension_must_be_longer_than_the_deadline(database: Database, day: date) -> None:
    with pytest.raises(ExtensionShortError, match="04/11/2025"):
        extend(database, "SKHCN-001", day)

    assert Kind.EXTENSION not in kinds(database)


def test_only_who_is_on_the_roster_is_set_apart(database: Database) -> None:
    for set_apart in (exempt, leave):
        with pytest.raises(UnknownMemberError):
            set_apart(database, "SKHCN-999")
    with pytest.raises(UnknownMemberError):
        extend(database, "SKHCN-999", TWENTIETH)


def test_a_member_is_held_to_the_own_deadline_only_for_that_post(database: Database) -> None:
    other = replace(post(), id="khac")
    publish(database, other)
    extend(database, "SKHCN-001", TWENTIETH)

    with database.reading() as connection:
        days = {
            (key, number): deadline_of(revision_for(connection, current_revision(connection, key), number)).last_day
            for key in (post().id, other.id)
            for number in (1, 2)
        }
    ordinary = date(2025, 11, 4)
    assert days == {(post().id, 1): TWENTIETH, (post().id, 2): ordinary, ("khac", 1): ordinary, ("khac", 2): ordinary}


def test_a_case_of_one_post_says_nothing_of_another(database: Database) -> None:
    publish(database, replace(post(), id="khac"))
    exempt(database, "SKHCN-001")

    with database.reading() as connection:
        assert read_coverage(connection, "khac", LAST_SECOND).total == Coverage(opening=2, outstanding=2)
        with pytest.raises(PostUnknownError):
            read_coverage(connection, "khong-co", LAST_SECOND)


def test_an_erasure_empties_reasons_and_the_ledger_still_verifies(database: Database, key: LedgerKey) -> None:
    number = extend(database, "SKHCN-001", TWENTIETH)
    leave(database, "SKHCN-001")
    withdraw(database, number)
    enrol(database, BINH, at=FIRST_LATE)
    with database.reading() as connection:
        person = find_person(connection, "SKHCN-001")

    with appending(database) as ledger:
        erase_person(ledger, key, person, ErasedBy(ErasureReason.REQUEST, "chi", FIRST_LATE))

    assert [(one.reason, one.staff_code) for one in held(database)] == [(None, None)] * 2
    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()
