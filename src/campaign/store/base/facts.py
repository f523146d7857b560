"""Facts: the entries of the ledger as they are stored, and with their fields read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from campaign.core.clock import from_microseconds
from campaign.core.ledger.entry import Entry, Kind, counted_at
from campaign.store.base import schema
from campaign.store.base.types import as_kept

ROWS_AT_ONCE = 5_000
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading raises on values that this program never stores; SQLite keeps any type in any column."""


KEPT_ENTRY = as_kept(schema.entry)
"""The ledger's entries without a conversion, because what was altered must be found and not stop the reading."""


class StoredEntry(NamedTuple):
    """An entry as it is stored, with its personal fields unless it has none or they were erased.

    A named tuple: its fields are reached in a tenth of the time that a row of SQLAlchemy takes.
    """

    sequence: int
    at: int
    kind: str
    facts: bytes
    personal_digest: bytes | None
    leaf_hash: bytes
    salt: bytes | None
    payload: bytes | None


@dataclass(frozen=True)  # Without slots, so that it can keep what it has read.
class Fact:
    """An entry with its fields read.

    Attributes:
        microseconds: When it counts, as it is kept: reading it takes as long as a column of a press.
        payload: The personal fields as they are kept; nothing when there are none or they were erased.
    """

    kind: Kind
    sequence: int
    microseconds: int
    facts: Mapping[str, Any]
    payload: bytes | None

    @property
    def at(self) -> datetime:
        """When it counts: when the server received it, unless its clock had gone back (`counted_at`)."""
        return from_microseconds(self.microseconds)

    def day(self, name: str) -> date | None:
        """Return the day that a field holds, or nothing."""
        typed: str | None = self.facts.get(name)
        return None if typed is None else date.fromisoformat(typed)

    @cached_property
    def personal(self) -> Mapping[str, Any]:
        """The personal fields, read once, and only where they are asked for: most entries are confirmations."""
        fields: Mapping[str, Any] = json.loads(self.payload.decode()) if self.payload else {}
        return fields


def read_blocks(connection: Connection) -> Iterator[Sequence[StoredEntry]]:
    """Give every entry in order with its personal fields, a block of rows at a time: memory does not grow."""
    query = (
        select(*KEPT_ENTRY.c, schema.personal.c.salt, schema.personal.c.payload)
        .outerjoin(schema.personal, KEPT_ENTRY.c.sequence == schema.personal.c.sequence)
        .order_by(KEPT_ENTRY.c.sequence)
        .limit(ROWS_AT_ONCE)
    )
    rows = [StoredEntry._make(row) for row in connection.execute(query)]
    while rows:
        yield rows
        after = query.where(KEPT_ENTRY.c.sequence > rows[-1].sequence)
        rows = [StoredEntry._make(row) for row in connection.execute(after)]


def to_entry(row: StoredEntry | Row[Any]) -> Entry:
    """Return the entry that a row of the table holds.

    Raises:
        ValueError: Unknown kind.
    """
    return Entry(row.sequence, from_microseconds(row.at), Kind(row.kind), row.facts, row.personal_digest)


class FactReader:
    """Reads the fields of stored entries in their order, and dates each confirmation as it counts."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self._newest = 0
        self._is_sample = False

    def read(self, row: StoredEntry) -> Fact:
        """Return the fields of the next entry.

        Raises:
            ValueError: They cannot be read.
        """
        facts = json.loads(row.facts.decode())
        if row.sequence == 1:
            self._is_sample = bool(facts.get("sample"))  # Its times are made up, and before 0.3 in no order.
        is_press = row.kind == Kind.CONFIRMATION and not self._is_sample
        at = counted_at(row.at, self._newest) if is_press else row.at
        self._newest = max(self._newest, at)
        return Fact(Kind(row.kind), row.sequence, at, facts, row.payload)
