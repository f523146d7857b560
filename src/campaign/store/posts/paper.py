"""Confirmations that the Office records, and the sheets on which people sign, in the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from campaign.core.ledger.entry import Kind
from campaign.core.people.paper import Method, Paper, RecordedPaper, Sheet
from campaign.core.people.special_case import Grounds
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.errors.paper import ConfirmationUnknownError, SheetUnknownError
from campaign.store.base import schema
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import is_concerned
from campaign.store.posts.confirmations import Confirmation, find_confirmation, standing_confirmation
from campaign.store.posts.posts import current_revision, find_revision
from campaign.store.roster.roster import ListedMember

IDENTIFIED_BY = {Method.PAPER: "signature", Method.ON_BEHALF: "office"}
"""By what the person was known, for the entry: its weight depends on it."""


def record_paper(
    ledger: OpenLedger, listed: ListedMember, post: str, paper: Paper, at: datetime, revision: int | None = None
) -> Confirmation:
    """Record that a member confirmed on paper, or let it be done on the member's behalf.

    Args:
        ledger: The ledger, open for appending.
        listed: Who confirmed.
        post: What was confirmed.
        paper: What the Office knows of it.
        at: When the server received it: what the deadline is held against.
        revision: The revision on the sheet; else the current one.

    Returns:
        The confirmation; the first one when the member had confirmed before.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
        RevisionStaleError: Another text has replaced the one that was signed.
        NotConcernedError: The post is not for this member.
        SignedDayError: The day beside the signature cannot be.
    """
    connection = ledger.connection
    current = current_revision(connection, post)
    earlier = standing_confirmation(connection, listed.id, current)
    if earlier is not None:
        return earlier
    number = current.post.revision.number
    signed = find_revision(connection, post, revision or number)
    if signed is None or signed.post.revision.number < current.asks_since:
        raise RevisionStaleError(post, revision or number, number)
    member = listed.member
    if not is_concerned(connection, current, listed):
        raise NotConcernedError(current.post.title)
    paper.require_plausible(signed.published_at, at)
    facts = {
        "post": post,
        "revision": signed.post.revision.number,
        "digest": signed.digest,
        "sentence": signed.post.sentence,
        "member": listed.id,
        "method": paper.method.value,
        "identified_by": IDENTIFIED_BY[paper.method],
        "actor": paper.actor,
        "signed_on": paper.signed_on and paper.signed_on.isoformat(),
        "scan": paper.scan,
        "sheet": paper.sheet,
    }
    personal = {"staff_code": member.staff_code, "name": member.name, "unit": member.unit}
    entry = ledger.append(Kind.CONFIRMATION, at, facts, personal | {"witness": paper.witness, "reason": paper.reason})
    recorded = find_confirmation(connection, entry.sequence)
    assert recorded is not None  # noqa: S101 - the projection was made while appending
    return recorded


def withdraw_confirmation(ledger: OpenLedger, sequence: int, grounds: Grounds) -> None:
    """Append that a confirmation was a mistake, whoever gave it; for the time until now it keeps counting.

    Raises:
        ConfirmationUnknownError: That entry records no confirmation, or a withdrawn one.
    """
    found = find_confirmation(ledger.connection, sequence)
    if found is None:
        raise ConfirmationUnknownError(sequence)
    facts = {"withdraws": sequence, "member": found.member_id, "actor": grounds.actor}
    ledger.append(Kind.WITHDRAWAL, grounds.at, facts, {"reason": grounds.reason})


def print_sheet(ledger: OpenLedger, post: str, unit: str, members: Sequence[int], actor: str, at: datetime) -> Sheet:
    """Append that a sheet was printed, and return it.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
    """
    number = current_revision(ledger.connection, post).post.revision.number
    facts = {"post": post, "revision": number, "unit": unit, "members": list(members), "actor": actor}
    entry = ledger.append(Kind.SHEET_PRINTED, at, facts)
    return find_sheet(ledger.connection, entry.sequence)


def find_sheet(connection: Connection, sequence: int) -> Sheet:
    """Return a printed sheet.

    Raises:
        SheetUnknownError: None has that code.
    """
    row = connection.execute(_SHEETS.where(schema.sheet.c.sequence == sequence)).one_or_none()
    if row is None:
        raise SheetUnknownError(sequence)
    return _to_sheet(row)


def find_sheets(connection: Connection, first: int, last: int) -> list[Sheet]:
    """Return the sheets of the same post that were printed one after the other, from one to another.

    Raises:
        SheetUnknownError: There is no sheet with the number *first*.
    """
    within = schema.sheet.c.sequence.between(first, last)
    sheets = [_to_sheet(row) for row in connection.execute(_SHEETS.where(within).order_by(schema.sheet.c.sequence))]
    if not sheets or sheets[0].sequence != first:
        raise SheetUnknownError(first)
    return [sheet for sheet in sheets if sheet.post == sheets[0].post]


def post_sheets(connection: Connection, post: str) -> list[Sheet]:
    """Return the sheets that were printed for a post, the newest first."""
    rows = connection.execute(_SHEETS.where(schema.post.c.key == post).order_by(schema.sheet.c.sequence.desc()))
    return [_to_sheet(row) for row in rows]


def find_confirmed(connection: Connection, post: str, members: Collection[int]) -> dict[int, datetime]:
    """Return when those of *members* who have confirmed a post did so, by member."""
    columns, since = schema.confirmation.c, current_revision(connection, post).asks_since
    query = (
        select(columns.member_id, func.min(columns.received_at))
        .join(schema.post, schema.post.c.id == columns.post_id)
        .where(schema.post.c.key == post, columns.revision >= since, columns.member_id.in_(members))
        .group_by(columns.member_id)
    )
    return dict(connection.execute(query).all())


@once_a_snapshot
def papers_at(connection: Connection, post_id: int, at: datetime) -> list[RecordedPaper]:
    """Return what the Office had recorded of a post at an instant, or has withdrawn later than that."""
    columns = schema.paper.c
    query = _PAPERS.where(
        columns.post_id == post_id,
        columns.recorded_at <= at,
        or_(columns.withdrawn_at.is_(None), columns.withdrawn_at > at),
    )
    return [_to_paper(row) for row in connection.execute(query)]


def member_papers(connection: Connection, member_id: int) -> list[RecordedPaper]:
    """Return what the Office recorded for a member, withdrawn ones too."""
    return [_to_paper(row) for row in connection.execute(_PAPERS.where(schema.paper.c.member_id == member_id))]


_PAPERS: Select[Any] = (
    select(schema.paper, schema.post.c.key)
    .join(schema.post, schema.post.c.id == schema.paper.c.post_id)
    .order_by(schema.paper.c.sequence)
)


_SHEETS: Select[Any] = select(schema.sheet, schema.post.c.key).join(
    schema.post, schema.post.c.id == schema.sheet.c.post_id
)


def _to_sheet(row: Row[Any]) -> Sheet:
    return Sheet(row.sequence, row.key, row.revision, row.unit, row.printed_at, row.actor, tuple(row.members))


def _to_paper(row: Row[Any]) -> RecordedPaper:
    paper = Paper(
        actor=row.actor,
        signed_on=row.signed_on,
        witness=row.witness or "",
        reason=row.reason or "",
        scan=row.scan,
        sheet=row.sheet,
    )
    return RecordedPaper(
        sequence=row.sequence,
        member_id=row.member_id,
        post=row.key,
        revision=row.revision,
        recorded_at=row.recorded_at,
        method=Method(row.method),
        paper=paper,
        withdrawn_at=row.withdrawn_at,
    )
