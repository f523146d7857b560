"""The guard: what every request and answer passes through. It limits bodies, adds security headers, and logs."""

import logging
from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.errors.access import BodyTooLargeError
from campaign.posts.policy import SITE_POLICY

FORM_BYTES = 16 * 1024
UPLOAD_BYTES = 10 * 1024 * 1024
"""How large a body may be: that of a form, and that of a form of the Office with a file."""
UPLOAD_KIND = "multipart/form-data"
NUMBER_DIGITS = 9
OFFICE_PATH = "/van-phong"

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; script-src 'self'"
)
"""The recorder's pages: their scripts may run, but ask nobody for anything."""

DESK_POLICY = f"{PAGE_POLICY}; connect-src 'self'; frame-src 'self'"
"""The editor of a draft: its script saves and asks the checks, and a frame shows the preview."""
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox allow-same-origin"
)
"""What an editor wrote, as readers will see it: no script runs in it, whatever it holds."""

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

_log = logging.getLogger("campaign.requests")


def to_number(typed: str) -> int:
    """Return a number from an address or a form, or 0 if it is not a number, or too large for the ledger."""
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
    is_upload = path.startswith(f"{OFFICE_PATH}/") and kind_of(headers.get("content-type", "")) == UPLOAD_KIND
    return UPLOAD_BYTES if is_upload else FORM_BYTES


def kind_of(content_type: str) -> str:
    """Return the media type of a body, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def _log_answer(scope: Scope, status: int, seconds: float) -> None:
    """Log a request, without its query, which may hold what someone looks for."""
    way = scope["path"].split("/")
    # What follows a way in is a token, of a slip or of a mail.
    path = "/".join([*way[:3], "***"]) if len(way) > 3 and way[1] == "vao" else scope["path"]  # noqa: PLR2004
    facts = {"method": scope["method"], "path": path, "status": status, "ms": round(seconds * 1000, 1)}
    _log.info("%s %s %s", facts["method"], facts["path"], status, extra={"facts": facts})
