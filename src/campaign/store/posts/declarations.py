"""What the Office declared of campaigns and of the department, as the ledger holds it: every state since the first."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, select

from campaign.core.campaign import Campaign, campaign_from_document
from campaign.core.department import Department, department_from_document
from campaign.core.ledger.entry import Kind
from campaign.core.post import Post, digest_of
from campaign.store.base import schema
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.ledger import OpenLedger


def declare(ledger: OpenLedger, campaigns: Iterable[Campaign], department: Department | None, at: datetime) -> int:
    """Append each campaign, and the department, that the ledger has not or has otherwise, and return how many."""
    latest = {row.campaign: row.digest for row in _read_all(ledger.connection)}
    documents = {campaign.id: campaign.to_document() for campaign in campaigns}
    new = {key: document for key, document in documents.items() if latest.get(key) != digest_of(document)}
    for key, document in new.items():
        facts = {"campaign": key, "digest": digest_of(document), "document": json.loads(document)}
        ledger.append(Kind.CAMPAIGN_DECLARED, at, facts)
    changes_department = department is not None and latest.get(None) != digest_of(department.to_document())
    if department is not None and changes_department:
        document = department.to_document()
        facts = {"digest": digest_of(document), "document": json.loads(document)}
        ledger.append(Kind.DEPARTMENT_DECLARED, at, facts)
    return len(new) + changes_department


@once_a_snapshot
def read_campaigns(connection: Connection, as_of: datetime | None = None) -> tuple[Campaign, ...]:
    """Return each campaign as it was at an instant, or is now, in the order in which they were first declared.

    One that was declared later is told as it was declared first; before any was declared, there is one that has a
    title only: all posts are its own.
    """
    states: dict[str, bytes] = {}
    for row in _read_all(connection):
        if row.campaign is not None and (row.campaign not in states or as_of is None or row.declared_at <= as_of):
            states[row.campaign] = row.document
    if not states:
        return (Campaign("", read_campaign(connection).title),)
    return tuple(map(campaign_from_document, states.values()))


@once_a_snapshot
def read_department(connection: Connection, as_of: datetime | None = None) -> Department:
    """Return the department as it was at an instant, or is now; one of blanks while none is declared."""
    states = [row for row in _read_all(connection) if row.campaign is None]
    past = [row for row in states if as_of is None or row.declared_at <= as_of]
    found = (past or states[:1])[-1:]
    return department_from_document(found[0].document) if found else Department()


def campaign_of(connection: Connection, post: Post, as_of: datetime | None = None) -> Campaign:
    """Return the campaign of a post; one from before posts named theirs belongs to the first."""
    campaigns = read_campaigns(connection, as_of)
    return next((campaign for campaign in campaigns if campaign.id == post.campaign), campaigns[0])


@once_a_snapshot
def _read_all(connection: Connection) -> list[Row[tuple[str | None, str, bytes, datetime]]]:
    columns = schema.declaration.c
    query = select(columns.campaign, columns.digest, columns.document, columns.declared_at)
    return list(connection.execute(query.order_by(columns.sequence)))
