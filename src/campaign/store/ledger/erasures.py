"""What was erased, as the entries tell it."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from campaign.core.entry import Kind
from campaign.core.erasure import Erasure, Erasures
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE


def read_erasures(connection: Connection) -> Erasures:
    """Return what was erased, as the entries say that can be read."""
    rows = connection.execute(
        select(schema.entry.c.sequence, schema.entry.c.facts).where(schema.entry.c.kind == Kind.PERSONAL_ERASED.value)
    )
    return Erasures(erasure for row in rows for erasure in _to_erasure(row.sequence, row.facts))


def _to_erasure(sequence: int, facts: bytes) -> Iterator[Erasure]:
    try:
        member = json.loads(facts)["member"]
    except (KeyError, *UNREADABLE):  # Verifying finds such an entry itself.
        return
    if member is None or isinstance(member, int):
        yield Erasure(sequence, member)
