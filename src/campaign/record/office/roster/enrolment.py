"""The Office's pages that add one person to the roster, and correct who one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.people.roster import Category
from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.special_case import Grounds
from campaign.errors.base import CampaignError
from campaign.errors.roster import DoubtsUnseenError
from campaign.jobs.enrolment import Entered, plan_member, write_member
from campaign.record.office.membership import find_listed, path_of, require_reason
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember

ADDITION_PATH = "/van-phong/danh-sach/them-nguoi"
CORRECTION_PATH = "/van-phong/nguoi/{member}/sua"


@dataclass(frozen=True, slots=True)
class AdditionPage:
    """A form for somebody new.

    Attributes:
        typed: What was entered and could not be recorded, by field.
        units: The units that there are.
        doubts: What to look at before it is recorded.
    """

    template: ClassVar[str] = "office/addition.html"
    title: ClassVar[str] = "Thêm một người"
    typed: Form
    units: tuple[str, ...]
    doubts: Sequence[Doubt] = ()
    fault: CampaignError | None = None
    categories: ClassVar[type[Category]] = Category


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A form for the name, the category and the address of somebody.

    Attributes:
        path: The person's page.
        listed: The person.
        typed: What stands in the fields.
        doubts: What to look at before it is recorded.
    """

    template: ClassVar[str] = "office/correction.html"
    title: ClassVar[str] = "Sửa họ tên, loại, địa chỉ"
    path: str
    listed: ListedMember
    typed: Form
    doubts: Sequence[Doubt] = ()
    fault: CampaignError | None = None
    categories: ClassVar[type[Category]] = Category


@reading
def show_addition(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> AdditionPage:
    """Show the form; where there are doubts, with these."""
    chosen = typed or Form({"unit": request.query_params.get("don-vi", "")}.items())
    units = tuple(unit.name for unit in read_units(connection).all if not unit.endings)
    return AdditionPage(chosen, units, _doubts_of(connection, typed, None, fault), fault)


async def add(request: Request) -> Response:
    """Add the person."""
    form = await read_form(request)

    def record(ledger: OpenLedger) -> int:
        """Add the person for a reason."""
        return _record(request, ledger, form, None)

    return await submit(request, form, record, "/van-phong/nguoi/{}".format, show_addition)


@reading
def show_correction(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> CorrectionPage:
    """Show the form with what is known."""
    listed = find_listed(request, connection)
    member = listed.member
    known = {"name": member.name, "category": member.category.value, "email": member.email or ""}
    doubts = _doubts_of(connection, typed, listed, fault)
    return CorrectionPage(path_of(request), listed, typed or Form(known.items()), doubts, fault)


async def correct(request: Request) -> Response:
    """Write who the person is."""
    form = await read_form(request)

    def record(ledger: OpenLedger) -> None:
        """Write it for a reason."""
        _record(request, ledger, form, find_listed(request, ledger.connection))

    return await submit(request, form, record, path_of(request), show_correction)


def _record(request: Request, ledger: OpenLedger, form: Form, listed: ListedMember | None) -> int:
    grounds = Grounds(form["reason"], staff_of(request).name, recorder_of(request).clock())
    require_reason(grounds)
    return write_member(ledger, _entered(form, listed), grounds, listed, doubts_seen=bool(form["seen"]))


def _entered(form: Form, listed: ListedMember | None) -> Entered:
    code, unit = (listed.member.staff_code, listed.member.unit) if listed else (form["code"], form["unit"])
    return Entered(code, " ".join(form["name"].split()), unit, form["category"], form["email"])


def _doubts_of(
    connection: Connection, typed: Form, listed: ListedMember | None, fault: CampaignError | None
) -> Sequence[Doubt]:
    if isinstance(fault, DoubtsUnseenError):
        return plan_member(connection, _entered(typed, listed), listed).doubts
    return ()
