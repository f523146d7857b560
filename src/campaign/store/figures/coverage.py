"""Coverage from the database: the figures of a post by unit, and the people behind each figure, as of any instant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, false, func, literal, select

from campaign.core.clock import day_in_viet_nam
from campaign.core.figures.coverage import Coverage, Figures, MemberStanding, State, count_coverage, judge, list_instant
from campaign.core.people.paper import Method, RecordedPaper
from campaign.core.people.roster import Category
from campaign.core.people.special_case import exemption_of, is_on_leave
from campaign.core.text import name_key
from campaign.store.base import rule, schema
from campaign.store.base.rows import VALUES_AT_ONCE
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.base.types import Instant
from campaign.store.base.units import read_units, units_meant_by
from campaign.store.posts.paper import papers_at
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.posts.special_cases import cases_at, deadline_of
from campaign.store.roster.roster import CATEGORIES

ERASED = "(đã xoá theo quy định)"
"""Stands for a name whose time was over."""


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
        standings: Everyone concerned, in the Vietnamese order of names.
    """

    revision: PublishedRevision
    as_of: datetime
    figures: Figures
    standings: tuple[MemberStanding, ...]

    @property
    def by_unit(self) -> Mapping[str, Coverage]:
        """The figures of each unit, in the order in which units were added."""
        return self.figures.by_unit

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return self.figures.total

    def limited_to(self, units: Collection[str] | None) -> "PostCoverage":
        """Return what a unit's head may see of it, who sees *units*; the whole for nothing."""
        if units is None:
            return self
        standings = tuple(standing for standing in self.standings if standing.unit in units)
        return replace(self, figures=self.figures.limited_to(units), standings=standings)


def read_coverage(connection: Connection, key: str, as_of: datetime) -> PostCoverage:
    """Return how the post with id *key* stood at *as_of*.

    Raises:
        PostUnknownError: No such post asked for a confirmation then.
    """
    revision = current_revision(connection, key, as_of)
    standings = _read_standings(connection, revision, as_of)
    opening = {row.id: row.unit for row in _concerned(connection, revision, as_of, is_opening=True)}
    counted = count_coverage(opening, standings)
    order = read_units(connection).names_on(day_in_viet_nam(as_of)).values()
    by_unit = {unit: counted.by_unit[unit] for unit in order if unit in counted.by_unit}
    ordered = sorted(standings, key=lambda person: (name_key(person.name), person.staff_code))
    return PostCoverage(revision, as_of, replace(counted, by_unit=by_unit), tuple(ordered))


@once_a_snapshot
def opened_at(connection: Connection, post_id: int) -> datetime:
    """Return when a post was opened to people: published, or the first roster when that came later."""
    opened: datetime = connection.scalars(select(schema.post.c.opened_at).where(schema.post.c.id == post_id)).one()
    return opened


@once_a_snapshot
def is_fixed(connection: Connection, post_id: int) -> bool:
    """Say whether the list of a post is fixed: by its rule, or because the roster changed after its deadline."""
    return connection.scalar(select(schema.post.c.fixed_at).where(schema.post.c.id == post_id)) is not None


def read_strangers(connection: Connection, revision: PublishedRevision) -> list[Stranger]:
    """Return those who have confirmed a post and are not among those it is for now: they left, or moved."""
    post, confirmation, place = schema.post, schema.confirmation, schema.membership
    roster = place if is_fixed(connection, revision.post_id) else schema.listed
    found = (
        select(confirmation.c.member_id, confirmation.c.received_at)
        .join_from(post, confirmation, rule.is_counted(confirmation, post))
        .where(post.c.id == revision.post_id, ~rule.is_concerned(confirmation.c.member_id, post, roster))
    )
    confirmed = dict(connection.execute(found).all())
    stays = (
        select(place.c.member_id, place.c.until, schema.unit.c.name.label("unit"))
        .add_columns(schema.member.c.name, schema.member.c.staff_code)
        .join_from(place, schema.unit)
        .join(schema.member)
        .order_by(place.c.sequence)
    )
    missing, last = list(confirmed), dict[int, Stranger]()
    for start in range(0, len(missing), VALUES_AT_ONCE):
        for row in connection.execute(stays.where(place.c.member_id.in_(missing[start : start + VALUES_AT_ONCE]))):
            code, name, has_left = row.staff_code or "", row.name or ERASED, row.until is not None
            last[row.member_id] = Stranger(row.member_id, code, name, row.unit, has_left, confirmed[row.member_id])
    return sorted(last.values(), key=lambda person: (name_key(person.name), person.staff_code))


