"""The ledger: appending entries, reading them, the tree over them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, func, select, tuple_, update

from campaign.core.clock import format_instant, from_microseconds, to_microseconds
from campaign.core.ledger import merkle
from campaign.core.ledger.entry import (
    SALT_BYTES,
    STEP_BACK_AT_MOST,
    Entry,
    Facts,
    Kind,
    Personal,
    counted_at,
    to_payload,
)
from campaign.errors.store import ClockBehindError
from campaign.store.base import schema
from campaign.store.base.facts import KEPT_ENTRY, ROWS_AT_ONCE, Fact, read_blocks, to_entry
from campaign.store.base.rows import insert_rows
from campaign.store.ledger.database import Database
from campaign.store.ledger.projections.projections import project_all
from campaign.store.tallies import keeping_up

HASH_BYTES = 32
LOOKED_BACK = 64
"""So many of the last entries tell the newest instant; presses that overtook each other are fewer."""

STEPS_NAMED = 10


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The size of the tree, and the roots of its complete subtrees."""

    size: int
    frontier: tuple[bytes, ...]

    @property
    def root(self) -> bytes:
        """The root hash."""
        return merkle.root_of_frontier(self.frontier)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A fact that is to be appended.

    Attributes:
        kind: What it records.
        at: When the server received it; a clock that went back does not date it before the entries before it.
        facts: The fields without anything personal; they can never be erased.
        personal: The personal fields, which can.
    """

    kind: Kind
    at: datetime
    facts: Facts
    personal: Facts | None = None


class OpenLedger:
    """The ledger inside one writing transaction: facts are appended and at once seen in the projections."""

    def __init__(self, connection: Connection) -> None:
        """Go to the end of the ledger; *connection* is that of a writing transaction."""
        self.connection = connection
        self._head = read_head(connection)
        self._newest = connection.scalar(_READ_NEWEST) or 0
        self._entries: list[tuple[object, ...]] = []
        self._leaves: list[bytes] = []
        self._personal: list[tuple[object, ...]] = []

    @property
    def size(self) -> int:
        """How many entries there are, with those that were appended."""
        return self._head.size + len(self._leaves)

    def require_clock(self, at: datetime) -> None:
        """Record no press by a clock that is behind the ledger: whoever is late would look as if in time.

        Raises:
            ClockBehindError: It does.
        """
        microseconds = to_microseconds(at)
        if counted_at(microseconds, self._newest) != microseconds:
            raise ClockBehindError(from_microseconds(self._newest))

    def append(self, kind: Kind, at: datetime, facts: Facts, personal: Facts | None = None) -> Entry:
        """Append a fact; see `NewEntry`."""
        [entry] = self.append_all([NewEntry(kind, at, facts, personal)])
        return entry

    def append_all(self, new: Iterable[NewEntry]) -> list[Entry]:
        """Append facts, and bring the projections up to date once for all of them: many times as fast."""
        entries, appended = list[Entry](), list[Fact]()
        for fact in new:
            kind, hidden = fact.kind, None
            if fact.personal is not None:
                hidden = Personal(os.urandom(SALT_BYTES), to_payload(fact.personal))
            facts, digest = to_payload(fact.facts), hidden.digest if hidden else None
            microseconds = counted_at(to_microseconds(fact.at), self._newest)
            self._newest = max(self._newest, microseconds)
            entry = Entry(self.size + 1, from_microseconds(microseconds), kind, facts, digest)
            sequence, leaf_hash = entry.sequence, entry.leaf_hash
            self._leaves.append(leaf_hash)
            self._entries.append((sequence, microseconds, kind.value, facts, digest, leaf_hash))
            if hidden is not None:
                self._personal.append((sequence, hidden.salt, hidden.payload))
            entries.append(entry)
            appended.append(Fact(kind, sequence, microseconds, fact.facts, hidden.payload if hidden else None))
        for kind, group in groupby(appended, key=attrgetter("kind")):
            alike = list(group)
            with keeping_up(self.connection, kind, alike):
                for start in range(0, len(alike), ROWS_AT_ONCE):  # A statement takes only so many values.
                    project_all(self.connection, alike[start : start + ROWS_AT_ONCE])
        return entries

    def flush(self) -> None:
        """Write the appended entries and the tree over them."""
        if not self._entries:
            return
        frontier, nodes = merkle.grow(self._head.size, self._head.frontier, self._leaves)
        head = TreeHead(self._head.size + len(self._leaves), frontier)
        insert_rows(self.connection, schema.entry, self._entries)
        insert_rows(self.connection, schema.personal, self._personal)
        insert_rows(self.connection, schema.node, [(node.level, node.position, node.hash) for node in nodes])
        self.connection.execute(_UPDATE_HEAD, {"size": head.size, "frontier": b"".join(head.frontier)})
        self._head, self._entries, self._leaves, self._personal = head, [], [], []


_LAST = select(KEPT_ENTRY.c.at).order_by(KEPT_ENTRY.c.sequence.desc()).limit(LOOKED_BACK).subquery()
_READ_NEWEST = select(func.max(_LAST.c.at))
_READ_HEAD = select(schema.tree_head).where(schema.tree_head.c.id == 1)
_UPDATE_HEAD = update(schema.tree_head).where(schema.tree_head.c.id == 1)


@contextmanager
def appending(database: Database) -> Iterator[OpenLedger]:
    """Open the ledger for appending: what the block appends is durably committed together, or not at all.

    Raises:
        StoreUnreachableError: Nothing was written.
        UncertainCommitError: Nobody knows whether it was written.
    """
    with database.writing() as connection:
        ledger = OpenLedger(connection)
        yield ledger
        ledger.flush()


def read_head(connection: Connection) -> TreeHead:
    """Return the head of the tree."""
    row = connection.execute(_READ_HEAD).one()
    peaks = tuple(row.frontier[start : start + HASH_BYTES] for start in range(0, len(row.frontier), HASH_BYTES))
    return TreeHead(row.size, peaks)


def read_entry(connection: Connection, sequence: int) -> Entry | None:
    """Return the entry with that sequence, or nothing."""
    row = connection.execute(select(KEPT_ENTRY).where(KEPT_ENTRY.c.sequence == sequence)).one_or_none()
    return None if row is None else to_entry(row)


def read_entries(connection: Connection) -> Iterator[tuple[Entry, Personal | None]]:
    """Give every entry in order with its personal fields, unless they were erased; a block of rows at a time."""
    for block in read_blocks(connection):
        for row in block:
            personal = None if row.salt is None or row.payload is None else Personal(row.salt, row.payload)
            yield to_entry(row), personal


def find_steps_back(connection: Connection) -> Iterator[str]:
    """Name each entry that is dated before one before it, in words for people; a sample's times are made up."""
    entry = KEPT_ENTRY.c
    before = func.max(entry.at).over(order_by=entry.sequence, rows=(None, -1)).label("newest")
    dated = select(entry.sequence, entry.at, before).subquery()
    rows = dated.c
    is_back = rows.newest - rows.at > STEP_BACK_AT_MOST // timedelta(microseconds=1)
    if not connection.scalar(select(schema.campaign.c.sample)):
        for row in connection.execute(select(dated).where(is_back).order_by(rows.sequence).limit(STEPS_NAMED)):
            at, newest = (format_instant(from_microseconds(instant)) for instant in (row.at, row.newest))
            yield f"dòng ghi {row.sequence} mang giờ {at}, trước một dòng ghi trước nó ({newest})"


