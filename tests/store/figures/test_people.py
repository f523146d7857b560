"""How one person stands to all posts."""

from dataclasses import replace
from datetime import date, timedelta

from campaign.core.figures.coverage import State
from campaign.core.people.special_case import Grounds
from campaign.core.post import Audience, RosterRule
from campaign.jobs.membership import move_member, remove_member
from campaign.store.figures.people import read_duties, read_history
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import begin, enrol, exempt, extend, press, publish

DAY = timedelta(days=1)


def test_the_duties_are_the_posts_whose_lists_the_person_is_on_with_the_own_deadline(database: Database) -> None:
    begin(database)
    enrol(database, member())
    for_office = post(id="van-phong", audience=Audience(units=(OFFICE,)))
    fixed = replace(for_office, id="co-dinh", roster=RosterRule.FIXED)
    publish(database, post(), for_office, fixed)
    enrol(database, member(unit=CENTRE), at=OPENED + DAY)
    press(database, seen=fixed, at=FIRST_LATE)
    extend(database, "SKHCN-001", date(2025, 11, 20))
    press(database, at=FIRST_LATE)

    with database.reading() as connection:
        duties = read_duties(connection, 1)
        history = read_history(connection, 1)

    assert [(duty.post.id, duty.state, duty.deadline.last_day) for duty in duties] == [
        ("co-dinh", State.LATE, date(2025, 11, 4)),
        (post().id, State.ON_TIME, date(2025, 11, 20)),
    ]
    assert history is not None
    assert history.duties == duties


def test_who_neither_confirmed_nor_is_exempt_owes_the_post(database: Database) -> None:
    begin(database)
    enrol(database, member(), member("SKHCN-002"), member("SKHCN-003"))
    publish(database, post())
    press(database, at=LAST_SECOND)
    exempt(database, "SKHCN-001")
    exempt(database, "SKHCN-002")

    with database.reading() as connection:
        states = [[duty.state for duty in read_duties(connection, number)] for number in (1, 2, 3, 4)]

    assert states == [[State.ON_TIME], [State.EXEMPT], [State.OUTSTANDING], []]


def test_by_whom_and_why_somebody_was_moved_and_taken_off_is_told(database: Database) -> None:
    begin(database)
    enrol(database, member(), member("SKHCN-002", unit=CENTRE), member("SKHCN-003"))
    with appending(database) as ledger:
        move_member(ledger, "SKHCN-001", CENTRE, Grounds("Điều động", "chi", LAST_SECOND))
        remove_member(ledger, "SKHCN-003", Grounds("Nghỉ việc", "chi", FIRST_LATE))
        remove_member(ledger, "SKHCN-001", Grounds("Nghỉ hưu", "chi", FIRST_LATE))

    with database.reading() as connection:
        history = read_history(connection, 1)

    assert history is not None
    assert [(stay.unit, stay.reason, stay.ending) for stay in history.stays] == [
        (CENTRE, "Điều động", "chi: Nghỉ hưu"),
        (OFFICE, "", ""),
    ]
