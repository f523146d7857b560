"""Signing in by an access slip, and what its holder can do: change the codes, end the sessions on other devices."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.access import WayIn, to_access_code, to_staff_code
from campaign.core.people.roster import Member
from campaign.errors.access import AccessRefusedError, OldCodeRefusedError, PageNotFoundError, SlipRevokedError
from campaign.errors.base import CampaignError
from campaign.record.access.sign_in import HOME, OWN_DEVICE, REMEMBERED, UNTIL_CLOSED, enter, show_sign_in
from campaign.record.web.answers import local_path, reading, show_page
from campaign.record.web.forms import Form, read_form
from campaign.record.web.printing import PrintedSlip, print_slip
from campaign.record.web.rate_limits import count_attempt, keep_device
from campaign.record.web.visitor import keep_session, reader_of, recorder_of, session_of, take_session
from campaign.store.base.hashing import is_secret_right, renew_hash
from campaign.store.credentials.sessions import OpenSession, Session, close_sessions, list_sessions, open_session
from campaign.store.credentials.slips import (
    code_hash_of,
    issue_slips,
    make_slip,
    member_of_token,
    prepare_slip,
    replace_code_hash,
)
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_member

OWN_SLIP_PATH = "/cua-toi/phieu"
HOLDER = "holder"
"""Who issued a slip, in the ledger, when it was the member."""


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """Opened by the QR code of a slip, which has its code behind the ``#``: no server can write it down."""

    template: ClassVar[str] = "access/opening.html"
    title: ClassVar[str] = "Mở phiếu truy cập"
    script: ClassVar[str] = "open.js"
    next: str


@dataclass(frozen=True, slots=True)
class SlipPage:
    """Shown for the code of a slip: whose it is, and one button."""

    template: ClassVar[str] = "access/slip.html"
    title: ClassVar[str] = "Phiếu truy cập của anh/chị"
    token: str
    name: str
    unit: str
    next: str


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser in which a member is signed in.

    Attributes:
        is_here: Whether it is the one that shows the page.
    """

    way_in: str
    started_at: datetime
    expires_at: datetime
    is_remembered: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class OwnSlipPage:
    """A member's own slip and devices.

    Attributes:
        has_slip: Whether there is a slip whose codes can be changed.
    """

    template: ClassVar[str] = "access/own_slip.html"
    title: ClassVar[str] = "Phiếu và thiết bị của tôi"
    member: Member
    devices: tuple[DeviceLine, ...]
    has_slip: bool
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class NewSlipPage:
    """The new codes of a member who changed them: shown this once."""

    template: ClassVar[str] = "access/new_slip.html"
    title: ClassVar[str] = "Phiếu mới của anh/chị"
    slip: PrintedSlip
    address: str


async def sign_in(request: Request) -> Response:
    """Let a member in who knows both codes."""
    form = await _read_form(request)
    staff_code = to_staff_code(form["staff_code"])
    attempt = await count_attempt(request, f"member:{staff_code}")
    member_id = await _check_codes(request, staff_code, form)
    if member_id is None:
        return await run_in_threadpool(show_sign_in, request, form, AccessRefusedError())
    await attempt.forgive()
    response = await enter(request, Session(WayIn.SLIP_CODE, member_id=member_id), form)
    if form["device"] == OWN_DEVICE:  # A shared one keeps nothing of anybody.
        keep_device(request, response, f"member:{staff_code}")
    return response


@reading
def show_opening(request: Request, _connection: Connection) -> OpeningPage:
    """Show the field into which the script puts the code, or its holder where none runs."""
    _require_open(request)
    return OpeningPage(local_path(request.query_params.get("tiep", ""), HOME))


async def show_typed_slip(request: Request) -> Response:
    """Show whose slip has the code that was sent: it signs nobody in."""
    form = await _read_form(request)
    return await run_in_threadpool(_show_slip, request, form["code"].rpartition("#")[2].strip(), form["next"])


def show_slip(request: Request) -> Response:
    """Show whose slip it is by the address that slips of before 0.3 have in their QR code."""
    _require_open(request)
    return _show_slip(request, request.path_params["token"], request.query_params.get("tiep", ""))


@reading
def _show_slip(_request: Request, connection: Connection, token: str, way_on: str) -> SlipPage:
    member = _find_holder(connection, token).member
    return SlipPage(token, member.name, member.unit, local_path(way_on, HOME))


async def sign_in_by_slip(request: Request) -> Response:
    """Let a member in who holds the QR code."""
    form = await _read_form(request)
    attempt = await count_attempt(request)
    holder = await recorder_of(request).read(_find_holder, form["code"])
    await attempt.forgive()
    return await enter(request, Session(WayIn.SLIP_QR, member_id=holder.id), form)


@reading
def show_own_slip(request: Request, connection: Connection, fault: CampaignError | None = None) -> OwnSlipPage:
    """Show the holder where the slip opened a session, and how to change its codes."""
    recorder, reader, here = recorder_of(request), reader_of(request, connection), session_of(request, connection)
    devices = tuple(
        DeviceLine(
            way_in=WayIn(session.who.identified_by).label,
            started_at=session.started_at,
            expires_at=session.expires_at,
            is_remembered=_is_remembered(session),
            is_here=session.key == here.key,
        )
        for session in list_sessions(connection, recorder.clock(), reader.id)
    )
    has_slip = recorder.ways.slip and code_hash_of(connection, reader.member.staff_code) is not None
    return OwnSlipPage(reader.member, devices, has_slip=has_slip, fault=fault)


async def change_own_slip(request: Request) -> Response:
    """Give the holder a new slip for the old code: whoever else holds the old one has nothing any more."""
    recorder, form = recorder_of(request), await read_form(request)
    reader, session = await recorder.read(_who_is_in, request)
    attempt = await count_attempt(request, f"member:{reader.member.staff_code}")
    if await _check_codes(request, reader.member.staff_code, form) != reader.id:
        return await run_in_threadpool(show_own_slip, request, OldCodeRefusedError())
    await attempt.forgive()
    prepared = await run_in_threadpool(prepare_slip, reader, make_slip())
    lasts = REMEMBERED if _is_remembered(session) else UNTIL_CLOSED

    def change(ledger: OpenLedger) -> str:
        """Issue the slip, which ends every session of the holder, and begin this browser's again."""
        issue_slips(ledger, [prepared], HOLDER, recorder.clock())
        return open_session(ledger.connection, session.who, recorder.clock(), lasts)

    token = await recorder.write(change)
    take_session(request, token)
    page = NewSlipPage(print_slip(prepared, recorder.address), recorder.address)
    response = await run_in_threadpool(show_page, request, page)
    keep_session(request, response, token, lasts if _is_remembered(session) else None)
    return response


