from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import ErasureReason
from campaign.core.ledger.policy import Policy
from campaign.core.people.roster import Category, Member, plan_roster
from campaign.errors.roster import RosterChangeUnknownError, RosterUndoError
from campaign.store.figures.privacy import ErasedBy, erase_person, find_person
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from campaign.store.roster.changes import RosterChange, read_roster_changes, undo_roster_change
from campaign.store.roster.roster import RosterSource, apply_roster, read_roster
from tests.rigs.builders import CENTRE, OFFICE, OPENED, member
from tests.rigs.keys import KEY
from tests.rigs.ledger_steps import begin, empty, kinds

AN = member("SKHCN-001", "Nguyễn Văn An", email="an@example.vn")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.WORKER)
DUNG = member("SKHCN-004", "Giàng A Dũng")
LATER = OPENED + timedelta(days=1)

people = st.builds(
    Member,
    staff_code=st.sampled_from(["SKHCN-001", "SKHCN-002", "SKHCN-003"]),
    name=st.sampled_from(["Nguyễn Văn An", "Lò Thị Bình"]),
    unit=st.sampled_from([OFFICE, CENTRE]),
    category=st.sampled_from([Category.WORKER, Category.CIVIL_SERVANT]),
    email=st.sampled_from([None, "hop-thu@example.vn"]),
)
rosters = st.lists(people, unique_by=lambda one: one.staff_code)


def change(database: Database, *members: Member) -> int:
    """Make *members* the roster as Chi does with a file, and return the entry of the change."""
    with appending(database) as ledger:
        plan = plan_roster(listed(database), members)
        apply_roster(ledger, plan, OPENED, RosterSource("chi", digest="ab" * 32))
    return changes(database)[0].sequence


def listed(database: Database) -> dict[str, Member]:
    with database.reading() as connection:
        return {code: one.member for code, one in read_roster(connection).items()}


def changes(database: Database) -> Sequence[RosterChange]:
    with database.reading() as connection:
        return read_roster_changes(connection)


def undo(database: Database, sequence: int) -> None:
    with appending(database) as ledger:
        undo_roster_change(ledger, sequence, RosterSource("chi", "Nhầm tệp", undoes=sequence), LATER)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rosters, second=rosters)
def test_an_undone_change_leaves_the_roster_as_it_was(
    database: Database, first: list[Member], second: list[Member]
) -> None:
    empty(database)
    change(database, AN, *(one for one in first if one.staff_code != AN.staff_code))
    before = listed(database)
    wrong = change(database, DUNG, *second)

    undo(database, wrong)

    assert listed(database) == before


def test_an_undo_is_a_change_that_can_be_undone(database: Database) -> None:
    change(database, AN, BINH)
    change(database, replace(AN, unit=CENTRE, name="Nguyễn Văn Ân"), DUNG)
    after = listed(database)

    undo(database, changes(database)[0].sequence)
    undo(database, changes(database)[0].sequence)

    assert listed(database) == after
    assert [one.undoes for one in changes(database)] == [
        changes(database)[1].sequence,
        changes(database)[2].sequence,
        None,
        None,
    ]


def test_a_change_tells_who_made_it_from_what_and_how_large_it_was(database: Database) -> None:
    begin(database)
    sequence = change(database, AN, BINH)

    assert changes(database) == [RosterChange(sequence, OPENED, "chi", "ab" * 32, None, entries=4)]
    assert kinds(database)[1:] == [
        Kind.ROSTER_CHANGED,
        Kind.UNIT_ADDED,
        Kind.UNIT_ADDED,
        Kind.MEMBER_JOINED,
        Kind.MEMBER_JOINED,
    ]


def test_a_list_that_changes_nothing_is_no_change(database: Database) -> None:
    change(database, AN)
    before = kinds(database)

    change(database, AN)

    assert kinds(database) == before


def test_what_changed_again_since_is_not_undone(database: Database) -> None:
    """Each way of changing again: moved, gone, back."""
    joined = change(database, AN, BINH)
    moved = change(database, replace(AN, unit=CENTRE), BINH)
    left = change(database, replace(AN, unit=CENTRE))
    change(database, AN, BINH, DUNG)
    before = kinds(database)

    for sequence, codes in ((joined, "SKHCN-001, SKHCN-002"), (moved, "SKHCN-001"), (left, "SKHCN-002")):
        with pytest.raises(RosterUndoError, match=f"dòng ghi {sequence}: .* với {codes}"):
            undo(database, sequence)

    assert kinds(database) == before


def test_who_was_erased_is_not_brought_back(database: Database) -> None:
    change(database, AN, BINH)
    wrong = change(database, BINH)
    with appending(database) as ledger:
        person = find_person(ledger.connection, "SKHCN-001")
        erase_person(ledger, KEY, person, ErasedBy(ErasureReason.REQUEST, "chi", OPENED))

    with pytest.raises(RosterUndoError, match="đã xoá"):
        undo(database, wrong)


def test_only_a_change_of_the_roster_is_undone(database: Database) -> None:
    begin(database)
    change(database, AN)

    for sequence in (1, 3, 99):
        with pytest.raises(RosterChangeUnknownError):
            undo(database, sequence)


def test_the_ledger_verifies_with_changes_and_undos(database: Database, key: LedgerKey) -> None:
    change(database, AN, BINH)
    undo(database, change(database, DUNG))

    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def test_a_list_larger_than_a_statement_can_take_is_applied(sqlite: Database) -> None:
    many = [member(f"SKHCN-{number:05}", f"Người {number}") for number in range(6_001)]
    change(sqlite, *many)

    change(sqlite, *(replace(one, unit=CENTRE) for one in many[:-1]))

    assert len(listed(sqlite)) == 6_000
    assert {one.unit for one in listed(sqlite).values()} == {CENTRE}
