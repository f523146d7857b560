"""Confirmations on paper: one that the Office records for somebody, and the sheets on which several people sign."""

from collections.abc import Collection
from datetime import datetime

from campaign.core.figures.coverage import State
from campaign.core.people.paper import Paper, Sheet
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import find_by_staff_code
from campaign.store.posts.paper import find_sheet, print_sheet, record_paper
from campaign.store.posts.posts import current_revision
from campaign.store.roster.roster import find_members

LINES = 15
"""So many people sign on a page of A4, and a form takes as many ticks."""
SHEETS_AT_ONCE = 100


def record_for_member(ledger: OpenLedger, post: str, staff_code: str, paper: Paper, at: datetime) -> None:
    """Record that somebody on the roster, or on the post's fixed list, confirmed; the first confirmation is kept.

    Raises:
        UnknownMemberError: Nobody there has that code.
        CampaignError: As :func:`campaign.store.posts.paper.record_paper`.
    """
    revision = current_revision(ledger.connection, post)
    record_paper(ledger, find_by_staff_code(ledger.connection, revision, staff_code), revision.post.id, paper, at)


def find_signers(connection: Connection, post: str, unit: str, at: datetime) -> list[int]:
    """Return the numbers of those of a unit who are outstanding, in the order of names."""
    return [
        standing.member_id
        for standing in read_coverage(connection, post, at).standings
        if standing.unit == unit and standing.state is State.OUTSTANDING and not standing.has_left
    ]


def print_sheets(ledger: OpenLedger, post: str, unit: str, members: list[int], actor: str, at: datetime) -> list[Sheet]:
    """Record that as many sheets were printed as *members* need, but no more than are printed at once."""
    starts = range(0, len(members), LINES)[:SHEETS_AT_ONCE]
    return [print_sheet(ledger, post, unit, members[start : start + LINES], actor, at) for start in starts]


def record_signatures(ledger: OpenLedger, sequence: int, signed: Collection[int], paper: Paper, at: datetime) -> None:
    """Record everyone who signed a sheet, given by the lines, from 1; who is off the roster now is left out.

    Raises:
        SheetUnknownError: No sheet has that code.
        CampaignError: As :func:`campaign.store.posts.paper.record_paper`.
    """
    sheet = find_sheet(ledger.connection, sequence)
    listed = find_members(ledger.connection, sheet.members)
    for line, member in enumerate(sheet.members, 1):
        if line in signed and member in listed:
            record_paper(ledger, listed[member], sheet.post, paper, at, sheet.revision)
