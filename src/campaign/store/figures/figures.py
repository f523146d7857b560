"""Figures from the tallies: how the posts stand now, in the time of a few rows, however many people there are.

For a past instant, and for the people behind a figure, `coverage` goes through the tables.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from campaign.core.figures.coverage import Coverage, Figures, State, to_transfers
from campaign.core.people.special_case import CaseKind
from campaign.store.base import schema
from campaign.store.base.rule import is_counted, is_in_force, is_in_state, is_meant, is_on_list
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.base.types import Instant
from campaign.store.base.units import read_units
from campaign.store.posts.posts import PublishedRevision


def read_figures(connection: Connection, key: str | None = None) -> defaultdict[str, Figures]:
    """Return the figures of a post, or of all, by the post's id; of one that counts nobody there are none."""
    counts, exemptions = COUNTS, _EXEMPT
    if key:
        counts, exemptions = (query.where(schema.post.c.key == key) for query in (counts, exemptions))
    exempt = {(row.key, row.unit): row.exempt for row in connection.execute(exemptions)}
    found = defaultdict[str, dict[str, Coverage]](dict)
    for row in connection.execute(counts):
        excused = exempt.get((row.key, row.unit), 0)
        members, on_time, late = (int(number or 0) for number in (row.members, row.on_time, row.late))
        found[row.key][row.unit] = Coverage(
            opening=members,
            exempt=excused,
            on_time=on_time,
            late=late,
            outstanding=members - excused - on_time - late,
        )
    return defaultdict(Figures, {post: Figures(by_unit) for post, by_unit in found.items()})


def explain_figures(connection: Connection, key: str | None = None) -> defaultdict[str, Figures]:
    """Return the figures with the denominator: who was concerned at the opening, who came, who left."""
    return explain(connection, {post: found.by_unit for post, found in read_figures(connection, key).items()}, key)


def explain(
    connection: Connection,
    by_post: Mapping[str, Mapping[str, Coverage]],
    key: str | None = None,
    as_of: datetime | None = None,
) -> defaultdict[str, Figures]:
    """Tell of figures, which give all concerned as `opening`, who has come and who left since the opening.

    Only those are looked at who were on the roster for a part of the time: as good as nobody.

    Args:
        connection: One state of the database.
        by_post: The figures of each unit, by the post's id.
        key: The post's id, or nothing for all posts.
        as_of: The instant of the figures, or nothing for now.
    """
    moves = _MOVES if key is None else _MOVES.where(schema.post.c.key == key)
    before, after = (defaultdict[str, defaultdict[str, set[int]]](lambda: defaultdict(set)) for _ in range(2))
    for row in connection.execute(moves, {"at": as_of or _LATEST}):
        for was_there, people in ((row.was_there, before), (row.is_there, after)):
            people[row.key][row.unit] |= {row.member_id} if was_there else set()
    names = [unit.name for unit in read_units(connection).all]
    explained = {
        post: _explain(by_post.get(post, {}), before[post], after[post], names)
        for post in {**by_post, **before, **after}
    }
    return defaultdict(Figures, {post: found for post, found in explained.items() if found.by_unit})


def _explain(
    counted: Mapping[str, Coverage],
    before: defaultdict[str, set[int]],
    after: defaultdict[str, set[int]],
    names: Sequence[str],
) -> Figures:
    """Tell of the figures of a post, from who was in each unit at the opening and who is there now."""
    by_unit = {}
    for unit in names:
        joined, left = len(after[unit] - before[unit]), len(before[unit] - after[unit])
        if unit in counted or joined or left:
            figures = counted.get(unit, Coverage())
            opening = figures.opening - joined + left
            by_unit[unit] = replace(figures, opening=opening, joined=joined, left=left)
    home = {member: unit for unit, people in before.items() for member in people}
    moved = ((home[member], unit) for unit, people in after.items() for member in people if member in home)
    return Figures(by_unit, to_transfers(Counter(units for units in moved if units[0] != units[1])))