def read_standings(
    connection: Connection, revision: PublishedRevision, as_of: datetime, members: Sequence[int]
) -> list[MemberStanding]:
    """Return how each of a few *members*, concerned at *as_of*, stood to a post then, in their order."""
    found = {standing.member_id: standing for standing in _read_standings(connection, revision, as_of, members)}
    return [found[member] for member in members if member in found]


def _read_standings(
    connection: Connection, revision: PublishedRevision, as_of: datetime, members: Sequence[int] | None = None
) -> list[MemberStanding]:
    deadline, today, columns = deadline_of(revision), day_in_viet_nam(as_of), schema.confirmation.c
    query = select(columns.member_id, func.min(columns.received_at)).where(
        columns.post_id == revision.post_id, columns.revision >= revision.asks_since, columns.received_at <= as_of
    )
    if members is not None:
        query = query.where(columns.member_id.in_(members))
    confirmed = dict(connection.execute(query.group_by(columns.member_id)).all())
    papers = {recorded.member_id: recorded for recorded in papers_at(connection, revision.post_id, as_of)}
    for paper in papers.values():  # One that was withdrawn since is no confirmation any more, and was one then.
        if paper.revision >= revision.asks_since:
            confirmed[paper.member_id] = min(paper.recorded_at, confirmed.get(paper.member_id, paper.recorded_at))
    all_cases, standings = cases_at(connection, as_of, revision.post_id), list[MemberStanding]()
    for row in _concerned(connection, revision, as_of, members):
        confirmed_at, cases, recorded = confirmed.get(row.id), all_cases.get(row.id, ()), papers.get(row.id)
        state, exemption = judge(deadline, confirmed_at, cases), exemption_of(cases) if cases else None
        standing = MemberStanding(
            member_id=row.id,
            staff_code=row.staff_code or "",
            name=row.name or ERASED,
            unit=row.unit,
            category=row.category,
            state=state,
            confirmed_at=confirmed_at,
            reason=exemption.reason if exemption and state is State.EXEMPT else None,
            cases=cases,
            is_on_leave=bool(cases) and is_on_leave(cases, today),
            # What the Office knows of the confirmation that counts, unless another came before it.
            paper=recorded.paper if recorded and _is_counted(recorded, confirmed_at) else None,
            has_left=row.has_left,
        )
        standings.append(standing)
    return standings


def _is_counted(recorded: RecordedPaper, confirmed_at: datetime | None) -> bool:
    """Say whether it is the Office's record that counts, not a press that the Office withdrew later."""
    return recorded.recorded_at == confirmed_at and recorded.method is not Method.WEB


@dataclass(frozen=True, slots=True)
class _Concerned:
    id: int
    staff_code: str | None
    name: str | None
    unit: str
    category: Category
    has_left: bool


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
    membership, later, audience = schema.membership.c, schema.membership.alias(), revision.post.audience
    opened = opened_at(connection, revision.post_id)
    counted_at = list_instant(revision.post, opened, at)
    listed_at = min(opened, at) if is_opening else counted_at
    meant = units_meant_by(connection, audience.units, revision.published_at, counted_at)
    names = read_units(connection).names_on(day_in_viet_nam(at))
    query = (
        select(
            membership.member_id,
            schema.member.c.staff_code,
            schema.member.c.name,
            membership.unit_id,
            membership.category,
            membership.member_id.not_in(select(later.c.member_id).where(rule.is_in_force(later, literal(at, Instant))))
            if counted_at < at
            else false(),
        )
        .join(schema.member, schema.member.c.id == membership.member_id)
        .where(rule.is_in_force(schema.membership, literal(listed_at, Instant)))
        .order_by(membership.sequence)
    )
    if members is not None:
        query = query.where(membership.member_id.in_(members))
    last = {row[0]: row for row in connection.execute(query)}
    return [
        _Concerned(number, code, name, names[unit], CATEGORIES[category], has_left)
        for number, code, name, unit, category, has_left in last.values()
        if unit in meant and audience.includes_category(CATEGORIES[category])
    ]
