"""A list that comes in: read, looked at, decided about, applied."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.roster import Member, RosterPlan
from campaign.core.people.roster_doubts import Doubt
from campaign.errors.base import CampaignError
from campaign.errors.roster import FileWaitsNoMoreError
from campaign.jobs.roster_import import NewList, Review, import_list, preview_list, read_new_list
from campaign.lists.files import read_sheets
from campaign.lists.waiting import WaitingList, keep_list
from campaign.record.office.roster.choices import ChoicesForm, make_form, read_choices
from campaign.record.office.roster.roster import PAGE_PATH, show_roster
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import read_form, read_upload
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import RosterSource
from campaign.store.roster.waiting_files import WaitingFile, drop_file, find_file, keep_file
from campaign.store.roster.words import read_words

PREVIEW_PATH = f"{PAGE_PATH}/xem-truoc"
CHOICES_PATH = f"{PREVIEW_PATH}/cach-doc"
ROWS_SHOWN = 300
MOST_FIELDS = 2000
"""A form of choices has a field for each column of each sheet, and for each word that nobody knows."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What would change for one person: as it is, as it would be."""

    old: Member | None
    new: Member | None

    @property
    def member(self) -> Member:
        """Whom it is about."""
        member = self.new or self.old
        assert member is not None  # noqa: S101 - a change has at least one side
        return member


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One kind of change: all of its people counted, the first of them shown."""

    title: str
    count: int
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class RosterPreviewPage:
    """What a list would change, and how it was read.

    Attributes:
        digest: The SHA-256 of what waits, sent back so that nothing else is applied.
        form: What can be chosen about the list.
        plan: What it would change; nothing while it cannot be used.
        parts: The kinds of changes.
        typed: The number that must be typed, because very much would change; 0 when nothing need be typed.
        notes: What was read, what was left out and what was understood, a sentence each.
        faults: Why it cannot be used yet.
    """

    template: ClassVar[str] = "office/roster_preview.html"
    title: ClassVar[str] = "Xem trước danh sách"
    file: str
    digest: str
    form: ChoicesForm
    plan: RosterPlan | None
    parts: tuple[PlanPart, ...]
    typed: int
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]
    faults: tuple[CampaignError, ...] = ()
    fault: CampaignError | None = None


async def hand_in_list(request: Request) -> Response:
    """Read a list that was handed in, and lead to its preview; nothing is written to the ledger.

    A list with faults that choices can lift waits, too; with others it does not.
    """
    recorder, upload = recorder_of(request), await read_upload(request)
    account, at = staff_of(request).name, recorder.clock()
    try:
        sheets = await run_in_threadpool(read_sheets, upload.name, upload.content)
        waiting = keep_list(sha256(upload.content).hexdigest(), sheets, await recorder.read(read_words))
        new = await recorder.read(lambda open_: _read(request, open_, upload.name, waiting))
        if not (new.read.faults and new.read.is_open):
            await recorder.read(preview_list, new)
    except CampaignError as fault:
        return await run_in_threadpool(show_roster, request, upload.form, fault)
    file = WaitingFile(upload.name, waiting.to_bytes())
    await recorder.write(lambda ledger: keep_file(ledger.connection, account, file, at))
    if new.read.faults:
        return await run_in_threadpool(show_preview, request, new.read.faults[0])
    return RedirectResponse(PREVIEW_PATH, 303)


def _read(request: Request, connection: Connection, file: str, waiting: WaitingList) -> NewList:
    manifest = recorder_of(request).site.manifest()
    units = manifest.units if manifest else ()
    return read_new_list(connection, file, waiting.sheets, waiting.choices, waiting.refused, units)


@reading
def show_preview(
    request: Request, connection: Connection, fault: CampaignError | None = None
) -> RosterPreviewPage | Response:
    """Show how the list that waits was read, and what it would change."""
    file = find_file(connection, staff_of(request).name)
    if file is None:
        return RedirectResponse(PAGE_PATH, 303)
    new = _read(request, connection, file.name, WaitingList.from_bytes(file.content))
    form = _make_form(connection, new)
    if new.read.faults:
        notes, faults = new.read.notes, new.read.faults
        return RosterPreviewPage(file.name, file.digest, form, None, (), 0, new.read.doubts, notes, faults, fault)
    found = preview_list(connection, new)
    parts = tuple(part for part in _to_parts(found.plan) if part.count)
    typed = found.people if found.is_large else 0
    return RosterPreviewPage(
        file.name, file.digest, form, found.plan, parts, typed, found.doubts, found.notes, fault=fault
    )


def _make_form(connection: Connection, new: NewList) -> ChoicesForm:
    units = [unit.name for unit in read_units(connection).all if not unit.endings]
    return make_form(new.read, new.choices, list(dict.fromkeys([*units, *new.site_units])))


async def choose(request: Request) -> Response:
    """Keep how the list that waits is to be read."""
    recorder, account = recorder_of(request), staff_of(request).name
    form, at = await read_form(request, MOST_FIELDS), recorder.clock()
    file = await _find(request, form["digest"])
    waiting = WaitingList.from_bytes(file.content)
    new = await recorder.read(lambda connection: _read(request, connection, file.name, waiting))
    shown = await recorder.read(_make_form, new)
    chosen = WaitingFile(file.name, replace(waiting, choices=read_choices(form, shown)).to_bytes())
    await recorder.write(lambda ledger: keep_file(ledger.connection, account, chosen, at))
    return RedirectResponse(PREVIEW_PATH, 303)


async def apply_list(request: Request) -> Response:
    """Apply the list that waits, or forget it."""
    recorder, account, form = recorder_of(request), staff_of(request).name, await read_form(request, MOST_FIELDS)
    if form["drop"]:
        await recorder.write(lambda ledger: drop_file(ledger.connection, account))
        return RedirectResponse(PAGE_PATH, 303)
    file = await _find(request, form["digest"])
    waiting, at = WaitingList.from_bytes(file.content), recorder.clock()
    new = await recorder.read(lambda connection: _read(request, connection, file.name, waiting))

    def apply(ledger: OpenLedger) -> None:
        """Apply it to the roster of this very moment."""
        source = RosterSource(account, digest=waiting.digest)
        import_list(ledger, new, source, at, Review(bool(form["seen"]), form["people"]))
        drop_file(ledger.connection, account)

    await recorder.write(apply)
    return RedirectResponse(PAGE_PATH, 303)


async def _find(request: Request, digest: str) -> WaitingFile:
    """Return the list that waits for whoever asks.

    Raises:
        FileWaitsNoMoreError: It is not the one that was looked at.
    """
    file = await recorder_of(request).read(find_file, staff_of(request).name)
    if file is None or digest != file.digest:
        raise FileWaitsNoMoreError
    return file


def _to_parts(plan: RosterPlan) -> list[PlanPart]:
    """Return the kinds of changes, first those who leave: nobody may overlook them."""
    kinds: list[tuple[str, list[PlanRow]]] = [
        ("Bớt", [PlanRow(member, None) for member in plan.left]),
        ("Thêm", [PlanRow(None, member) for member in plan.joined]),
        ("Chuyển đơn vị", [PlanRow(old, new) for old, new in plan.moved]),
        ("Sửa", [PlanRow(old, new) for old, new in plan.edited]),
    ]
    return [PlanPart(title, len(rows), tuple(rows[:ROWS_SHOWN])) for title, rows in kinds]
