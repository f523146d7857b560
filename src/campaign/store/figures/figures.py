"""Figures from the tallies: how the posts stand now, in the time of a few rows, however many people there are.

For a past instant, and for the people behind a figure, `coverage` goes through the tables.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from campaign.core.coverage import Coverage, State
from campaign.core.people.special_case import CaseKind
from campaign.store.base import schema
from campaign.store.base.rule import is_counted, is_in_force, is_in_state, is_meant, is_on_list
from campaign.store.base.types import Instant
from campaign.store.base.units import read_units
from campaign.store.posts.posts import PublishedRevision


@dataclass(frozen=True, slots=True)
class PostFigures:
    """How a post stands now, by unit in the order in which units were added; the opening is not told here."""

    by_unit: Mapping[str, Coverage] = field(default_factory=dict)

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return sum(self.by_unit.values(), Coverage())


def read_figures(connection: Connection, key: str | None = None) -> defaultdict[str, PostFigures]:
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
    return defaultdict(PostFigures, {post: PostFigures(by_unit) for post, by_unit in found.items()})


def explain_figures(connection: Connection, key: str | None = None) -> defaultdict[str, PostFigures]:
    """Return the figures with the denominator: who was concerned at the opening, who came, who left."""
    return explain(connection, {post: found.by_unit for post, found in read_figures(connection, key).items()}, key)


def explain(
    connection: Connection,
    by_post: Mapping[str, Mapping[str, Coverage]],
    key: str | None = None,
    as_of: datetime | None = None,
) -> defaultdict[str, PostFigures]:
    """Tell of figures, which give all concerned as `opening`, who has come and who left since the opening.

    Only those are looked at who were on the roster for a part of the time: as good as nobody.

    Args:
        connection: One state of the database.
        by_post: The figures of each unit, by the post's id.
        key: The post's id, or nothing for all posts.
        as_of: The instant of the figures, or nothing for now.
    """
    moves = _MOVES if key is None else _MOVES.where(schema.post.c.key == key)
    before, after = (defaultdict[tuple[str, str], set[int]](set) for _ in range(2))
    for row in connection.execute(moves, {"at": as_of or _LATEST}):
        for was_there, people in ((row.was_there, before), (row.is_there, after)):
            people[row.key, row.unit] |= {row.member_id} if was_there else set()
    explained = {post: dict[str, Coverage]() for post in (*by_post, *(post for post, _ in (*before, *after)))}
    for post, found in explained.items():
        for unit in (known.name for known in read_units(connection).all):
            now, was, there = by_post.get(post, {}).get(unit), before[post, unit], after[post, unit]
            joined, left = len(there - was), len(was - there)
            if now or joined or left:
                figures = now or Coverage()
                opening = figures.opening - joined + left
                found[unit] = replace(figures, opening=opening, joined=joined, left=left)
    return defaultdict(PostFigures, {post: PostFigures(found) for post, found in explained.items() if found})


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


def read_curve(connection: Connection, key: str, units: Collection[str] | None = None) -> list[tuple[date, int]]:
    """Return how many confirmations that count came on each day in Viet Nam on which there were any.

    Args:
        connection: One state of the database.
        key: The post's id.
        units: Some units, or nothing for all.
    """
    query = _CURVE.where(schema.post.c.key == key)
    if units:
        query = query.where(schema.unit.c.name.in_(units))
    return [(to_day(row.day), int(row.confirmed)) for row in connection.execute(query)]


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

_MOVES = (
    select(
        schema.post.c.key,
        schema.unit.c.name.label("unit"),
        _PLACE.member_id,
        is_in_force(schema.membership, schema.post.c.opened_at).label("was_there"),
        is_in_force(schema.membership, bindparam("at", type_=Instant)).label("is_there"),
    )
    .join_from(schema.membership, schema.unit)
    .join(schema.post, or_(_PLACE.since > schema.post.c.opened_at, _PLACE.until > schema.post.c.opened_at))
    .where(schema.post.c.fixed_at.is_(None), is_meant(schema.membership, schema.post))
)
"""To a fixed list nobody comes, and nobody leaves it."""

_STRANGERS = select(
    select(func.count())
    .join_from(schema.confirmation, schema.post, is_counted(schema.confirmation, schema.post))
    .where(schema.post.c.id == bindparam("post"))
    .scalar_subquery()
    - select(func.coalesce(func.sum(_DAYS.confirmed), 0)).where(_DAYS.post_id == bindparam("post")).scalar_subquery()
)

_CURVE = (
    select(_DAYS.day, func.sum(_DAYS.confirmed).label("confirmed"))
    .select_from(schema.day_tally)
    .join(schema.post)
    .join(schema.unit)
    .group_by(_DAYS.day)
    .order_by(_DAYS.day)
)
