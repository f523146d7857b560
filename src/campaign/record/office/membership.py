"""The Office's pages that move a person to another unit, or off the roster; what will happen is said first."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.people.special_case import Grounds
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.jobs.membership import MemberChange, move_member, plan_move, plan_removal, remove_member
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_member

MOVE_PATH = "/van-phong/nguoi/{member}/chuyen-don-vi"
REMOVAL_PATH = "/van-phong/nguoi/{member}/ra-khoi-danh-sach"


@dataclass(frozen=True, slots=True)
class MovePage:
    """A move of a person to another unit.

    Attributes:
        path: The person's page.
        units: Where the person can be moved.
        change: What the move to the chosen unit would change; nothing before one was chosen.
        reason: What was typed and could not be recorded.
    """

    template: ClassVar[str] = "office/move.html"
    title: ClassVar[str] = "Chuyển đơn vị"
    path: str
    name: str
    staff_code: str
    unit: str
    units: tuple[str, ...]
    change: MemberChange | None = None
    reason: str = ""
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """The end of a person's membership of the roster.

    Attributes:
        path: The person's page.
        change: What it would change.
    """

    template: ClassVar[str] = "office/removal.html"
    title: ClassVar[str] = "Đưa ra khỏi danh sách"
    path: str
    change: MemberChange
    fault: CampaignError | None = None


@reading
def show_move(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> MovePage:
    """Show the units; once one is chosen, what the move would change."""
    listed, change = find_listed(request, connection), None
    code, unit = listed.member.staff_code, listed.member.unit
    chosen = typed["unit"] or request.query_params.get("don-vi", "")
    try:
        change = plan_move(connection, code, chosen, recorder_of(request).clock()) if chosen else None
    except CampaignError as error:
        fault = error
    units = tuple(each.name for each in read_units(connection).all if not each.endings and each.name != unit)
    return MovePage(path_of(request), listed.member.name, code, unit, units, change, typed["reason"], fault)


async def move(request: Request) -> Response:
    """Move the person."""
    form, grounds = await _read_form(request)

    def record(ledger: OpenLedger) -> None:
        """Move the person for a reason."""
        require_reason(grounds)
        move_member(ledger, find_listed(request, ledger.connection).member.staff_code, form["unit"], grounds)

    return await submit(request, form, record, path_of(request), show_move)


@reading
def show_removal(
    request: Request, connection: Connection, _typed: Form = EMPTY, fault: CampaignError | None = None
) -> RemovalPage:
    """Show what taking the person off the roster would change."""
    change = plan_removal(connection, find_listed(request, connection).member.staff_code, recorder_of(request).clock())
    return RemovalPage(path_of(request), change, fault)


async def remove(request: Request) -> Response:
    """Take the person off the roster."""
    form, grounds = await _read_form(request)

    def record(ledger: OpenLedger) -> None:
        """Take the person off for a reason."""
        require_reason(grounds)
        remove_member(ledger, find_listed(request, ledger.connection).member.staff_code, grounds)

    return await submit(request, form, record, path_of(request), show_removal)


async def _read_form(request: Request) -> tuple[Form, Grounds]:
    form = await read_form(request)
    return form, Grounds(form["reason"], staff_of(request).name, recorder_of(request).clock())


def require_reason(grounds: Grounds) -> None:
    """Refuse what nobody says why.

    Raises:
        ReasonMissingError: There is no reason.
    """
    if not grounds.reason:
        raise ReasonMissingError


def find_listed(request: Request, connection: Connection) -> ListedMember:
    """Return the person of the address, who is on the roster.

    Raises:
        PageNotFoundError: Nobody on the roster has that number.
    """
    found = find_member(connection, to_number(request.path_params["member"]))
    if found is None:
        raise PageNotFoundError
    return found


def path_of(request: Request) -> str:
    """Return the address of the person's page."""
    return f"/van-phong/nguoi/{to_number(request.path_params['member'])}"
