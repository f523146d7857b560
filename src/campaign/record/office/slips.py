"""Access slips: issued unit by unit, printed once."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.text import name_key
from campaign.record.access.access_pages import PrintedSlip
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, read_form
from campaign.record.web.pages import OfficeSlipsPage, PrintedSlipsPage, UnitSlips
from campaign.record.web.qr import draw_qr
from campaign.store.credentials.slips import PreparedSlip, issue_slips, make_slip, members_with_slip, prepare_slip
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, read_roster


def show_slips(request: Request) -> Response:
    """Show the units, and how many of their members have a slip."""
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, OfficeSlipsPage(_count_units(connection)))


async def print_slips(request: Request) -> Response:
    """Issue new slips to a unit and show them; the codes cannot be shown again, because only hashes are kept."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    members = await run_in_threadpool(_read_unit, request, field(form, "unit"))
    prepared = await run_in_threadpool(_prepare, members)
    await recorder.write(partial(issue_slips, slips=prepared, actor=staff_of(request).name, at=recorder.clock()))
    return await run_in_threadpool(_show_printed, request, field(form, "unit"), prepared)


def _count_units(connection: Connection) -> tuple[UnitSlips, ...]:
    with_slip = members_with_slip(connection)
    by_unit: dict[str, list[int]] = {}
    for listed in read_roster(connection).values():
        by_unit.setdefault(listed.member.unit, []).append(listed.id)
    return tuple(
        UnitSlips(unit, len(members), sum(one in with_slip for one in members))
        for unit, members in sorted(by_unit.items())
    )


def _read_unit(request: Request, unit: str) -> list[ListedMember]:
    """Return the unit's members in the order of handing out slips."""
    with recorder_of(request).database.reading() as connection:
        members = [listed for listed in read_roster(connection).values() if listed.member.unit == unit]
    return sorted(members, key=lambda listed: (name_key(listed.member.name), listed.id))


def _prepare(members: list[ListedMember]) -> list[PreparedSlip]:
    return [prepare_slip(listed, make_slip()) for listed in members]


def _show_printed(request: Request, unit: str, prepared: list[PreparedSlip]) -> Response:
    recorder = recorder_of(request)
    slips = tuple(
        PrintedSlip(one.listed.member, one.slip.spaced_code, draw_qr(f"{recorder.address}/vao/phieu/{one.slip.token}"))
        for one in prepared
    )
    with recorder.database.reading() as connection:
        page = PrintedSlipsPage(unit, recorder.address, slips, recorder.clock())
        return show(request, connection, page)
