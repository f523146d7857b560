"""The buckets of tries, in the database, so that several recorders share them.

Kept under a keyed hash of what they count, as long as they are not full: the database does not give away who tried.
They are no facts about the campaign and in no entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from campaign.core.limits import Limit
from campaign.store.base import schema


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket: of which limit, and for whom, as a keyed hash."""

    limit: Limit
    subject: bytes


def take_try(connection: Connection, buckets: Sequence[Bucket], at: datetime) -> timedelta:
    """Take a token from each of *buckets*, or from none when one is empty.

    Must run in a writing transaction, so that two tries at once take two tokens.

    Returns:
        Nothing, or how long to wait for the next token.
    """
    full_at = _read(connection, buckets, at)
    wait = max(bucket.limit.wait(full_at[bucket.subject], at) for bucket in buckets)
    if not wait:
        _write(connection, {bucket.subject: bucket.limit.take(full_at[bucket.subject], at) for bucket in buckets}, at)
    return wait


def give_back_try(connection: Connection, buckets: Sequence[Bucket], at: datetime) -> None:
    """Put a token back into each of *buckets*: the try was right."""
    full_at = _read(connection, buckets, at)
    _write(connection, {bucket.subject: bucket.limit.give_back(full_at[bucket.subject], at) for bucket in buckets}, at)


def _read(connection: Connection, buckets: Sequence[Bucket], at: datetime) -> dict[bytes, datetime]:
    """Return when each is full again: a bucket of which nothing is kept is full."""
    subjects = [bucket.subject for bucket in buckets]
    rows = connection.execute(select(schema.bucket).where(schema.bucket.c.subject.in_(subjects)))
    return dict.fromkeys(subjects, at) | {row.subject: row.full_at for row in rows}


def _write(connection: Connection, full_at: dict[bytes, datetime], at: datetime) -> None:
    """Keep those that are not full, and drop whatever is full by now."""
    is_done = (schema.bucket.c.subject.in_(full_at)) | (schema.bucket.c.full_at <= at)
    connection.execute(delete(schema.bucket).where(is_done))
    rows = [{"subject": subject, "full_at": then} for subject, then in full_at.items() if then > at]
    if rows:
        connection.execute(insert(schema.bucket), rows)
