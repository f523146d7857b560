from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.core.figures.coverage import State
from campaign.core.ledger.entry import Kind
from campaign.core.people.roster import Category, RosterPlan, plan_roster
from campaign.errors.confirming import PostUnknownError
from campaign.errors.roster import UnknownMemberError
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.roster.roster import apply_roster, find_by_code, find_member, read_roster
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import enrol, exempt, kinds, press, publish, states

AN = member("SKHCN-001", "Nguyễn Văn An", email="an@example.vn")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.WORKER)
DUNG = member("SKHCN-004", "Giàng A Dũng")


def test_who_joins_is_on_the_roster(database: Database) -> None:
    enrol(database, AN, BINH)

    with database.reading() as connection:
        roster = read_roster(connection)
        assert {code: listed.member for code, listed in roster.items()} == {"SKHCN-001": AN, "SKHCN-002": BINH}
        assert find_by_code(connection, "SKHCN-002") == roster["SKHCN-002"]
        assert find_member(connection, roster["SKHCN-002"].id) == roster["SKHCN-002"]
        assert sorted(read_units(connection).by_name) == [CENTRE, OFFICE]


def test_every_member_has_an_own_number(database: Database) -> None:
    enrol(database, AN)
    enrol(database, AN, BINH, DUNG)

    with database.reading() as connection:
        assert sorted(listed.id for listed in read_roster(connection).values()) == [1, 2, 3]


def test_who_changes_keeps_the_number(database: Database) -> None:
    enrol(database, AN, BINH)

    enrol(database, AN, replace(BINH, name="Lò Thị Thanh Bình", unit="Thanh tra", email="binh@example.vn"))

    with database.reading() as connection:
        listed = find_by_code(connection, "SKHCN-002")
        assert listed.member.name == "Lò Thị Thanh Bình"
        assert listed.member.unit == "Thanh tra"
        assert find_member(connection, listed.id) == listed
        assert len(read_roster(connection)) == 2
    assert kinds(database)[-2:] == [Kind.UNIT_ADDED, Kind.MEMBER_CHANGED]


def test_who_leaves_is_no_longer_found(database: Database) -> None:
    enrol(database, AN, BINH)

    enrol(database, AN)

    with database.reading() as connection:
        assert list(read_roster(connection)) == ["SKHCN-001"]
        assert find_member(connection, 2) is None
        with pytest.raises(UnknownMemberError, match="SKHCN-002"):
            find_by_code(connection, "SKHCN-002")


def test_who_comes_back_keeps_number_and_confirmation(database: Database) -> None:
    enrol(database, AN, BINH)
    publish(database, post())
    press(database, "SKHCN-002")
    enrol(database, AN)

    enrol(database, AN, DUNG, replace(BINH, unit=OFFICE))

    with database.reading() as connection:
        assert find_by_code(connection, "SKHCN-002").id == 2
        assert find_by_code(connection, "SKHCN-004").id == 3
    assert states(database, FIRST_LATE)["SKHCN-002"] is State.ON_TIME


def test_the_same_list_again_is_no_entry(database: Database) -> None:
    enrol(database, AN, BINH)
    before = kinds(database)

    enrol(database, BINH, AN)

    assert kinds(database) == before


def test_an_empty_plan_is_no_entry(database: Database) -> None:
    with appending(database) as ledger:
        apply_roster(ledger, plan_roster({}, []), OPENED)
        apply_roster(ledger, RosterPlan((), (), (), 0), OPENED)

    assert kinds(database) == []


def test_a_unit_is_added_once(database: Database) -> None:
    enrol(database, AN)
    enrol(database, AN, DUNG, BINH)

    assert kinds(database).count(Kind.UNIT_ADDED) == 2


def test_an_exemption_carries_its_reason(database: Database) -> None:
    enrol(database, AN, BINH)
    publish(database, post())

    exempt(database, "SKHCN-002", "Đi học dài hạn", at=LAST_SECOND)

    with database.reading() as connection:
        standings = read_coverage(connection, post().id, LAST_SECOND).standings
    assert {one.staff_code: (one.state, one.reason) for one in standings} == {
        "SKHCN-001": (State.OUTSTANDING, None),
        "SKHCN-002": (State.EXEMPT, "Đi học dài hạn"),
    }


def test_the_last_reason_given_stands(database: Database) -> None:
    enrol(database, AN)
    publish(database, post())

    for reason in ("Nghỉ ốm", "Nghỉ thai sản"):
        exempt(database, "SKHCN-001", reason)

    with database.reading() as connection:
        assert read_coverage(connection, post().id, LAST_SECOND).standings[0].reason == "Nghỉ thai sản"


def test_who_confirms_though_exempt_has_confirmed(database: Database) -> None:
    enrol(database, AN)
    publish(database, post())
    exempt(database, "SKHCN-001")

    press(database)

    with database.reading() as connection:
        (standing,) = read_coverage(connection, post().id, LAST_SECOND).standings
    assert (standing.state, standing.reason) == (State.ON_TIME, None)


def test_nobody_is_exempt_from_a_post_that_does_not_ask(database: Database) -> None:
    enrol(database, AN)

    with pytest.raises(PostUnknownError):
        exempt(database, "SKHCN-001")
    publish(database, post())
    with pytest.raises(UnknownMemberError):
        exempt(database, "SKHCN-999")

    assert Kind.EXEMPTION not in kinds(database)


def test_a_clock_set_back_counts_nobody_twice(database: Database) -> None:
    enrol(database, AN, at=OPENED)
    publish(database, post())
    enrol(database, replace(AN, unit=CENTRE), at=OPENED + timedelta(days=20))
    enrol(database, at=OPENED + timedelta(days=15))

    enrol(database, AN, at=OPENED + timedelta(days=10))

    with database.reading() as connection:
        for day in range(30):
            assert len(read_coverage(connection, post().id, OPENED + timedelta(days=day)).standings) <= 1
