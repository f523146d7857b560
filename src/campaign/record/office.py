"""The Office's pages: how each post stands, by unit, and the people behind each figure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam, end_of_day
from campaign.core.coverage import MemberStanding, State
from campaign.core.text import fold
from campaign.record.admission import unit_shown_to
from campaign.record.answers import recorder_of, show
from campaign.record.dispatches import read_channels
from campaign.record.pages import OfficeListPage, OfficePage, OfficePostPage, PostFigures
from campaign.report.lists import standings_to_csv
from campaign.store.coverage import PostCoverage, read_coverage
from campaign.store.database import Connection
from campaign.store.posts import current_revisions
from campaign.store.roster import read_roster


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


def show_office(request: Request) -> Response:
    """Show all posts with their figures."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        now, unit = recorder.clock(), unit_shown_to(request)
        posts = [
            _to_figures(read_coverage(connection, revision.post.id, now).limited_to(unit))
            for revision in current_revisions(connection)
        ]
        listed = sum(unit in {None, one.member.unit} for one in read_roster(connection).values())
        return show(request, connection, OfficePage(tuple(posts), now, listed, unit))


def show_office_post(request: Request) -> Response:
    """Show one post by unit, now or at the end of a past day."""
    with recorder_of(request).database.reading() as connection:
        coverage = _read_coverage(request, connection)
        figures = _to_figures(coverage)
        page = OfficePostPage(
            post=figures.post,
            state=figures.state,
            as_of=coverage.as_of,
            as_of_value=request.query_params.get("tinh-den", ""),
            by_unit=coverage.by_unit,
            total=coverage.total,
            channels=read_channels(connection, figures.post.id, coverage.as_of),
        )
        return show(request, connection, page)


def show_office_list(request: Request) -> Response:
    """Show the people behind a figure."""
    with recorder_of(request).database.reading() as connection:
        coverage, chosen = _read_coverage(request, connection), _read_filter(request)
        asked = {name: value for name, value in request.query_params.items() if value}
        page = OfficeListPage(
            post=coverage.revision.post,
            as_of=coverage.as_of,
            as_of_value=request.query_params.get("tinh-den", ""),
            shown=tuple(filter(chosen.takes, coverage.standings)),
            concerned=len(coverage.standings),
            units=tuple(coverage.by_unit),
            state=chosen.state,
            unit=chosen.unit,
            search=request.query_params.get("tim", ""),
            query=urlencode(asked),
        )
        return show(request, connection, page)


def download_list(request: Request) -> Response:
    """Give the same people as a CSV file that Excel opens."""
    with recorder_of(request).database.reading() as connection:
        coverage, chosen = _read_coverage(request, connection), _read_filter(request)
    name = f"{coverage.revision.post.id}-{day_in_viet_nam(coverage.as_of).isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = standings_to_csv(filter(chosen.takes, coverage.standings))
    return Response(content, media_type="text/csv", headers=headers)


def _to_figures(coverage: PostCoverage) -> PostFigures:
    post = coverage.revision.post
    state = post.deadline.state_in_words(coverage.as_of) if post.deadline else ""
    return PostFigures(post, state, coverage.total)


def _read_coverage(request: Request, connection: Connection) -> PostCoverage:
    now, typed = recorder_of(request).clock(), request.query_params.get("tinh-den", "")
    as_of = min(now, end_of_day(typed)) if typed else now
    return read_coverage(connection, request.path_params["post"], as_of).limited_to(unit_shown_to(request))


def _read_filter(request: Request) -> Filter:
    query = request.query_params
    state = query.get("trang-thai", "")
    known = State(state) if state in set(State) else None
    return Filter(known, query.get("don-vi", ""), fold(query.get("tim", "").strip()))
