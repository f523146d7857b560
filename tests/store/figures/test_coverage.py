from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import Coverage, Figures, State
from campaign.core.people.roster import Category
from campaign.core.post import Audience, RosterRule
from campaign.errors.confirming import NotConcernedError, PostUnknownError
from campaign.store.figures.coverage import PostCoverage, read_coverage, read_strangers
from campaign.store.figures.debts import read_debts
from campaign.store.figures.figures import explain_figures, read_figures
from campaign.store.ledger.database import Database
from campaign.store.posts.posts import current_revision
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member, post
from tests.rigs.histories import START, STEP, UNITS, Step, Story, histories, live
from tests.rigs.ledger_steps import corrected, decide, empty, end, enrol, exempt, press, publish, replaced

DAY = timedelta(days=1)
rules = st.sampled_from(RosterRule)


def cover(database: Database, as_of: datetime = FIRST_LATE) -> PostCoverage:
    with database.reading() as connection:
        return read_coverage(connection, post().id, as_of)


def tally(database: Database) -> dict[str, Coverage]:
    with database.reading() as connection:
        found = read_figures(connection, post().id)
        return dict(found[post().id].by_unit) if found else {}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories, rule=rules)
def test_the_numbers_of_every_unit_add_up(database: Database, steps: list[Step], rule: RosterRule) -> None:
    story = live(database, steps, rule)

    found = cover(database, story.now)
    counted = Counter(story.states().values())
    for unit, figures in found.by_unit.items():
        assert figures.opening == story.opening().count(unit)
        assert figures.opening + figures.joined - figures.left == figures.concerned
        assert rule is RosterRule.FOLLOWING or figures.joined == figures.left == 0
        assert figures.concerned == sum(counted[unit, state] for state in State)
        assert figures.due == figures.on_time + figures.late + figures.outstanding
        assert [counted[unit, state] for state in State] == [
            figures.on_time,
            figures.late,
            figures.outstanding,
            figures.exempt,
        ]
    assert found.total.concerned == len(found.standings)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories, rule=rules)
def test_the_figures_of_a_past_instant_do_not_change(database: Database, steps: list[Step], rule: RosterRule) -> None:
    empty(database)
    story = Story(database, rule)
    story.open()
    then = []

    for step in steps:
        then.append((story.now, by_first_name(cover(database, story.now).by_unit), story.states()))
        story.live(step)

    for now, figures, states in then:
        found = cover(database, now)
        assert by_first_name(found.by_unit) == figures
        assert {one.staff_code: one.state for one in found.standings} == {code: one[1] for code, one in states.items()}


def by_first_name(by_unit: Mapping[str, Coverage]) -> dict[str, Coverage]:
    """Return the figures by the first names of the units: a name may be recorded some hours after it holds."""
    return {next(first for first in UNITS if name.startswith(first)): one for name, one in by_unit.items()}


def test_who_confirmed_and_left_or_moved_is_shown_and_not_counted(database: Database) -> None:
    people = [member(f"SKHCN-00{number}") for number in range(1, 4)]
    enrol(database, *people)
    publish(database, post(audience=Audience(units=(OFFICE,))))
    for one in people:
        press(database, one.staff_code, post(audience=Audience(units=(OFFICE,))))
    enrol(database, people[0], replace(people[1], unit=CENTRE), at=LAST_SECOND)

    with database.reading() as connection:
        strangers = read_strangers(connection, current_revision(connection, post().id))

    assert [(one.staff_code, one.unit, one.has_left, one.confirmed_at) for one in strangers] == [
        ("SKHCN-002", CENTRE, False, LAST_SECOND),
        ("SKHCN-003", OFFICE, True, LAST_SECOND),
    ]
    assert cover(database).total == Coverage(opening=3, left=2, on_time=1)


