"""How members sign in, by whatever way is open, and how anyone signs out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.access import WayIn, to_staff_code
from campaign.core.people.roster import Member
from campaign.errors.access import NotListedError, PageNotFoundError, SessionExpiredError
from campaign.errors.base import CampaignError
from campaign.errors.roster import UnknownMemberError
from campaign.record.server.sign_in_options import staff_code_of
from campaign.record.web.answers import local_path, reading
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.visitor import browser_of, drop_cookie, recorder_of, signed_in
from campaign.store.credentials.sessions import Session, close_session, open_session
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, find_by_code

HOME = "/cua-toi"
"""Where a member begins."""
REMEMBERED = timedelta(days=90)
UNTIL_CLOSED = timedelta(hours=1)
"""How long a session lasts on the server that is to end with the browser: some browsers are never closed."""
OWN_DEVICE = "own"
"""What the form says of a device that is to be remembered; anything else means one that is shared."""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The ways in that are open.

    Attributes:
        next: The page that opens afterwards.
        slip: Whether staff code and access code let in.
        proxy: Whether the account of the office's computer does.
        mail: Whether a link is sent by mail.
        oidc: Whether the account of a common sign-in does.
        account: The account that the server in front names, or nothing.
        known: Whose it is, or nothing when it is nobody's on the roster.
        ended: Whether a form was sent after the session had ended.
        fault: What was wrong with the last attempt, or nothing.
    """

    template: ClassVar[str] = "access/sign_in.html"
    title: ClassVar[str] = "Vào để xác nhận"
    next: str
    slip: bool = True
    proxy: bool = False
    mail: bool = False
    oidc: bool = False
    account: str | None = None
    known: Member | None = None
    staff_code: str = ""
    ended: bool = False
    fault: CampaignError | None = None


@reading
def show_sign_in(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> SignInPage:
    """Show the ways in that are open, or what was wrong with the last attempt."""
    recorder, account = recorder_of(request), account_of(request)
    way = recorder.ways.proxy
    known = find_account_holder(connection, account, way.domain) if way and account else None
    return SignInPage(
        next=local_path(typed["next"] or request.query_params.get("tiep", ""), HOME),
        slip=recorder.ways.slip,
        proxy=way is not None,
        mail=recorder.ways.mail is not None,
        oidc=recorder.ways.oidc is not None,
        account=account,
        known=known.member if known else None,
        staff_code=to_staff_code(typed["staff_code"]),
        ended="het" in request.query_params,
        fault=fault,
    )


async def sign_in_by_proxy(request: Request) -> Response:
    """Let the member in whose account the server in front names."""
    recorder = recorder_of(request)
    way = recorder.ways.proxy
    if way is None:
        raise PageNotFoundError
    form = await read_form(request)
    account = account_of(request)
    if account is None:
        raise SessionExpiredError
    member_id = await recorder.read(holder_of, account, way.domain)
    return await enter(request, Session(WayIn.PROXY, member_id=member_id), form)


async def enter(request: Request, session: Session, form: Form) -> Response:
    """Start a session on the server in place of the browser's last one, give the browser its token, and lead on."""
    recorder, old = recorder_of(request), browser_of(request).token
    now, remembered = recorder.clock(), REMEMBERED if form["device"] == OWN_DEVICE else None
    token = await recorder.write(
        lambda ledger: open_session(ledger.connection, session, now, remembered or UNTIL_CLOSED, replaces=old)
    )
    return signed_in(request, token, local_path(form["next"], HOME), remembered)


async def sign_out(request: Request) -> Response:
    """End the session on the server, and let the browser forget it."""
    await read_form(request)
    browser = browser_of(request)
    await recorder_of(request).write(lambda ledger: close_session(ledger.connection, browser.token or ""))
    response = RedirectResponse("/", 303)
    drop_cookie(request, response, browser.realm)
    return response


def account_of(request: Request) -> str | None:
    """Return the account that the server in front names, or nothing."""
    recorder = recorder_of(request)
    return recorder.ways.proxy.account_in(request, recorder.proxies) if recorder.ways.proxy else None


def find_account_holder(connection: Connection, account: str, domain: str) -> ListedMember | None:
    """Return the member whose staff code an account of *domain* names, or nothing."""
    try:
        return find_by_code(connection, staff_code_of(account, domain) or "")
    except UnknownMemberError:
        return None


def holder_of(connection: Connection, account: str, domain: str) -> int:
    """Return the member whose staff code an account of *domain* names.

    Raises:
        NotListedError: It is nobody's on the roster, or of another domain.
    """
    holder = find_account_holder(connection, account, domain)
    if holder is None:
        raise NotListedError(account)
    return holder.id