@once_a_snapshot
def count_members(connection: Connection, units: Collection[str] | None = None) -> int:
    """Return how many people are on the roster, of some units or of all."""
    query = select(func.coalesce(func.sum(schema.headcount.c.members), 0)).where(schema.headcount.c.list_id == 0)
    if units is not None:
        query = query.join(schema.unit, schema.unit.c.id == schema.headcount.c.unit_id).where(
            schema.unit.c.name.in_(units)
        )
    return int(connection.execute(query).scalar_one())


def count_strangers(connection: Connection, revision: PublishedRevision) -> int:
    """Return how many have confirmed a post, and are not among those it is for: they left, or moved.

    They are those whom the tallies do not count.
    """
    return int(connection.execute(_STRANGERS, {"post": revision.post_id}).scalar_one())


def to_day(number: int) -> date:
    """Return the day that a tally counts from 1970."""
    return _FIRST_DAY + timedelta(days=number)


_FIRST_DAY = date(1970, 1, 1)
_LATEST = datetime.max.replace(tzinfo=UTC)

_HEADS, _TALLY, _DAYS = schema.headcount.c, schema.unit_tally.c, schema.day_tally.c
_PLACE, _CASE = schema.membership.c, schema.special_case.c

COUNTS = (
    select(
        schema.post.c.key,
        schema.unit.c.name.label("unit"),
        func.sum(_HEADS.members).label("members"),
        func.max(_TALLY.on_time).label("on_time"),
        func.max(_TALLY.late).label("late"),
    )
    .select_from(schema.audience)
    .join(schema.post)
    .join(schema.unit)
    .join(
        schema.headcount,
        and_(
            _HEADS.list_id == case((schema.post.c.fixed_at.is_(None), 0), else_=schema.post.c.id),
            _HEADS.unit_id == schema.audience.c.unit_id,
            _HEADS.category == schema.audience.c.category,
        ),
    )
    .outerjoin(schema.unit_tally, and_(_TALLY.post_id == schema.post.c.id, _TALLY.unit_id == schema.unit.c.id))
    .group_by(schema.post.c.id, schema.unit.c.id)
    .order_by(schema.post.c.id, schema.unit.c.id)
)
"""How many each post counts in each unit, and how many of them confirmed in time and late."""

_EXEMPT = (
    select(schema.post.c.key, schema.unit.c.name.label("unit"), func.count(_PLACE.member_id.distinct()).label("exempt"))
    .select_from(schema.special_case)
    .join(schema.post)
    .join(
        schema.membership,
        and_(_PLACE.member_id == _CASE.member_id, is_on_list(schema.membership, schema.post)),
    )
    .join(schema.unit, schema.unit.c.id == _PLACE.unit_id)
    .where(_CASE.kind == CaseKind.EXEMPTION.value, is_meant(schema.membership, schema.post))
    .where(is_in_state(State.EXEMPT, _CASE.member_id, schema.post))
    .group_by(schema.post.c.id, schema.unit.c.id)
)
"""Only those with an exemption are looked at."""

_FIXED_AT, _AT = schema.post.c.fixed_at, bindparam("at", type_=Instant)
_COUNTED_AT = case((_FIXED_AT < _AT, _FIXED_AT), else_=_AT)
_MOVES = (
    select(
        schema.post.c.key,
        schema.unit.c.name.label("unit"),
        _PLACE.member_id,
        is_in_force(schema.membership, schema.post.c.opened_at).label("was_there"),
        is_in_force(schema.membership, _COUNTED_AT).label("is_there"),
    )
    .join_from(schema.membership, schema.unit)
    .join(schema.post, or_(_PLACE.since > schema.post.c.opened_at, _PLACE.until > schema.post.c.opened_at))
    .where(or_(_FIXED_AT.is_(None), schema.post.c.opened_at < _FIXED_AT), is_meant(schema.membership, schema.post))
)
"""To a list that was fixed at the opening nobody comes, and nobody leaves it; nor to one after its deadline."""

_STRANGERS = select(
    select(func.count())
    .join_from(schema.confirmation, schema.post, is_counted(schema.confirmation, schema.post))
    .where(schema.post.c.id == bindparam("post"))
    .scalar_subquery()
    - select(func.coalesce(func.sum(_DAYS.confirmed), 0)).where(_DAYS.post_id == bindparam("post")).scalar_subquery()
)
