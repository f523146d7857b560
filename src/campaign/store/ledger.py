"""The ledger: appending entries, reading them, the tree over them."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from campaign.core import merkle
from campaign.core.clock import to_microseconds
from campaign.core.entry import SALT_BYTES, Entry, Facts, Kind, Personal, to_payload
from campaign.store import schema
from campaign.store.database import Database
from campaign.store.projections import project, to_entry

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The size of the tree, and the roots of its complete subtrees."""

    size: int
    frontier: tuple[bytes, ...]

    @property
    def root(self) -> bytes:
        """The root hash."""
        return merkle.root_of_frontier(self.frontier)


class OpenLedger:
    """The ledger inside one writing transaction: facts are appended and at once seen in the projections."""

    def __init__(self, connection: Connection) -> None:
        """Stand at the end of the ledger; *connection* is that of a writing transaction."""
        self.connection = connection
        self._head = read_head(connection)
        self._entries: list[Entry] = []
        self._personal: dict[int, Personal] = {}

    def append(self, kind: Kind, at: datetime, facts: Facts, personal: Facts | None = None) -> Entry:
        """Append a fact.

        Args:
            kind: What it records.
            at: When the server received it.
            facts: The fields without anything personal; they can never be erased.
            personal: The personal fields, which can.
        """
        hidden = Personal(secrets.token_bytes(SALT_BYTES), to_payload(personal)) if personal is not None else None
        entry = Entry(
            sequence=self._head.size + len(self._entries) + 1,
            at=at,
            kind=kind,
            facts=to_payload(facts),
            personal_digest=hidden.digest if hidden else None,
        )
        project(self.connection, entry, facts, personal)
        self._entries.append(entry)
        if hidden is not None:
            self._personal[entry.sequence] = hidden
        return entry

    def flush(self) -> None:
        """Write the appended entries and the tree over them."""
        if not self._entries:
            return
        leaves = [entry.leaf_hash for entry in self._entries]
        frontier, nodes = merkle.grow(self._head.size, self._head.frontier, leaves)
        head = TreeHead(self._head.size + len(leaves), frontier)
        self.connection.execute(_INSERT_ENTRY, [_to_row(entry) for entry in self._entries])
        if self._personal:
            rows = [
                {"sequence": number, "salt": part.salt, "payload": part.payload}
                for number, part in self._personal.items()
            ]
            self.connection.execute(_INSERT_PERSONAL, rows)
        if nodes:
            rows = [{"level": node.level, "position": node.position, "hash": node.hash} for node in nodes]
            self.connection.execute(_INSERT_NODE, rows)
        self.connection.execute(_UPDATE_HEAD, {"size": head.size, "frontier": b"".join(head.frontier)})
        self._head, self._entries, self._personal = head, [], {}


_INSERT_ENTRY = insert(schema.entry)
_INSERT_PERSONAL = insert(schema.personal)
_INSERT_NODE = insert(schema.node)
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
    columns = schema.tree_head.c
    row = connection.execute(select(columns.size, columns.frontier).where(columns.id == 1)).one()
    peaks = tuple(row.frontier[start : start + HASH_BYTES] for start in range(0, len(row.frontier), HASH_BYTES))
    return TreeHead(row.size, peaks)


def read_entry(connection: Connection, sequence: int) -> Entry | None:
    """Return the entry with that sequence, or nothing."""
    row = connection.execute(select(schema.entry).where(schema.entry.c.sequence == sequence)).one_or_none()
    return None if row is None else to_entry(row)


def read_personal(connection: Connection, sequence: int) -> Mapping[str, Any] | None:
    """Return the personal fields of an entry, or nothing when it has none or they were erased."""
    payload = connection.scalar(select(schema.personal.c.payload).where(schema.personal.c.sequence == sequence))
    return None if payload is None else json.loads(payload)


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


def _to_row(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "at": to_microseconds(entry.at),
        "kind": entry.kind.value,
        "facts": entry.facts,
        "personal_digest": entry.personal_digest,
        "leaf_hash": entry.leaf_hash,
    }
