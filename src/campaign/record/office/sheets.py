"""Sheets on which people sign: printed by unit, entered again with the scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import read_day
from campaign.core.people.paper import Paper, Sheet
from campaign.core.people.roster import Member
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.errors.confirming import PostUnknownError
from campaign.jobs.paper import LINES, SHEETS_AT_ONCE, find_signers, print_sheets, record_signatures
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form, read_upload
from campaign.record.web.guard import to_number
from campaign.record.web.printing import draw_qr
from campaign.record.web.visitor import recorder_of
from campaign.store.figures.figures import read_figures
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.paper import find_confirmed, find_sheet, find_sheets, post_sheets
from campaign.store.posts.posts import current_revision, find_revision
from campaign.store.roster.roster import find_members


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with how many of its people are outstanding."""

    name: str
    outstanding: int


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """Where sheets are printed, and those that were."""

    template: ClassVar[str] = "office/sheets.html"
    title: ClassVar[str] = "Phiếu ký trên giấy"
    post: Post
    units: tuple[UnitLine, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet.

    Attributes:
        member: Who is on it; nothing for somebody off the roster.
        confirmed_at: When that person's confirmation was received, or nothing.
    """

    number: int
    member: Member | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet as it is printed; the QR code leads to where it is entered."""

    sheet: Sheet
    lines: tuple[SheetLine, ...]
    qr: Markup


@dataclass(frozen=True, slots=True)
class PrintedSheetsPage:
    """Sheets of a unit, to be printed."""

    template: ClassVar[str] = "office/printed_sheets.html"
    title: ClassVar[str] = "Phiếu ký xác nhận đã đọc"
    post: Post
    digest: str
    sheets: tuple[PrintedSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet, to be entered.

    Attributes:
        typed: What was entered and could not be recorded, by field.
    """

    template: ClassVar[str] = "office/sheet.html"
    title: ClassVar[str] = "Nhập phiếu đã ký"
    sheet: Sheet
    post: Post
    lines: tuple[SheetLine, ...]
    typed: Form
    fault: CampaignError | None = None


@reading
def show_sheets(request: Request, connection: Connection) -> SheetsPage:
    """Show the units with who is outstanding, and the sheets that were printed."""
    key = request.path_params["post"]
    post, figures = current_revision(connection, key).post, read_figures(connection, key).get(key)
    by_unit = figures.by_unit if figures else {}
    units = tuple(UnitLine(unit, counted.outstanding) for unit, counted in by_unit.items() if counted.outstanding)
    return SheetsPage(post, units, tuple(post_sheets(connection, key)))


async def make_sheets(request: Request) -> Response:
    """Print sheets for those of a unit who are outstanding."""
    recorder, key, form = recorder_of(request), request.path_params["post"], await read_form(request)
    unit, account, now = form["unit"], staff_of(request).name, recorder.clock()
    members = await recorder.read(find_signers, key, unit, now)  # Before the transaction, which others wait for.
    sheets = await recorder.write(print_sheets, key, unit, members, account, now)
    if not sheets:
        return RedirectResponse(f"/van-phong/bai/{key}/phieu-ky", 303)
    return RedirectResponse(f"/van-phong/phieu-ky/{sheets[0].sequence}/in?den={sheets[-1].sequence}", 303)


@reading
def show_printed(request: Request, connection: Connection) -> PrintedSheetsPage:
    """Show sheets as they are printed, from one to another."""
    first, address = to_number(request.path_params["sheet"]), recorder_of(request).address
    last = max(first, min(to_number(request.query_params.get("den", "")), first + SHEETS_AT_ONCE - 1))
    sheets = find_sheets(connection, first, last)
    lines = _read_lines(connection, sheets)
    printed = tuple(
        PrintedSheet(sheet, lines[sheet.sequence], draw_qr(f"{address}/van-phong/phieu-ky/{sheet.sequence}"))
        for sheet in sheets
    )
    revision = find_revision(connection, sheets[0].post, sheets[0].revision)
    if revision is None:
        raise PostUnknownError(sheets[0].post)
    return PrintedSheetsPage(revision.post, revision.digest, printed)


@reading
def show_sheet(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> SheetPage:
    """Show a sheet, to be entered."""
    sheet = find_sheet(connection, to_number(request.path_params["sheet"]))
    lines = _read_lines(connection, [sheet])[sheet.sequence]
    return SheetPage(sheet, current_revision(connection, sheet.post).post, lines, typed, fault)


async def enter_sheet(request: Request) -> Response:
    """Record everyone who signed the sheet, with the digest of its scan."""
    number, upload = to_number(request.path_params["sheet"]), await read_upload(request)
    form, scan = upload.form, sha256(upload.content).hexdigest()
    actor, at = staff_of(request).name, recorder_of(request).clock()

    def record(ledger: OpenLedger) -> None:
        """Record the signatures that were ticked."""
        paper = Paper(actor, read_day(form["day"]), form["witness"], scan=scan, sheet=number)
        signed = {line for line in range(1, LINES + 1) if form[f"line-{line}"]}
        record_signatures(ledger, number, signed, paper, at)

    return await submit(request, form, record, f"/van-phong/phieu-ky/{number}", show_sheet)


def _read_lines(connection: Connection, sheets: Sequence[Sheet]) -> dict[int, tuple[SheetLine, ...]]:
    """Return who is on sheets of one post, by the number of the sheet."""
    everyone = {member for sheet in sheets for member in sheet.members}
    listed = find_members(connection, everyone)
    confirmed = find_confirmed(connection, sheets[0].post, everyone)
    return {
        sheet.sequence: tuple(
            SheetLine(line, listed[member].member if member in listed else None, confirmed.get(member))
            for line, member in enumerate(sheet.members, 1)
        )
        for sheet in sheets
    }