def kept_checkpoints(connection: Connection) -> dict[int, bytes]:
    """Return the signed checkpoints that were handed out, by their size."""
    rows = connection.execute(select(schema.checkpoint).order_by(schema.checkpoint.c.size))
    return {row.size: row.note for row in rows}


def read_personal(connection: Connection, sequence: int) -> Personal | None:
    """Return the personal fields of an entry, or nothing when it has none or they were erased."""
    columns = schema.personal.c
    row = connection.execute(select(columns.salt, columns.payload).where(columns.sequence == sequence)).one_or_none()
    return None if row is None else Personal(row.salt, row.payload)


def node_reader(connection: Connection) -> merkle.NodeReader:
    """Return the reader of the tree's complete subtrees, for roots and proofs."""

    def read(level: int, position: int) -> bytes:
        if level == 0:
            query = select(schema.entry.c.leaf_hash).where(schema.entry.c.sequence == position + 1)
        else:
            columns = schema.node.c
            query = select(columns.hash).where(columns.level == level, columns.position == position)
        found: bytes = connection.execute(query).scalar_one()
        return found

    return read


def read_inclusion_proof(connection: Connection, sequence: int, size: int) -> tuple[bytes, ...]:
    """Return the audit path of an entry in the tree of the first *size* entries; its nodes are read together."""
    wanted = list[tuple[int, int]]()

    def want(level: int, position: int) -> bytes:
        wanted.append((level, position))
        return b""

    merkle.inclusion_proof(sequence - 1, size, want)
    columns, leaves = schema.node.c, [position + 1 for level, position in wanted if level == 0]
    nodes = select(columns.level, columns.position, columns.hash).where(
        tuple_(columns.level, columns.position).in_([node for node in wanted if node[0]])
    )
    entries = select(schema.entry.c.sequence, schema.entry.c.leaf_hash).where(schema.entry.c.sequence.in_(leaves))
    found: dict[tuple[int, int], bytes] = {
        (level, position): node for level, position, node in connection.execute(nodes)
    }
    found |= {(0, number - 1): leaf for number, leaf in connection.execute(entries)}
    return merkle.inclusion_proof(sequence - 1, size, lambda level, position: found[level, position])
