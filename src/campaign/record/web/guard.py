"""The guard: what every request and answer passes through, and what a form must carry.

A form is taken only from a page of the same Origin *and* with a token bound to the session: SameSite cookies alone do
not keep out sibling hosts of one domain, and on plain HTTP browsers send no Sec-Fetch headers.
"""

import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from time import perf_counter
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.core.text import to_nfc
from campaign.errors.access import BodyTooLargeError, FormRefusedError, OriginRefusedError
from campaign.posts.policy import SITE_POLICY

FORM_BYTES = 16 * 1024
UPLOAD_BYTES = 10 * 1024 * 1024
"""How large a body may be: that of a form, and that of a form of the Office with a file."""
UPLOAD_KIND = "multipart/form-data"
FORM_FIELDS = 20
NUMBER_DIGITS = 9
OFFICE_PATH = "/van-phong"

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SCRIPT_POLICY = f"{PAGE_POLICY}; script-src 'self'"
"""A page whose script may run, but ask nobody for anything."""

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),  # for what does not know frame-ancestors
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"content-security-policy", SITE_POLICY.encode()),
    (b"cache-control", b"no-cache"),
)
"""What goes out with every answer that does not say otherwise; as bytes, because no answer leaves without."""
_ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")
"""For a recorder with HTTPS: browsers ask for it in no other way for a year, also when a link says so."""

Form = Mapping[str, str]
"""The fields of a form; of a name that is sent twice, the last."""

_log = logging.getLogger("campaign.requests")


class Realm(StrEnum):
    """The part of the recorder that a page is in; each has a session of its own, so that one browser can hold both."""

    READER = "reader"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Browser:
    """What the browser that sent a request holds.

    Attributes:
        token: The session's token, or nothing.
        visit: A random value that stands for the session until there is one.
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


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name; with HTTPS the prefix keeps sibling hosts from setting it (RFC 6265bis)."""
    return f"__Host-campaign-{name}" if secure else f"campaign-{name}"


def browser_of(request: Request, *, secure: bool) -> Browser:
    """Return what the browser holds, with a new visit when it has none."""
    realm = Realm.OFFICE if request.scope["path"].startswith(OFFICE_PATH) else Realm.READER
    visit = request.cookies.get(cookie_name("visit", secure=secure))
    return Browser(realm, request.cookies.get(cookie_name(realm, secure=secure)), visit or secrets.token_urlsafe(32))


def keep_cookie(response: Response, name: str, value: str, *, secure: bool, seconds: int | None = None) -> None:
    """Let the browser keep a value that scripts cannot read; without *seconds* until it is closed."""
    name = cookie_name(name, secure=secure)
    response.set_cookie(name, value, max_age=seconds, httponly=True, secure=secure, samesite="lax")


async def read_form(request: Request, browser: Browser, address: str) -> Form:
    """Return the fields of a form that comes from a page of ours.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        FormRefusedError: It is no form of ours: by its type, size or token; or it broke off.
        BodyTooLargeError: It is larger than a form can be.
    """
    check_source(request, "application/x-www-form-urlencoded", address)
    try:
        body = (await request.body()).decode()
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=FORM_FIELDS))
    except (ClientDisconnect, ValueError):
        raise FormRefusedError from None
    check_token(form, browser)
    return form


def check_source(request: Request, kind: str, address: str) -> None:
    """Refuse a form that comes from elsewhere, or in another shape, before it is read.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        FormRefusedError: It is not of that media type.
    """
    if request.headers.get("origin") != address:
        raise OriginRefusedError(address)
    if _kind_of(request.headers.get("content-type", "")) != kind:
        raise FormRefusedError


def check_token(form: Form, browser: Browser) -> None:
    """Refuse a form that was not made for this very browser.

    Raises:
        FormRefusedError: Its token is missing or another.
    """
    if not hmac.compare_digest(field(form, "form_token").encode(), browser.form_token.encode()):
        raise FormRefusedError


def field(form: Form, name: str) -> str:
    """Return a field, NFC and stripped; empty when it is missing."""
    return to_nfc(form.get(name, "")).replace("\0", "").strip()


def to_number(typed: str) -> int:
    """Return a number from an address or a form, or 0 when it is none, or none that the ledger can reach."""
    return int(typed) if typed.isdecimal() and len(typed) <= NUMBER_DIGITS else 0


def common_headers(*, secure: bool) -> tuple[tuple[bytes, bytes], ...]:
    """Return what goes out with every answer that does not say otherwise."""
    return (*_HEADERS, _ONLY_HTTPS) if secure else _HEADERS


class Guard:
    """Limits what comes in, puts security headers on whatever goes out, and writes a line a request to the log.

    The log holds method, path without query, status and how long it took: no codes, tokens, bodies or addresses.
    """

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        """Stand before *app*, which browsers reach by HTTPS when it is *secure*."""
        self._app = app
        self._headers = common_headers(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        came = perf_counter()

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(ours for ours in self._headers if ours[0] not in given)]
                _log_answer(scope, message["status"], perf_counter() - came)
            await send(message)

        # PostgreSQL takes no text with a NUL in it.
        scope["path"] = scope["path"].replace("\0", "\N{REPLACEMENT CHARACTER}")
        await self._app(scope, _limited(receive, scope), send_guarded)


def _limited(receive: Receive, scope: Scope) -> Receive:
    """Return *receive*, stopped at the size that the body may have; one that says it is larger is not read at all."""
    received, limit = 0, 0

    async def receive_limited() -> Message:
        nonlocal received, limit
        if not limit:
            headers = Headers(scope=scope)
            limit = _limit_of(scope["path"], headers)
            if to_number(headers.get("content-length", "")) > limit:
                raise BodyTooLargeError(limit)
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise BodyTooLargeError(limit)
        return message

    return receive_limited


def _limit_of(path: str, headers: Headers) -> int:
    is_upload = path.startswith(f"{OFFICE_PATH}/") and _kind_of(headers.get("content-type", "")) == UPLOAD_KIND
    return UPLOAD_BYTES if is_upload else FORM_BYTES


def _kind_of(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _log_answer(scope: Scope, status: int, seconds: float) -> None:
    """Log a request, without its query, which may hold what someone looks for."""
    way = scope["path"].split("/")
    # What follows a way in is a token, of a slip or of a mail.
    path = "/".join([*way[:3], "***"]) if len(way) > 3 and way[1] == "vao" else scope["path"]  # noqa: PLR2004
    facts = {"method": scope["method"], "path": path, "status": status, "ms": round(seconds * 1000, 1)}
    _log.info("%s %s %s", facts["method"], facts["path"], status, extra={"facts": facts})
