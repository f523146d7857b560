"""How members come in by their slip, and how anyone goes out."""

from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.access import WayIn, to_access_code, to_staff_code
from campaign.errors import AccessRefusedError, SlipRevokedError
from campaign.record.answers import browser_from, local_path, recorder_of, show, signed_in
from campaign.record.guard import cookie_name, field, read_form
from campaign.record.limits import count_try
from campaign.record.pages import Page, SignInPage, SlipPage
from campaign.store.hashing import is_secret_right
from campaign.store.ledger import OpenLedger
from campaign.store.roster import find_member
from campaign.store.sessions import Session, close_session, open_session
from campaign.store.slips import code_hash_of, member_of_token

REMEMBERED = timedelta(days=90)
UNTIL_CLOSED = timedelta(hours=1)
"""How long a session lasts on the server that is to end with the browser: some browsers are never closed."""


def show_sign_in(request: Request) -> Response:
    """Show the form for staff code and access code."""
    return _show(request, SignInPage(next=local_path(request.query_params.get("tiep", ""), "/cua-toi")))


async def sign_in(request: Request) -> Response:
    """Let a member in who knows both codes."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    staff_code, way_on = to_staff_code(field(form, "staff_code")), local_path(field(form, "next"), "/cua-toi")
    attempt = await count_try(request, f"member:{staff_code}")
    member_id = await run_in_threadpool(_check_codes, request, staff_code, to_access_code(field(form, "access_code")))
    if member_id is None:
        error = AccessRefusedError()
        page = SignInPage(way_on, staff_code, error.problem, error.remedy)
        return await run_in_threadpool(_show, request, page, 401)
    await attempt.forgive()
    session = Session(WayIn.SLIP_CODE, member_id=member_id)
    return await _open(request, session, way_on, remember=bool(field(form, "remember")))


def show_slip(request: Request) -> Response:
    """Show whose slip the QR code is: opening it signs nobody in."""
    token = request.path_params["token"]
    with recorder_of(request).database.reading() as connection:
        member_id = member_of_token(connection, token)
        listed = member_id and find_member(connection, member_id)
        if not listed:
            raise SlipRevokedError
        way_on = local_path(request.query_params.get("tiep", ""), "/cua-toi")
        return show(request, connection, SlipPage(token, listed.member.name, listed.member.unit, way_on))


async def sign_in_by_slip(request: Request) -> Response:
    """Let a member in who holds the QR code."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    attempt = await count_try(request)
    member_id = await run_in_threadpool(_check_token, request, request.path_params["token"])
    await attempt.forgive()
    way_on = local_path(field(form, "next"), "/cua-toi")
    return await _open(
        request, Session(WayIn.SLIP_QR, member_id=member_id), way_on, remember=bool(field(form, "remember"))
    )


async def sign_out(request: Request) -> Response:
    """End the session on the server, and let the browser forget it."""
    recorder, browser = recorder_of(request), browser_from(request)
    await read_form(request, browser, recorder.address)

    def close(ledger: OpenLedger) -> None:
        """End it in the writer's transaction."""
        close_session(ledger.connection, browser.token or "")

    await recorder.write(close)
    response = RedirectResponse("/", 303)
    name = cookie_name(browser.realm, secure=recorder.is_secure)
    response.delete_cookie(name, secure=recorder.is_secure, httponly=True)
    return response


def _show(request: Request, page: Page, status: int = 200) -> Response:
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, page, status)


def _check_codes(request: Request, staff_code: str, access_code: str) -> int | None:
    with recorder_of(request).database.reading() as connection:
        found = code_hash_of(connection, staff_code)
        is_listed = found is not None and find_member(connection, found[0]) is not None
    is_right = is_secret_right(access_code, found[1] if found and is_listed else None)
    return found[0] if found and is_right else None


def _check_token(request: Request, token: str) -> int:
    with recorder_of(request).database.reading() as connection:
        member_id = member_of_token(connection, token)
        if member_id is None or find_member(connection, member_id) is None:
            raise SlipRevokedError
        return member_id


async def _open(request: Request, session: Session, way_on: str, *, remember: bool) -> Response:
    """Start a new session on the server in place of the browser's last one, and give the browser its token."""
    recorder, browser = recorder_of(request), browser_from(request)
    lasts = REMEMBERED if remember else UNTIL_CLOSED

    def start(ledger: OpenLedger) -> str:
        close_session(ledger.connection, browser.token or "")
        return open_session(ledger.connection, session, recorder.clock(), lasts)

    token = await recorder.write(start)
    return signed_in(request, token, way_on, lasts if remember else None)
