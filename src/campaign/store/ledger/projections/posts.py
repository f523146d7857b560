"""The projections of the campaign and of the posts that are published in it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, Connection, bindparam, case, func, insert, select, type_coerce, update

from campaign.core.clock import start_of_day
from campaign.core.figures.coverage import INSTANT
from campaign.core.post import Change, RosterRule, to_canonical_json
from campaign.store.base import schema
from campaign.store.base.facts import Fact
from campaign.store.base.types import Instant
from campaign.store.ledger.projections.audiences import set_audience


def open_campaign(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add the campaign."""
    for fact in facts:
        values = {"id": 1, "title": fact.facts["title"], "sample": fact.facts["sample"], "opened_at": fact.at}
        connection.execute(insert(schema.campaign), values)


def keep_declarations(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add states of campaigns and of the department."""
    rows = [
        {
            "sequence": fact.sequence,
            "campaign": fact.facts.get("campaign"),
            "digest": fact.facts["digest"],
            "document": to_canonical_json(fact.facts["document"]),
            "declared_at": fact.at,
        }
        for fact in facts
    ]
    connection.execute(insert(schema.declaration), rows)


def close_lists(connection: Connection, at: datetime) -> None:
    """Fix the lists of the posts whose deadline is over at an instant, as they were when it ended (`list_instant`).

    It is done when the roster or a unit is about to change: until then, the roster of now is that list.
    """
    connection.execute(_CLOSE, {"at": at})


def publish_revisions(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add revisions, and bring their posts up to date."""
    for fact in facts:
        key, number, document = fact.facts["post"], fact.facts["revision"], fact.facts["document"]
        before = connection.execute(select(schema.post).where(schema.post.c.key == key)).one_or_none()
        if before is None:  # It is opened to people now, or when the first roster comes.
            first = connection.scalar(select(schema.membership.c.since).order_by(schema.membership.c.sequence).limit(1))
            post_id = (connection.scalar(select(func.max(schema.post.c.id))) or 0) + 1
            opened_at = max(fact.at, first or fact.at)
        else:
            post_id, opened_at = before.id, before.opened_at
        asks_again = before is None or Change(document["revision"]["change"]).asks_again
        deadline = document["deadline"]
        late_from = deadline and start_of_day(date.fromisoformat(deadline["before"]))
        fixed_at = opened_at if document.get("roster") == RosterRule.FIXED else None
        if fixed_at is None and late_from and late_from <= fact.at:
            fixed_at = max(late_from - INSTANT, opened_at)
        now = {
            "revision": number,
            "asks_since": number if before is None or asks_again else before.asks_since,
            "late_from": late_from,
            "opened_at": opened_at,
            "fixed_at": fixed_at,
        }
        if before is None:
            connection.execute(insert(schema.post), {"id": post_id, "key": key, **now})
        else:
            connection.execute(update(schema.post).where(schema.post.c.id == post_id).values(now))
        values = {
            "post_id": post_id,
            "number": number,
            "digest": fact.facts["digest"],
            "document": to_canonical_json(document),
            "asks_since": now["asks_since"],
            "published_at": fact.at,
        }
        connection.execute(insert(schema.revision), values)
        set_audience(connection, post_id, document, fact.at)


_OVER = type_coerce(schema.post.c.late_from, BigInteger) - 1
_OPENED = type_coerce(schema.post.c.opened_at, BigInteger)
_CLOSE = (
    update(schema.post)
    .where(schema.post.c.fixed_at.is_(None), schema.post.c.late_from <= bindparam("at", type_=Instant))
    .values(fixed_at=type_coerce(case((_OPENED > _OVER, _OPENED), else_=_OVER), Instant))
)
