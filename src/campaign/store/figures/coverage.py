"""Coverage from the database: the figures of a post by unit, and the people behind each figure, as of any instant."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, bindparam, false, func, or_, select, text
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from campaign.core.clock import day_in_viet_nam, from_microseconds
from campaign.core.coverage import Coverage, MemberStanding, State, count_coverage, judge
from campaign.core.deadline import Deadline
from campaign.core.paper import RecordedPaper
from campaign.core.post import RosterRule
from campaign.core.special_case import SpecialCase, exemption_of, is_on_leave
from campaign.core.text import name_key
from campaign.store.base import schema
from campaign.store.base.units import read_units, units_meant_by
from campaign.store.posts.paper import papers_at
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.posts.special_cases import cases_at, deadline_of
from campaign.store.roster.roster import CATEGORIES
from campaign.store.tallies import FIXED_MEMBERSHIP

ERASED = "(đã xoá theo quy định)"
"""Stands for a name whose time was over."""


PEOPLE_AT_ONCE = 5_000
_STRANGERS = """
    SELECT c.member_id AS member_id, MIN(c.received_at) AS received_at
    FROM confirmation c {on_list}
    WHERE c.post_id = :post AND c.revision >= :since AND a.post_id IS NULL GROUP BY c.member_id
"""
_ON_ROSTER = """
    LEFT JOIN listed l ON l.member_id = c.member_id
    LEFT JOIN audience a ON a.post_id = c.post_id AND a.unit_id = l.unit_id AND a.category = l.category
"""
_ON_FIXED_LIST = f"""
    JOIN post p ON p.id = c.post_id
    LEFT JOIN membership m ON m.member_id = c.member_id AND {FIXED_MEMBERSHIP}
    LEFT JOIN audience a ON a.post_id = c.post_id AND a.unit_id = m.unit_id AND a.category = m.category
"""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Someone who has confirmed a post and is not among those it is for now.

    Attributes:
        unit: The last unit.
        has_left: Whether the person is off the roster, else only where the post is not for.
    """

    member_id: int
    staff_code: str
    name: str
    unit: str
    has_left: bool
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class PostCoverage:
    """How a post stands as of an instant.

    Attributes:
        revision: The revision that readers saw then.
        by_unit: The figures of each unit, in the order in which units were added.
        standings: Everyone concerned, in the Vietnamese order of names.
    """

    revision: PublishedRevision
    as_of: datetime
    by_unit: dict[str, Coverage]
    standings: tuple[MemberStanding, ...]

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return sum(self.by_unit.values(), Coverage())

    def limited_to(self, units: Collection[str] | None) -> "PostCoverage":
        """Return what a unit's head may see of it, who sees *units*; the whole for nothing."""
        if units is None:
            return self
        by_unit = {name: figures for name, figures in self.by_unit.items() if name in units}
        return replace(self, by_unit=by_unit, standings=tuple(one for one in self.standings if one.unit in units))


def read_coverage(connection: Connection, key: str, as_of: datetime) -> PostCoverage:
    """Return how the post with id *key* stood at *as_of*.

    Raises:
        PostUnknownError: No such post asked for a confirmation then.
    """
    revision = current_revision(connection, key, as_of)
    standings = _read_standings(connection, revision, as_of)
    opening = _read_opening(connection, revision, as_of)
    counted = count_coverage(opening, standings)
    order = read_units(connection).names_on(day_in_viet_nam(as_of)).values()
    by_unit = {unit: counted[unit] for unit in order if unit in counted}
    ordered = sorted(standings, key=lambda one: (name_key(one.name), one.staff_code))
    return PostCoverage(revision, as_of, by_unit, tuple(ordered))


def _read_opening(connection: Connection, revision: PublishedRevision, at: datetime) -> dict[int, str]:
    """Return who was concerned at the opening."""
    return {row.id: row.unit for row in _concerned(connection, revision, at, is_opening=True)}


def opened_at(connection: Connection, post_id: int) -> datetime:
    """Return when a post was opened to people: published, or the first roster when that came later."""
    opened: datetime = connection.scalars(select(schema.post.c.opened_at).where(schema.post.c.id == post_id)).one()
    return opened


def read_strangers(connection: Connection, revision: PublishedRevision) -> list[Stranger]:
    """Return those who have confirmed a post and are not among those it is for now: they left, or moved."""
    on_list = _ON_FIXED_LIST if revision.post.roster is RosterRule.FIXED else _ON_ROSTER
    values = {"post": revision.post_id, "since": revision.asks_since}
    rows = connection.execute(text(_STRANGERS.format(on_list=on_list)), values).all()
    confirmed = {row.member_id: row.received_at for row in rows}
    missing = list(confirmed)
    columns = schema.membership.c
    query = (
        select(columns.member_id, schema.member.c.name, schema.member.c.staff_code, schema.unit.c.name, columns.until)
        .join(schema.member, schema.member.c.id == columns.member_id)
        .join(schema.unit, schema.unit.c.id == columns.unit_id)
        .where(columns.member_id.in_(bindparam("missing", expanding=True)))
        .order_by(columns.sequence)
    )
    last = {}
    for start in range(0, len(missing), PEOPLE_AT_ONCE):
        for number, name, code, unit, until in connection.execute(
            query, {"missing": missing[start : start + PEOPLE_AT_ONCE]}
        ):
            last[number] = Stranger(
                number, code or "", name or ERASED, unit, until is not None, from_microseconds(confirmed[number])
            )
    return sorted(last.values(), key=lambda one: (name_key(one.name), one.staff_code))


