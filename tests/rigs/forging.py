"""A forger who can write to the database, and does it well: everything stored fits together afterwards."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from campaign.core.ledger import merkle
from campaign.core.ledger.entry import SALT_BYTES, Kind, Personal, to_payload
from campaign.core.ledger.receipt import Receipt
from campaign.store.base import schema
from campaign.store.base.facts import read_blocks, to_entry
from campaign.store.ledger.ledger import node_reader, read_entry, read_head, read_personal
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import make_checkpoint


def hash_again(connection: Connection) -> None:
    """Hash the tree over the entries as they stand now, and make the projections from them."""
    leaves = []
    for rows in read_blocks(connection):
        for row in rows:
            leaf = to_entry(row).leaf_hash
            leaves.append(leaf)
            changed = update(schema.entry).where(schema.entry.c.sequence == row.sequence).values(leaf_hash=leaf)
            connection.execute(changed)
    connection.execute(delete(schema.node))
    frontier, nodes = merkle.grow(0, (), leaves)
    for node in nodes:
        connection.execute(insert(schema.node), {"level": node.level, "position": node.position, "hash": node.hash})
    connection.execute(update(schema.tree_head).values(size=len(leaves), frontier=b"".join(frontier)))
    rebuild(connection)


def forget_checkpoints(connection: Connection, from_size: int = 0) -> None:
    """Delete the checkpoints that were kept, from a size on."""
    connection.execute(delete(schema.checkpoint).where(schema.checkpoint.c.size >= from_size))


def date_back(connection: Connection, sequence: int, at: datetime) -> None:
    """Give an entry another time."""
    connection.execute(update(schema.entry).where(schema.entry.c.sequence == sequence).values(at=at))


def cut(connection: Connection, last: int) -> None:
    """Delete every entry after one, with its personal fields."""
    for table in (schema.personal, *schema.PROJECTIONS):
        if table is schema.personal:
            connection.execute(delete(table).where(table.c.sequence > last))
        else:
            connection.execute(delete(table))
    connection.execute(delete(schema.entry).where(schema.entry.c.sequence > last))


def append(
    connection: Connection,
    kind: Kind,
    at: datetime,
    facts: Mapping[str, Any],
    personal: Mapping[str, Any] | None = None,
) -> int:
    """Append an entry as the program would not, and return its number."""
    last = connection.scalar(select(func.max(schema.entry.c.sequence))) or 0
    hidden = Personal(bytes(SALT_BYTES), to_payload(personal)) if personal is not None else None
    row = {
        "sequence": last + 1,
        "at": at,
        "kind": kind.value,
        "facts": to_payload(facts),
        "personal_digest": hidden.digest if hidden else None,
        "leaf_hash": b"",
    }
    connection.execute(insert(schema.entry), row)
    if hidden is not None:
        kept = {"sequence": last + 1, "salt": hidden.salt, "payload": hidden.payload}
        connection.execute(insert(schema.personal), kept)
    return last + 1


def repeat(connection: Connection, sequence: int, at: datetime, **changes: object) -> int:
    """Append an entry once more, at another time and with other facts."""
    entry, personal = read_entry(connection, sequence), read_personal(connection, sequence)
    assert entry is not None
    assert personal is not None
    return append(connection, entry.kind, at, {**json.loads(entry.facts), **changes}, json.loads(personal.payload))


def sign(connection: Connection, key: LedgerKey, at: datetime) -> bytes:
    """Sign and keep a checkpoint of the ledger as it stands, with any key."""
    note = make_checkpoint(connection, key, at)
    size = read_head(connection).size
    connection.execute(insert(schema.checkpoint), {"size": size, "note": note})
    return note


def receipt(connection: Connection, sequence: int, note: bytes) -> bytes:
    """Return the receipt of an entry, up to a checkpoint of the ledger as it stands."""
    entry, personal = read_entry(connection, sequence), read_personal(connection, sequence)
    assert entry is not None
    assert personal is not None
    proof = merkle.inclusion_proof(sequence - 1, read_head(connection).size, node_reader(connection))
    return Receipt(entry.leaf_data, personal, proof, note).to_json()
