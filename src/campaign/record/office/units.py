"""The Office's page of units: their names, which is above, until when they last, which took over; taking back."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import format_day, read_day
from campaign.core.people.special_case import Grounds
from campaign.core.people.unit import Unit, UnitChange, Units, format_end
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import count_by_unit, read_unit_changes, read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.reorganisations import Decision, end_unit, place_unit, rename_unit, withdraw_unit_change

PAGE_PATH = "/van-phong/danh-sach/don-vi"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the page shows it.

    Attributes:
        members: How many people are in it now.
        end: Until when it was one, and which took over; empty while it lasts.
        depth: How many units are above it.
    """

    unit: Unit
    members: int
    end: str
    depth: int = 0

    @property
    def is_left_behind(self) -> bool:
        """Whether people are in a unit that is one no more."""
        return bool(self.end and self.members)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change that was recorded, in words."""

    change: UnitChange
    words: str


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The units, what was recorded about them, and a form to record more.

    Attributes:
        typed: What was entered and could not be recorded, by field.
    """

    template: ClassVar[str] = "office/units.html"
    title: ClassVar[str] = "Phòng, đơn vị"
    units: tuple[UnitRow, ...]
    changes: tuple[ChangeLine, ...]
    typed: Form
    fault: CampaignError | None = None


@reading
def show_units(
    _request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> UnitsPage:
    """Show the units and what was recorded about them."""
    units, members = read_units(connection), count_by_unit(connection)
    return UnitsPage(
        units=tuple(
            UnitRow(unit, members.get(unit.id, 0), format_end(unit, units), depth) for unit, depth in units.walk()
        ),
        changes=tuple(ChangeLine(change, _format(change, units)) for change in read_unit_changes(connection)),
        typed=typed,
        fault=fault,
    )


async def post_change(request: Request) -> Response:
    """Record that a unit was renamed, placed or ended, or take such an entry back."""
    form, actor, at = await read_form(request), staff_of(request).name, recorder_of(request).clock()

    def record(ledger: OpenLedger) -> None:
        """Record the change, or that one was a mistake."""
        if form["act"] == "withdraw":
            if not form["reason"]:
                raise ReasonMissingError
            withdraw_unit_change(ledger, to_number(form["sequence"]), Grounds(form["reason"], actor, at))
        else:
            _record(ledger, form, Decision(read_day(form["day"]), form["basis"], actor, at))

    return await submit(request, form, record, PAGE_PATH, show_units)


def _record(ledger: OpenLedger, form: Form, decision: Decision) -> None:
    match form["act"]:
        case "rename":
            rename_unit(ledger, form["unit"], _clean(form["name"]), decision)
        case "place":
            place_unit(ledger, form["unit"], form["parent"], decision)
        case "end":
            successors = [_clean(name) for name in form["successors"].split(";") if name.strip()]
            end_unit(ledger, form["unit"], successors, decision)
        case _:
            raise PageNotFoundError


def _clean(name: str) -> str:
    return " ".join(name.split())


def _format(change: UnitChange, units: Units) -> str:
    unit, day = units.by_id[change.unit], format_day(change.first_day)
    if change.name is not None:
        return f"“{unit.first_name}” đổi tên thành “{change.name}” từ ngày {day}"
    if change.parent is not None:
        above = f"thuộc “{units.by_id[change.parent].name}”" if change.parent else "không thuộc đơn vị nào"
        return f"“{unit.name}” {above} từ ngày {day}"
    taken = f", “{units.by_id[change.successor].name}” kế thừa" if change.successor else ""
    return f"“{unit.name}” không còn từ ngày {day}{taken}"
