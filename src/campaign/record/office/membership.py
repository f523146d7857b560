"""The Office's pages that move a person to another unit, or off the roster; what will happen is said first."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.special_case import Grounds
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.jobs.membership import move_member, plan_move, plan_removal, remove_member
from campaign.record.office.membership_pages import MovePage, RemovalPage
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import Form, field, read_form, to_number
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, find_member

MOVE_PATH = "/van-phong/nguoi/{member}/chuyen-don-vi"
REMOVAL_PATH = "/van-phong/nguoi/{member}/ra-khoi-danh-sach"


def show_move(request: Request) -> Response:
    """Show the units; once one is chosen, what the move would change."""
    return _show_move(request, request.query_params.get("don-vi", ""))


async def move(request: Request) -> Response:
    """Move the person."""
    form = await read_form(request, browser_from(request), recorder_of(request).address)
    unit, listed = field(form, "unit"), await run_in_threadpool(_find, request)
    try:
        grounds = _read_grounds(request, form)
        job = partial(move_member, staff_code=listed.member.staff_code, unit=unit, grounds=grounds)
        await recorder_of(request).write(job)
    except CampaignError as error:
        return await run_in_threadpool(_show_move, request, unit, field(form, "reason"), error)
    return RedirectResponse(_path_of(listed), 303)


def show_removal(request: Request) -> Response:
    """Show what taking the person off the roster would change."""
    return _show_removal(request)


async def remove(request: Request) -> Response:
    """Take the person off the roster."""
    form = await read_form(request, browser_from(request), recorder_of(request).address)
    listed = await run_in_threadpool(_find, request)
    try:
        grounds = _read_grounds(request, form)
        await recorder_of(request).write(partial(remove_member, staff_code=listed.member.staff_code, grounds=grounds))
    except CampaignError as error:
        return await run_in_threadpool(_show_removal, request, error)
    return RedirectResponse(_path_of(listed), 303)


def _find(request: Request) -> ListedMember:
    with recorder_of(request).database.reading() as connection:
        return _find_in(request, connection)


def _find_in(request: Request, connection: Connection) -> ListedMember:
    found = find_member(connection, to_number(request.path_params["member"]))
    if found is None:
        raise PageNotFoundError
    return found


def _read_grounds(request: Request, form: Form) -> Grounds:
    if not field(form, "reason"):
        raise ReasonMissingError
    return Grounds(field(form, "reason"), staff_of(request).name, recorder_of(request).clock())


def _path_of(listed: ListedMember) -> str:
    return f"/van-phong/nguoi/{listed.id}"


def _show_move(request: Request, unit: str, reason: str = "", fault: CampaignError | None = None) -> Response:
    with recorder_of(request).database.reading() as connection:
        listed, change = _find_in(request, connection), None
        try:
            change = plan_move(connection, listed.member.staff_code, unit) if unit else None
        except CampaignError as error:
            fault = error
        page = MovePage(
            path=_path_of(listed),
            name=listed.member.name,
            staff_code=listed.member.staff_code,
            unit=listed.member.unit,
            units=tuple(
                one.name for one in read_units(connection).all if not one.endings and one.name != listed.member.unit
            ),
            change=change,
            reason=reason,
            problem=fault.problem if fault else None,
            remedy=fault.remedy if fault else None,
        )
        return show(request, connection, page, 400 if fault else 200)


def _show_removal(request: Request, fault: CampaignError | None = None) -> Response:
    with recorder_of(request).database.reading() as connection:
        listed = _find_in(request, connection)
        change = plan_removal(connection, listed.member.staff_code)
        problem, remedy = (fault.problem, fault.remedy) if fault else (None, None)
        page = RemovalPage(_path_of(listed), change, problem, remedy)
        return show(request, connection, page, 400 if fault else 200)
