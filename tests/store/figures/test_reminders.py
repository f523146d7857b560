"""Who owes what, and that a reminder is claimed by one worker."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from campaign.core.post import Audience, RosterRule
from campaign.core.reminder import Means
from campaign.store.figures.reminders import Subject, claim, read_debtors, read_heads_told, record_reminder, release
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from tests.rigs.builders import CENTRE, FIRST_LATE, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import begin, enrol, exempt, extend, leave, press, publish

DAY = date(2025, 11, 4)
AN = Subject(member_id=1)


@pytest.fixture
def campaign(database: Database) -> Database:
    """Four members: one confirmed, one is exempt, two owe the post."""
    begin(database)
    people = [member(f"SKHCN-00{number}", email=f"{number}@example.vn") for number in (1, 2, 3, 4)]
    enrol(database, *people)
    publish(database, post())
    exempt(database, "SKHCN-004")
    press(database, "SKHCN-003", at=OPENED)
    return database


def record(database: Database, subject: Subject, day: date = DAY) -> None:
    with appending(database) as ledger:
        record_reminder(ledger, subject, day, Means.MAIL, ["thong-bao-485"], FIRST_LATE)


def test_only_who_is_outstanding_owes_something(campaign: Database) -> None:
    with campaign.reading() as connection:
        found = read_debtors(connection, FIRST_LATE)

    assert [(one.staff_code, one.email) for one in found] == [
        ("SKHCN-001", "1@example.vn"),
        ("SKHCN-002", "2@example.vn"),
    ]
    assert [(owed.post, owed.deadline.before, owed.opened_on) for owed in found[0].owed] == [
        ("thong-bao-485", date(2025, 11, 5), date(2025, 10, 1))
    ]


def test_on_a_fixed_list_those_owe_it_who_were_there_and_still_work_here(campaign: Database) -> None:
    late = OPENED + timedelta(days=1)
    publish(campaign, post(id="co-dinh", audience=Audience(units=(OFFICE,)), roster=RosterRule.FIXED), at=late)
    moved, left = member("SKHCN-001", unit=CENTRE), member("SKHCN-003")
    enrol(campaign, moved, left, member("SKHCN-005"), at=late + timedelta(days=1))
    enrol(campaign, moved, member("SKHCN-005"), at=late + timedelta(days=2))

    with campaign.reading() as connection:
        found = {one.staff_code: [owed.post for owed in one.owed] for one in read_debtors(connection, FIRST_LATE)}

    assert found == {"SKHCN-001": ["co-dinh", "thong-bao-485"], "SKHCN-005": ["thong-bao-485"]}


def test_leave_and_extension_are_known(campaign: Database) -> None:
    leave(campaign, "SKHCN-001")
    extend(campaign, "SKHCN-002", date(2025, 11, 20))

    with campaign.reading() as connection:
        first, second, *_ = read_debtors(connection, OPENED + timedelta(days=1))

    assert (first.is_away, second.is_away) == (True, False)
    assert second.owed[0].deadline.before > date(2025, 11, 5)


def test_a_reminder_is_claimed_once_until_it_is_released(campaign: Database, other: Database) -> None:
    assert claim(campaign, AN, DAY, FIRST_LATE)
    assert not claim(other, AN, DAY, FIRST_LATE)
    assert claim(other, Subject(member_id=2), DAY, FIRST_LATE)

    release(campaign, AN, DAY)

    assert claim(other, AN, DAY, FIRST_LATE)


def test_what_was_sent_is_not_claimed_again_and_known_to_the_plan(campaign: Database, other: Database) -> None:
    claim(campaign, AN, DAY, FIRST_LATE)
    record(campaign, AN)

    assert not claim(other, AN, DAY, FIRST_LATE)
    assert not claim(other, AN, DAY - timedelta(days=3), FIRST_LATE)
    assert claim(other, AN, DAY + timedelta(days=1), FIRST_LATE)
    with campaign.reading() as connection:
        assert [one.reminded_for for one in read_debtors(connection, FIRST_LATE)] == [DAY, None]


def test_the_head_of_a_unit_is_a_subject_of_its_own(campaign: Database) -> None:
    head = Subject(unit_id=1)
    record(campaign, head)

    assert not claim(campaign, head, DAY, FIRST_LATE)
    assert claim(campaign, AN, DAY, FIRST_LATE)
    with campaign.reading() as connection:
        assert read_heads_told(connection) == {OFFICE: DAY}


def test_two_workers_at_once_never_both_have_it(campaign: Database, other: Database) -> None:
    won: list[bool] = []
    start = Barrier(2)

    def work(database: Database) -> None:
        start.wait()
        won.extend(claim(database, AN, DAY + timedelta(days=number), FIRST_LATE) for number in range(10))

    workers = [Thread(target=work, args=[one]) for one in (campaign, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (len(won), sum(won)) == (20, 10)
