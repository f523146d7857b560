"""The Office's pages of the roster: a list is handed in, looked at, and applied; a change is undone by another."""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.roster import Member, RosterPlan
from campaign.core.roster_doubts import Doubt
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.errors.roster import FileWaitsNoMoreError
from campaign.jobs.roster_import import NewList, import_list, preview_list, read_new_list
from campaign.lists.files import read_sheets
from campaign.lists.waiting import WaitingList, keep_list
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form, read_upload
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.figures.figures import count_members
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.changes import RosterChange, read_roster_changes, undo_roster_change
from campaign.store.roster.roster import RosterSource
from campaign.store.roster.waiting_files import WaitingFile, drop_file, find_file, keep_file
from campaign.store.roster.words import read_words

PAGE_PATH = "/van-phong/danh-sach"
PREVIEW_PATH = f"{PAGE_PATH}/xem-truoc"
ROWS_SHOWN = 300


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The form for a new list, and the changes so far.

    Attributes:
        members: How many are on the roster.
        waiting: The name of a list that was handed in and not applied, or nothing.
        fault: What was wrong with what was sent.
    """

    template: ClassVar[str] = "office/roster.html"
    title: ClassVar[str] = "Danh sách"
    members: int
    changes: tuple[RosterChange, ...]
    waiting: str | None
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What would change for one person: as it is, as it would be."""

    act: str
    old: Member | None
    new: Member | None

    @property
    def member(self) -> Member:
        """Whom it is about."""
        member = self.new or self.old
        assert member is not None  # noqa: S101 - a change has at least one side
        return member


@dataclass(frozen=True, slots=True)
class RosterPreviewPage:
    """What a list would change.

    Attributes:
        digest: The SHA-256 of the file, sent back so that no other is applied.
        rows: The first of the changes; the figures of *plan* count all.
        notes: What was read, what was left out and what was understood, a sentence each.
    """

    template: ClassVar[str] = "office/roster_preview.html"
    title: ClassVar[str] = "Xem trước danh sách"
    file: str
    digest: str
    plan: RosterPlan
    rows: tuple[PlanRow, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...] = ()


@reading
def show_roster(
    request: Request, connection: Connection, _typed: Form = EMPTY, fault: CampaignError | None = None
) -> RosterPage:
    """Show the form for a new list, and the changes so far."""
    waiting = find_file(connection, staff_of(request).name)
    changes = tuple(read_roster_changes(connection))
    return RosterPage(count_members(connection), changes, waiting.name if waiting else None, fault)


async def hand_in_list(request: Request) -> Response:
    """Read a list that was handed in: all its faults at once, or a preview; nothing is written to the ledger."""
    recorder, upload = recorder_of(request), await read_upload(request)
    account, at = staff_of(request).name, recorder.clock()
    try:
        sheets = await run_in_threadpool(read_sheets, upload.name, upload.content)
        words = await recorder.read(read_words)
        waiting = keep_list(sha256(upload.content).hexdigest(), sheets, words)
        await recorder.read(
            lambda connection: preview_list(connection, _read(request, connection, upload.name, waiting))
        )
    except CampaignError as fault:
        return await run_in_threadpool(show_roster, request, upload.form, fault)
    file = WaitingFile(upload.name, waiting.to_bytes())
    await recorder.write(lambda ledger: keep_file(ledger.connection, account, file, at))
    return RedirectResponse(PREVIEW_PATH, 303)


def _read(request: Request, connection: Connection, file: str, waiting: WaitingList) -> NewList:
    manifest = recorder_of(request).site.manifest()
    units = manifest.units if manifest else ()
    return read_new_list(connection, file, waiting.sheets, waiting.choices, waiting.refused, units)


@reading
def show_preview(request: Request, connection: Connection) -> RosterPreviewPage | Response:
    """Show what the list that waits would change."""
    file = find_file(connection, staff_of(request).name)
    if file is None:
        return RedirectResponse(PAGE_PATH, 303)
    waiting = WaitingList.from_bytes(file.content)
    found = preview_list(connection, _read(request, connection, file.name, waiting))
    rows = tuple(_to_rows(found.plan)[:ROWS_SHOWN])
    return RosterPreviewPage(file.name, file.digest, found.plan, rows, found.doubts, found.notes)


async def apply_list(request: Request) -> Response:
    """Apply the list that waits, or forget it."""
    recorder, account, form = recorder_of(request), staff_of(request).name, await read_form(request)
    file = await recorder.read(find_file, account)
    if form["drop"]:
        await recorder.write(lambda ledger: drop_file(ledger.connection, account))
        return RedirectResponse(PAGE_PATH, 303)
    if file is None or form["digest"] != file.digest:
        raise FileWaitsNoMoreError
    waiting, at = WaitingList.from_bytes(file.content), recorder.clock()
    new = await recorder.read(lambda connection: _read(request, connection, file.name, waiting))

    def apply(ledger: OpenLedger) -> None:
        """Apply it to the roster of this very moment."""
        source = RosterSource(account, digest=waiting.digest)
        import_list(ledger, new, source, at, doubts_seen=bool(form["seen"]))
        drop_file(ledger.connection, account)

    await recorder.write(apply)
    return RedirectResponse(PAGE_PATH, 303)


async def undo_change(request: Request) -> Response:
    """Undo a change of the roster by new entries."""
    form, account, at = await read_form(request), staff_of(request).name, recorder_of(request).clock()
    sequence = to_number(form["sequence"])

    def undo(ledger: OpenLedger) -> None:
        """Undo it for a reason."""
        if not form["reason"]:
            raise ReasonMissingError
        undo_roster_change(ledger, sequence, RosterSource(account, form["reason"], undoes=sequence), at)

    return await submit(request, form, undo, PAGE_PATH, show_roster)


def _to_rows(plan: RosterPlan) -> list[PlanRow]:
    return [
        *(PlanRow("bớt", member, None) for member in plan.left),
        *(PlanRow("thêm", None, member) for member in plan.joined),
        *(PlanRow("chuyển", old, new) for old, new in plan.moved),
        *(PlanRow("sửa", old, new) for old, new in plan.edited),
    ]
