"""Answers: a page in its frame, a file, the way to the sign-in, a fault as a page."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import ClassVar, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route

from campaign.errors.access import (
    BugError,
    FormRefusedError,
    HostRefusedError,
    PageNotFoundError,
    ProofNeededError,
    ProviderError,
    SessionExpiredError,
    TooManyTriesError,
)
from campaign.errors.base import CampaignError
from campaign.errors.store import (
    DatabaseVersionError,
    MigrationFailedError,
    NoCampaignError,
    StoreUnfitError,
    TablesDifferError,
)
from campaign.posts.manifest import Manifest
from campaign.record.web.forms import Form
from campaign.record.web.guard import OFFICE_PATH, PAGE_POLICY
from campaign.record.web.pages import Frame, Page, render_page
from campaign.record.web.visitor import Realm, browser_of, keep_cookie, recorder_of, snapshot, visitor_of
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection
from campaign.store.ledger.writer import Job

Shown = ParamSpec("Shown")
Done = TypeVar("Done")

_HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": 'Form realm="campaign"'},
    503: {"Retry-After": "30"},
}
"""What else goes out with a status code."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FaultPage:
    """What went wrong, what to do, and what did not happen.

    Attributes:
        back: Where the button leads, and what it says.
    """

    template: ClassVar[str] = "web/fault.html"
    title: ClassVar[str] = "Chưa thực hiện được"
    fault: CampaignError
    back: str = "/"
    back_label: str = "Về trang chủ"


def reading(
    build: Callable[Concatenate[Request, Connection, Shown], Page | Response],
) -> Callable[Concatenate[Request, Shown], Response]:
    """Give a handler a connection that sees one state of the database, and show the page that it returns."""

    @wraps(build)
    def answer(request: Request, /, *args: Shown.args, **kwargs: Shown.kwargs) -> Response:
        with snapshot(request) as connection:
            found = build(request, connection, *args, **kwargs)
            return found if isinstance(found, Response) else _show(request, connection, found)

    return answer


@reading
def show_page(_request: Request, _connection: Connection, page: Page) -> Page:
    """Show a page that is made already."""
    return page


def _show(request: Request, connection: Connection, page: Page) -> Response:
    visitor, campaign = visitor_of(request, connection), read_campaign(connection)
    manifest = recorder_of(request).site.manifest()
    frame = Frame(
        campaign=manifest.title if manifest else campaign.title,
        contact=_contact_in(manifest),
        sample=campaign.sample,
        reader=visitor.reader.member.name if visitor.reader else None,
        staff=visitor.account,
        form_token=browser_of(request).form_token,
        secure=recorder_of(request).is_secure,
        site=recorder_of(request).site.frame(),
    )
    return _in_frame(request, page, frame)


def _contact_in(manifest: Manifest | None) -> str:
    return manifest.department.contact.format() if manifest and manifest.department else ""


def _in_frame(request: Request, page: Page, frame: Frame) -> Response:
    """Return *page* as an answer that no cache keeps, with the status of its fault."""
    fault: CampaignError | None = getattr(page, "fault", None)
    status = fault.status if fault else HTTPStatus.OK
    policy = getattr(page, "content_policy", PAGE_POLICY)
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", **_HEADERS.get(status, {})}
    if seconds := getattr(page, "refresh", 0):
        headers["Refresh"] = str(seconds)
    response = HTMLResponse(render_page(page, frame), status, headers)
    keep_cookie(request, response, "visit", browser_of(request).visit)
    return response


async def submit(
    request: Request,
    form: Form,
    job: Job[Done],
    way_on: str | Callable[[Done], str],
    again: Callable[[Request, Form, CampaignError], Response],
) -> Response:
    """Run *job* in the writer's transaction and lead on; a fault shows the form *again*, with what was typed.

    Where the way on depends on what the job returns, *way_on* makes it of that.
    """
    try:
        done = await recorder_of(request).write(job)
    except PageNotFoundError:
        raise
    except CampaignError as fault:
        return await run_in_threadpool(again, request, form, fault)
    return RedirectResponse(way_on if isinstance(way_on, str) else way_on(done), 303)