@pytest.mark.parametrize("audience", [Audience(), Audience(units=(OFFICE,))])
def test_once_the_deadline_is_over_no_merger_move_or_arrival_changes_who_was_due(
    database: Database, audience: Audience
) -> None:
    people = [member(f"SKHCN-00{number}") for number in range(1, 4)]
    enrol(database, *people, member("SKHCN-004", unit=CENTRE))
    asked = post(audience=audience)
    publish(database, asked)
    press(database, people[0].staff_code, asked)
    before = cover(database, FIRST_LATE)
    with database.reading() as connection:
        debts = read_debts(connection)

    end(database, CENTRE, [OFFICE], decide(FIRST_LATE + DAY))
    newcomer = member("SKHCN-005")
    moved = [people[0], replace(people[1], unit="Thanh tra"), member("SKHCN-004", unit=OFFICE), newcomer]
    enrol(database, *moved, at=FIRST_LATE + 2 * DAY)

    after = cover(database, FIRST_LATE + 3 * DAY)
    assert (after.total, after.by_unit) == (before.total, before.by_unit)
    assert [(one.staff_code, one.state) for one in after.standings] == [
        (one.staff_code, one.state) for one in before.standings
    ]
    with database.reading() as connection:
        left = find_by_code_of_the_past(before, "SKHCN-003")
        assert read_debts(connection) == {number: owed for number, owed in debts.items() if number != left}
        assert explain_figures(connection)[asked.id] == after.figures
    with pytest.raises(NotConcernedError):
        press(database, newcomer.staff_code, asked, at=FIRST_LATE + 3 * DAY)


def find_by_code_of_the_past(found: PostCoverage, code: str) -> int:
    """Return the number of somebody who may be off the roster now."""
    return next(one.member_id for one in found.standings if one.staff_code == code)


def test_a_new_deadline_opens_the_list_again(database: Database) -> None:
    enrol(database, member())
    publish(database, post())
    enrol(database, member(), member("SKHCN-002"), at=FIRST_LATE + DAY)
    assert cover(database, FIRST_LATE + DAY).total.due == 1

    later = replace(replaced(2), deadline=Deadline.before_day(date(2025, 12, 1)))
    publish(database, later, at=FIRST_LATE + 2 * DAY)

    assert cover(database, FIRST_LATE + 2 * DAY).total.due == 2


def test_joined_and_left_explain_who_is_due(database: Database) -> None:
    people = [member(f"SKHCN-00{number}", f"Nguyễn Văn {name}") for number, name in enumerate(("An", "Bình", "Cường"))]
    enrol(database, *people[:2])
    publish(database, post())
    enrol(database, *people[1:], at=OPENED + DAY)

    assert cover(database).total == Coverage(opening=2, joined=1, left=1, outstanding=2)


def test_who_moves_leaves_one_unit_and_joins_the_other(database: Database) -> None:
    enrol(database, member())
    publish(database, post())
    enrol(database, member(unit=CENTRE), at=OPENED + DAY)

    assert cover(database).by_unit == {OFFICE: Coverage(opening=1, left=1), CENTRE: Coverage(joined=1, outstanding=1)}


def test_a_fixed_list_neither_grows_nor_shrinks(database: Database) -> None:
    people = [member(f"SKHCN-00{number}", f"Nguyễn Văn {name}") for number, name in enumerate(("An", "Bình", "Cường"))]
    enrol(database, *people[:2])
    publish(database, post(roster=RosterRule.FIXED))
    enrol(database, replace(people[1], unit=CENTRE), people[2], at=OPENED + DAY)

    found = cover(database)
    assert found.by_unit == {OFFICE: Coverage(opening=2, outstanding=2)}
    assert [(one.staff_code, one.unit, one.has_left) for one in found.standings] == [
        ("SKHCN-000", OFFICE, True),
        ("SKHCN-001", OFFICE, False),
    ]
    assert not any(one.has_left for one in cover(database, OPENED).standings)


def test_the_list_of_a_post_that_comes_before_the_roster_is_fixed_when_the_roster_comes(database: Database) -> None:
    publish(database, post(roster=RosterRule.FIXED))
    enrol(database, member(), at=OPENED + DAY)
    enrol(database, member(), member("SKHCN-002"), at=OPENED + 2 * DAY)

    assert cover(database).total == Coverage(opening=1, outstanding=1)
    assert tally(database) == {OFFICE: Coverage(opening=1, outstanding=1)}


def test_who_was_changed_while_the_clock_was_set_back_is_on_a_fixed_list_once(database: Database) -> None:
    enrol(database, member(), at=OPENED - 3 * DAY)
    enrol(database, member(category=Category.WORKER), at=OPENED + DAY)
    enrol(database, member(category=Category.PUBLIC_EMPLOYEE), at=OPENED - DAY)
    publish(database, post(roster=RosterRule.FIXED))

    assert cover(database).total == Coverage(opening=1, outstanding=1)
    assert tally(database) == {OFFICE: Coverage(opening=1, outstanding=1)}


