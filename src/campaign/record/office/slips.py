"""Access slips: issued unit by unit, printed once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.text import name_key
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, show_page
from campaign.record.web.forms import read_form
from campaign.record.web.printing import PrintedSlip, print_slip
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.slips import issue_slips, make_slip, members_with_slip, prepare_slip
from campaign.store.ledger.database import Connection
from campaign.store.roster.roster import ListedMember, read_roster


@dataclass(frozen=True, slots=True)
class UnitSlips:
    """A unit on the page where slips are issued."""

    name: str
    members: int
    issued: int


@dataclass(frozen=True, slots=True)
class OfficeSlipsPage:
    """Where access slips are issued, unit by unit."""

    template: ClassVar[str] = "office/slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    units: tuple[UnitSlips, ...]


@dataclass(frozen=True, slots=True)
class PrintedSlipsPage:
    """The slips of a unit, to be printed and cut."""

    template: ClassVar[str] = "office/printed_slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    unit: str
    address: str
    slips: tuple[PrintedSlip, ...]
    issued_at: datetime


@reading
def show_slips(_request: Request, connection: Connection) -> OfficeSlipsPage:
    """Show the units, and how many of their members have a slip."""
    with_slip, by_unit = members_with_slip(connection), defaultdict[str, list[int]](list)
    for listed in read_roster(connection).values():
        by_unit[listed.member.unit].append(listed.id)
    return OfficeSlipsPage(
        tuple(
            UnitSlips(unit, len(members), len(with_slip.intersection(members)))
            for unit, members in sorted(by_unit.items())
        )
    )


async def print_slips(request: Request) -> Response:
    """Issue new slips to a unit and show them; the codes cannot be shown again, because only hashes are kept."""
    recorder, unit = recorder_of(request), (await read_form(request))["unit"]
    members = await recorder.read(_read_unit, unit)
    prepared = await run_in_threadpool(lambda: [prepare_slip(listed, make_slip()) for listed in members])
    await recorder.write(issue_slips, prepared, staff_of(request).name, recorder.clock())
    slips = tuple(print_slip(each, recorder.address) for each in prepared)
    page = PrintedSlipsPage(unit, recorder.address, slips, recorder.clock())
    return await run_in_threadpool(show_page, request, page)


def _read_unit(connection: Connection, unit: str) -> list[ListedMember]:
    """Return the unit's members in the order of handing out slips."""
    members = [listed for listed in read_roster(connection).values() if listed.member.unit == unit]
    return sorted(members, key=lambda listed: (name_key(listed.member.name), listed.id))
