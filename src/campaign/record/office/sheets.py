"""Sheets on which people sign: printed by unit, entered again with the scan."""

from datetime import datetime
from functools import partial
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import read_day
from campaign.core.coverage import State
from campaign.core.paper import Paper, Sheet
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.errors.confirming import PostUnknownError
from campaign.record.office.sheet_pages import (
    PrintedSheet,
    PrintedSheetsPage,
    SheetLine,
    SheetPage,
    SheetsPage,
    UnitLine,
)
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import Form, field, read_form, to_number
from campaign.record.web.qr import draw_qr
from campaign.record.web.uploads import read_upload
from campaign.store.figures.coverage import read_coverage
from campaign.store.figures.figures import read_figures
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.paper import confirmed_on, find_sheet, post_sheets, print_sheet, record_paper
from campaign.store.posts.posts import current_revision, find_revision
from campaign.store.roster.roster import find_members

LINES = 15
"""So many people sign on a page of A4, and so many ticks fit into a form (`guard.FORM_FIELDS`)."""
SHEETS_AT_ONCE = 100


def show_sheets(request: Request) -> Response:
    """Show the units with who is outstanding, and the sheets that were printed."""
    with recorder_of(request).database.reading() as connection:
        key = request.path_params["post"]
        post = current_revision(connection, key).post
        figures = read_figures(connection, key)
        by_unit = figures[key].by_unit if key in figures else {}
        units = tuple(UnitLine(unit, one.outstanding) for unit, one in by_unit.items() if one.outstanding)
        return show(request, connection, SheetsPage(post, units, tuple(post_sheets(connection, key))))


async def make_sheets(request: Request) -> Response:
    """Print sheets for those of a unit who are outstanding."""
    recorder, key = recorder_of(request), request.path_params["post"]
    form = await read_form(request, browser_from(request), recorder.address)
    unit, account, now = field(form, "unit"), staff_of(request).name, recorder.clock()
    members = await run_in_threadpool(_find_outstanding, request, unit)
    starts = range(0, len(members), LINES)[:SHEETS_AT_ONCE]

    def make(ledger: OpenLedger) -> list[Sheet]:
        """Record the printing in the writer's transaction."""
        return [print_sheet(ledger, key, unit, members[start : start + LINES], account, now) for start in starts]

    sheets = await recorder.write(make)
    if not sheets:
        return RedirectResponse(f"/van-phong/bai/{key}/phieu-ky", 303)
    return RedirectResponse(f"/van-phong/phieu-ky/{sheets[0].sequence}/in?den={sheets[-1].sequence}", 303)


def _find_outstanding(request: Request, unit: str) -> list[int]:
    """Return those of a unit who are outstanding; read before the transaction, which others wait for."""
    with recorder_of(request).database.reading() as connection:
        standings = read_coverage(connection, request.path_params["post"], recorder_of(request).clock()).standings
    return [
        one.member_id for one in standings if one.unit == unit and one.state is State.OUTSTANDING and not one.has_left
    ]


def show_printed(request: Request) -> Response:
    """Show sheets as they are printed, from one to another."""
    recorder = recorder_of(request)
    first = to_number(request.path_params["sheet"])
    last = max(first, min(to_number(request.query_params.get("den", "")), first + SHEETS_AT_ONCE - 1))
    with recorder.database.reading() as connection:
        sheets = [find_sheet(connection, number) for number in range(first, last + 1)]
        printed = tuple(
            PrintedSheet(
                sheet,
                _read_lines(connection, sheet),
                draw_qr(f"{recorder.address}/van-phong/phieu-ky/{sheet.sequence}"),
            )
            for sheet in sheets
        )
        revision = find_revision(connection, sheets[0].post, sheets[0].revision)
        if revision is None:
            raise PostUnknownError(sheets[0].post)
        return show(request, connection, PrintedSheetsPage(revision.post, revision.digest, printed))


def show_sheet(request: Request) -> Response:
    """Show a sheet, to be entered."""
    return _show(request, {}, None)


async def enter_sheet(request: Request) -> Response:
    """Record everyone whose signature stands on the sheet, with the digest of its scan."""
    recorder, number = recorder_of(request), to_number(request.path_params["sheet"])
    upload = await read_upload(request, browser_from(request), recorder.address)
    at = recorder.clock()
    try:
        paper = Paper(
            actor=staff_of(request).name,
            signed_on=read_day(field(upload.form, "day")),
            witness=field(upload.form, "witness"),
            scan=sha256(upload.content).hexdigest(),
            sheet=number,
        )
        await recorder.write(partial(_record, form=upload.form, paper=paper, number=number, at=at))
    except CampaignError as error:
        return await run_in_threadpool(_show, request, upload.form, error)
    return RedirectResponse(f"/van-phong/phieu-ky/{number}", 303)


def _record(ledger: OpenLedger, form: Form, paper: Paper, number: int, at: datetime) -> None:
    sheet = find_sheet(ledger.connection, number)
    listed = find_members(ledger.connection, sheet.members)
    for line, member in enumerate(sheet.members, 1):
        if field(form, f"line-{line}") and member in listed:
            record_paper(ledger, listed[member], sheet.post, paper, at, sheet.revision)


def _show(request: Request, typed: Form, problem: CampaignError | None) -> Response:
    with recorder_of(request).database.reading() as connection:
        sheet = find_sheet(connection, to_number(request.path_params["sheet"]))
        page = SheetPage(
            sheet=sheet,
            post=_post_of(connection, sheet),
            lines=_read_lines(connection, sheet),
            typed={name: field(typed, name) for name in ("day", "witness")},
            problem=problem.problem if problem else None,
            remedy=problem.remedy if problem else None,
        )
        return show(request, connection, page, 400 if problem else 200)


def _post_of(connection: Connection, sheet: Sheet) -> Post:
    return current_revision(connection, sheet.post).post


def _read_lines(connection: Connection, sheet: Sheet) -> tuple[SheetLine, ...]:
    listed = find_members(connection, sheet.members)
    confirmed = confirmed_on(connection, sheet)
    return tuple(
        SheetLine(number, listed[member].member if member in listed else None, confirmed.get(member))
        for number, member in enumerate(sheet.members, 1)
    )
