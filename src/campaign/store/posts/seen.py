"""Lists of who has seen a document in the document system, in the ledger: beside the confirmations, never counted."""

from datetime import datetime

from sqlalchemy import Connection, select

from campaign.core.ledger.entry import Kind
from campaign.core.people.seen import RecordedSeen, SeenPeople
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.posts import current_revision


def record_seen(ledger: OpenLedger, post: str, people: SeenPeople, actor: str, at: datetime) -> None:
    """Append who is on a list; the same list is not recorded twice.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
    """
    current_revision(ledger.connection, post)
    if any(seen.people == people for seen in read_seen(ledger.connection, post)):
        return
    facts = {"members": list(people.members), "missed": people.missed, "digest": people.digest}
    ledger.append(Kind.SEEN_LISTED, at, {"post": post, "actor": actor, **facts})


def read_seen(connection: Connection, post: str) -> list[RecordedSeen]:
    """Return the lists that were recorded for a post, the newest first."""
    query = select(schema.seen_list).join(schema.post).where(schema.post.c.key == post)
    return [
        RecordedSeen(
            sequence=row.sequence,
            people=SeenPeople(tuple(row.members), row.missed, row.digest),
            recorded_at=row.recorded_at,
            actor=row.actor,
        )
        for row in connection.execute(query.order_by(schema.seen_list.c.sequence.desc()))
    ]


def find_seen(connection: Connection, post: str) -> frozenset[int]:
    """Return the members who are on any list of a post."""
    return frozenset(number for seen in read_seen(connection, post) for number in seen.people.members)


def find_posts_seen_by(connection: Connection, member_id: int) -> frozenset[str]:
    """Return the ids of all posts that have a member on any of their lists."""
    rows = connection.execute(select(schema.post.c.key, schema.seen_list.c.members).join(schema.post))
    return frozenset(row.key for row in rows if member_id in row.members)
