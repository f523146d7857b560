"""Signing in by the account of a common sign-in (OpenID Connect).

The provider sends the browser back with a link; like any link it only opens a page, from which a form signs in.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.access import WayIn
from campaign.errors.access import FormRefusedError, PageNotFoundError, ProviderError
from campaign.record.access.sign_in import HOME, enter, holder_of
from campaign.record.server.provider import Provider, derive
from campaign.record.web.answers import local_path, reading
from campaign.record.web.forms import Form, read_form
from campaign.record.web.rate_limits import count_attempt
from campaign.record.web.visitor import drop_cookie, keep_cookie, read_cookie, recorder_of
from campaign.store.credentials.sessions import Session
from campaign.store.ledger.database import Connection

START_PATH = "/vao/chung"
RETURN_PATH = "/vao/chung/ve"
COOKIE = "oidc"
ATTEMPT_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """Opened by the answer of the common sign-in: a form that goes on."""

    template: ClassVar[str] = "access/return.html"
    title: ClassVar[str] = "Đang vào"
    script: ClassVar[str] = "continue.js"
    code: str
    state: str


async def ask_provider(request: Request) -> Response:
    """Send the browser to the provider, with a new secret that only this browser keeps."""
    recorder, provider = recorder_of(request), _provider_of(request)
    secret, way_on = secrets.token_urlsafe(32), local_path(request.query_params.get("tiep", ""), HOME)
    address = await run_in_threadpool(provider.way_to, recorder.address + RETURN_PATH, secret)
    response = RedirectResponse(address, 303)
    kept = f"{secret}.{base64.urlsafe_b64encode(way_on.encode()).decode().rstrip('=')}"
    keep_cookie(request, response, COOKIE, kept, ATTEMPT_LASTS)
    return response


@reading
def show_return(request: Request, _connection: Connection) -> ReturnPage:
    """Show that the provider answered; the form on the page goes on by itself where scripts run."""
    provider, asked = _provider_of(request), request.query_params
    if "code" not in asked or asked.get("iss", provider.issuer) != provider.issuer:
        reason = f"answered {asked.get('error', 'without a code')!r}"
        raise ProviderError(reason)
    return ReturnPage(asked["code"], asked.get("state", ""))


async def sign_in_by_provider(request: Request) -> Response:
    """Let the member in whose staff code the provider's answer names."""
    recorder, provider = recorder_of(request), _provider_of(request)
    form = await read_form(request)
    secret, way_on = _read_cookie(request)
    if not hmac.compare_digest(form["state"].encode(), derive(secret, "state").encode()):
        raise FormRefusedError
    attempt = await count_attempt(request)
    redirect = recorder.address + RETURN_PATH
    account = await run_in_threadpool(provider.account_of, redirect, secret, form["code"])
    member_id = await recorder.read(holder_of, account, provider.domain)
    await attempt.forgive()
    response = await enter(request, Session(WayIn.OIDC, member_id=member_id), Form([("next", way_on)]))
    drop_cookie(request, response, COOKIE)
    return response


def _provider_of(request: Request) -> Provider:
    provider = recorder_of(request).ways.oidc
    if provider is None:
        raise PageNotFoundError
    return provider


def _read_cookie(request: Request) -> tuple[str, str]:
    """Return the secret of this browser's attempt, and where it was going.

    Raises:
        FormRefusedError: The browser has none, or not any more.
    """
    secret, _, way_on = read_cookie(request, COOKIE).partition(".")
    try:
        path = base64.urlsafe_b64decode(way_on + "=" * (-len(way_on) % 4)).decode()
    except (binascii.Error, ValueError):
        path = ""
    if not secret:
        raise FormRefusedError
    return secret, path
