"""Access slips: made for those who have none, for one person, or for a unit again; printed within ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.text import name_key
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.roster import SlipCountError
from campaign.record.server.recorder import Recorder
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.guard import to_number
from campaign.record.web.printing import PrintedSlip, print_slip
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.slip_batches import (
    SlipBatch,
    drop_batch,
    drop_old_batches,
    find_batch,
    keep_batch,
    list_batches,
    make_batch,
    put_in_force,
)
from campaign.store.credentials.slips import count_devices, members_with_slip, prepare_slip
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_member, read_roster

PAGE_PATH = "/van-phong/phieu"
RENEWAL_PATH = f"{PAGE_PATH}/cap-lai"
BATCH_PATH = f"{PAGE_PATH}/dot/{{batch}}"
PERSON_PATH = "/van-phong/nguoi/{member}/phieu"
AT_ONCE = 20
"""So many codes are hashed while the browser waits: half a second. More are hashed after the answer."""
TYPED_FROM = 20
"""From so many people on, their number is typed before all their slips end."""


@dataclass(frozen=True, slots=True)
class UnitSlips:
    """A unit on the page where slips are issued."""

    name: str
    members: int
    issued: int

    @property
    def missing(self) -> int:
        """How many have no slip."""
        return self.members - self.issued


@dataclass(frozen=True, slots=True)
class OfficeSlipsPage:
    """Where access slips are issued.

    Attributes:
        batches: What can be printed again.
    """

    template: ClassVar[str] = "office/slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    units: tuple[UnitSlips, ...]
    batches: tuple[SlipBatch, ...] = ()

    @property
    def missing(self) -> int:
        """How many people have no slip."""
        return sum(unit.missing for unit in self.units)


@dataclass(frozen=True, slots=True)
class RenewalPage:
    """Before all slips of a unit, or that of one person, are replaced: what ends.

    Attributes:
        path: Where the form goes.
        back: Where to go instead.
        people: How many get a new slip.
        slips: How many slips in use will end.
        devices: How many browsers are signed in and will not be any more.
        typed: Whether the number of people must be typed.
    """

    template: ClassVar[str] = "office/slip_renewal.html"
    title: ClassVar[str] = "Cấp lại phiếu"
    path: str
    back: str
    whom: str
    people: int
    slips: int
    devices: int
    typed: bool = False
    unit: str = ""
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class PrintedSlipsPage:
    """A batch of slips, to be printed and cut; or how far it is."""

    template: ClassVar[str] = "office/printed_slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    script: ClassVar[str] = "print.js"
    batch: SlipBatch
    address: str
    slips: tuple[PrintedSlip, ...]

    @property
    def refresh(self) -> int:
        """After how many seconds the page is asked for again; 0 once the slips are there."""
        return 0 if self.batch.is_ready else 2


@reading
def show_slips(request: Request, connection: Connection) -> OfficeSlipsPage:
    """Show the units, how many of their members have a slip, and what can be printed again."""
    with_slip, recorder = members_with_slip(connection), recorder_of(request)
    by_unit: dict[str, list[int]] = {}
    for listed in read_roster(connection).values():
        by_unit.setdefault(listed.member.unit, []).append(listed.id)
    batches = list_batches(connection, recorder.key, staff_of(request).name, recorder.clock())
    return OfficeSlipsPage(
        tuple(
            UnitSlips(unit, len(members), len(with_slip.intersection(members)))
            for unit, members in sorted(by_unit.items())
        ),
        tuple(batches),
    )


async def issue_missing(request: Request) -> Response:
    """Make slips for those of a unit, or of all, who have none; nobody else's ends."""
    unit = (await read_form(request))["unit"]
    members = await recorder_of(request).read(_read_members, unit, is_missing=True)
    return await _start(request, unit or "Những người chưa có phiếu", members, is_at_once=True)


