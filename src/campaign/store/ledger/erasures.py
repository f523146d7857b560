"""What was erased, as the entries tell it."""

import json

from sqlalchemy import Connection, select

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import Erasures, erasure_from_facts
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE


def read_erasures(connection: Connection) -> Erasures:
    """Return what was erased, as the entries say that can be read."""
    rows = connection.execute(
        select(schema.entry.c.sequence, schema.entry.c.facts).where(schema.entry.c.kind == Kind.PERSONAL_ERASED.value)
    )
    found = []
    for sequence, facts in rows:
        try:
            found.append(erasure_from_facts(sequence, json.loads(facts)))
        except (KeyError, *UNREADABLE):  # Verifying finds such an entry itself.
            continue
    return Erasures(found)
