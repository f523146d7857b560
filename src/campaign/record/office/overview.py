"""The Office's pages of figures: all posts, and each post by unit, now or at the end of a past day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import ClassVar

from starlette.requests import Request

from campaign.core.campaign import Campaign, YearlyReport
from campaign.core.clock import day_before, day_in_viet_nam, format_day, read_as_of
from campaign.core.figures.coverage import Coverage, Figures, State
from campaign.core.figures.curve import Curve
from campaign.core.figures.roll_up import RolledUp, roll_up
from campaign.core.ledger.delivery import tell_overdue
from campaign.core.people.paper import was_signed_in_time
from campaign.core.people.special_case import own_deadline
from campaign.core.post import Post
from campaign.record.office.dispatches import ChannelLines, to_channels
from campaign.record.office.scope import seen_by
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import count_by_unit, read_units
from campaign.store.credentials.trail import count_locked
from campaign.store.figures.coverage import read_coverage, read_standings
from campaign.store.figures.curves import read_curve
from campaign.store.figures.figures import (
    count_members,
    count_strangers,
    explain_figures,
    read_figures,
)
from campaign.store.figures.past import read_past
from campaign.store.figures.retention import Retention, read_retentions
from campaign.store.ledger.database import Connection
from campaign.store.posts.dispatches import dispatches_by_post, read_dispatches
from campaign.store.posts.paper import papers_at
from campaign.store.posts.posts import PublishedRevision, Replaced, current_revision, current_revisions, find_replaced
from campaign.store.posts.special_cases import deadline_of
from campaign.store.proofs.deliveries import read_deliveries

LOCKED_TOLD_FOR = timedelta(days=2)
REPORT_TOLD_BEFORE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class PostLine:
    """The figures of one post, in a line."""

    post: Post
    state: str
    figures: Coverage
    channels: tuple[ChannelLines, ...] = ()
    replaced: Replaced | None = None


@dataclass(frozen=True, slots=True)
class CampaignLines:
    """A campaign with its posts.

    Attributes:
        year: The year of its last day; 0 while there is none.
        kept: What is said of the time for which its personal fields are kept; "" to who does not see that.
        is_due: Whether that time is over.
        reporting: By when the yearly report that takes its result up must be sent; "" to who does not see that.
        is_soon: Whether that day is near.
    """

    campaign: Campaign
    posts: tuple[PostLine, ...]
    year: int = 0
    kept: str = ""
    is_due: bool = False
    reporting: str = ""
    is_soon: bool = False

    @property
    def total(self) -> Coverage:
        """Its figures: a person with two posts counts twice."""
        return sum((line.figures for line in self.posts), Coverage())


@dataclass(frozen=True, slots=True)
class OfficePage:
    """All campaigns with their posts and figures: the open ones first, past ones by year.

    Attributes:
        unit: The unit whose head is shown it and what it took over from, or nothing when all are shown.
        left_behind: How many people are in a unit that has ended.
        locked: How many tries to come in were not looked at any more lately; 0 for who does not keep the accounts.
        overdue: That no checkpoint left this machine lately; empty when one did, and for who does not keep the ledger.
    """

    template: ClassVar[str] = "office/overview.html"
    title: ClassVar[str] = "Tình hình xác nhận"
    campaigns: tuple[CampaignLines, ...]
    as_of: datetime
    roster_size: int
    unit: str | None
    left_behind: int = 0
    locked: int = 0
    overdue: str = ""

    @property
    def open(self) -> list[CampaignLines]:
        """The campaigns that are not closed."""
        return [lines for lines in self.campaigns if not lines.campaign.closed]

    @property
    def past(self) -> dict[int, list[CampaignLines]]:
        """The closed campaigns by year, the latest first."""
        closed = sorted((lines for lines in self.campaigns if lines.campaign.closed), key=lambda lines: -lines.year)
        return {year: list(found) for year, found in groupby(closed, key=lambda lines: lines.year)}


@dataclass(frozen=True, slots=True)
class OfficePostPage:
    """One post: the figures of each unit, and how they came about.

    Attributes:
        lines: The figures of each unit with those below it.
        curve: How the post stood at the end of each day.
        signed_in_time: How many signed on paper in time and were entered late: they are counted as late.
        replaced: That everyone was asked again; nothing while the first text is asked for.
        strangers: How many confirmed and are not among those concerned now; nothing for a past day or one unit.
    """

    template: ClassVar[str] = "office/post.html"
    title: ClassVar[str] = "Tình hình xác nhận theo đơn vị"
    post: Post
    state: str
    as_of: datetime
    as_of_value: str
    figures: Figures
    lines: tuple[RolledUp, ...]
    channels: tuple[ChannelLines, ...]
    curve: Curve
    strangers: int | None = None
    signed_in_time: int = 0
    replaced: Replaced | None = None


@reading
def show_office(request: Request, connection: Connection) -> OfficePage:
    """Show all posts with their figures, from the tallies: however many people there are."""
    now, seen = recorder_of(request).clock(), seen_by(request, connection)
    figures, dispatches = read_figures(connection), dispatches_by_post(connection, now)
    posts = tuple(
        PostLine(
            revision.post,
            deadline_of(revision).format_state(now),
            figures[revision.post.id].limited_to(seen).total,
            to_channels(dispatches.get(revision.post.id, ())),
            find_replaced(connection, revision) if seen is None else None,
        )
        for revision in current_revisions(connection)
    )
    members, units = count_by_unit(connection), read_units(connection).all
    left_behind = sum(members.get(unit.id, 0) for unit in units if unit.endings and (seen is None or unit.name in seen))
    campaigns = tuple(
        CampaignLines(
            campaign=retention.campaign,
            posts=tuple(line for line in posts if line.post.id in retention.posts),
            year=retention.last_day.year if retention.last_day else 0,
            kept=_format_kept(retention, day_in_viet_nam(now)) if seen is None else "",
            is_due=seen is None and retention.is_due(day_in_viet_nam(now)),
            reporting=_format_reporting(retention.campaign.yearly_report) if seen is None else "",
            is_soon=_is_soon(retention.campaign.yearly_report, day_in_viet_nam(now)),
        )
        for retention in read_retentions(connection)
    )
    page = OfficePage(campaigns, now, count_members(connection, seen), unit_shown_to(request), left_behind)
    if seen is not None:
        return page
    overdue = tell_overdue(recorder_of(request).places, read_deliveries(connection), now)
    return replace(page, locked=count_locked(connection, now - LOCKED_TOLD_FOR), overdue=overdue)


def _format_kept(retention: Retention, today: date) -> str:
    """Say until when personal fields are kept, or that they were erased."""
    if retention.erased_at is not None:
        return f"Thông tin cá nhân đã xoá ngày {format_day(day_in_viet_nam(retention.erased_at))}."
    if retention.first is None:
        return ""
    if retention.is_due(today):
        return f"Thông tin cá nhân đã hết thời hạn giữ từ ngày {format_day(retention.first)}; cần xoá."
    return f"Thông tin cá nhân giữ đến hết ngày {format_day(day_before(retention.first))}."


def _format_reporting(report: YearlyReport | None) -> str:
    """Say into which report of the year the result goes, and by when."""
    if report is None or report.before is None:
        return ""
    form = f" (mẫu {report.form})" if report.form else ""
    return f"Kết quả lồng ghép vào {report.name}{form}, gửi trước ngày {format_day(report.before)}."


def _is_soon(report: YearlyReport | None, today: date) -> bool:
    """Say whether the yearly report must be sent within the next weeks."""
    if report is None or report.before is None:
        return False
    return timedelta(0) < report.before - today <= REPORT_TOLD_BEFORE


@reading
def show_office_post(request: Request, connection: Connection) -> OfficePostPage:
    """Show one post by unit, now or at the end of a past day."""
    typed, seen = request.query_params.get("tinh-den", ""), seen_by(request, connection)
    at = read_as_of(typed, recorder_of(request).clock())
    revision = current_revision(connection, request.path_params["post"], at if typed else None)
    if typed:
        figures = read_past(connection, revision, at) or read_coverage(connection, revision.post.id, at).figures
    else:  # From the tallies.
        figures = explain_figures(connection, revision.post.id)[revision.post.id]
    shown, shows_strangers = figures.limited_to(seen), not typed and seen is None
    units = read_units(connection)
    tree = read_units(connection, at) if typed else units
    return OfficePostPage(
        post=revision.post,
        state=deadline_of(revision).format_state(at),
        as_of=at,
        as_of_value=typed,
        figures=shown,
        lines=roll_up(shown, tree, units.names_on(day_in_viet_nam(at)), seen),
        channels=to_channels(read_dispatches(connection, revision.post.id, at)),
        curve=read_curve(connection, revision, at, seen),
        strangers=count_strangers(connection, revision) if shows_strangers else None,
        signed_in_time=_count_signed(connection, revision, at) if shows_strangers else 0,
        replaced=find_replaced(connection, revision) if seen is None else None,
    )


def _count_signed(connection: Connection, revision: PublishedRevision, now: datetime) -> int:
    """Return how many signed on paper in time, by the deadline that is theirs, and count as late."""
    deadline = deadline_of(revision)
    signed = [recorded for recorded in papers_at(connection, revision.post_id, now) if recorded.paper.signed_on]
    late = [recorded.member_id for recorded in signed if not deadline.is_met_at(recorded.recorded_at)]
    return sum(
        standing.paper is not None and was_signed_in_time(standing.paper, own_deadline(deadline, standing.cases))
        for standing in read_standings(connection, revision, now, late)
        if standing.state is State.LATE
    )
