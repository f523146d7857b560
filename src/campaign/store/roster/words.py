"""What the words of lists mean, as chosen with earlier lists: kept in the entries of those lists."""

import json

from sqlalchemy import Connection, select

from campaign.lists.choices import Words
from campaign.store.base import schema


def read_words(connection: Connection) -> Words:
    """Return the words of all lists so far; where two say something, the later one."""
    entry, change = schema.entry.c, schema.roster_change.c
    query = (
        select(entry.facts)
        .join_from(schema.roster_change, schema.entry, entry.sequence == change.sequence)
        .where(change.digest.is_not(None))
        .order_by(change.sequence)
    )
    words = Words()
    for facts in connection.scalars(query):
        words |= Words.from_facts(json.loads(facts).get("words", {}))
    return words
