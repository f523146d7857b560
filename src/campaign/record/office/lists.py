"""The Office's pages of the people behind a figure: a list, the same as a file, those whom a post is no longer for."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam, format_instant, read_as_of
from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.people.roster import is_found
from campaign.core.post import Post
from campaign.record.office.scope import limit, seen_by
from campaign.record.web.answers import reading, send_file
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.report.excel import EXCEL, write_xlsx
from campaign.report.lists import Listing, list_standings, write_csv
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import PostCoverage, Stranger, read_coverage, read_standings, read_strangers
from campaign.store.figures.figures import read_figures
from campaign.store.figures.people_behind import read_page
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revision
from campaign.store.posts.seen import find_seen

PEOPLE_A_PAGE = 500
"""So many rows a phone can still scroll through; the file holds them all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the people behind a figure are shown.

    Attributes:
        state: One state, or nothing for all.
        unit: One unit, or empty for all.
        names: What that unit and those below it are or were called.
        search: Part of a name or staff code, as it was typed; or empty.
    """

    state: State | None = None
    unit: str = ""
    search: str = ""
    names: frozenset[str] = frozenset()

    def takes_unit(self, name: str) -> bool:
        """Say whether the people of a unit are shown."""
        return not self.unit or name in self.names

    def takes(self, standing: MemberStanding) -> bool:
        """Say whether a member is shown."""
        return (
            is_found(self.search, standing.name, standing.staff_code)
            and self.state in {None, standing.state}
            and self.takes_unit(standing.unit)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the people behind a figure.

    Attributes:
        shown: The people of the page, in the Vietnamese order of names.
        count: How many there are on all pages.
        number: Of the page, from 1.
        concerned: How many the post is for.
        units: All units that can be chosen.
    """

    post: Post
    as_of: datetime
    shown: tuple[MemberStanding, ...]
    count: int
    number: int
    concerned: int
    units: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return _count_pages(self.count)

    @property
    def start(self) -> int:
        """How many come before those shown."""
        return (self.number - 1) * PEOPLE_A_PAGE


@dataclass(frozen=True, slots=True)
class OfficeListPage:
    """The people behind a figure.

    Attributes:
        query: The filter as part of an address, for the download.
        seen: The numbers of those who have seen the post in the document system.
    """

    template: ClassVar[str] = "office/list.html"
    title: ClassVar[str] = "Danh sách theo tình hình xác nhận"
    found: Found
    chosen: Filter
    as_of_value: str
    query: str
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficeStrangersPage:
    """Those who have confirmed a post and are not among those it is for now."""

    template: ClassVar[str] = "office/strangers.html"
    title: ClassVar[str] = "Đã xác nhận, không còn thuộc diện"
    post: Post
    shown: tuple[Stranger, ...]


@reading
def show_strangers(request: Request, connection: Connection) -> OfficeStrangersPage:
    """Show those who have confirmed a post and are not among those it is for now."""
    revision = current_revision(connection, request.path_params["post"])
    return OfficeStrangersPage(revision.post, tuple(read_strangers(connection, revision)))


@reading
def show_office_list(request: Request, connection: Connection) -> OfficeListPage:
    """Show a page of the people behind a figure."""
    chosen, typed = _read_filter(request, connection), request.query_params.get("tinh-den", "")
    find = _find_by_going_through if typed or chosen.search else _find_now
    found = find(request, connection, chosen)
    asked = {name: value for name, value in request.query_params.items() if value and name != "trang"}
    seen = frozenset[int]() if typed else find_seen(connection, found.post.id)
    return OfficeListPage(found, chosen, typed, urlencode(asked), seen)


def _find_now(request: Request, connection: Connection, chosen: Filter) -> Found:
    """Return the people of a page as they stand now, from the list in the order of names: only these are read."""
    revision, now = current_revision(connection, request.path_params["post"]), recorder_of(request).clock()
    seen = seen_by(request, connection)
    figures = read_figures(connection, revision.post.id).get(revision.post.id)
    by_unit = limit(figures.by_unit if figures else {}, seen)
    shown_units = [name for name in by_unit if chosen.takes_unit(name)]
    counted = sum((by_unit[name] for name in shown_units), Coverage())
    count = counted.concerned if chosen.state is None else getattr(counted, chosen.state.value)
    number, units = _which_page(request, count), shown_units if chosen.unit or seen else []
    start = (number - 1) * PEOPLE_A_PAGE
    members = read_page(connection, revision, units, chosen.state, start, PEOPLE_A_PAGE) if count else []
    shown = tuple(read_standings(connection, revision, now, members))
    concerned = sum(figures.concerned for figures in by_unit.values())
    return Found(revision.post, now, shown, count, number, concerned, tuple(by_unit))


def _find_by_going_through(request: Request, connection: Connection, chosen: Filter) -> Found:
    """Return the people of a page as they stood on a past day, or whose names hold what is searched for."""
    coverage = _read_coverage(request, connection)
    found = [standing for standing in coverage.standings if chosen.takes(standing)]
    number = _which_page(request, len(found))
    shown = tuple(found[(number - 1) * PEOPLE_A_PAGE : number * PEOPLE_A_PAGE])
    units, concerned = tuple(coverage.figures.by_unit), len(coverage.standings)
    return Found(coverage.revision.post, coverage.as_of, shown, len(found), number, concerned, units)


def _which_page(request: Request, count: int) -> int:
    """Return the number of the page that is asked for, or of the last."""
    return min(max(1, to_number(request.query_params.get("trang", ""))), _count_pages(count))


def _count_pages(count: int) -> int:
    return max(1, -(-count // PEOPLE_A_PAGE))


@reading
def download_list(request: Request, connection: Connection) -> Response:
    """Give the same people as a file: an Excel workbook, or CSV that Excel opens."""
    coverage, chosen = _read_coverage(request, connection), _read_filter(request, connection)
    post, at = coverage.revision.post, coverage.as_of
    asked = (chosen.state.label if chosen.state else "", chosen.unit, f"“{chosen.search}”" if chosen.search else "")
    told = "; ".join(filter(None, (f"Tính đến {format_instant(at)}", *asked)))
    listing = list_standings(filter(chosen.takes, coverage.standings), (post.title, told))
    return send_list(request, listing, f"{post.id}-{day_in_viet_nam(at)}")


def send_list(request: Request, listing: Listing, name: str) -> Response:
    """Return a list as the kind of file that the address ends with."""
    if request.url.path.endswith(".csv"):
        return send_file(write_csv(listing, recorder_of(request).csv_separator), f"{name}.csv", "text/csv")
    return send_file(write_xlsx(listing), f"{name}.xlsx", EXCEL)


def _read_coverage(request: Request, connection: Connection) -> PostCoverage:
    at = read_as_of(request.query_params.get("tinh-den", ""), recorder_of(request).clock())
    return read_coverage(connection, request.path_params["post"], at).limited_to(seen_by(request, connection))


def _read_filter(request: Request, connection: Connection) -> Filter:
    query = request.query_params
    state = query.get("trang-thai", "")
    unit = query.get("don-vi", "")
    names = read_units(connection).names_below(unit) if unit else frozenset[str]()
    return Filter(State(state) if state in set(State) else None, unit, query.get("tim", "").strip(), names)
