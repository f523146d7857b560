"""The projections: the tables that questions are asked of, made from the entries of the ledger.

One function a kind of entry. The same functions serve an entry that is being appended and a rebuild from the first
entry on, so the tables cannot say anything that the ledger does not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, delete

from campaign.core.ledger.entry import Kind
from campaign.store import tallies
from campaign.store.base import schema
from campaign.store.base.facts import Fact, FactReader, read_blocks
from campaign.store.ledger.projections import activities, audiences, confirmations, memberships, posts


def project_all(connection: Connection, facts: Iterable[Fact]) -> None:
    """Bring the projections up to date with entries in their order, those of one kind in a row together."""
    for kind, group in groupby(facts, key=attrgetter("kind")):
        alike = list(group)
        if kind in tallies.CHANGING_LISTS:
            posts.close_lists(connection, alike[-1].at)
        _PROJECT[kind](connection, alike)


def rebuild(connection: Connection) -> None:
    """Empty the projections and make them again from the ledger; *connection* is that of a writing transaction."""
    for table in schema.PROJECTIONS:
        connection.execute(delete(table))
    reader = FactReader()
    for rows in read_blocks(connection):
        project_all(connection, map(reader.read, rows))
    tallies.recount(connection)


def _keep_in_the_ledger_only(_connection: Connection, _facts: Sequence[Fact]) -> None:
    """Project nothing: the entry tells who did something; no question is asked of it by table."""


_PROJECT: Mapping[Kind, Callable[[Connection, Sequence[Fact]], None]] = {
    Kind.CAMPAIGN_OPENED: posts.open_campaign,
    Kind.CAMPAIGN_DECLARED: posts.keep_declarations,
    Kind.DEPARTMENT_DECLARED: posts.keep_declarations,
    Kind.UNIT_ADDED: audiences.add_units,
    Kind.UNIT_CHANGED: audiences.change_units,
    Kind.UNIT_CHANGE_WITHDRAWN: audiences.withdraw_changes,
    Kind.ROSTER_CHANGED: memberships.note_roster_changes,
    Kind.MEMBER_JOINED: memberships.add_members,
    Kind.MEMBER_CHANGED: memberships.change_members,
    Kind.MEMBER_LEFT: memberships.end_memberships,
    Kind.REVISION_PUBLISHED: posts.publish_revisions,
    Kind.CONFIRMATION: confirmations.record_confirmations,
    Kind.EXEMPTION: confirmations.add_cases,
    Kind.EXTENSION: confirmations.add_cases,
    Kind.LEAVE: confirmations.add_cases,
    Kind.WITHDRAWAL: confirmations.withdraw,
    Kind.SHEET_PRINTED: confirmations.print_sheets,
    Kind.DISPATCH: activities.record_dispatches,
    Kind.DISPATCH_WITHDRAWN: activities.withdraw_dispatches,
    Kind.REMINDER: activities.record_reminders,
    Kind.SEEN_LISTED: activities.list_seen,
    Kind.DRAFT_SUBMITTED: activities.note_draft_acts,
    Kind.DRAFT_RETURNED: activities.note_draft_acts,
    Kind.DRAFT_APPROVED: activities.note_draft_acts,
    Kind.DRAFT_PUBLISHED: activities.note_draft_acts,
    Kind.POST_CLOSED: activities.close_posts,
    Kind.SLIPS_ISSUED: _keep_in_the_ledger_only,
    Kind.KEY_ROTATED: _keep_in_the_ledger_only,
    Kind.KEY_REVOKED: _keep_in_the_ledger_only,
    Kind.PERSONAL_RECTIFIED: memberships.rectify_members,
    Kind.PERSONAL_ERASED: memberships.empty_members,
}
