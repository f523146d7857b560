"""The Office's pages of single people: what was recorded about them, recording more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import read_day
from campaign.core.deadline import Deadline
from campaign.core.people.paper import Paper
from campaign.core.people.special_case import Grounds
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.jobs.paper import record_for_member
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_evidence
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.figures.people import PersonHistory, read_history
from campaign.store.figures.refused import is_refused, read_refused
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.paper import withdraw_confirmation
from campaign.store.posts.seen import find_posts_seen_by
from campaign.store.posts.special_cases import exempt_member, extend_member, put_on_leave, withdraw_case


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What was recorded about a person, and forms to record more.

    Attributes:
        typed: What was entered and could not be recorded, by field.
        seen: The posts that the person has seen in the document system.
        is_refused: Whether a mail server said that there is no such address.
    """

    template: ClassVar[str] = "office/person.html"
    title: ClassVar[str] = "Hồ sơ xác nhận"
    history: PersonHistory
    typed: Form
    seen: frozenset[str] = frozenset()
    fault: CampaignError | None = None
    is_refused: bool = False


@reading
def show_person(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> PersonPage:
    """Show what was recorded about a person."""
    history = read_history(connection, to_number(request.path_params["member"]))
    if history is None:
        raise PageNotFoundError
    seen = find_posts_seen_by(connection, history.member_id)
    return PersonPage(history, typed, seen, fault, is_refused(history.email, read_refused(connection)))


async def post_note(request: Request) -> Response:
    """Record something about a person, or take it back."""
    (form, scan), number = await read_evidence(request), to_number(request.path_params["member"])
    grounds = Grounds(form["reason"], staff_of(request).name, recorder_of(request).clock())

    def record(ledger: OpenLedger) -> None:
        """Record what the form says."""
        history, act = read_history(ledger.connection, number), ACTS.get(form["act"])
        if history is None or act is None:
            raise PageNotFoundError
        if not grounds.reason and act is not _sign:
            raise ReasonMissingError
        act(ledger, history.staff_code, Form({**form, "scan": scan}.items()), grounds)

    return await submit(request, form, record, f"/van-phong/nguoi/{number}", show_person)


def _exempt(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    exempt_member(ledger, form["post"], code, grounds)


def _extend(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    extend_member(ledger, form["post"], code, Deadline.through_day(read_day(form["day"])), grounds)


def _leave(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    before = Deadline.through_day(read_day(form["day"])).before if form["day"] else None
    put_on_leave(ledger, code, before, grounds)


def _sign(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    paper = Paper(grounds.actor, read_day(form["day"]), form["witness"], scan=form["scan"] or None)
    record_for_member(ledger, form["post"], code, paper, grounds.at)


def _confirm_for(ledger: OpenLedger, code: str, form: Form, grounds: Grounds) -> None:
    record_for_member(ledger, form["post"], code, Paper(grounds.actor, reason=grounds.reason), grounds.at)


def _withdraw_case(ledger: OpenLedger, _code: str, form: Form, grounds: Grounds) -> None:
    withdraw_case(ledger, to_number(form["sequence"]), grounds)


def _withdraw_confirmation(ledger: OpenLedger, _code: str, form: Form, grounds: Grounds) -> None:
    withdraw_confirmation(ledger, to_number(form["sequence"]), grounds)


ACTS: Mapping[str, Callable[[OpenLedger, str, Form, Grounds], None]] = {
    "exempt": _exempt,
    "extend": _extend,
    "leave": _leave,
    "paper": _sign,
    "behalf": _confirm_for,
    "withdraw-case": _withdraw_case,
    "withdraw-confirmation": _withdraw_confirmation,
}
"""What can be recorded about a person on the page, by the name that the form sends."""
