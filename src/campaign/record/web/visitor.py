"""Who sent a request: what the browser holds, and the member or account that is signed in with it."""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.errors.access import SessionExpiredError
from campaign.record.server.recorder import Recorder
from campaign.record.web.guard import OFFICE_PATH
from campaign.store.credentials.accounts import Account, find_account
from campaign.store.credentials.sessions import OpenSession, find_session
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, find_member


class Realm(StrEnum):
    """The part of the recorder that a page is in; each has a session of its own, so that one browser can hold both."""

    READER = "reader"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Browser:
    """What the browser that sent a request holds.

    Attributes:
        token: The session's token, or nothing.
        visit: A random value that takes the place of the session until there is one.
    """

    realm: Realm
    token: str | None
    visit: str

    @property
    def form_token(self) -> str:
        """The value that a form of this browser carries."""
        key = self.token or self.visit
        # Not hmac.digest: it lets go of the interpreter's lock for so short a time that waiting for it costs more.
        return hmac.new(key.encode(), b"campaign form", sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in: a member or an account, or nobody.

    Attributes:
        session: The browser's session in the realm of the page.
        account: The account that the session is of.
        reader: The member that the session is of, who is still on the roster.
    """

    session: OpenSession | None = None
    account: Account | None = None
    reader: ListedMember | None = None


def recorder_of(request: Request) -> Recorder:
    """Return the recorder that serves *request*."""
    return cast("Recorder", request.app.state.recorder)


def read_browser(request: Request, *, secure: bool) -> Browser:
    """Return what the browser holds, with a new visit when it has none."""
    realm = Realm.OFFICE if request.scope["path"].startswith(OFFICE_PATH) else Realm.READER
    visit = request.cookies.get(cookie_name("visit", secure=secure))
    return Browser(realm, request.cookies.get(cookie_name(realm, secure=secure)), visit or secrets.token_urlsafe(32))


def browser_of(request: Request) -> Browser:
    """Return what the browser that sent *request* holds; a new visit stays the same throughout the request."""
    if not hasattr(request.state, "browser"):
        request.state.browser = read_browser(request, secure=recorder_of(request).is_secure)
    return cast("Browser", request.state.browser)


@contextmanager
def snapshot(request: Request) -> Iterator[Connection]:
    """Give the connection on which everything that *request* asks is read: all of it sees one state of the database."""
    kept: Connection | None = getattr(request.state, "connection", None)
    if kept is not None:
        yield kept
        return
    with recorder_of(request).database.reading() as connection:
        request.state.connection = connection
        try:
            yield connection
        finally:
            request.state.connection = None


def visitor_of(request: Request, connection: Connection) -> Visitor:
    """Return who is signed in; the database is asked once a request."""
    if getattr(request.state, "visitor", None) is None:
        request.state.visitor = _find_visitor(request, connection)
    return cast("Visitor", request.state.visitor)


def _find_visitor(request: Request, connection: Connection) -> Visitor:
    browser = browser_of(request)
    session = find_session(connection, browser.token, recorder_of(request).clock()) if browser.token else None
    if session is None or (session.who.account is None) != (browser.realm is Realm.READER):
        return Visitor()
    if session.who.account is None:
        return Visitor(session, reader=find_member(connection, session.who.member_id or 0))
    return Visitor(session, account=find_account(connection, session.who.account))


def reader_of(request: Request, connection: Connection) -> ListedMember:
    """Return the member who is signed in.

    Raises:
        SessionExpiredError: Nobody is, or not one who is still on the roster.
    """
    reader = visitor_of(request, connection).reader
    if reader is None:
        raise SessionExpiredError
    return reader


def session_of(request: Request, connection: Connection) -> OpenSession:
    """Return the session of whoever is signed in.

    Raises:
        SessionExpiredError: Nobody is.
    """
    session = visitor_of(request, connection).session
    if session is None:
        raise SessionExpiredError
    return session


def take_session(request: Request, token: str) -> None:
    """Take the session that *token* opens for the one of the browser from now on."""
    request.state.browser = replace(browser_of(request), token=token)
    request.state.visitor = None


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name; with HTTPS the prefix keeps sibling hosts from setting it (RFC 6265bis)."""
    return f"__Host-campaign-{name}" if secure else f"campaign-{name}"


def keep_cookie(request: Request, response: Response, name: str, value: str, lasts: timedelta | None = None) -> None:
    """Let the browser keep a value that scripts cannot read; without *lasts* until it is closed."""
    secure, seconds = recorder_of(request).is_secure, int(lasts.total_seconds()) if lasts else None
    name = cookie_name(name, secure=secure)
    response.set_cookie(name, value, max_age=seconds, httponly=True, secure=secure, samesite="lax")


def read_cookie(request: Request, name: str) -> str:
    """Return a value that the browser kept, or an empty text."""
    return request.cookies.get(cookie_name(name, secure=recorder_of(request).is_secure), "")


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Let the browser forget a value."""
    secure = recorder_of(request).is_secure
    response.delete_cookie(cookie_name(name, secure=secure), secure=secure, httponly=True)


def keep_session(request: Request, response: Response, token: str, lasts: timedelta | None = None) -> None:
    """Let the browser keep a new session; without *lasts* it ends with the browser."""
    keep_cookie(request, response, browser_of(request).realm, token, lasts)


def signed_in(request: Request, token: str, way_on: str, lasts: timedelta | None = None) -> Response:
    """Let the browser keep a new session, and send it on; without *lasts* the session ends with the browser."""
    response = RedirectResponse(way_on, 303)
    keep_session(request, response, token, lasts)
    return response