def read_standings(
    connection: Connection, revision: PublishedRevision, as_of: datetime, members: Sequence[int]
) -> list[MemberStanding]:
    """Return how each of a few *members*, concerned at *as_of*, stood to a post then, in their order."""
    found = {one.member_id: one for one in _read_standings(connection, revision, as_of, members)}
    return [found[member] for member in members if member in found]


def _read_standings(
    connection: Connection, revision: PublishedRevision, as_of: datetime, members: Sequence[int] | None = None
) -> list[MemberStanding]:
    deadline, today = deadline_of(revision), day_in_viet_nam(as_of)
    confirmed = _confirmed_at(connection, revision, as_of, members)
    papers = {one.member_id: one for one in papers_at(connection, revision.post_id, as_of)}
    for one in papers.values():  # One that was withdrawn since is no confirmation any more, and was one then.
        if one.revision >= revision.asks_since:
            confirmed[one.member_id] = min(one.recorded_at, confirmed.get(one.member_id, one.recorded_at))
    cases = cases_at(connection, as_of, revision.post_id)
    return [
        _to_standing(row, deadline, confirmed.get(row.id), cases.get(row.id, ()), today, papers.get(row.id))
        for row in _concerned(connection, revision, as_of, members)
    ]


@dataclass(frozen=True, slots=True)
class _Concerned:
    id: int
    staff_code: str | None
    name: str | None
    unit: str
    category: str
    has_left: bool


def _to_standing(
    row: _Concerned,
    deadline: Deadline,
    confirmed_at: datetime | None,
    cases: tuple[SpecialCase, ...],
    today: date,
    recorded: RecordedPaper | None,
) -> MemberStanding:
    state, exemption = judge(deadline, confirmed_at, cases), exemption_of(cases) if cases else None
    return MemberStanding(
        member_id=row.id,
        staff_code=row.staff_code or "",
        name=row.name or ERASED,
        unit=row.unit,
        category=CATEGORIES[row.category],
        state=state,
        confirmed_at=confirmed_at,
        reason=exemption.reason if exemption and state is State.EXEMPT else None,
        cases=cases,
        is_on_leave=bool(cases) and is_on_leave(cases, today),
        # What the Office knows of the confirmation that counts, unless another came before it.
        paper=recorded.paper if recorded and recorded.recorded_at == confirmed_at else None,
        has_left=row.has_left,
    )


def _concerned(
    connection: Connection,
    revision: PublishedRevision,
    at: datetime,
    members: Sequence[int] | None = None,
    *,
    is_opening: bool = False,
) -> Iterable[_Concerned]:
    """Return the members on the post's list at that instant whom its audience takes in, or those of a few of them.

    Each once, even where the clock was set back and a member's later entry begins before the earlier one ended; with
    the unit as it was called on that day.

    Args:
        connection: One state of the database.
        revision: The revision that readers saw then.
        at: The instant.
        members: A few members, or nothing for all.
        is_opening: Whether those are wanted who were on the list when the post was opened.
    """
    membership, audience = schema.membership.c, revision.post.audience
    is_fixed = revision.post.roster is RosterRule.FIXED
    listed_at = min(opened_at(connection, revision.post_id), at) if is_fixed or is_opening else at
    meant = units_meant_by(connection, audience.units, revision.published_at, listed_at if is_fixed else at)
    names = read_units(connection).names_on(day_in_viet_nam(at))
    query = (
        select(
            membership.member_id,
            schema.member.c.staff_code,
            schema.member.c.name,
            membership.unit_id,
            membership.category,
            membership.member_id.not_in(_members_at(at)) if is_fixed else false(),
        )
        .join(schema.member, schema.member.c.id == membership.member_id)
        .where(_in_force(membership, listed_at))
        .order_by(membership.sequence)
    )
    if members is not None:
        query = query.where(membership.member_id.in_(members))
    last = {row[0]: row for row in connection.execute(query)}
    categories: Collection[str] = audience.categories or tuple(CATEGORIES)
    return [
        _Concerned(number, code, name, names[unit], category, has_left)
        for number, code, name, unit, category, has_left in last.values()
        if unit in meant and category in categories
    ]


def _in_force(membership: ReadOnlyColumnCollection[str, Column[Any]], at: datetime) -> ColumnElement[bool]:
    return and_(membership.since <= at, or_(membership.until.is_(None), membership.until > at))


def _members_at(at: datetime) -> Select[Any]:
    """Return the query for who was on the roster at an instant."""
    later = schema.membership.alias().c
    return select(later.member_id).where(_in_force(later, at))


def _confirmed_at(
    connection: Connection, revision: PublishedRevision, at: datetime, members: Sequence[int] | None = None
) -> dict[int, datetime]:
    """Return when each member's confirmation that counts was received."""
    columns = schema.confirmation.c
    query = (
        select(columns.member_id, func.min(columns.received_at))
        .where(
            columns.post_id == revision.post_id,
            columns.revision >= revision.asks_since,
            columns.received_at <= at,
        )
        .group_by(columns.member_id)
    )
    if members is not None:
        query = query.where(columns.member_id.in_(members))
    return dict(connection.execute(query).all())
