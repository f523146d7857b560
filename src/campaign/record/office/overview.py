"""The Office's pages: how each post stands, by unit, and the people behind each figure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam, read_as_of
from campaign.core.coverage import Coverage, MemberStanding, State
from campaign.core.curve import Curve, draw_counted
from campaign.core.paper import was_signed_in_time
from campaign.core.post import Post
from campaign.core.text import fold
from campaign.record.office.dispatches import read_channels
from campaign.record.office.office_pages import (
    OfficeListPage,
    OfficePage,
    OfficePostPage,
    OfficeStrangersPage,
    PostFigures,
)
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import recorder_of, show
from campaign.record.web.guard import to_number
from campaign.report.csv_list import standings_to_csv
from campaign.store.base.units import count_by_unit, names_seen_from, read_units
from campaign.store.figures.coverage import PostCoverage, read_coverage, read_standings, read_strangers
from campaign.store.figures.figures import count_members, count_strangers, explain_figures, read_curve, read_figures
from campaign.store.figures.past import PastFigures, read_past
from campaign.store.figures.people_behind import read_page
from campaign.store.ledger.database import Connection
from campaign.store.posts.paper import papers_at
from campaign.store.posts.posts import PublishedRevision, current_revision, current_revisions, first_published_at
from campaign.store.posts.seen import find_seen
from campaign.store.posts.special_cases import deadline_of

Figures = TypeVar("Figures")
PEOPLE_A_PAGE = 500
"""So many rows a phone can still scroll through; the file holds them all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the people behind a figure are shown.

    Attributes:
        state: One state, or nothing for all.
        unit: One unit, or empty for all.
        search: Part of a name or staff code, folded; or empty.
    """

    state: State | None
    unit: str
    search: str

    def takes(self, one: MemberStanding) -> bool:
        """Say whether a member is shown."""
        found = self.search in fold(one.name) or self.search in fold(one.staff_code)
        return (self.state is None or one.state is self.state) and (not self.unit or one.unit == self.unit) and found


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the people behind a figure.

    Attributes:
        count: How many people there are on all pages.
        concerned: How many the post is for.
    """

    post: Post
    as_of: datetime
    shown: tuple[MemberStanding, ...]
    count: int
    number: int
    pages: int
    concerned: int
    units: tuple[str, ...]


def show_office(request: Request) -> Response:
    """Show all posts with their figures, from the tallies: however many people there are."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        now, unit = recorder.clock(), unit_shown_to(request)
        seen = names_seen_from(connection, unit)
        by_post = {key: one.by_unit for key, one in read_figures(connection).items()}
        posts = [
            PostFigures(
                revision.post,
                deadline_of(revision).format_state(now),
                sum(_limit(by_post.get(revision.post.id, {}), seen).values(), Coverage()),
                read_channels(connection, revision.post.id, now),
            )
            for revision in current_revisions(connection)
        ]
        return show(
            request,
            connection,
            OfficePage(tuple(posts), now, count_members(connection, seen), unit, _count_left_behind(connection, seen)),
        )


def show_office_post(request: Request) -> Response:
    """Show one post by unit, now or at the end of a past day."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        read = _read_past if request.query_params.get("tinh-den") else _read_now
        return show(request, connection, read(request, connection))


def _read_now(request: Request, connection: Connection) -> OfficePostPage:
    """Return the page of this moment, from the tallies."""
    revision, now = current_revision(connection, request.path_params["post"]), recorder_of(request).clock()
    seen = names_seen_from(connection, unit_shown_to(request))
    by_unit = _limit(explain_figures(connection, revision).by_unit, seen)
    total = sum(by_unit.values(), Coverage())
    counts = dict(read_curve(connection, revision.post.id, seen))
    return OfficePostPage(
        post=revision.post,
        state=deadline_of(revision).format_state(now),
        as_of=now,
        as_of_value="",
        by_unit=by_unit,
        total=total,
        channels=read_channels(connection, revision.post.id, now),
        curve=_draw(connection, revision, counts, total.due, now),
        strangers=None if seen else count_strangers(connection, revision),
        signed_in_time=0 if seen else _count_signed(connection, revision, now),
    )


def _read_past(request: Request, connection: Connection) -> OfficePostPage:
    """Return the page of a past day."""
    as_of, seen = _as_of(request), names_seen_from(connection, unit_shown_to(request))
    revision = current_revision(connection, request.path_params["post"], as_of)
    past = read_past(connection, revision, as_of) or _go_through(connection, revision.post.id, as_of)
    by_unit, days = _limit(past.by_unit, seen), _limit(past.days, seen)
    total = sum(by_unit.values(), Coverage())
    counts = sum((Counter(one) for one in days.values()), Counter[date]())
    return OfficePostPage(
        post=revision.post,
        state=deadline_of(revision).format_state(as_of),
        as_of=as_of,
        as_of_value=request.query_params.get("tinh-den", ""),
        by_unit=by_unit,
        total=total,
        channels=read_channels(connection, revision.post.id, as_of),
        curve=_draw(connection, revision, counts, total.due, as_of),
    )


def _go_through(connection: Connection, key: str, as_of: datetime) -> PastFigures:
    """Return the figures of a past day by going through the people."""
    coverage = read_coverage(connection, key, as_of)
    days = defaultdict[str, Counter[date]](Counter)
    for one in coverage.standings:
        if one.confirmed_at:
            days[one.unit][day_in_viet_nam(one.confirmed_at)] += 1
    return PastFigures(coverage.by_unit, days)


