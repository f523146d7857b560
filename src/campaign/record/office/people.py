"""The Office's pages of single people: finding them, what was recorded about them, recording more."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import read_day
from campaign.core.deadline import Deadline
from campaign.core.paper import Paper
from campaign.core.special_case import Grounds
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.record.office.people_pages import PeoplePage, PersonPage
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import Form, field, read_form, to_number
from campaign.store.figures.people import find_people, read_history
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import find_by_staff_code
from campaign.store.posts.paper import record_paper, withdraw_paper
from campaign.store.posts.posts import current_revision
from campaign.store.posts.seen import find_posts_seen_by
from campaign.store.posts.special_cases import exempt_member, extend_member, put_on_leave, withdraw_case

FIELDS = ("act", "post", "day", "reason", "witness")


def show_people(request: Request) -> Response:
    """Show whom a search finds."""
    search = request.query_params.get("tim", "").strip()
    with recorder_of(request).database.reading() as connection:
        found = tuple(find_people(connection, search)) if search else ()
        return show(request, connection, PeoplePage(search, found))


def show_person(request: Request) -> Response:
    """Show what was recorded about a person."""
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _read_page(request, connection, {}, None))


async def take_note(request: Request) -> Response:
    """Record something about a person, or take it back."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    number = to_number(request.path_params["member"])
    try:
        grounds = _read_grounds(request, form)
        await recorder.write(partial(_record, form=form, member_id=number, grounds=grounds))
    except CampaignError as error:
        return await run_in_threadpool(_show_problem, request, form, error)
    return RedirectResponse(f"/van-phong/nguoi/{number}", 303)


def _read_grounds(request: Request, form: Form) -> Grounds:
    """Return why, by whom, when.

    Raises:
        ReasonMissingError: No reason was given where one must be.
    """
    reason = field(form, "reason")
    if not reason and field(form, "act") != "paper":
        raise ReasonMissingError
    return Grounds(reason, staff_of(request).name, recorder_of(request).clock())


def _record(ledger: OpenLedger, form: Form, member_id: int, grounds: Grounds) -> None:
    history = read_history(ledger.connection, member_id)
    if history is None:
        raise PageNotFoundError
    act = ACTS.get(field(form, "act"))
    if act is None:
        raise PageNotFoundError
    act(ledger, history.staff_code, form, grounds)


def _exempt(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    exempt_member(ledger, field(form, "post"), code, grounds)


def _extend(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    extend_member(ledger, field(form, "post"), code, Deadline.through_day(_day(form)), grounds)


def _leave(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    before = Deadline.through_day(_day(form)).before if field(form, "day") else None
    put_on_leave(ledger, code, before, grounds)


def _sign(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    _record_paper(
        ledger, code, form, Paper(grounds.actor, signed_on=_day(form), witness=field(form, "witness")), grounds
    )


def _confirm_for(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    _record_paper(ledger, code, form, Paper(grounds.actor, reason=grounds.reason), grounds)


def _record_paper(ledger: OpenLedger, code: str, form: Form, paper: Paper, grounds: Grounds) -> None:
    revision = current_revision(ledger.connection, field(form, "post"))
    listed = find_by_staff_code(ledger.connection, revision, code)
    record_paper(ledger, listed, revision.post.id, paper, grounds.at)


def _withdraw_case(ledger: OpenLedger, _code: str, form: Form, grounds: Grounds) -> None:
    withdraw_case(ledger, to_number(field(form, "sequence")), grounds)


def _withdraw_paper(ledger: OpenLedger, _code: str, form: Form, grounds: Grounds) -> None:
    withdraw_paper(ledger, to_number(field(form, "sequence")), grounds)


ACTS: Mapping[str, Callable[[OpenLedger, str, Form, Grounds], None]] = {
    "exempt": _exempt,
    "extend": _extend,
    "leave": _leave,
    "paper": _sign,
    "behalf": _confirm_for,
    "withdraw-case": _withdraw_case,
    "withdraw-paper": _withdraw_paper,
}
"""What can be recorded about a person on the page, by the name that the form sends."""


def _day(form: Form) -> date:
    return read_day(field(form, "day"))


def _show_problem(request: Request, form: Form, problem: CampaignError) -> Response:
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _read_page(request, connection, form, problem), 400)


def _read_page(request: Request, connection: Connection, typed: Form, problem: CampaignError | None) -> PersonPage:
    history = read_history(connection, to_number(request.path_params["member"]))
    if history is None:
        raise PageNotFoundError
    return PersonPage(
        history=history,
        typed={name: field(typed, name) for name in FIELDS},
        problem=problem.problem if problem else None,
        remedy=problem.remedy if problem else None,
        seen=find_posts_seen_by(connection, history.member_id),
    )
