"""Figures of a past instant, from the tallies of now: only those are looked at one by one for whom something differs.

Nearly everyone on the roster now was on it then, in the same unit, with the same deadline. What these have added to the
tallies up to that day is what they had added then. The others, who came, left or moved since, who are set apart by a
case, or whose confirmation was taken back since, are taken out of the tallies and judged as they stood then.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Integer, and_, bindparam, or_, select, union

from campaign.core.clock import day_in_viet_nam, start_of_day
from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import Coverage, Figures, State, list_instant, state_of, to_transfers
from campaign.errors.confirming import PostUnknownError
from campaign.store.base import rule, schema
from campaign.store.base.types import Instant
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import opened_at, read_standings
from campaign.store.figures.figures import COUNTS, explain, to_day
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.posts.special_cases import deadline_of

APART_AT_MOST = 5_000
"""With more people than that who differ, going through everyone takes no longer."""

Days = Mapping[str, Mapping[date, int]]
"""How many confirmed on each day, by unit."""


def read_past(connection: Connection, revision: PublishedRevision, as_of: datetime) -> Figures | None:
    """Return how a post stood, or nothing when the tallies of now cannot tell: everyone must be gone through.

    Args:
        connection: One state of the database.
        revision: The one that readers saw then.
        as_of: The last instant of a day in Viet Nam, or the present one.
    """
    opened = opened_at(connection, revision.post_id)
    current = _find_current(connection, revision)
    if as_of < opened or current is None:
        return None
    listed, listed_now = list_instant(revision.post, opened, as_of), list_instant(current.post, opened, _LATEST)
    if listed != listed_now and _is_meant_otherwise(connection, revision, min(listed, listed_now)):
        return None
    values = {"post": revision.post_id, "at": as_of, "listed_at": min(listed, listed_now)}
    apart = list(connection.scalars(_APART_OF_FIXED if listed == listed_now else _APART, values))
    if len(apart) > APART_AT_MOST:
        return None
    members, days = _count_the_others(connection, revision, apart, as_of)
    figures = _judge(members, days, deadline_of(revision))
    units = read_units(connection).by_name
    for standing in read_standings(connection, revision, as_of, apart):
        unit = units[standing.unit].name  # The tallies know the names of now.
        figures[unit] += Coverage(opening=1, **{standing.state.value: 1})
    key, present = revision.post.id, {unit: counted for unit, counted in figures.items() if counted.opening}
    found = explain(connection, {key: present}, key, as_of)[key]
    then = {name: unit.name_on(day_in_viet_nam(as_of)) for name, unit in units.items()}
    by_unit = {then[unit]: counted for unit, counted in found.by_unit.items()}
    moved = {(then[move.source], then[move.target]): move.count for move in found.transfers}
    return Figures(by_unit, to_transfers(moved))


def _find_current(connection: Connection, revision: PublishedRevision) -> PublishedRevision | None:
    """Return the current revision if it asks the same people since the same revision."""
    try:
        current = current_revision(connection, revision.post.id)
    except PostUnknownError:
        return None
    now, then = current.post, revision.post
    alike = (now.audience, now.roster, current.asks_since) == (then.audience, then.roster, revision.asks_since)
    return current if alike else None


def _is_meant_otherwise(connection: Connection, revision: PublishedRevision, at: datetime) -> bool:
    """Say whether other units took over from those that a post names than had then."""
    if not revision.post.audience.units:
        return False
    columns = schema.unit_change.c
    later = select(columns.sequence).where(or_(columns.recorded_at > at, columns.withdrawn_at > at)).limit(1)
    return connection.scalar(later) is not None


def _count_the_others(
    connection: Connection, revision: PublishedRevision, apart: Sequence[int], as_of: datetime
) -> tuple[Counter[str], defaultdict[str, Counter[date]]]:
    """Return by unit how many are on the list without those *apart*, and how many of them confirmed on each day."""
    values, last = {"post": revision.post_id}, day_in_viet_nam(as_of)
    counted = connection.execute(COUNTS.where(schema.post.c.id == revision.post_id))
    members = Counter({row.unit: int(row.members) for row in counted})
    days = defaultdict[str, Counter[date]](Counter)
    for row in connection.execute(_DAYS, values):
        days[row.unit][to_day(row.day)] += row.confirmed
    for row in connection.execute(_ADDED, {**values, "members": apart}) if apart else ():
        members[row.unit] -= 1
        if row.day is not None:
            days[row.unit][to_day(row.day)] -= 1
    kept = {unit: {day: count for day, count in found.items() if day <= last} for unit, found in days.items()}
    return members, defaultdict(Counter, {unit: Counter(found) for unit, found in kept.items()})


def _judge(members: Mapping[str, int], days: Days, deadline: Deadline) -> defaultdict[str, Coverage]:
    """Return the figures of those whose deadline is the post's and who are not exempt; it ends where a day ends."""
    figures = defaultdict[str, Coverage](Coverage)
    for unit, count in members.items():
        states = Counter[State]()
        for day, confirmed in days.get(unit, {}).items():
            states[state_of(deadline, start_of_day(day), exempt=False)] += confirmed
        on_time, late = states[State.ON_TIME], states[State.LATE]
        figures[unit] = Coverage(opening=count, on_time=on_time, late=late, outstanding=count - on_time - late)
    return figures


_LATEST = datetime.max.replace(tzinfo=UTC)
_AT, _POST = bindparam("at", type_=Instant), bindparam("post", type_=Integer)
_CASE, _PAPER, _TALLY, _PLACE = (
    table.c for table in (schema.special_case, schema.paper, schema.day_tally, schema.membership)
)
_SET_APART = (
    select(_CASE.member_id).where(_CASE.post_id == _POST, rule.is_in_force(schema.special_case, _AT)),
    select(_PAPER.member_id).where(_PAPER.post_id == _POST, _PAPER.withdrawn_at > _AT),
)
_LISTED_AT = bindparam("listed_at", type_=Instant)
_MOVED = select(_PLACE.member_id).where(or_(_PLACE.since > _LISTED_AT, _PLACE.until > _LISTED_AT))
_APART_OF_FIXED = union(*_SET_APART).limit(APART_AT_MOST + 1)
_APART = union(*_SET_APART, _MOVED).limit(APART_AT_MOST + 1)

_DAYS = (
    select(schema.unit.c.name.label("unit"), _TALLY.day, _TALLY.confirmed)
    .join_from(schema.day_tally, schema.unit)
    .where(_TALLY.post_id == _POST)
)

_ADDED = (
    select(schema.unit.c.name.label("unit"), rule.day_in_viet_nam(schema.confirmation.c.received_at).label("day"))
    .select_from(schema.post)
    .join(schema.membership, rule.is_on_list(schema.membership, schema.post))
    .join(schema.unit, schema.unit.c.id == _PLACE.unit_id)
    .outerjoin(
        schema.confirmation,
        and_(schema.confirmation.c.member_id == _PLACE.member_id, rule.is_counted(schema.confirmation, schema.post)),
    )
    .where(schema.post.c.id == _POST, rule.is_meant(schema.membership, schema.post))
    .where(_PLACE.member_id.in_(bindparam("members", expanding=True)))
)
