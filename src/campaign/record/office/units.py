"""The Office's page of units: what they are called, until when they last, which took over; taking a mistake back."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import format_day, read_day
from campaign.core.special_case import Grounds
from campaign.core.unit import UnitChange, Units, format_end
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.record.office.unit_pages import ChangeLine, UnitRow, UnitsPage
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import Form, field, read_form, to_number
from campaign.store.base.units import count_by_unit, read_unit_changes, read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.reorganisations import Decision, end_unit, rename_unit, withdraw_unit_change

PAGE_PATH = "/van-phong/danh-sach/don-vi"
FIELDS = ("act", "unit", "name", "successors", "day", "basis")


def show_units(request: Request) -> Response:
    """Show the units and what was recorded about them."""
    return _show(request, {}, None)


async def take_change(request: Request) -> Response:
    """Record that a unit was renamed or ended, or take such an entry back."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    actor, at = staff_of(request).name, recorder.clock()

    def record(ledger: OpenLedger) -> None:
        """Record it in the writer's transaction."""
        if field(form, "act") == "withdraw":
            reason = field(form, "reason")
            if not reason:
                raise ReasonMissingError
            withdraw_unit_change(ledger, to_number(field(form, "sequence")), Grounds(reason, actor, at))
            return
        first_day = read_day(field(form, "day"))
        _record(ledger, form, Decision(first_day, field(form, "basis"), actor, at))

    try:
        await recorder.write(record)
    except PageNotFoundError:
        raise
    except CampaignError as error:
        return await run_in_threadpool(_show, request, form, error)
    return RedirectResponse(PAGE_PATH, 303)


def _record(ledger: OpenLedger, form: Form, decision: Decision) -> None:
    unit = field(form, "unit")
    match field(form, "act"):
        case "rename":
            rename_unit(ledger, unit, _clean(field(form, "name")), decision)
        case "end":
            successors = [_clean(one) for one in field(form, "successors").split(";") if one.strip()]
            end_unit(ledger, unit, successors, decision)
        case _:
            raise PageNotFoundError


def _clean(name: str) -> str:
    return " ".join(name.split())


def _show(request: Request, typed: Form, problem: CampaignError | None) -> Response:
    with recorder_of(request).database.reading() as connection:
        page = _read_page(connection, typed, problem)
        return show(request, connection, page, 400 if problem else 200)


def _read_page(connection: Connection, typed: Form, problem: CampaignError | None) -> UnitsPage:
    units, members = read_units(connection), count_by_unit(connection)
    return UnitsPage(
        units=tuple(UnitRow(one, members.get(one.id, 0), format_end(one, units)) for one in units.all),
        changes=tuple(ChangeLine(one, _tell(one, units)) for one in read_unit_changes(connection)),
        typed={name: field(typed, name) for name in FIELDS},
        problem=problem.problem if problem else None,
        remedy=problem.remedy if problem else None,
    )


def _tell(change: UnitChange, units: Units) -> str:
    unit, day = units.by_id[change.unit], format_day(change.first_day)
    if change.name is not None:
        return f"“{unit.first_name}” đổi tên thành “{change.name}” từ ngày {day}"
    taken = f", “{units.by_id[change.successor].name}” kế thừa" if change.successor else ""
    return f"“{unit.name}” không còn từ ngày {day}{taken}"
