"""The curve of a post: how it stood at the end of each day, the same as `coverage` says of that day.

Nearly everyone was on the roster all the time, and nothing was taken back from them: what these add is in the tallies.
The others are gone through one by one, and so is everyone where the post asked other people, or asked again, meanwhile.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    func,
    null,
    or_,
    select,
    union,
)

from campaign.core.clock import ONE_DAY, day_in_viet_nam, end_of_day
from campaign.core.figures.coverage import list_instant
from campaign.core.figures.curve import Curve, CurvePoint, draw_curve
from campaign.core.people.special_case import CaseKind
from campaign.core.post import RosterRule
from campaign.store.base import rule, schema
from campaign.store.base.types import Instant
from campaign.store.base.units import read_unit_changes, read_units, units_meant_by
from campaign.store.figures.coverage import opened_at
from campaign.store.figures.figures import COUNTS, to_day
from campaign.store.posts.posts import PublishedRevision, read_revisions
from campaign.store.posts.special_cases import deadline_of
from campaign.store.roster.roster import CATEGORIES


@dataclass(frozen=True, slots=True)
class _Span:
    """From an instant on, a revision counted, and meant the units with these numbers."""

    since: datetime
    revision: PublishedRevision
    units: frozenset[int]

    def asks_as(self, other: "_Span") -> bool:
        """Say whether the same people are asked as in another span, since the same revision."""
        mine, others = self.revision, other.revision
        return (self.units, mine.post.audience, mine.post.roster, mine.asks_since, mine.post.deadline) == (
            other.units,
            others.post.audience,
            others.post.roster,
            others.asks_since,
            others.post.deadline,
        )


@dataclass(slots=True)
class _Person:
    """What was recorded of somebody: where they were, when they confirmed, when they were exempt."""

    stays: list[Row[Any]] = field(default_factory=list)
    confirmations: list[Row[Any]] = field(default_factory=list)
    exemptions: list[Row[Any]] = field(default_factory=list)

    def instants(self) -> Iterator[datetime]:
        """Return when something changed."""
        for row in (*self.stays, *self.confirmations, *self.exemptions):
            yield row.since
            if row.until is not None:
                yield row.until


def read_curve(
    connection: Connection, revision: PublishedRevision, as_of: datetime, seen: Collection[str] | None = None
) -> Curve:
    """Return the curve of a post up to *as_of*.

    Args:
        connection: One state of the database.
        revision: The one that readers saw then.
        as_of: The last instant of a day in Viet Nam, or the present one.
        seen: Some units, by every name of theirs, or nothing for all.
    """
    units = frozenset(unit.id for unit in read_units(connection).all if seen is None or unit.name in seen)
    spans = _read_spans(connection, revision)
    first = day_in_viet_nam(spans[0].since)
    # A clock that went back may be before the day on which the post was opened.
    days = [first + number * ONE_DAY for number in range(max((day_in_viet_nam(as_of) - first).days, 0) + 1)]
    count = _Count(
        spans=spans,
        opened=opened_at(connection, revision.post_id),
        ends=[min(as_of, end_of_day(day)) for day in days],
        units=units,
    )
    values, apart = {"post": revision.post_id, "opened": count.opened}, None
    if len(spans) == 1:
        apart = _APART_OF_FIXED if revision.post.roster is RosterRule.FIXED else _APART
        count.take_tallies(connection, apart, values)
    for person in _read_people(connection, apart, values):
        count.add_person(person)
    sums = zip(days, accumulate(count.confirmed), accumulate(count.due), strict=True)
    return draw_curve([CurvePoint(*counts) for counts in sums], deadline_of(revision).before)


@dataclass(slots=True)
class _Count:
    """Counts how many come to be, or cease to be, among those due and those who confirmed, by the end of each day.

    Attributes:
        opened: When the post was opened to people.
        ends: The ends of the days.
        units: Whose people are counted.
    """

    spans: Sequence[_Span]
    opened: datetime
    ends: Sequence[datetime]
    units: Collection[int]
    confirmed: list[int] = field(init=False)
    due: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nobody; what changes after the last day is kept apart from it."""
        self.confirmed, self.due = ([0] * len(self.ends) for _ in range(2))

    def take_tallies(self, connection: Connection, apart: CompoundSelect[Any], values: Mapping[str, object]) -> None:
        """Add everyone but those *apart*."""
        first, opened = day_in_viet_nam(self.ends[0]), bisect_left(self.ends, self.opened)
        for row in connection.execute(_HEADS.where(_UNIT.in_(self.units)), values):
            self._change(self.due, opened, int(row.members))
        for counted in connection.execute(_DAYS.where(_UNIT.in_(self.units)), values):
            self._change(self.confirmed, (to_day(counted.day) - first).days, int(counted.people))
        for added in connection.execute(_added(apart).where(_UNIT.in_(self.units)), values):
            self._change(self.due, opened, -added.people)
            if added.day is not None:
                self._change(self.confirmed, (to_day(added.day) - first).days, -added.people)

    def add_person(self, person: _Person) -> None:
        """Add somebody, from each change to the next."""
        changes = {bisect_left(self.ends, at) for at in person.instants()}
        changes |= {bisect_left(self.ends, at) for at in (self.opened, *(span.since for span in self.spans))}
        was = (False, False)
        for number in sorted(change for change in changes if change < len(self.ends)):
            now = self._judge(person, self.ends[number])
            self._change(self.due, number, now[0] - was[0])
            self._change(self.confirmed, number, now[1] - was[1])
            was = now

    def _judge(self, person: _Person, at: datetime) -> tuple[bool, bool]:
        """Say whether somebody was due at an instant, and had confirmed."""
        span = self.spans[bisect_right(self.spans, at, key=_since) - 1]
        post = span.revision.post
        listed_at = list_instant(post, self.opened, at)
        stay = next((row for row in reversed(person.stays) if _is_in_force(row, listed_at)), None)
        if (
            post.deadline is None
            or stay is None
            or stay.unit_id not in span.units
            or stay.unit_id not in self.units
            or not post.audience.includes_category(CATEGORIES[stay.category])
        ):
            return False, False
        asked = span.revision.asks_since
        confirmed = any(row.revision >= asked and _is_in_force(row, at) for row in person.confirmations)
        return confirmed or not any(_is_in_force(row, at) for row in person.exemptions), confirmed

    @staticmethod
    def _change(counts: list[int], number: int, by: int) -> None:
        if by and number < len(counts):
            counts[number] += by


