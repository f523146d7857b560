"""Checkpoints that are made by themselves: one for each day on which something was recorded."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from campaign.core.clock import day_in_viet_nam
from campaign.store.base import schema
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint


def is_checkpoint_due(connection: Connection, now: datetime) -> bool:
    """Say whether an entry of an earlier day in Viet Nam is covered by no checkpoint yet.

    A deadline ends where a day ends, so the checkpoint of its last day is the closing one.
    """
    covered = connection.scalar(select(func.max(schema.checkpoint.c.size))) or 0
    oldest = connection.scalar(select(schema.entry.c.at).where(schema.entry.c.sequence == covered + 1))
    return oldest is not None and day_in_viet_nam(oldest) < day_in_viet_nam(now)


def keep_due_checkpoint(connection: Connection, key: LedgerKey, now: datetime) -> bytes | None:
    """Sign and keep a checkpoint when one is due; *connection* is that of a writing transaction."""
    return keep_checkpoint(connection, key, now) if is_checkpoint_due(connection, now) else None
