"""Admission: which roles may use a route, and whether their holder must have given proof just now."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import cast
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from campaign.core.people.access import Role
from campaign.errors.access import FormRefusedError, ProofNeededError, RoleRefusedError, SessionExpiredError
from campaign.errors.store import StoreUnreachableError
from campaign.record.web.answers import address_of, page_of_form
from campaign.record.web.guard import OFFICE_PATH
from campaign.record.web.visitor import Visitor, browser_of, reader_of, recorder_of, snapshot, visitor_of
from campaign.store.credentials.accounts import Account
from campaign.store.credentials.sessions import OpenSession, note_use
from campaign.store.credentials.trail import Act, note_act

ANYONE: frozenset[Role] = frozenset()
"""A route that needs no sign-in."""
MEMBER = frozenset({Role.MEMBER})
"""A route for the people on the roster; its function finds the reader: a press is checked while it is written."""
STAFF = frozenset(Role) - MEMBER
"""A route for every account."""

PROOF_LASTS = timedelta(minutes=10)
PROOF_PATH = "/van-phong/xac-minh"
USE_IS_NOTED_AFTER = timedelta(minutes=1)

HOMES = {
    Role.OFFICE: OFFICE_PATH,
    Role.UNIT_HEAD: OFFICE_PATH,
    Role.AUDITOR: "/van-phong/so",
    Role.EDITOR: "/van-phong/bien-tap",
}
"""Where each role begins."""

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A route, and who may use it.

    Attributes:
        roles: Who may; `ANYONE` needs no sign-in.
        proof: Whether the holder of the account must have given proof in the last minutes (`PROOF_LASTS`).
        exports: What it gives out with names, in words; such a request is noted. "" when it gives out none.
    """

    method: str
    path: str
    endpoint: Endpoint
    roles: frozenset[Role]
    proof: bool = False
    exports: str = ""

    def to_route(self) -> Route:
        """Return the route; one for accounts answers nobody else."""
        endpoint = partial(_admit, self) if self.roles & STAFF else self.endpoint
        if self.roles == MEMBER and self.method == "POST":
            endpoint = partial(_take_form, self)
        return Route(self.path, endpoint, methods=[self.method])


async def _take_form(rule: Rule, request: Request) -> Response:
    """Answer a form of a member; a form without a token may come from somebody whose sign-in is over."""
    try:
        return await cast("Awaitable[Response]", rule.endpoint(request))
    except FormRefusedError:
        await run_in_threadpool(_find_reader, request)
        raise


def _find_reader(request: Request) -> None:
    with snapshot(request) as connection:
        reader_of(request, connection)


def staff_of(request: Request) -> Account:
    """Return the account that was admitted to the page."""
    return cast("Account", cast("Visitor", request.state.visitor).account)


def unit_shown_to(request: Request) -> str | None:
    """Return the only unit that the account may see, or nothing when it may see all."""
    staff = staff_of(request)
    return staff.unit if staff.role is Role.UNIT_HEAD else None


def ask_for_proof(way_on: str) -> Response:
    """Send the browser to the page where the holder of the account gives proof, and back afterwards."""
    return RedirectResponse(_way_to_proof(way_on), 303)


def _way_to_proof(way_on: str) -> str:
    return f"{PROOF_PATH}?tiep={quote(way_on, safe='')}"


async def _admit(rule: Rule, request: Request) -> Response:
    if iscoroutinefunction(rule.endpoint):
        response = await run_in_threadpool(_refuse, rule, request) or cast("Response", await rule.endpoint(request))
    else:
        response = await run_in_threadpool(_look, rule, request)
    if rule.exports and response.status_code == HTTPStatus.OK and request.method != "HEAD":
        recorder, name = recorder_of(request), staff_of(request).name
        what = " ".join([rule.exports, *map(str, request.path_params.values())])
        # Before the answer leaves: what cannot be noted is not given out.
        await recorder.write(lambda ledger: note_act(ledger.connection, Act.EXPORTED, name, what, recorder.clock()))
    return response


def _look(rule: Rule, request: Request) -> Response:
    """Admit and answer on one connection."""
    with snapshot(request):
        return _refuse(rule, request) or cast("Response", rule.endpoint(request))


def _refuse(rule: Rule, request: Request) -> Response | None:
    """Return the way to where access is given, or nothing when the account may go on.

    Raises:
        SessionExpiredError: Nobody is signed in.
        RoleRefusedError: The account's role may not.
        ProofNeededError: A form was sent that needs proof.
    """
    with snapshot(request) as connection:
        visitor = visitor_of(request, connection)
    session, staff = visitor.session, visitor.account
    if session is None or staff is None:
        raise SessionExpiredError
    if staff.role not in rule.roles:
        if rule.path == OFFICE_PATH:
            return RedirectResponse(HOMES[staff.role], 303)
        raise RoleRefusedError(staff.role.label)
    _note_use(request, session)
    if rule.proof and recorder_of(request).clock() - session.proved_at >= PROOF_LASTS:
        return _demand_proof(request, rule)
    return None


def _demand_proof(request: Request, rule: Rule) -> Response:
    if rule.method == "GET":
        return ask_for_proof(address_of(request))
    raise ProofNeededError(_way_to_proof(page_of_form(request) or OFFICE_PATH))


def _note_use(request: Request, session: OpenSession) -> None:
    """Note at most once a minute that the session is in use; a database that cannot write ends it early, no more."""
    recorder, token = recorder_of(request), browser_of(request).token
    now = recorder.clock()
    if token is not None and now - session.used_at >= USE_IS_NOTED_AFTER:
        with suppress(StoreUnreachableError):
            recorder.writer.submit(lambda ledger: note_use(ledger.connection, token, now))