def _limit(by_unit: Mapping[str, Figures], seen: Collection[str] | None) -> dict[str, Figures]:
    return {name: one for name, one in by_unit.items() if seen is None or name in seen}


def _count_signed(connection: Connection, revision: PublishedRevision, now: datetime) -> int:
    deadline = deadline_of(revision)
    papers = papers_at(connection, revision.post_id, now)
    return sum(was_signed_in_time(one.paper, deadline) and not deadline.is_met_at(one.recorded_at) for one in papers)


def _draw(
    connection: Connection, revision: PublishedRevision, counts: Mapping[date, int], due: int, as_of: datetime
) -> Curve:
    first = day_in_viet_nam(first_published_at(connection, revision.post_id))
    return draw_counted(counts, due, deadline_of(revision).before, first, day_in_viet_nam(as_of))


def _count_left_behind(connection: Connection, seen: Collection[str] | None) -> int:
    """Return how many people are in a unit that is one no more."""
    members, units = count_by_unit(connection), read_units(connection).all
    return sum(members.get(one.id, 0) for one in units if one.endings and (seen is None or one.name in seen))


def show_strangers(request: Request) -> Response:
    """Show those who have confirmed a post and are not among those it is for now."""
    with recorder_of(request).database.reading() as connection:
        revision = current_revision(connection, request.path_params["post"])
        page = OfficeStrangersPage(revision.post, tuple(read_strangers(connection, revision)))
        return show(request, connection, page)


def show_office_list(request: Request) -> Response:
    """Show a page of the people behind a figure."""
    with recorder_of(request).database.reading() as connection:
        chosen = _read_filter(request)
        is_past = bool(request.query_params.get("tinh-den"))
        find = _find_by_going_through if is_past or chosen.search else _find_now
        found = find(request, connection, chosen)
        asked = {name: value for name, value in request.query_params.items() if value and name != "trang"}
        page = OfficeListPage(
            post=found.post,
            as_of=found.as_of,
            as_of_value=request.query_params.get("tinh-den", ""),
            shown=found.shown,
            found=found.count,
            number=found.number,
            pages=found.pages,
            first=(found.number - 1) * PEOPLE_A_PAGE + 1,
            concerned=found.concerned,
            units=found.units,
            state=chosen.state,
            unit=chosen.unit,
            search=request.query_params.get("tim", ""),
            query=urlencode(asked),
            seen=frozenset() if is_past else find_seen(connection, found.post.id),
        )
        return show(request, connection, page)


def _find_now(request: Request, connection: Connection, chosen: Filter) -> Found:
    """Return the people of a page as they stand now, from the list in the order of names: only these are read."""
    revision, now = current_revision(connection, request.path_params["post"]), recorder_of(request).clock()
    seen = names_seen_from(connection, unit_shown_to(request))
    figures = read_figures(connection, revision.post.id).get(revision.post.id)
    by_unit = _limit(figures.by_unit if figures else {}, seen)
    counted = sum((one for name, one in by_unit.items() if chosen.unit in {"", name}), Coverage())
    count = counted.concerned if chosen.state is None else getattr(counted, chosen.state.value)
    number, pages = _which_page(request, count)
    start = (number - 1) * PEOPLE_A_PAGE
    units = [name for name in by_unit if chosen.unit in {"", name}] if chosen.unit or seen else []
    members = read_page(connection, revision, units, chosen.state, start, PEOPLE_A_PAGE) if count else []
    shown = tuple(read_standings(connection, revision, now, members))
    concerned = sum(one.concerned for one in by_unit.values())
    return Found(revision.post, now, shown, count, number, pages, concerned, tuple(by_unit))


def _find_by_going_through(request: Request, connection: Connection, chosen: Filter) -> Found:
    """Return the people of a page as they stood on a past day, or whose names hold what is searched for."""
    coverage = _read_coverage(request, connection)
    found = [one for one in coverage.standings if chosen.takes(one)]
    number, pages = _which_page(request, len(found))
    shown = tuple(found[(number - 1) * PEOPLE_A_PAGE : number * PEOPLE_A_PAGE])
    units, concerned = tuple(coverage.by_unit), len(coverage.standings)
    return Found(coverage.revision.post, coverage.as_of, shown, len(found), number, pages, concerned, units)


def _which_page(request: Request, count: int) -> tuple[int, int]:
    """Return the number of the page that is asked for, and of the last."""
    pages = max(1, -(-count // PEOPLE_A_PAGE))
    return min(max(1, to_number(request.query_params.get("trang", ""))), pages), pages


def download_list(request: Request) -> Response:
    """Give the same people as a CSV file that Excel opens."""
    with recorder_of(request).database.reading() as connection:
        coverage, chosen = _read_coverage(request, connection), _read_filter(request)
    name = f"{coverage.revision.post.id}-{day_in_viet_nam(coverage.as_of).isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = standings_to_csv(filter(chosen.takes, coverage.standings))
    return Response(content, media_type="text/csv", headers=headers)


def _read_coverage(request: Request, connection: Connection) -> PostCoverage:
    coverage = read_coverage(connection, request.path_params["post"], _as_of(request))
    return coverage.limited_to(names_seen_from(connection, unit_shown_to(request)))


def _as_of(request: Request) -> datetime:
    now, typed = recorder_of(request).clock(), request.query_params.get("tinh-den", "")
    return read_as_of(typed, now)


def _read_filter(request: Request) -> Filter:
    query = request.query_params
    state = query.get("trang-thai", "")
    known = State(state) if state in set(State) else None
    return Filter(known, query.get("don-vi", ""), fold(query.get("tim", "").strip()))
