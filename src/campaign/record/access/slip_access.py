"""Coming in by an access slip, and what its holder can do with it: change the codes, end what other devices opened."""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.access import WayIn, to_access_code, to_staff_code
from campaign.errors.access import AccessRefusedError, PageNotFoundError, SessionExpiredError, SlipRevokedError
from campaign.record.access.access import HOME, REMEMBERED, UNTIL_CLOSED, enter, show_ways
from campaign.record.access.access_pages import DeviceLine, NewSlipPage, OwnSlipPage, PrintedSlip, SlipPage
from campaign.record.web.answers import (
    ask_to_sign_in,
    browser_from,
    keep_session,
    local_path,
    reader_of,
    recorder_of,
    session_of,
    show,
    take_browser,
)
from campaign.record.web.guard import field, read_form
from campaign.record.web.qr import draw_qr
from campaign.record.web.rate_limits import count_try
from campaign.store.base.hashing import is_secret_right
from campaign.store.credentials.sessions import OpenSession, Session, close_sessions, list_sessions, open_session
from campaign.store.credentials.slips import (
    PreparedSlip,
    code_hash_of,
    issue_slips,
    make_slip,
    member_of_token,
    prepare_slip,
)
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_member

OWN_SLIP_PATH = "/cua-toi/phieu"
HOLDER = "holder"
"""Who issued a slip, in the ledger, when it was the member."""


async def sign_in(request: Request) -> Response:
    """Let a member in who knows both codes."""
    recorder = recorder_of(request)
    _require_open(request)
    form = await read_form(request, browser_from(request), recorder.address)
    staff_code = to_staff_code(field(form, "staff_code"))
    attempt = await count_try(request, f"member:{staff_code}")
    member_id = await run_in_threadpool(_check_codes, request, staff_code, field(form, "access_code"))
    if member_id is None:
        way_on = local_path(field(form, "next"), HOME)
        return await run_in_threadpool(show_ways, request, way_on, staff_code, AccessRefusedError())
    await attempt.forgive()
    return await enter(request, Session(WayIn.SLIP_CODE, member_id=member_id), form)


def show_slip(request: Request) -> Response:
    """Show whose slip the QR code is: opening it signs nobody in."""
    _require_open(request)
    token = request.path_params["token"]
    with recorder_of(request).database.reading() as connection:
        member_id = member_of_token(connection, token)
        listed = member_id and find_member(connection, member_id)
        if not listed:
            raise SlipRevokedError
        way_on = local_path(request.query_params.get("tiep", ""), HOME)
        return show(request, connection, SlipPage(token, listed.member.name, listed.member.unit, way_on))


async def sign_in_by_slip(request: Request) -> Response:
    """Let a member in who holds the QR code."""
    recorder = recorder_of(request)
    _require_open(request)
    form = await read_form(request, browser_from(request), recorder.address)
    attempt = await count_try(request)
    member_id = await run_in_threadpool(_check_token, request, request.path_params["token"])
    await attempt.forgive()
    return await enter(request, Session(WayIn.SLIP_QR, member_id=member_id), form)


def show_own_slip(request: Request) -> Response:
    """Show the holder where the slip opened a session, and how to change its codes."""
    return _show_own(request)


async def change_own_slip(request: Request) -> Response:
    """Give the holder a new slip for the old code: whoever else holds the old one has nothing any more."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    listed, session = await run_in_threadpool(_require_reader, request)
    staff_code = listed.member.staff_code
    attempt = await count_try(request, f"member:{staff_code}")
    if await run_in_threadpool(_check_codes, request, staff_code, field(form, "access_code")) != listed.id:
        return await run_in_threadpool(_show_own, request, "Mã truy cập hiện nay chưa đúng.")
    await attempt.forgive()
    prepared = await run_in_threadpool(prepare_slip, listed, make_slip())
    is_remembered = session.expires_at - session.started_at > UNTIL_CLOSED
    lasts = REMEMBERED if is_remembered else UNTIL_CLOSED

    def change(ledger: OpenLedger) -> str:
        """Issue the slip, which ends every session of the holder, and begin this browser's anew."""
        issue_slips(ledger, [prepared], HOLDER, recorder.clock())
        return open_session(ledger.connection, session.who, recorder.clock(), lasts)

    token = await recorder.write(change)
    take_browser(request, replace(browser_from(request), token=token))
    response = await run_in_threadpool(_show_new, request, prepared)
    keep_session(request, response, token, lasts if is_remembered else None)
    return response


async def end_other_sessions(request: Request) -> Response:
    """End the sessions that the reader has elsewhere."""
    recorder = recorder_of(request)
    await read_form(request, browser_from(request), recorder.address)
    listed, session = await run_in_threadpool(_require_reader, request)

    def end(ledger: OpenLedger) -> None:
        """End all but this browser's."""
        open_ones = list_sessions(ledger.connection, recorder.clock(), listed.id)
        close_sessions(ledger.connection, [one.key for one in open_ones if one.key != session.key])

    await recorder.write(end)
    return RedirectResponse(OWN_SLIP_PATH, 303)


def _require_open(request: Request) -> None:
    if not recorder_of(request).ways.slip:
        raise PageNotFoundError


def _require_reader(request: Request) -> tuple[ListedMember, OpenSession]:
    """Return who is signed in, and with which session.

    Raises:
        SessionExpiredError: Nobody is.
    """
    with recorder_of(request).database.reading() as connection:
        reader, session = reader_of(request, connection), session_of(request, connection)
    if reader is None or session is None:
        raise SessionExpiredError
    return reader, session


def _show_own(request: Request, problem: str | None = None) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader, session = reader_of(request, connection), session_of(request, connection)
        if reader is None or session is None:
            return ask_to_sign_in(request)
        devices = tuple(
            DeviceLine(
                way_in=WayIn(one.who.identified_by).label,
                started_at=one.started_at,
                expires_at=one.expires_at,
                is_remembered=one.expires_at - one.started_at > UNTIL_CLOSED,
                is_here=one.key == session.key,
            )
            for one in list_sessions(connection, recorder.clock(), reader.id)
        )
        has_slip = recorder.ways.slip and code_hash_of(connection, reader.member.staff_code) is not None
        page = OwnSlipPage(reader.member, devices, has_slip=has_slip, problem=problem)
        return show(request, connection, page, 401 if problem else 200)


def _show_new(request: Request, prepared: PreparedSlip) -> Response:
    recorder, slip = recorder_of(request), prepared.slip
    qr = draw_qr(f"{recorder.address}/vao/phieu/{slip.token}")
    page = NewSlipPage(PrintedSlip(prepared.listed.member, slip.spaced_code, qr), recorder.address)
    with recorder.database.reading() as connection:
        return show(request, connection, page)


def _check_codes(request: Request, staff_code: str, typed: str) -> int | None:
    with recorder_of(request).database.reading() as connection:
        found = code_hash_of(connection, staff_code)
        is_listed = found is not None and find_member(connection, found[0]) is not None
    is_right = is_secret_right(to_access_code(typed), found[1] if found and is_listed else None)
    return found[0] if found and is_right else None


def _check_token(request: Request, token: str) -> int:
    with recorder_of(request).database.reading() as connection:
        member_id = member_of_token(connection, token)
        if member_id is None or find_member(connection, member_id) is None:
            raise SlipRevokedError
        return member_id