def _read_spans(connection: Connection, revision: PublishedRevision) -> list[_Span]:
    """Return since when which people were asked; what changed nothing of that begins no span."""
    spans: list[_Span] = []
    revisions = read_revisions(connection, revision.post_id)
    instants = {published.published_at for published in revisions}
    if any(published.post.audience.units for published in revisions):
        changed = (
            at for change in read_unit_changes(connection) for at in (change.recorded_at, change.withdrawn_at) if at
        )
        instants |= {at for at in changed if at > revisions[0].published_at}
    opened = opened_at(connection, revision.post_id)
    for at in sorted(instants):
        current = [published for published in revisions if published.published_at <= at][-1]
        names = current.post.audience.units
        known_at = list_instant(current.post, opened, at) if names else None
        span = _Span(at, current, units_meant_by(connection, names, current.published_at, known_at))
        if not spans or not span.asks_as(spans[-1]):
            spans.append(span)
    return spans


def _read_people(
    connection: Connection, apart: CompoundSelect[Any] | None, values: Mapping[str, object]
) -> Iterable[_Person]:
    """Return what was recorded of those *apart*, or of everyone."""
    people = defaultdict[int, _Person](_Person)
    for query, member, name in (
        (_STAYS, schema.membership.c.member_id, "stays"),
        (_CONFIRMED, schema.confirmation.c.member_id, "confirmations"),
        (_RECORDED, schema.paper.c.member_id, "confirmations"),
        (_EXEMPT, schema.special_case.c.member_id, "exemptions"),
    ):
        for row in connection.execute(query if apart is None else query.where(member.in_(apart)), values):
            getattr(people[row.member_id], name).append(row)
    return people.values()


def _is_in_force(row: Row[Any], at: datetime) -> bool:
    return row.since <= at and (row.until is None or row.until > at)


_since = attrgetter("since")
_AT, _POST = bindparam("opened", type_=Instant), bindparam("post", type_=Integer)
_CASE, _PAPER, _PLACE, _GIVEN = (
    table.c for table in (schema.special_case, schema.paper, schema.membership, schema.confirmation)
)
_UNIT = schema.unit.c.id
_IS_EXEMPTION = and_(_CASE.post_id == _POST, _CASE.kind == CaseKind.EXEMPTION.value)
_SET_APART = (
    select(_CASE.member_id).where(_IS_EXEMPTION),
    select(_PAPER.member_id).where(_PAPER.post_id == _POST, _PAPER.withdrawn_at.is_not(None)),
)
_APART_OF_FIXED = union(*_SET_APART)
_APART = union(*_SET_APART, select(_PLACE.member_id).where(or_(_PLACE.since > _AT, _PLACE.until > _AT)))

_STAYS = select(_PLACE.member_id, _PLACE.since, _PLACE.until, _PLACE.unit_id, _PLACE.category).order_by(_PLACE.sequence)
_CONFIRMED = select(_GIVEN.member_id, _GIVEN.revision, _GIVEN.received_at.label("since"), null().label("until")).where(
    _GIVEN.post_id == _POST
)
_RECORDED = select(
    _PAPER.member_id, _PAPER.revision, _PAPER.recorded_at.label("since"), _PAPER.withdrawn_at.label("until")
).where(_PAPER.post_id == _POST)
_EXEMPT = select(_CASE.member_id, _CASE.since, _CASE.until).where(_IS_EXEMPTION)

_HEADS = COUNTS.where(schema.post.c.id == _POST)
_DAYS = (
    select(schema.day_tally.c.day, func.sum(schema.day_tally.c.confirmed).label("people"))
    .join_from(schema.day_tally, schema.unit)
    .where(schema.day_tally.c.post_id == _POST)
    .group_by(schema.day_tally.c.day)
)


def _added(apart: CompoundSelect[Any]) -> Select[int, int]:
    """Return how many of those *apart* are in the tallies, by the day on which they confirmed, if they did."""
    day = rule.day_in_viet_nam(_GIVEN.received_at).label("day")
    return (
        select(day, func.count(_PLACE.member_id.distinct()).label("people"))
        .select_from(schema.post)
        .join(schema.membership, rule.is_on_list(schema.membership, schema.post))
        .join(schema.unit, _PLACE.unit_id == _UNIT)
        .outerjoin(
            schema.confirmation,
            and_(_GIVEN.member_id == _PLACE.member_id, rule.is_counted(schema.confirmation, schema.post)),
        )
        .where(schema.post.c.id == _POST, rule.is_meant(schema.membership, schema.post))
        .where(_PLACE.member_id.in_(apart))
        .group_by(day)
    )