def send_file(content: bytes | str, name: str, media_type: str) -> Response:
    """Return a file to be saved under *name*, which no cache keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=media_type)


def ask_to_sign_in(request: Request) -> Response:
    """Send the browser to the sign-in of the page's role, and back here afterwards; a form that was lost is told."""
    way_in = "/van-phong/vao" if browser_of(request).realm is Realm.OFFICE else "/vao"
    is_form = request.method == "POST"
    way_on = (page_of_form(request) or "") if is_form else address_of(request)
    return RedirectResponse(f"{way_in}?tiep={quote(way_on, safe='')}{'&het=1' if is_form else ''}", 303)


def page_of_form(request: Request) -> str | None:
    """Return the address of the page whose form was sent, or nothing when neither browser nor route tells it."""
    address, sent_from = recorder_of(request).address, request.headers.get("referer", "")
    if sent_from.startswith(f"{address}/"):
        return sent_from.removeprefix(address)
    return address_of(request) if "GET" in _methods_at(request) else None


def address_of(request: Request) -> str:
    """Return the path and the query of a request, as a link has them."""
    query = request.scope["query_string"].decode("latin-1")
    return quote(request.scope["path"]) + (f"?{query}" if query else "")


def local_path(typed: str, otherwise: str) -> str:
    """Return *typed* when it leads to a page here, else *otherwise*: a link must not send people elsewhere."""
    is_local = typed.startswith("/") and not typed.startswith(("//", "/\\")) and typed.isprintable()
    return typed if is_local else otherwise


def show_fault(request: Request, fault: CampaignError) -> Response:
    """Return the page of a fault; it must not need the database."""
    recorder, browser = recorder_of(request), browser_of(request)
    back = (OFFICE_PATH, "Về trang Văn phòng") if browser.realm is Realm.OFFICE else ("/", "Về trang chủ")
    if isinstance(fault, HostRefusedError):
        back = (f"{recorder.address}/", "Mở đúng địa chỉ")
    if isinstance(fault, ProofNeededError):
        back = (fault.way_on, "Xác minh lại")
    if isinstance(fault, FormRefusedError) and (page := page_of_form(request)):
        back = (page, "Mở lại trang")
    manifest = recorder.site.manifest()
    frame = Frame(
        campaign=manifest.title if manifest else "Đợt tuyên truyền",
        contact=_contact_in(manifest),
        sample=False,
        reader=None,
        staff=None,
        form_token=browser.form_token,
        secure=recorder.is_secure,
        site=recorder.site.frame(),
    )
    response = _in_frame(request, FaultPage(fault, *back), frame)
    if isinstance(fault, TooManyTriesError):
        response.headers["Retry-After"] = str(fault.seconds)
    return response


async def on_campaign_error(request: Request, error: Exception) -> Response:
    """Answer a fault that a person can fix; who is not signed in is led to the sign-in."""
    assert isinstance(error, CampaignError)  # noqa: S101 - registered for this class only
    if isinstance(error, SessionExpiredError):
        return ask_to_sign_in(request)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        _log.warning("%s: %s", error.code, error.why)
    if isinstance(error, ProviderError):
        _log.warning("%s: %s", error.code, " ".join(error.reason.split()))
    if isinstance(error, NoCampaignError | DatabaseVersionError | MigrationFailedError | TablesDifferError):
        error = StoreUnfitError()  # Where the database is, readers are not told.
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
        route
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] != Match.NONE
    ]
    return {method for route in routes for method in route.methods or ()}


async def on_bug(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw, and log it once under a reference."""
    reference = secrets.token_hex(4)
    _log.error("bug %s", reference, exc_info=error)
    return show_fault(request, BugError(reference))
