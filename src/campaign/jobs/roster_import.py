"""Importing a list: looked at first, then made the roster of that very moment."""

from collections.abc import Sequence
from datetime import datetime

from campaign.core.roster import Member
from campaign.errors.roster import DoubtsUnseenError
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.plans import PlannedList, plan_list
from campaign.store.roster.roster import Advance, RosterSource, apply_roster, refuse_erased


def preview_list(connection: Connection, members: Sequence[Member]) -> PlannedList:
    """Return what the list would change now.

    Raises:
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    refuse_erased(connection)
    return plan_list(connection, members)


def import_list(
    ledger: OpenLedger,
    members: Sequence[Member],
    source: RosterSource,
    at: datetime,
    *,
    doubts_seen: bool,
    advance: Advance = lambda _count: None,
) -> None:
    """Make the list the roster: compared with the one of this moment, which may have changed since the preview.

    Args:
        ledger: The ledger, open for appending.
        members: Everyone on the list.
        source: Who imports it, from which file.
        at: When the server received it.
        doubts_seen: Whether a person has looked at the doubtful points.
        advance: Told now and then how many more people are done.

    Raises:
        DoubtsUnseenError: There are doubtful points, and nobody has looked at them.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    planned = preview_list(ledger.connection, members)
    if planned.doubts and not doubts_seen:
        raise DoubtsUnseenError
    apply_roster(ledger, planned.plan, at, source, advance)