def test_who_may_confirm_a_post_with_a_fixed_list_is_on_it(database: Database) -> None:
    fixed = post(roster=RosterRule.FIXED, audience=Audience(units=(OFFICE,)))
    enrol(database, member())
    publish(database, fixed)
    enrol(database, member(unit=CENTRE), member("SKHCN-002"), at=OPENED + DAY)

    press(database, "SKHCN-001", fixed)
    with pytest.raises(NotConcernedError):
        press(database, "SKHCN-002", fixed)

    assert cover(database).total == Coverage(opening=1, on_time=1)


def test_a_revision_may_change_which_list_counts(database: Database) -> None:
    enrol(database, member())
    publish(database, post(roster=RosterRule.FIXED))
    enrol(database, member(), member("SKHCN-002"), at=OPENED + DAY)
    publish(database, corrected(), at=OPENED + 2 * DAY)
    publish(database, replace(corrected(3), roster=RosterRule.FIXED), at=OPENED + 3 * DAY)

    due = [cover(database, OPENED + days * DAY).total.due for days in range(4)]
    assert due == [1, 1, 2, 1]
    assert tally(database) == {OFFICE: Coverage(opening=1, outstanding=1)}


def test_a_roster_that_comes_after_the_post_is_the_opening_one(database: Database) -> None:
    publish(database, post())
    enrol(database, member(), at=OPENED + DAY)

    assert cover(database, OPENED) == replace(cover(database, OPENED), figures=Figures(), standings=())
    assert cover(database, OPENED + DAY).total == Coverage(opening=1, outstanding=1)


def test_only_those_whom_the_post_is_for_are_counted(database: Database) -> None:
    enrol(database, member("SKHCN-001"), member("SKHCN-002", unit=CENTRE))
    publish(database, post(audience=Audience(units=(CENTRE,))))

    assert [one.staff_code for one in cover(database).standings] == ["SKHCN-002"]


def test_an_exemption_and_a_confirmation_count_from_their_instant_on(database: Database) -> None:
    enrol(database, member("SKHCN-001"), member("SKHCN-002"))
    publish(database, post())
    exempt(database, "SKHCN-001", at=OPENED + DAY)
    press(database, "SKHCN-002", at=OPENED + DAY)

    assert cover(database, OPENED + DAY - timedelta(microseconds=1)).total == Coverage(opening=2, outstanding=2)
    assert cover(database, OPENED + DAY).total == Coverage(opening=2, exempt=1, on_time=1)


def test_a_replacement_makes_everyone_outstanding_again(database: Database) -> None:
    enrol(database, member())
    publish(database, post())
    press(database, at=OPENED + DAY)

    publish(database, replaced(2), at=LAST_SECOND)

    assert cover(database, LAST_SECOND - DAY).total == Coverage(opening=1, on_time=1)
    assert cover(database, LAST_SECOND).total == Coverage(opening=1, outstanding=1)


def test_a_standing_tells_when_the_confirmation_was_received(database: Database) -> None:
    enrol(database, member())
    publish(database, post())
    press(database, at=LAST_SECOND)

    (standing,) = cover(database).standings
    assert (standing.state, standing.confirmed_at) == (State.ON_TIME, LAST_SECOND)


def test_people_stand_in_the_vietnamese_order_of_their_names(database: Database) -> None:
    names = ["Trần Thị Ánh", "Lò Văn Dũng", "Giàng A Đức", "Nguyễn Văn An", "Lê Thị Ân", "Hoàng Văn Ơn", "Bùi Văn Oanh"]
    enrol(database, *(member(f"SKHCN-{number:03}", name) for number, name in enumerate(names)))
    publish(database, post())

    assert [one.name.split()[-1] for one in cover(database).standings] == [
        "An",
        "Ánh",
        "Ân",
        "Dũng",
        "Đức",
        "Oanh",
        "Ơn",
    ]


def test_units_stand_in_the_order_of_their_adding(database: Database) -> None:
    enrol(database, member("SKHCN-001", unit="Thanh tra"))
    enrol(database, member("SKHCN-001", unit="Thanh tra"), member("SKHCN-002", unit=CENTRE))
    publish(database, post())

    assert list(cover(database).by_unit) == ["Thanh tra", CENTRE]


def test_a_post_that_was_not_published_then_has_no_figures(database: Database) -> None:
    publish(database, post(), at=START)

    with pytest.raises(PostUnknownError):
        cover(database, START - STEP)