@reading
def show_renewal(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> RenewalPage:
    """Show what ends when all slips of a unit are replaced."""
    unit = typed["unit"] or request.query_params.get("don-vi", "")
    members = [listed.id for listed in _read_members(connection, unit)]
    if not members or not unit:
        raise PageNotFoundError
    slips = len(members_with_slip(connection).intersection(members))
    is_typed = len(members) >= TYPED_FROM
    devices = count_devices(connection, members)
    return RenewalPage(RENEWAL_PATH, PAGE_PATH, unit, len(members), slips, devices, is_typed, unit, fault)


async def renew_unit(request: Request) -> Response:
    """Make new slips for a whole unit; the earlier ones hold until the new ones are put in force."""
    form = await read_form(request)
    members = await recorder_of(request).read(_read_members, form["unit"])
    if len(members) >= TYPED_FROM and form["people"] != str(len(members)):
        return await run_in_threadpool(show_renewal, request, form, SlipCountError(form["unit"], len(members)))
    return await _start(request, form["unit"], members, is_at_once=False)


@reading
def show_person_slip(request: Request, connection: Connection) -> RenewalPage:
    """Show what ends when one person's slip is replaced."""
    listed = _find_person(connection, request)
    has_slip = listed.id in members_with_slip(connection)
    back = f"/van-phong/nguoi/{listed.id}"
    return RenewalPage(f"{back}/phieu", back, listed.member.name, 1, has_slip, count_devices(connection, [listed.id]))


async def issue_to_person(request: Request) -> Response:
    """Make a slip for one person; only this person's earlier one ends."""
    await read_form(request)
    listed = await recorder_of(request).read(_find_person, request)
    return await _start(request, listed.member.name, [listed], is_at_once=True)


async def _start(request: Request, title: str, members: Sequence[ListedMember], *, is_at_once: bool) -> Response:
    """Make a batch and lead to its page; many codes are hashed after that answer."""
    if not members:
        return RedirectResponse(PAGE_PATH, 303)
    recorder, account = recorder_of(request), staff_of(request).name
    batch = make_batch(title, members, recorder.clock(), is_at_once=is_at_once)

    def keep(ledger: OpenLedger) -> None:
        """Keep it, and forget those that nobody can look at any more."""
        drop_old_batches(ledger.connection, batch.made_at)
        keep_batch(ledger.connection, recorder.key, account, batch)

    await recorder.write(keep)
    way_on = BATCH_PATH.format(batch=batch.token)
    if len(members) <= AT_ONCE:
        await _hash_codes(recorder, account, batch)
        return RedirectResponse(way_on, 303)
    return RedirectResponse(way_on, 303, background=BackgroundTask(_hash_codes, recorder, account, batch))


async def _hash_codes(recorder: Recorder, account: str, batch: SlipBatch) -> None:
    """Hash the codes of a batch, some at a time, and put it in force when it is to be at once."""
    slips = list(batch.slips)
    for start in range(0, len(slips), AT_ONCE):
        part = slips[start : start + AT_ONCE]
        slips[start : start + AT_ONCE] = await run_in_threadpool(
            lambda part: [prepare_slip(slip.listed, slip.slip) for slip in part], part
        )
        batch = replace(batch, slips=tuple(slips))
        if start + AT_ONCE < len(slips) or not batch.is_at_once:
            await recorder.write(lambda ledger, done: keep_batch(ledger.connection, recorder.key, account, done), batch)
    if batch.is_at_once:
        await recorder.write(put_in_force, recorder.key, account, batch, recorder.clock())


@reading
def show_batch(request: Request, connection: Connection) -> PrintedSlipsPage:
    """Show the slips of a batch to the account that made it."""
    recorder, batch = recorder_of(request), _find(request, connection)
    slips = tuple(print_slip(slip, recorder.address) for slip in batch.slips) if batch.is_ready else ()
    return PrintedSlipsPage(batch, recorder.address, slips)


async def end_batch(request: Request) -> Response:
    """Put a batch in force that was printed, or forget one."""
    form, recorder, account = await read_form(request), recorder_of(request), staff_of(request).name
    batch = await recorder.read(partial(_find, request))
    if form["act"] == "use" and batch.is_ready:
        await recorder.write(put_in_force, recorder.key, account, batch, recorder.clock())
        return RedirectResponse(BATCH_PATH.format(batch=batch.token), 303)
    await recorder.write(lambda ledger: drop_batch(ledger.connection, account, batch.token))
    return RedirectResponse(PAGE_PATH, 303)


def _find(request: Request, connection: Connection) -> SlipBatch:
    recorder, token = recorder_of(request), request.path_params["batch"]
    batch = find_batch(connection, recorder.key, staff_of(request).name, token, recorder.clock())
    if batch is None:
        raise PageNotFoundError
    return batch


def _find_person(connection: Connection, request: Request) -> ListedMember:
    listed = find_member(connection, to_number(request.path_params["member"]))
    if listed is None:
        raise PageNotFoundError
    return listed


def _read_members(connection: Connection, unit: str, *, is_missing: bool = False) -> list[ListedMember]:
    """Return the people of a unit, or of all, in the order of handing out slips."""
    with_slip = members_with_slip(connection) if is_missing else set()
    members = [
        listed
        for listed in read_roster(connection).values()
        if unit in ("", listed.member.unit) and listed.id not in with_slip
    ]
    return sorted(members, key=lambda listed: (listed.member.unit, name_key(listed.member.name), listed.id))
