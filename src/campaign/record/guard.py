"""The guard: what every request and answer passes through, and what a form must carry.

A form is taken only from a page of the same Origin *and* with a token bound to the session: SameSite cookies alone do
not keep out sibling hosts of one domain, and on plain HTTP browsers send no Sec-Fetch headers.
"""

import hmac
import logging
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from starlette.datastructures import FormData, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.core.text import to_nfc
from campaign.errors import BodyTooLargeError, FormRefusedError, OriginRefusedError

FORM_BYTES = 16 * 1024
NUMBER_DIGITS = 9
OFFICE_PATH = "/van-phong"

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
SITE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
)
"""The theme of the static pages carries inline scripts; nothing is loaded from another origin."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": SITE_POLICY,
    "Cache-Control": "no-cache",
}

_log = logging.getLogger("campaign.requests")


class Role(StrEnum):
    """Who a page is for; each has a session of its own, so that one browser can hold both."""

    READER = "reader"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Browser:
    """What the browser that sent a request holds.

    Attributes:
        token: The session's token, or nothing.
        visit: A random value that stands for the session until there is one.
    """

    role: Role
    token: str | None
    visit: str

    @property
    def form_token(self) -> str:
        """The value that a form of this browser carries."""
        key = self.token or self.visit
        return hmac.new(key.encode(), b"campaign form", sha256).hexdigest()


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name; with HTTPS the prefix keeps sibling hosts from setting it (RFC 6265bis)."""
    return f"__Host-campaign-{name}" if secure else f"campaign-{name}"


def browser_of(request: Request, *, secure: bool) -> Browser:
    """Return what the browser holds, with a new visit when it has none."""
    role = Role.OFFICE if request.scope["path"].startswith(OFFICE_PATH) else Role.READER
    visit = request.cookies.get(cookie_name("visit", secure=secure))
    return Browser(role, request.cookies.get(cookie_name(role, secure=secure)), visit or secrets.token_urlsafe(32))


def keep_cookie(response: Response, name: str, value: str, *, secure: bool, seconds: int | None = None) -> None:
    """Let the browser keep a value that scripts cannot read; without *seconds* until it is closed."""
    name = cookie_name(name, secure=secure)
    response.set_cookie(name, value, max_age=seconds, httponly=True, secure=secure, samesite="lax")


async def read_form(request: Request, browser: Browser, address: str) -> FormData:
    """Return the fields of a form that comes from a page of ours.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        FormRefusedError: It has another type than a form, or not the token of this browser, or it broke off.
        BodyTooLargeError: It is larger than a form can be.
    """
    if request.headers.get("origin") != address:
        raise OriginRefusedError(address)
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise FormRefusedError
    try:
        form = await request.form(max_fields=20)
    except ClientDisconnect:
        raise FormRefusedError from None
    if not hmac.compare_digest(field(form, "form_token").encode(), browser.form_token.encode()):
        raise FormRefusedError
    return form


def field(form: FormData, name: str) -> str:
    """Return a text field, NFC and stripped; empty when it is missing."""
    value = form.get(name, "")
    return to_nfc(value).replace("\0", "").strip() if isinstance(value, str) else ""


def to_number(typed: str) -> int:
    """Return a number from an address or a form, or 0 when it is none, or none that the ledger can reach."""
    return int(typed) if typed.isdecimal() and len(typed) <= NUMBER_DIGITS else 0


class Guard:
    """Limits what comes in, puts security headers on whatever goes out, and writes a line a request to the log.

    The log holds method, path without query, and status: no codes, tokens, bodies or addresses.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before *app*."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                _log.info("%s %s %s", scope["method"], _path_for_log(scope["path"]), message["status"])
            await send(message)

        # PostgreSQL takes no text with a NUL in it.
        scope["path"] = scope["path"].replace("\0", "\N{REPLACEMENT CHARACTER}")
        await self._app(scope, _limited(receive), send_guarded)


def _limited(receive: Receive) -> Receive:
    """Return *receive*, stopped at the size of a form."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > FORM_BYTES:
            raise BodyTooLargeError(FORM_BYTES)
        return message

    return receive_limited


def _path_for_log(path: str) -> str:
    """Return a path without the token of a slip, and on one line whatever it holds."""
    shown = "/vao/phieu/***" if path.startswith("/vao/phieu/") else path
    return shown.encode("unicode_escape").decode()
