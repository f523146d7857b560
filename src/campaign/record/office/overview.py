"""The Office's pages of figures: all posts, and each post by unit, now or at the end of a past day."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from starlette.requests import Request

from campaign.core.clock import day_in_viet_nam, read_as_of
from campaign.core.coverage import Coverage
from campaign.core.curve import Curve, draw_counted
from campaign.core.people.paper import was_signed_in_time
from campaign.core.post import Post
from campaign.record.office.dispatches import ChannelLines, to_channels
from campaign.record.office.scope import limit, seen_by
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import count_by_unit, read_units
from campaign.store.credentials.trail import count_locked
from campaign.store.figures.coverage import read_coverage
from campaign.store.figures.figures import (
    count_members,
    count_strangers,
    explain_figures,
    read_curve,
    read_figures,
)
from campaign.store.figures.past import PastFigures, read_past
from campaign.store.ledger.database import Connection
from campaign.store.posts.dispatches import dispatches_by_post, read_dispatches
from campaign.store.posts.paper import papers_at
from campaign.store.posts.posts import PublishedRevision, current_revision, current_revisions, first_published
from campaign.store.posts.special_cases import deadline_of

LOCKED_TOLD_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PostLine:
    """The figures of one post, in a line."""

    post: Post
    state: str
    figures: Coverage
    channels: tuple[ChannelLines, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficePage:
    """All posts with their figures.

    Attributes:
        unit: The unit whose head is shown it and what it took over from, or nothing when all are shown.
        left_behind: How many people are in a unit that has ended.
        locked: How many tries to come in were not looked at any more lately; 0 for who does not keep the accounts.
    """

    template: ClassVar[str] = "office/overview.html"
    title: ClassVar[str] = "Tình hình xác nhận"
    posts: tuple[PostLine, ...]
    as_of: datetime
    roster_size: int
    unit: str | None
    left_behind: int = 0
    locked: int = 0


@dataclass(frozen=True, slots=True)
class OfficePostPage:
    """One post: the figures of each unit, and how they came about.

    Attributes:
        curve: How many had confirmed at the end of each day.
        signed_in_time: How many signed on paper in time and were entered late: they are counted as late.
        strangers: How many confirmed and are not among those concerned now; nothing for a past day or one unit.
    """

    template: ClassVar[str] = "office/post.html"
    title: ClassVar[str] = "Tình hình xác nhận theo đơn vị"
    post: Post
    state: str
    as_of: datetime
    as_of_value: str
    by_unit: Mapping[str, Coverage]
    total: Coverage
    channels: tuple[ChannelLines, ...]
    curve: Curve
    strangers: int | None = None
    signed_in_time: int = 0


@reading
def show_office(request: Request, connection: Connection) -> OfficePage:
    """Show all posts with their figures, from the tallies: however many people there are."""
    now, seen = recorder_of(request).clock(), seen_by(request, connection)
    figures, dispatches = read_figures(connection), dispatches_by_post(connection, now)
    posts = tuple(
        PostLine(
            revision.post,
            deadline_of(revision).format_state(now),
            sum(limit(figures[revision.post.id].by_unit, seen).values(), Coverage()),
            to_channels(dispatches.get(revision.post.id, ())),
        )
        for revision in current_revisions(connection)
    )
    members, units = count_by_unit(connection), read_units(connection).all
    left_behind = sum(members.get(unit.id, 0) for unit in units if unit.endings and (seen is None or unit.name in seen))
    locked = count_locked(connection, now - LOCKED_TOLD_FOR) if seen is None else 0
    return OfficePage(posts, now, count_members(connection, seen), unit_shown_to(request), left_behind, locked)


@reading
def show_office_post(request: Request, connection: Connection) -> OfficePostPage:
    """Show one post by unit, now or at the end of a past day."""
    typed, seen = request.query_params.get("tinh-den", ""), seen_by(request, connection)
    at = read_as_of(typed, recorder_of(request).clock())
    revision = current_revision(connection, request.path_params["post"], at if typed else None)
    if typed:
        past = read_past(connection, revision, at) or _go_through(connection, revision.post.id, at)
        by_unit, days = limit(past.by_unit, seen), limit(past.days, seen)
        counts: Mapping[date, int] = sum((Counter(confirmed) for confirmed in days.values()), Counter[date]())
    else:  # From the tallies.
        by_unit = limit(explain_figures(connection, revision.post.id)[revision.post.id].by_unit, seen)
        counts = dict(read_curve(connection, revision.post.id, seen))
    total, opened_on = sum(by_unit.values(), Coverage()), first_published(connection)[revision.post_id]
    shows_strangers, deadline = not typed and seen is None, deadline_of(revision)
    return OfficePostPage(
        post=revision.post,
        state=deadline.format_state(at),
        as_of=at,
        as_of_value=typed,
        by_unit=by_unit,
        total=total,
        channels=to_channels(read_dispatches(connection, revision.post.id, at)),
        curve=draw_counted(counts, total.due, deadline.before, day_in_viet_nam(opened_on), day_in_viet_nam(at)),
        strangers=count_strangers(connection, revision) if shows_strangers else None,
        signed_in_time=_count_signed(connection, revision, at) if shows_strangers else 0,
    )


def _go_through(connection: Connection, key: str, at: datetime) -> PastFigures:
    """Return the figures of a past day by going through the people."""
    coverage = read_coverage(connection, key, at)
    days = defaultdict[str, Counter[date]](Counter)
    for standing in coverage.standings:
        if standing.confirmed_at:
            days[standing.unit][day_in_viet_nam(standing.confirmed_at)] += 1
    return PastFigures(coverage.by_unit, days)


def _count_signed(connection: Connection, revision: PublishedRevision, now: datetime) -> int:
    """Return how many signed on paper in time and were entered late."""
    deadline, papers = deadline_of(revision), papers_at(connection, revision.post_id, now)
    return sum(
        was_signed_in_time(recorded.paper, deadline) and not deadline.is_met_at(recorded.recorded_at)
        for recorded in papers
    )
