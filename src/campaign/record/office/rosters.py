"""The Office's pages of the roster: a list is handed in, looked at, and applied; a change is undone by another."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.roster import RosterPlan
from campaign.errors.base import CampaignError, Faults
from campaign.errors.cases import ReasonMissingError
from campaign.errors.roster import DoubtsUnseenError, FileWaitsNoMoreError
from campaign.record.office.roster_pages import PlanRow, RosterPage, RosterPreviewPage
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, read_form, to_number
from campaign.record.web.uploads import read_upload
from campaign.store.figures.figures import count_members
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.changes import read_roster_changes, undo_roster_change
from campaign.store.roster.file import read_roster_content
from campaign.store.roster.plans import plan_list
from campaign.store.roster.roster import RosterSource, apply_roster
from campaign.store.roster.waiting_files import WaitingFile, drop_file, find_file, keep_file

PAGE_PATH = "/van-phong/danh-sach"
PREVIEW_PATH = f"{PAGE_PATH}/xem-truoc"
ROWS_SHOWN = 300


def show_roster(request: Request) -> Response:
    """Show the form for a new list, and the changes so far."""
    return _show(request, [])


async def take_list(request: Request) -> Response:
    """Read a list that was handed in: all its faults at once, or a preview; nothing is written to the ledger."""
    recorder = recorder_of(request)
    upload = await read_upload(request, browser_from(request), recorder.address)
    try:
        await run_in_threadpool(read_roster_content, upload.name, upload.content)
    except CampaignError as error:
        return await run_in_threadpool(_show, request, error.errors if isinstance(error, Faults) else [error])
    file, account = WaitingFile(upload.name, upload.content), staff_of(request).name

    def keep(ledger: OpenLedger) -> None:
        """Keep it in the writer's transaction."""
        keep_file(ledger.connection, account, file, recorder.clock())

    await recorder.write(keep)
    return RedirectResponse(PREVIEW_PATH, 303)


def show_preview(request: Request) -> Response:
    """Show what the list that waits would change."""
    with recorder_of(request).database.reading() as connection:
        file = find_file(connection, staff_of(request).name)
        if file is None:
            return RedirectResponse(PAGE_PATH, 303)
        found = plan_list(connection, read_roster_content(file.name, file.content))
        rows = tuple(_to_rows(found.plan)[:ROWS_SHOWN])
        page = RosterPreviewPage(file.name, file.digest, found.plan, rows, found.doubts, found.settled)
        return show(request, connection, page)


async def apply_list(request: Request) -> Response:
    """Apply the list that waits, or forget it."""
    recorder, account = recorder_of(request), staff_of(request).name
    form = await read_form(request, browser_from(request), recorder.address)
    file = await run_in_threadpool(_find_waiting, request)
    is_dropped = bool(field(form, "drop"))
    if not is_dropped and (file is None or field(form, "digest") != file.digest):
        raise FileWaitsNoMoreError
    members = await run_in_threadpool(read_roster_content, file.name, file.content) if file and not is_dropped else []

    at = recorder.clock()

    def apply(ledger: OpenLedger) -> None:
        """Apply it to the roster of this very moment, or forget it."""
        if members and file:
            found = plan_list(ledger.connection, members)
            if found.doubts and not field(form, "seen"):
                raise DoubtsUnseenError
            apply_roster(ledger, found.plan, at, RosterSource(account, digest=file.digest))
        drop_file(ledger.connection, account)

    await recorder.write(apply)
    return RedirectResponse(PAGE_PATH, 303)


async def undo_change(request: Request) -> Response:
    """Undo a change of the roster by new entries."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    sequence, reason = to_number(field(form, "sequence")), field(form, "reason")
    try:
        if not reason:
            raise ReasonMissingError
        source = RosterSource(staff_of(request).name, reason, undoes=sequence)
        await recorder.write(partial(undo_roster_change, sequence=sequence, source=source, at=recorder.clock()))
    except CampaignError as error:
        return await run_in_threadpool(_show, request, [error])
    return RedirectResponse(PAGE_PATH, 303)


def _find_waiting(request: Request) -> WaitingFile | None:
    with recorder_of(request).database.reading() as connection:
        return find_file(connection, staff_of(request).name)


def _to_rows(plan: RosterPlan) -> list[PlanRow]:
    return [
        *(PlanRow("thêm", None, member) for member in plan.joined),
        *(PlanRow("chuyển", old, new) for old, new in plan.moved),
        *(PlanRow("sửa", old, new) for old, new in plan.edited),
        *(PlanRow("bớt", member, None) for member in plan.left),
    ]


def _show(request: Request, faults: "list[CampaignError] | tuple[CampaignError, ...]") -> Response:
    with recorder_of(request).database.reading() as connection:
        waiting = find_file(connection, staff_of(request).name)
        page = RosterPage(
            members=count_members(connection),
            changes=tuple(read_roster_changes(connection)),
            waiting=waiting.name if waiting else None,
            faults=tuple(faults),
        )
        return show(request, connection, page, 400 if faults else 200)
