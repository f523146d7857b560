"""Figures of a past instant, from the tallies of now: only those are looked at one by one for whom something differs.

Nearly everyone on the roster now was on it then, in the same unit, with the same deadline. What these have added to the
tallies up to that day is what they had added then. The others, who came, left or moved since, who are set apart by a
case, or whose confirmation was taken back since, are taken out of the tallies and judged as they stood then.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, or_, select, text

from campaign.core.clock import day_in_viet_nam, to_microseconds
from campaign.core.coverage import Coverage
from campaign.core.post import RosterRule
from campaign.errors.confirming import PostUnknownError
from campaign.store.base import schema
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import opened_at, read_standings
from campaign.store.figures.figures import explain, read_figures, to_day
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.posts.special_cases import deadline_of
from campaign.store.tallies import DAY_OF_CONFIRMATION, ON_LIST

APART_AT_MOST = 5_000
"""With more people than that who differ, going through everyone takes no longer."""

Days = Mapping[str, Mapping[date, int]]
"""How many confirmed on each day, by unit."""


@dataclass(frozen=True, slots=True)
class PastFigures:
    """How a post stood at a past instant.

    Attributes:
        by_unit: The figures of each unit, in the order in which units were added.
        days: How many confirmed on each day, by unit.
    """

    by_unit: Mapping[str, Coverage]
    days: Days


def read_past(connection: Connection, revision: PublishedRevision, as_of: datetime) -> PastFigures | None:
    """Return how a post stood, or nothing when the tallies of now cannot tell: everyone must be gone through.

    Args:
        connection: One state of the database.
        revision: The one that readers saw then.
        as_of: The last instant of a day in Viet Nam, or the present one.
    """
    at, opened = to_microseconds(as_of), opened_at(connection, revision.post_id)
    if (
        as_of < opened
        or not _is_counted_alike(connection, revision)
        or _is_meant_otherwise(connection, revision, as_of)
    ):
        return None
    apart = _find_apart(connection, revision, at)
    if len(apart) > APART_AT_MOST:
        return None
    members = Counter({unit: one.opening for unit, one in _count_now(connection, revision).items()})
    days = _read_days(connection, revision, day_in_viet_nam(as_of))
    _take_out(connection, revision, apart, members, days)
    figures = _judge(members, days, deadline_of(revision).before)
    units = read_units(connection).by_name
    for one in read_standings(connection, revision, as_of, apart):
        unit = units[one.unit].name  # The tallies know the names of now.
        figures[unit] += Coverage(opening=1, **{one.state.value: 1})
        if one.confirmed_at:
            days[unit][day_in_viet_nam(one.confirmed_at)] += 1
    if revision.post.roster is RosterRule.FIXED:  # Nobody comes, and nobody leaves.
        found = {unit: figures[unit] for unit in _count_now(connection, revision)}
    else:
        present = {unit: one for unit, one in figures.items() if one.opening}
        found = explain(connection, revision, present, to_microseconds(opened), at)
    then = {name: one.name_on(day_in_viet_nam(as_of)) for name, one in units.items()}
    return PastFigures(
        {then[unit]: one for unit, one in found.items()}, {then[unit]: one for unit, one in days.items()}
    )


def _is_counted_alike(connection: Connection, revision: PublishedRevision) -> bool:
    """Say whether the current revision asks the same people since the same revision."""
    try:
        current = current_revision(connection, revision.post.id)
    except PostUnknownError:
        return False
    now, then = current.post, revision.post
    return (now.audience, now.roster, current.asks_since) == (then.audience, then.roster, revision.asks_since)


def _is_meant_otherwise(connection: Connection, revision: PublishedRevision, at: datetime) -> bool:
    """Say whether other units took over from those that a post names than had then."""
    if not revision.post.audience.units or revision.post.roster is RosterRule.FIXED:
        return False
    columns = schema.unit_change.c
    later = select(columns.sequence).where(or_(columns.recorded_at > at, columns.withdrawn_at > at)).limit(1)
    return connection.scalar(later) is not None


def _find_apart(connection: Connection, revision: PublishedRevision, at: int) -> Sequence[int]:
    roster = _MOVED if revision.post.roster is not RosterRule.FIXED else ""
    values = {"post": revision.post_id, "at": at, "count": APART_AT_MOST + 1}
    return list(connection.scalars(text(_APART.format(roster=roster)), values))


def _count_now(connection: Connection, revision: PublishedRevision) -> Mapping[str, Coverage]:
    found = read_figures(connection, revision.post.id).get(revision.post.id)
    return found.by_unit if found else {}


def _read_days(connection: Connection, revision: PublishedRevision, last: date) -> defaultdict[str, Counter[date]]:
    days = defaultdict[str, Counter[date]](Counter)
    for row in connection.execute(text(_DAYS), {"post": revision.post_id}):
        if to_day(row.day) <= last:
            days[row.unit][to_day(row.day)] += row.confirmed
    return days


def _take_out(
    connection: Connection,
    revision: PublishedRevision,
    apart: Sequence[int],
    members: Counter[str],
    days: Mapping[str, Counter[date]],
) -> None:
    """Take out of the counts of now what those people have added who stand apart."""
    for row in connection.execute(_ADDED, {"post": revision.post_id, "members": apart}) if apart else ():
        members[row.unit] -= 1
        if row.day is not None and to_day(row.day) in days[row.unit]:
            days[row.unit][to_day(row.day)] -= 1


def _judge(members: Mapping[str, int], days: Days, late_from: date) -> defaultdict[str, Coverage]:
    """Return the figures of those whose deadline is the post's and who are not exempt."""
    figures = defaultdict[str, Coverage](Coverage)
    for unit, count in members.items():
        counted = days.get(unit, {}).items()
        on_time = sum(confirmed for day, confirmed in counted if day < late_from)
        late = sum(confirmed for day, confirmed in counted if day >= late_from)
        figures[unit] = Coverage(opening=count, on_time=on_time, late=late, outstanding=count - on_time - late)
    return figures


_MOVED = "SELECT member_id FROM membership WHERE since > :at OR until > :at UNION"

_APART = """
    SELECT member_id FROM (
        {roster}
        SELECT member_id FROM special_case
        WHERE post_id = :post AND since <= :at AND (until IS NULL OR until > :at)
        UNION
        SELECT member_id FROM paper WHERE post_id = :post AND withdrawn_at > :at
    ) AS apart LIMIT :count
"""

_DAYS = """
    SELECT u.name AS unit, t.day AS day, t.confirmed AS confirmed
    FROM day_tally t JOIN unit u ON u.id = t.unit_id WHERE t.post_id = :post
"""

_ADDED = text(f"""
    SELECT u.name AS unit, MIN({DAY_OF_CONFIRMATION}) AS day
    FROM membership m
    JOIN post p ON p.id = :post
    JOIN audience a ON a.post_id = p.id AND a.unit_id = m.unit_id AND a.category = m.category
    JOIN unit u ON u.id = m.unit_id
    LEFT JOIN confirmation c ON c.post_id = p.id AND c.member_id = m.member_id AND c.revision >= p.asks_since
    WHERE m.member_id IN :members AND {ON_LIST}
    GROUP BY m.member_id, u.name
""").bindparams(bindparam("members", expanding=True))  # noqa: S608 - made of our own parts
