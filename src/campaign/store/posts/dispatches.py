"""Dispatches in the ledger: on which channels a post was sent out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from campaign.core.clock import day_in_viet_nam
from campaign.core.dispatch import Channel, Dispatch, RecordedDispatch
from campaign.core.ledger.entry import Kind
from campaign.errors.dispatch import DispatchFutureError, DispatchUnknownError
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.posts import current_revision


def record_dispatch(ledger: OpenLedger, post: str, dispatch: Dispatch, actor: str, at: datetime) -> int:
    """Append that *post* was sent out; a dispatch that is there already with the same facts is not recorded twice.

    Returns:
        The entry that records it.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
        DispatchFutureError: The day is still to come.
    """
    current_revision(ledger.connection, post)
    if dispatch.sent_on > day_in_viet_nam(at):
        raise DispatchFutureError(dispatch.sent_on)
    for earlier in read_dispatches(ledger.connection, post, at):
        if earlier.dispatch == dispatch:
            return earlier.sequence
    facts = {
        "post": post,
        "channel": dispatch.channel.value,
        "sent_on": dispatch.sent_on.isoformat(),
        "number": dispatch.number,
        "recipients": dispatch.recipients,
        "evidence": dispatch.evidence,
        "actor": actor,
    }
    return ledger.append(Kind.DISPATCH, at, facts).sequence


def withdraw_dispatch(ledger: OpenLedger, post: str, sequence: int, actor: str, at: datetime) -> None:
    """Append that a dispatch of *post* was recorded by mistake; it is no longer counted from then on.

    Raises:
        DispatchUnknownError: *sequence* records no dispatch of this post, or one that was withdrawn before.
    """
    if sequence not in {sent.sequence for sent in read_dispatches(ledger.connection, post, at)}:
        raise DispatchUnknownError(sequence)
    ledger.append(Kind.DISPATCH_WITHDRAWN, at, {"post": post, "dispatch": sequence, "actor": actor})


def read_dispatches(connection: Connection, post: str, as_of: datetime) -> tuple[RecordedDispatch, ...]:
    """Return the dispatches of *post* up to the day of *as_of*, whenever recorded, in the order of entries."""
    return tuple(_to_dispatch(row) for row in connection.execute(_sent_by(as_of).where(schema.post.c.key == post)))


def dispatches_by_post(connection: Connection, as_of: datetime) -> dict[str, tuple[RecordedDispatch, ...]]:
    """Return the dispatches of every post that has any, as `read_dispatches` does, by the post's id."""
    found: dict[str, tuple[RecordedDispatch, ...]] = {}
    for row in connection.execute(_sent_by(as_of)):
        found[row.key] = (*found.get(row.key, ()), _to_dispatch(row))
    return found


def _sent_by(as_of: datetime) -> Select[Any]:
    columns = schema.dispatch.c
    return (
        select(schema.dispatch, schema.post.c.key)
        .join(schema.post, schema.post.c.id == columns.post_id)
        .where(columns.sent_on <= day_in_viet_nam(as_of), columns.withdrawn_at.is_(None))
        .order_by(columns.sequence)
    )


def _to_dispatch(row: Row[Any]) -> RecordedDispatch:
    return RecordedDispatch(
        sequence=row.sequence,
        dispatch=Dispatch(Channel(row.channel), row.sent_on, row.number, row.recipients, row.evidence),
        recorded_at=row.recorded_at,
        actor=row.actor,
    )
