"""One rule: whatever counts or lists people says the same of each of them, after any history."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campaign.core.clock import ONE_DAY, day_in_viet_nam, read_as_of
from campaign.core.figures.coverage import State
from campaign.core.figures.roll_up import roll_up
from campaign.core.post import Audience, RosterRule
from campaign.errors.confirming import PostUnknownError
from campaign.store.base import schema
from campaign.store.base.rule import is_in_state, is_meant, is_on_list
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import PostCoverage, read_coverage, read_standings, read_strangers
from campaign.store.figures.curves import read_curve
from campaign.store.figures.debts import find_debtors, read_debts
from campaign.store.figures.figures import count_strangers, explain_figures, read_figures
from campaign.store.figures.past import read_past
from campaign.store.figures.people import read_duties
from campaign.store.figures.people_behind import read_page
from campaign.store.figures.reminders import read_debtors
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.posts.concerned import find_concerned_members
from campaign.store.posts.posts import PublishedRevision
from tests.rigs.builders import OFFICE, post
from tests.rigs.histories import AUDIENCE, AUDIENCES, PEOPLE, START, Event, Step, histories, live

_REST = Step(Event.REST, 3, OFFICE)
AT_THE_DEADLINE = [*[_REST] * 4, Step(Event.CONFIRM, 0, OFFICE), Step(Event.CONFIRM, 1, OFFICE)]
"""The last quarter of the last day is in time, the first instant after it is late."""
AT_AN_OWN_DEADLINE = [
    Step(Event.EXTEND, 0, OFFICE),
    Step(Event.EXTEND, 1, OFFICE),
    *[_REST] * 6,
    Step(Event.CONFIRM, 0, OFFICE),
    Step(Event.CONFIRM, 1, OFFICE),
]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories, rule=st.sampled_from(RosterRule), audience=st.sampled_from(AUDIENCES))
@example(steps=AT_THE_DEADLINE, rule=RosterRule.FOLLOWING, audience=AUDIENCE)
@example(steps=AT_AN_OWN_DEADLINE, rule=RosterRule.FIXED, audience=AUDIENCE)
def test_everything_that_counts_or_lists_people_follows_one_rule(
    database: Database, steps: list[Step], rule: RosterRule, audience: Audience
) -> None:
    story = live(database, steps, rule, audience)

    with database.reading() as connection:
        found = read_coverage(connection, post().id, story.latest)
        assert {one.staff_code: (one.unit, one.state) for one in found.standings} == story.states()
        assert len(found.standings) == len(story.states())
        states = {one.member_id: one.state for one in found.standings}
        assert states_by_expression(connection, found.revision) == states
        assert states_one_by_one(connection) == states
        check_tallies(connection, found)
        check_lists(connection, found)
        check_debts(connection, found)
        check_past(connection, found)
        before = read_tallies(connection)
    with database.writing() as connection:
        rebuild(connection)
        assert read_tallies(connection) == before


def states_by_expression(connection: Connection, revision: PublishedRevision) -> dict[int, State]:
    """Return how everyone on the list stands, by the expressions alone."""
    member, place = schema.membership.c.member_id, schema.membership
    query = (
        select(member, *(is_in_state(state, member, schema.post) for state in State))
        .join_from(schema.post, place, is_on_list(place, schema.post))
        .where(schema.post.c.id == revision.post_id, is_meant(place, schema.post))
    )
    rows = connection.execute(query).all()
    found = {number: state for number, *values in rows for state, value in zip(State, values, strict=True) if value}
    assert len(found) == len(rows) == sum(bool(value) for _, *values in rows for value in values)
    assert find_concerned_members(connection, revision, range(1, len(PEOPLE) + 1)) == found.keys()
    return found


def states_one_by_one(connection: Connection) -> dict[int, State]:
    """Return how everyone stands of whom the page of the person says that the post is for them."""
    duties = {number: read_duties(connection, number) for number in range(1, len(PEOPLE) + 1)}
    return {number: own[0].state for number, own in duties.items() if own}


def check_tallies(connection: Connection, found: PostCoverage) -> None:
    """The figures, the curve and the count of strangers are those of the people."""
    figures = read_figures(connection, post().id)
    counted = {unit: replace(one, opening=one.concerned, joined=0, left=0) for unit, one in found.by_unit.items()}
    assert read_figures(connection) == figures
    assert figures[post().id].by_unit == {unit: one for unit, one in counted.items() if one.concerned}
    assert explain_figures(connection, post().id) == explain_figures(connection)
    assert explain_figures(connection)[post().id] == found.figures
    check_roll_up(connection, found)
    assert count_strangers(connection, found.revision) == len(read_strangers(connection, found.revision))


def check_roll_up(connection: Connection, found: PostCoverage) -> None:
    """The line of a unit counts the people of the units below it, and the lines below no other count everyone."""
    units = read_units(connection)
    lines = roll_up(found.figures, units, units.names_on(day_in_viet_nam(found.as_of)))
    for line in lines:
        names = units.names_below(line.unit)
        assert line.figures.concerned == sum(one.unit in names for one in found.standings)
        assert line.figures == found.limited_to(names).total
    assert sum(line.figures.due for line in lines if line.depth == 0) == found.total.due


def check_lists(connection: Connection, found: PostCoverage) -> None:
    """The pages behind a figure hold the same people, in the same order."""
    for wanted in (None, *State):
        for unit in ("", *found.by_unit):
            people = [
                one.member_id for one in found.standings if wanted in {None, one.state} and unit in {"", one.unit}
            ]
            pages = [
                read_page(connection, found.revision, [unit] if unit else [], wanted, start, 2)
                for start in range(0, 6, 2)
            ]
            assert [member for page in pages for member in page] == people
    members = [one.member_id for one in found.standings]
    assert read_standings(connection, found.revision, found.as_of, members) == list(found.standings)


def check_debts(connection: Connection, found: PostCoverage) -> None:
    """Who is still here and has not confirmed owes the post, by the own deadline."""
    owing = [one for one in found.standings if one.state is State.OUTSTANDING and not one.has_left]
    debts = {one.member_id: [found.revision.post_id] for one in owing}
    assert list(read_debts(connection).items()) == list(debts.items())
    assert read_debts(connection, members=range(1, len(PEOPLE) + 1)) == debts
    assert find_debtors(connection, None, 0, 9) == list(debts)
    assert [one for start in range(4) for one in find_debtors(connection, None, start, 1)] == list(debts)
    units = connection.execute(select(schema.unit)).all()
    above = {unit.id: unit.parent_id for unit in units}
    places = dict(connection.execute(select(schema.listed.c.member_id, schema.listed.c.unit_id)).all())
    for unit, name in [(unit.id, unit.name) for unit in units]:
        here = [member for member in debts if is_below(places[member], unit, above)]
        assert list(read_debts(connection, name)) == find_debtors(connection, name, 0, 9) == here
    own = {duty.deadline for member in debts for duty in read_duties(connection, member)}
    assert {owed.deadline for one in read_debtors(connection, found.as_of) for owed in one.owed} == own


def is_below(unit: int | None, other: int, above: Mapping[int, int | None]) -> bool:
    """Say whether a unit is another, or somewhere below it."""
    return unit is not None and (unit == other or is_below(above[unit], other, above))


def check_past(connection: Connection, found: PostCoverage) -> None:
    """A past day from the tallies is as the tables say, and so is the curve on that day, of all and of one unit."""
    of_office = read_units(connection).names_seen_from(OFFICE)
    curves = {seen: read_curve(connection, found.revision, found.as_of, seen) for seen in (None, of_office)}
    day = START.date()
    while day <= found.as_of.date():
        as_of = read_as_of(day.isoformat(), found.as_of)
        day += ONE_DAY
        try:
            then = read_coverage(connection, post().id, as_of)
        except PostUnknownError:
            continue
        assert read_past(connection, then.revision, as_of) in (None, then.figures)
        for seen, curve in curves.items():
            point, total = curve.at(day_in_viet_nam(as_of)), then.figures.limited_to(seen).total
            assert (point.confirmed, point.due) == (total.confirmed, total.due)


def read_tallies(connection: Connection) -> list[list[tuple[object, ...]]]:
    return [
        [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in schema.TALLIES
    ]
