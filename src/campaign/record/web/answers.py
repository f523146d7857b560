"""Answers: a page in its frame, a way to the sign-in, a fault as a page."""

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route

from campaign.errors.access import (
    BugError,
    HostRefusedError,
    PageNotFoundError,
    ProofNeededError,
    ProviderError,
    TooManyTriesError,
)
from campaign.errors.base import CampaignError
from campaign.errors.store import DatabaseVersionError, MigrationFailedError, NoCampaignError, StoreUnreachableError
from campaign.record.server.recorder import Recorder
from campaign.record.web.guard import PAGE_POLICY, Browser, Realm, browser_of, keep_cookie
from campaign.record.web.pages import FaultPage, Frame, Page, render_page
from campaign.store.credentials.accounts import find_account
from campaign.store.credentials.sessions import OpenSession, find_session
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, find_member

_HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": 'Form realm="campaign"'},
    503: {"Retry-After": "30"},
}
"""What else goes out with a status code."""

_BROWSER = "campaign.browser"
_log = logging.getLogger(__name__)


def recorder_of(request: Request) -> Recorder:
    """Return the recorder that serves *request*."""
    return cast("Recorder", request.app.state.recorder)


def browser_from(request: Request) -> Browser:
    """Return what the browser that sent *request* holds; a new visit stays the same throughout the request."""
    if _BROWSER not in request.scope:
        take_browser(request, browser_of(request, secure=recorder_of(request).is_secure))
    return cast("Browser", request.scope[_BROWSER])


def take_browser(request: Request, browser: Browser) -> None:
    """Take *browser* for what sent *request* from now on."""
    request.scope[_BROWSER] = browser


def session_of(request: Request, connection: Connection) -> OpenSession | None:
    """Return the session of the browser, for the role that the page is for, or nothing."""
    browser = browser_from(request)
    if browser.token is None:
        return None
    session = find_session(connection, browser.token, recorder_of(request).clock())
    is_ours = session is not None and (session.who.account is None) == (browser.realm is Realm.READER)
    return session if is_ours else None


def reader_of(request: Request, connection: Connection) -> ListedMember | None:
    """Return the member who is signed in and still on the roster, or nothing."""
    session = session_of(request, connection)
    return find_member(connection, session.who.member_id or 0) if session else None


def show(request: Request, connection: Connection, page: Page, status: int = 200) -> Response:
    """Return *page* as an answer that no cache keeps."""
    session, reader = session_of(request, connection), reader_of(request, connection)
    campaign = read_campaign(connection)
    frame = Frame(
        campaign=campaign.title,
        sample=campaign.sample,
        reader=reader.member.name if reader else None,
        staff=find_account(connection, session.who.account) if session and session.who.account else None,
        form_token=browser_from(request).form_token,
        secure=recorder_of(request).is_secure,
    )
    return _in_frame(request, page, frame, status)


def ask_to_sign_in(request: Request) -> Response:
    """Send the browser to the sign-in of the page's role, and back here afterwards."""
    query = request.scope["query_string"].decode("latin-1")
    here = quote(request.scope["path"]) + (f"?{query}" if query else "")
    way_in = "/van-phong/vao" if browser_from(request).realm is Realm.OFFICE else "/vao"
    return RedirectResponse(f"{way_in}?tiep={quote(here, safe='')}", 303)


def signed_in(request: Request, token: str, way_on: str, lasts: timedelta | None = None) -> Response:
    """Let the browser keep a new session, and send it on; without *lasts* the session ends with the browser."""
    response = RedirectResponse(way_on, 303)
    keep_session(request, response, token, lasts)
    return response


def keep_session(request: Request, response: Response, token: str, lasts: timedelta | None) -> None:
    """Let the browser keep a new session; without *lasts* it ends with the browser."""
    seconds = int(lasts.total_seconds()) if lasts else None
    realm = browser_from(request).realm
    keep_cookie(response, realm, token, secure=recorder_of(request).is_secure, seconds=seconds)


def local_path(typed: str, otherwise: str) -> str:
    """Return *typed* when it leads to a page here, else *otherwise*: a link must not send people elsewhere."""
    is_local = typed.startswith("/") and not typed.startswith(("//", "/\\")) and typed.isprintable()
    return typed if is_local else otherwise


def show_fault(request: Request, error: CampaignError) -> Response:
    """Return the page of a fault; it must not need the database."""
    recorder = recorder_of(request)
    is_office = browser_from(request).realm is Realm.OFFICE
    back = ("/van-phong", "Về trang Văn phòng") if is_office else ("/", "Về trang chủ")
    if isinstance(error, HostRefusedError):
        back = (f"{recorder.address}/", "Mở đúng địa chỉ")
    if isinstance(error, ProofNeededError):
        back = (error.way_on, "Xác minh lại")
    page = FaultPage(error.problem, error.remedy, error.code, *back)
    manifest = recorder.site.manifest()
    frame = Frame(
        campaign=manifest.title if manifest else "Đợt tuyên truyền",
        sample=False,
        reader=None,
        staff=None,
        form_token=browser_from(request).form_token,
        secure=recorder_of(request).is_secure,
    )
    response = _in_frame(request, page, frame, error.status)
    if isinstance(error, TooManyTriesError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


async def on_campaign_error(request: Request, error: Exception) -> Response:
    """Answer a fault that a person can mend."""
    assert isinstance(error, CampaignError)  # noqa: S101 - registered for this class only
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        cause = getattr(error.__cause__, "orig", None) or error.__cause__  # Without the statement, which may be long.
        _log.warning("%s: %s", error.code, " ".join(str(cause or error.problem).split()))
    if isinstance(error, ProviderError):
        _log.warning("%s: %s", error.code, " ".join(error.reason.split()))
    if isinstance(
        error, NoCampaignError | DatabaseVersionError | MigrationFailedError
    ):  # Where the database is, readers are not told.
        error = StoreUnreachableError()
    return show_fault(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the router refuses: no such page, or not with this method."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    response = show_fault(request, PageNotFoundError())
    response.status_code = error.status_code
    response.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(sorted(_methods_at(request))) or response.headers["Allow"]
    return response


def _methods_at(request: Request) -> set[str]:
    """Return every method that a route has for the address: each route knows its own only."""
    routes = [
        one for one in request.app.routes if isinstance(one, Route) and one.matches(request.scope)[0] != Match.NONE
    ]
    return {method for route in routes for method in route.methods or ()}


async def on_bug(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw, and log it once under a reference."""
    reference = secrets.token_hex(4)
    _log.error("bug %s", reference, exc_info=error)
    return show_fault(request, BugError(reference))


def _in_frame(request: Request, page: Page, frame: Frame, status: int) -> Response:
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store", **_HEADERS.get(status, {})}
    response = HTMLResponse(render_page(page, frame), status, headers)
    keep_cookie(response, "visit", browser_from(request).visit, secure=recorder_of(request).is_secure)
    return response
