"""The ledger: the truth from which everything else is made."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, SmallInteger, Table, Text, text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, Instant

entry = Table(
    "entry",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("facts", Bytes, nullable=False),
    Column("personal_digest", Bytes),
    Column("leaf_hash", Bytes, nullable=False),
)
"""One row a fact, in the order of the tree's leaves; never updated, never deleted."""

OF_KEYS = text("kind IN ('key_revoked', 'key_rotated')")
"""The entries that tell of the ledger's keys: asked for at every signature, and very few."""
Index("entry_of_keys", entry.c.sequence, sqlite_where=OF_KEYS, postgresql_where=OF_KEYS)

personal = Table(
    "personal",
    metadata,
    Column("sequence", Integer, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False),
    Column("salt", Bytes, nullable=False),
    Column("payload", Bytes, nullable=False),
)
"""The personal fields of an entry: outside of the hashed leaf, so that they can be erased."""

node = Table(
    "node",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("hash", Bytes, nullable=False),
    sqlite_with_rowid=False,
)
"""The inner nodes of complete subtrees, so that a proof takes a logarithmic number of reads."""

tree_head = Table(
    "tree_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("frontier", Bytes, nullable=False),
)
"""One row: the size of the tree and the roots of its complete subtrees, 32 bytes each. Writers take turns on it."""

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("note", Bytes, nullable=False),
)
"""Signed checkpoints that were handed out, with the cosignatures that witnesses gave them."""

delivery = Table(
    "delivery",
    metadata,
    Column("place", Text, primary_key=True),
    Column("has_arrived", Boolean, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("problem", Text, nullable=False),
)
"""Where checkpoints went: of each place the newest that arrived, and the newest that did not."""

shown_file = Table(
    "shown_file",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", Bytes, nullable=False),
)
"""The files that readers were shown with a revision, by the digest that its document holds."""
