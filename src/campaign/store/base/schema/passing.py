"""What is kept for a while, and worth no backup."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, Day, Instant

ticket = Table(
    "ticket",
    metadata,
    Column("token_hash", Bytes, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("member_id", Integer, index=True),
    Column("expires_at", Instant, nullable=False),
)
"""What may be used once and soon: links sent by mail, challenges to a passkey. Using one deletes it."""

bucket = Table(
    "bucket",
    metadata,
    Column("subject", Bytes, primary_key=True),
    Column("full_at", Instant, nullable=False),
)
"""Buckets of tries that are not full, under a keyed hash of whom they are for."""

refused_address = Table(
    "refused_address",
    metadata,
    Column("address_hash", Bytes, primary_key=True),
    Column("refused_at", Instant, nullable=False),
)
"""Mail addresses, as hashes, that a mail server said there are not: nothing is sent to them any more."""

waiting_file = Table(
    "waiting_file",
    metadata,
    Column("account", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", Bytes, nullable=False),
    Column("kept_at", Instant, nullable=False),
)
"""A list that an account handed in and has not applied."""

slip_batch = Table(
    "slip_batch",
    metadata,
    Column("token", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("is_at_once", Boolean, nullable=False),
    Column("in_force_at", Instant),
    Column("made_at", Instant, nullable=False),
)
"""Access slips that were just made, sealed with the ledger's key: for minutes, so that they can be printed again."""

reminder_claim = Table(
    "reminder_claim",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("day", Day, primary_key=True),
    Column("claimed_at", Instant, nullable=False),
)
"""Reminders that a worker has begun to send: no other worker sends them too, also when the first one died."""