async def end_other_sessions(request: Request) -> Response:
    """End the sessions that the reader has elsewhere."""
    recorder = recorder_of(request)
    await read_form(request)
    reader, here = await recorder.read(_who_is_in, request)

    def end(ledger: OpenLedger) -> None:
        """End all but the one of this browser."""
        sessions = list_sessions(ledger.connection, recorder.clock(), reader.id)
        close_sessions(ledger.connection, [session.key for session in sessions if session.key != here.key])

    await recorder.write(end)
    return RedirectResponse(OWN_SLIP_PATH, 303)


async def _read_form(request: Request) -> Form:
    _require_open(request)
    return await read_form(request)


def _require_open(request: Request) -> None:
    if not recorder_of(request).ways.slip:
        raise PageNotFoundError


def _who_is_in(connection: Connection, request: Request) -> tuple[ListedMember, OpenSession]:
    return reader_of(request, connection), session_of(request, connection)


def _is_remembered(session: OpenSession) -> bool:
    return session.expires_at - session.started_at > UNTIL_CLOSED


async def _check_codes(request: Request, staff_code: str, form: Form) -> int | None:
    """Return the member who holds both codes, or nothing; takes as long for a staff code that nobody has."""
    recorder, typed = recorder_of(request), to_access_code(form["access_code"])
    found = await recorder.read(code_hash_of, staff_code)
    is_right = await run_in_threadpool(is_secret_right, typed, found[1] if found else None)
    if not found or not is_right:
        return None
    member_id, held = found
    renewed = await run_in_threadpool(renew_hash, typed, held)
    if renewed:
        await recorder.write(lambda ledger: replace_code_hash(ledger.connection, held, renewed))
    return member_id


def _find_holder(connection: Connection, token: str) -> ListedMember:
    """Return the member on the roster whose slip has the QR code.

    Raises:
        SlipRevokedError: Nobody's has.
    """
    holder = find_member(connection, member_of_token(connection, token) or 0)
    if holder is None:
        raise SlipRevokedError
    return holder
