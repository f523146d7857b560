"""The projections of what the Office does to a post: dispatches, reminders, lists of who has seen it, its closing."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from campaign.store.base import schema
from campaign.store.base.facts import Fact


def record_dispatches(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add dispatches."""
    fields = ("channel", "number", "recipients", "evidence", "actor")
    rows = [
        {name: fact.facts[name] for name in fields}
        | {"sequence": fact.sequence, "key": fact.facts["post"], "recorded_at": fact.at}
        | {"sent_on": fact.day("sent_on")}
        for fact in facts
    ]
    connection.execute(_INSERT_DISPATCH, rows)


def withdraw_dispatches(connection: Connection, facts: Sequence[Fact]) -> None:
    """End dispatches that were mistakes."""
    rows = [{"withdrawn": fact.facts["dispatch"], "withdrawn_at": fact.at} for fact in facts]
    connection.execute(_WITHDRAW_DISPATCH, rows)


def record_reminders(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add reminders that were sent."""
    rows = [
        {
            "sequence": fact.sequence,
            "member_id": fact.facts.get("member"),
            "unit_id": fact.facts.get("unit"),
            "day": fact.day("day"),
            "means": fact.facts["means"],
            "sent_at": fact.at,
        }
        for fact in facts
    ]
    connection.execute(insert(schema.reminder), rows)


def list_seen(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add lists of who has seen a document in the document system."""
    rows = [
        {name: fact.facts[name] for name in ("missed", "digest", "actor", "members")}
        | {"sequence": fact.sequence, "key": fact.facts["post"], "recorded_at": fact.at}
        for fact in facts
    ]
    connection.execute(_INSERT_SEEN, rows)


def close_posts(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add closings with their figures."""
    rows = [
        {
            "sequence": fact.sequence,
            "key": fact.facts["post"],
            "before": fact.day("before"),
            "units": fact.facts["units"],
            "closed_at": fact.at,
        }
        for fact in facts
    ]
    connection.execute(_INSERT_CLOSING, rows)


def note_draft_acts(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add what was decided about drafts."""
    rows = [
        {name: fact.facts[name] for name in ("post", "digest", "actor", "note")}
        | {"sequence": fact.sequence, "kind": fact.kind.value, "at": fact.at}
        for fact in facts
    ]
    connection.execute(insert(schema.draft_act), rows)


_POST_ID = select(schema.post.c.id).where(schema.post.c.key == bindparam("key")).scalar_subquery()
_INSERT_DISPATCH = insert(schema.dispatch).values(post_id=_POST_ID)
_WITHDRAW_DISPATCH = update(schema.dispatch).where(schema.dispatch.c.sequence == bindparam("withdrawn"))
_INSERT_SEEN = insert(schema.seen_list).values(post_id=_POST_ID)
_INSERT_CLOSING = insert(schema.closing).values(post_id=_POST_ID)
