"""Approved drafts that wait for their publication: any recorder asks, one that has the content folder does it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from campaign.core.draft import Draft, PublishingState
from campaign.store.base import schema

ABANDONED_AFTER = timedelta(minutes=10)
"""So long after its last word, a publication counts as failed: its recorder has ended."""

_COLUMNS = schema.publishing.c


@dataclass(frozen=True, slots=True)
class Publishing:
    """A publication.

    Attributes:
        digest: That of the draft.
        actor: The account that asked for it.
        due_at: Not before this instant.
        done: How many of the *steps* of the build are done.
        told: What went wrong, or what is to be known.
    """

    post: str
    digest: str
    actor: str
    due_at: datetime
    state: PublishingState
    done: int
    steps: int
    told: str
    changed_at: datetime

    @property
    def is_running(self) -> bool:
        """Whether it will change by itself soon."""
        is_soon = self.due_at - self.changed_at < timedelta(minutes=1)
        return self.state is PublishingState.RUNNING or (self.state is PublishingState.WAITING and is_soon)


def ask_to_publish(connection: Connection, draft: Draft, actor: str, due_at: datetime, at: datetime) -> None:
    """Put an approved draft among those that wait, unless it is there already."""
    found = find_publishing(connection, draft.post)
    if found and found.digest == draft.digest and found.state in (PublishingState.WAITING, PublishingState.RUNNING):
        return
    connection.execute(delete(schema.publishing).where(_COLUMNS.post == draft.post))
    values = {"post": draft.post, "digest": draft.digest, "actor": actor, "due_at": due_at, "changed_at": at}
    state = {"state": PublishingState.WAITING.value, "done": 0, "steps": 0, "told": ""}
    connection.execute(insert(schema.publishing), values | state)


def call_off(connection: Connection, post: str) -> None:
    """Take a draft that waits out of the line."""
    is_waiting = _COLUMNS.post == post, _COLUMNS.state == PublishingState.WAITING.value
    connection.execute(delete(schema.publishing).where(*is_waiting))


def find_publishing(connection: Connection, post: str) -> Publishing | None:
    """Return the last publication of a post, or nothing."""
    row = connection.execute(select(schema.publishing).where(_COLUMNS.post == post)).one_or_none()
    return None if row is None else _to_publishing(row)


def find_due(connection: Connection, now: datetime) -> Publishing | None:
    """Return the publication that is due first, or nothing; while one runs, the others wait."""
    running = select(_COLUMNS.post).where(
        _COLUMNS.state == PublishingState.RUNNING.value, _COLUMNS.changed_at > now - ABANDONED_AFTER
    )
    if connection.execute(running.limit(1)).one_or_none() is not None:
        return None
    is_due = _COLUMNS.state == PublishingState.WAITING.value, _COLUMNS.due_at <= now
    row = connection.execute(select(schema.publishing).where(*is_due).order_by(_COLUMNS.due_at).limit(1)).one_or_none()
    return None if row is None else _to_publishing(row)


def find_abandoned(connection: Connection, now: datetime) -> list[str]:
    """Return the posts whose publication has said nothing for so long that its recorder has ended."""
    is_left = _COLUMNS.state == PublishingState.RUNNING.value, _COLUMNS.changed_at <= now - ABANDONED_AFTER
    return list(connection.scalars(select(_COLUMNS.post).where(*is_left)))


def change_state(connection: Connection, post: str, state: PublishingState, at: datetime, told: str = "") -> None:
    """Note how far a publication has come."""
    values = {"state": state.value, "told": told, "changed_at": at}
    connection.execute(update(schema.publishing).where(_COLUMNS.post == post).values(values))


def note_steps(connection: Connection, post: str, done: int, steps: int, at: datetime) -> None:
    """Note how many steps of the build are done."""
    values = {"done": done, "steps": steps, "changed_at": at}
    connection.execute(update(schema.publishing).where(_COLUMNS.post == post).values(values))


def _to_publishing(row: Row[Any]) -> Publishing:
    names = ("post", "digest", "actor", "due_at", "done", "steps", "told", "changed_at")
    return Publishing(state=PublishingState(row.state), **{name: getattr(row, name) for name in names})
