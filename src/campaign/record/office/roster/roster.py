"""The Office's pages of the roster: a list is handed in, looked at, and applied; a change is undone by another."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.errors.base import CampaignError
from campaign.errors.cases import ReasonMissingError
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.figures.figures import count_members
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.changes import RosterChange, read_roster_changes, undo_roster_change
from campaign.store.roster.roster import RosterSource
from campaign.store.roster.waiting_files import find_file

PAGE_PATH = "/van-phong/danh-sach"
PREVIEW_PATH = f"{PAGE_PATH}/xem-truoc"
ROWS_SHOWN = 300


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The form for a new list, and the changes so far.

    Attributes:
        members: How many are on the roster.
        waiting: The name of a list that was handed in and not applied, or nothing.
        fault: What was wrong with what was sent.
    """

    template: ClassVar[str] = "office/roster.html"
    title: ClassVar[str] = "Danh sách"
    members: int
    changes: tuple[RosterChange, ...]
    waiting: str | None
    fault: CampaignError | None = None


@reading
def show_roster(
    request: Request, connection: Connection, _typed: Form = EMPTY, fault: CampaignError | None = None
) -> RosterPage:
    """Show the form for a new list, and the changes so far."""
    waiting = find_file(connection, staff_of(request).name)
    changes = tuple(read_roster_changes(connection))
    return RosterPage(count_members(connection), changes, waiting.name if waiting else None, fault)


async def undo_change(request: Request) -> Response:
    """Undo a change of the roster by new entries."""
    form, account, at = await read_form(request), staff_of(request).name, recorder_of(request).clock()
    sequence = to_number(form["sequence"])

    def undo(ledger: OpenLedger) -> None:
        """Undo it for a reason."""
        if not form["reason"]:
            raise ReasonMissingError
        undo_roster_change(ledger, sequence, RosterSource(account, form["reason"], undoes=sequence), at)

    return await submit(request, form, undo, PAGE_PATH, show_roster)
