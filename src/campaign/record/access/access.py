"""How members come in, by whatever way is open, and how anyone goes out."""

from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.access import WayIn
from campaign.errors.access import NotListedError, PageNotFoundError, SessionExpiredError
from campaign.errors.base import CampaignError
from campaign.errors.roster import UnknownMemberError
from campaign.record.access.access_pages import SignInPage
from campaign.record.server.sign_in_options import staff_code_of
from campaign.record.web.answers import browser_from, local_path, recorder_of, show, signed_in
from campaign.record.web.guard import Form, cookie_name, field, read_form
from campaign.store.credentials.sessions import Session, close_session, open_session
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_by_code

HOME = "/cua-toi"
"""Where a member begins."""
REMEMBERED = timedelta(days=90)
UNTIL_CLOSED = timedelta(hours=1)
"""How long a session lasts on the server that is to end with the browser: some browsers are never closed."""
OWN_DEVICE = "own"
"""What the form says of a device that is to be remembered; anything else means one that is shared."""


def show_sign_in(request: Request) -> Response:
    """Show the ways in that are open."""
    return show_ways(request, local_path(request.query_params.get("tiep", ""), HOME))


def show_ways(request: Request, way_on: str, staff_code: str = "", error: CampaignError | None = None) -> Response:
    """Show the ways in, or what was wrong with the last try."""
    recorder = recorder_of(request)
    account = account_of(request)
    with recorder.database.reading() as connection:
        known = find_account_holder(connection, account) if account else None
        page = SignInPage(
            next=way_on,
            slip=recorder.ways.slip,
            proxy=recorder.ways.proxy is not None,
            mail=recorder.ways.mail is not None,
            oidc=recorder.ways.oidc is not None,
            account=account,
            known=known.member if known else None,
            staff_code=staff_code,
            problem=error.problem if error else None,
            remedy=error.remedy if error else None,
        )
        return show(request, connection, page, 401 if error else 200)


async def sign_in_by_proxy(request: Request) -> Response:
    """Let the member in whose account the server in front names."""
    recorder = recorder_of(request)
    if recorder.ways.proxy is None:
        raise PageNotFoundError
    form = await read_form(request, browser_from(request), recorder.address)
    account = account_of(request)
    if account is None:
        raise SessionExpiredError
    member_id = await run_in_threadpool(holder_of, request, account)
    return await enter(request, Session(WayIn.PROXY, member_id=member_id), form)


async def enter(request: Request, session: Session, form: Form) -> Response:
    """Start a session on the server in place of the browser's last one, give the browser its token, and lead on."""
    recorder, browser = recorder_of(request), browser_from(request)
    remembered = REMEMBERED if field(form, "device") == OWN_DEVICE else None

    def start(ledger: OpenLedger) -> str:
        """End the one and open the other in one commit."""
        close_session(ledger.connection, browser.token or "")
        return open_session(ledger.connection, session, recorder.clock(), remembered or UNTIL_CLOSED)

    token = await recorder.write(start)
    return signed_in(request, token, local_path(field(form, "next"), HOME), remembered)


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


def account_of(request: Request) -> str | None:
    """Return the account that the server in front names, or nothing."""
    recorder = recorder_of(request)
    return recorder.ways.proxy.account_in(request, recorder.proxies) if recorder.ways.proxy else None


def find_account_holder(connection: Connection, account: str) -> ListedMember | None:
    """Return the member whose staff code an account names, or nothing."""
    try:
        return find_by_code(connection, staff_code_of(account))
    except UnknownMemberError:
        return None


def holder_of(request: Request, account: str) -> int:
    """Return the member whose staff code an account names.

    Raises:
        NotListedError: It is nobody's on the roster.
    """
    with recorder_of(request).database.reading() as connection:
        holder = find_account_holder(connection, account)
    if holder is None:
        raise NotListedError(account)
    return holder.id
