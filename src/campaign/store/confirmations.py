"""Confirmations: recording one, finding those that stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from campaign.core.clock import from_microseconds
from campaign.core.entry import Kind
from campaign.errors import NotConcernedError, RevisionStaleError
from campaign.store import schema
from campaign.store.ledger import OpenLedger
from campaign.store.posts import PublishedRevision, current_revision
from campaign.store.roster import ListedMember


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """What a reader sends: who confirms which text, and how the person was identified.

    Attributes:
        digest: The digest of the text that was on screen.
        identified_by: The way in that was used, because the weight of the confirmation depends on it.
    """

    listed: ListedMember
    post: str
    revision: int
    digest: str
    identified_by: str
    method: str = "web"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A confirmation in the ledger.

    Attributes:
        sequence: The entry that records it.
        received_at: When the server received it.
    """

    sequence: int
    member_id: int
    post: str
    revision: int
    received_at: datetime
    method: str


def confirm(ledger: OpenLedger, request: ConfirmationRequest, received_at: datetime) -> Confirmation:
    """Record a confirmation; a repeated one gives the first back.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
        RevisionStaleError: The text on screen is not the one that is published now.
        NotConcernedError: The post is not for this member.
    """
    connection = ledger.connection
    current = current_revision(connection, request.post)
    first = _first_that_counts(connection, request, current)
    if first is not None:
        return first
    if (request.revision, request.digest) != (current.post.revision.number, current.digest):
        raise RevisionStaleError(request.post, request.revision, current.post.revision.number)
    member = request.listed.member
    if not current.post.audience.includes(member.unit, member.category):
        raise NotConcernedError(current.post.title)
    entry = ledger.append(
        Kind.CONFIRMATION,
        received_at,
        {
            "post": request.post,
            "revision": request.revision,
            "digest": request.digest,
            "sentence": current.post.sentence,
            "member": request.listed.id,
            "method": request.method,
            "identified_by": request.identified_by,
        },
        {"staff_code": member.staff_code, "name": member.name, "unit": member.unit},
    )
    return Confirmation(entry.sequence, request.listed.id, request.post, request.revision, received_at, request.method)


def standing_confirmation(connection: Connection, member_id: int, revision: PublishedRevision) -> Confirmation | None:
    """Return the member's confirmation that stands for *revision*: the first since everyone was last asked."""
    query = _of_member(member_id).where(
        schema.post.c.key == revision.post.id, schema.confirmation.c.revision >= revision.asks_since
    )
    return _first(connection, query)


def member_confirmations(connection: Connection, member_id: int) -> list[Confirmation]:
    """Return all confirmations of a member, the newest first."""
    query = _of_member(member_id).order_by(None).order_by(schema.confirmation.c.sequence.desc())
    return [_to_confirmation(row) for row in connection.execute(query)]


def find_confirmation(connection: Connection, sequence: int) -> Confirmation | None:
    """Return the confirmation that an entry records, or nothing."""
    return _first(connection, _CONFIRMATIONS.where(schema.confirmation.c.sequence == sequence))


def _first_that_counts(
    connection: Connection, request: ConfirmationRequest, current: PublishedRevision
) -> Confirmation | None:
    """Return the earlier confirmation of the revision that is sent, or one that still stands for the current text."""
    query = _of_member(request.listed.id).where(schema.post.c.key == request.post)
    same = _first(connection, query.where(schema.confirmation.c.revision == request.revision))
    return same or standing_confirmation(connection, request.listed.id, current)


_CONFIRMATIONS = (
    select(schema.confirmation, schema.post.c.key)
    .join(schema.post, schema.post.c.id == schema.confirmation.c.post_id)
    .order_by(schema.confirmation.c.sequence)
)


def _of_member(member_id: int) -> Select[Any]:
    return _CONFIRMATIONS.where(schema.confirmation.c.member_id == member_id)


def _first(connection: Connection, query: Select[Any]) -> Confirmation | None:
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else _to_confirmation(row)


def _to_confirmation(row: Row[Any]) -> Confirmation:
    return Confirmation(
        sequence=row.sequence,
        member_id=row.member_id,
        post=row.key,
        revision=row.revision,
        received_at=from_microseconds(row.received_at),
        method=row.method,
    )
