"""How long each campaign's personal fields are kept, and erasing them when its own time is over.

What belongs to a campaign's posts goes with it: confirmations, cases with their reasons, what is on paper. A leave, or
somebody who has left the roster, goes with the last campaign that was open meanwhile.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from campaign.core.campaign import Campaign
from campaign.core.clock import day_in_viet_nam
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import erasable_from
from campaign.errors.privacy import CampaignUnknownError, RetentionError
from campaign.store.base import schema
from campaign.store.base.facts import read_blocks
from campaign.store.figures.privacy import ErasedBy, Person, erase_person
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.declarations import campaign_of, read_campaigns
from campaign.store.posts.posts import current_revisions, first_published
from campaign.store.posts.special_cases import deadline_of
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the personal fields of a campaign are kept.

    Attributes:
        posts: Its posts.
        since: When its first post was published; nothing while it has none.
        last_day: The last day of its last deadline.
        first: The first day on which they may be erased.
        erased_at: When they were, or nothing.
    """

    campaign: Campaign
    posts: tuple[str, ...]
    since: datetime | None
    last_day: date | None
    first: date | None
    erased_at: datetime | None

    def is_due(self, today: date) -> bool:
        """Say whether they are kept although their time is over."""
        return self.first is not None and self.first <= today and self.erased_at is None


def read_retentions(connection: Connection) -> tuple[Retention, ...]:
    """Return how long each campaign's personal fields are kept, in the order of the campaigns."""
    revisions, published = current_revisions(connection), first_published(connection)
    erased = {row.campaign: row.erased_at for row in connection.execute(select(schema.erasure))}
    found = []
    for campaign in read_campaigns(connection):
        own = [revision for revision in revisions if campaign_of(connection, revision.post) == campaign]
        deadlines = [deadline_of(revision).last_day for revision in own]
        last_day = max(deadlines, default=campaign.deadline.last_day if campaign.deadline else None)
        found.append(
            Retention(
                campaign=campaign,
                posts=tuple(revision.post.id for revision in own),
                since=min((published[revision.post_id] for revision in own), default=None),
                last_day=last_day,
                first=last_day and erasable_from(last_day, campaign.retention_months),
                erased_at=erased.get(campaign.id),
            )
        )
    return tuple(found)


def find_retention(connection: Connection, campaign: str) -> Retention:
    """Return how long a campaign's personal fields are kept.

    Raises:
        CampaignUnknownError: There is no such campaign.
    """
    for retention in read_retentions(connection):
        if retention.campaign.id == campaign:
            return retention
    raise CampaignUnknownError(campaign)


def require_over(retention: Retention, today: date) -> None:
    """Refuse to erase a campaign's fields while they are kept.

    Raises:
        RetentionError: Their time is not over.
    """
    if retention.first is None or today < retention.first:
        raise RetentionError(retention.first or date.max)


def count_kept(connection: Connection, retention: Retention) -> int:
    """Return how many entries about the campaign's posts still have personal fields."""
    return len(_find_entries(connection, retention.posts, ()))


def erase_campaign(ledger: OpenLedger, key: LedgerKey, retention: Retention, by: ErasedBy) -> int:
    """Erase a campaign's personal fields, and those of people and leaves that no other kept campaign concerns.

    A checkpoint is signed over the entry at once, as with one person.

    Returns:
        How many entries lost their personal fields.
    """
    ledger.flush()
    connection = ledger.connection
    others = [other for other in read_retentions(connection) if other.campaign.id != retention.campaign.id]
    kept_since = min((other.since for other in others if other.since and other.erased_at is None), default=by.at)
    leaves = _find_leaves(connection, day_in_viet_nam(kept_since))
    sequences = _find_entries(connection, retention.posts, leaves)
    if sequences:
        gone = delete(schema.personal).where(schema.personal.c.sequence == bindparam("erased"))
        connection.execute(gone, [{"erased": sequence} for sequence in sequences])
    facts = {
        "member": None,
        "campaign": retention.campaign.id,
        "posts": list(retention.posts),
        "leaves": leaves,
        "reason": by.reason.value,
        "actor": by.actor,
    }
    ledger.append(Kind.PERSONAL_ERASED, by.at, facts)
    ledger.flush()
    keep_checkpoint(connection, key, by.at)
    people = _find_people_gone(connection, kept_since)
    return len(sequences) + sum(erase_person(ledger, key, person, by) for person in people)


def _find_entries(connection: Connection, posts: Collection[str], leaves: Sequence[int]) -> list[int]:
    """Return the entries with personal fields that are about *posts*, or among *leaves*."""
    wanted, also = frozenset(posts), frozenset(leaves)
    return [
        row.sequence
        for rows in read_blocks(connection)
        for row in rows
        if row.payload is not None and (row.sequence in also or json.loads(row.facts).get("post") in wanted)
    ]


def _find_leaves(connection: Connection, before: date) -> list[int]:
    """Return the leaves that ended before a day and still say why."""
    columns = schema.special_case.c
    query = select(columns.sequence).where(
        columns.kind == Kind.LEAVE.value, columns.before <= before, columns.reason.is_not(None)
    )
    return list(connection.scalars(query.order_by(columns.sequence)))


def _find_people_gone(connection: Connection, before: datetime) -> list[Person]:
    """Return who left the roster for good before an instant and is still named."""
    member, stay = schema.member.c, schema.membership.c
    last = (
        select(stay.member_id)
        .group_by(stay.member_id)
        .having(func.count() == func.count(stay.until), func.max(stay.until) <= before)
    )
    query = select(member.id, member.staff_code, member.name, member.email)
    rows = connection.execute(query.where(member.staff_code.is_not(None), member.id.in_(last)).order_by(member.id))
    return [Person(*row) for row in rows]
