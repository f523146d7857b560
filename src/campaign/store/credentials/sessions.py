"""Sessions: who is signed in with which browser. Only the hash of what the browser holds is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select, update

from campaign.store.base import schema
from campaign.store.base.hashing import hash_token
from campaign.store.roster.roster import LISTED, ListedMember, to_listed

SESSION_TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
"""After how long without use an account's session ends."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who a browser is signed in as: a member, or an account.

    Attributes:
        identified_by: The way in that was used: the weight of a confirmation depends on it.
    """

    identified_by: str
    member_id: int | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is open.

    Attributes:
        key: Names the session where it is listed; it opens nothing.
        used_at: When it was last used, to the minute; kept for accounts only.
        proved_at: When its holder last gave proof of being the account's.
    """

    key: str
    who: Session
    started_at: datetime
    used_at: datetime
    proved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of the roster who is signed in.

    Attributes:
        identified_by: The way in that was used.
    """

    listed: ListedMember
    identified_by: str


def open_session(
    connection: Connection, session: Session, at: datetime, lasts: timedelta, replaces: str | None = None
) -> str:
    """Start a session and return the token that only the browser keeps.

    Ends the session that the token *replaces* opens, if there is one, and drops those whose time is over.
    """
    token = secrets.token_urlsafe(SESSION_TOKEN_BYTES)
    is_over = or_(schema.session.c.expires_at <= at, schema.session.c.token_hash == hash_token(replaces or ""))
    connection.execute(delete(schema.session).where(is_over))
    values = {
        "token_hash": hash_token(token),
        "member_id": session.member_id,
        "account": session.account,
        "identified_by": session.identified_by,
        "started_at": at,
        "used_at": at,
        "proved_at": at,
        "expires_at": at + lasts,
    }
    connection.execute(insert(schema.session), values)
    return token


def find_session(connection: Connection, token: str, at: datetime) -> OpenSession | None:
    """Return the session that *token* opens at that instant, or nothing."""
    row = connection.execute(_OPEN_SESSIONS, _at([hash_token(token)], at)).one_or_none()
    return None if row is None else _to_open(row)


def find_readers(connection: Connection, tokens: Iterable[str], at: datetime) -> dict[str, Reader]:
    """Return which members on the roster are signed in with which token at that instant."""
    hashes = {hash_token(token): token for token in tokens}
    rows = connection.execute(_READERS, _at(list(hashes), at)).all()
    return {hashes[row[-2]]: Reader(to_listed(row), row[-1]) for row in rows}


def list_sessions(connection: Connection, at: datetime, member_id: int | None = None) -> list[OpenSession]:
    """Return the open sessions of a member, or without one those of all accounts; the newest first."""
    columns = schema.session.c
    is_theirs = columns.account.is_not(None) if member_id is None else columns.member_id == member_id
    query = select(schema.session).where(is_theirs, _IS_OPEN).order_by(columns.started_at.desc(), columns.token_hash)
    return [_to_open(row) for row in connection.execute(query, _at([], at))]


def note_use(connection: Connection, token: str, at: datetime) -> None:
    """Note that an account's session is in use."""
    _set(connection, token, used_at=at)


def note_proof(connection: Connection, token: str, at: datetime) -> None:
    """Note that the holder of a session has just given proof again."""
    _set(connection, token, proved_at=at)


def close_session(connection: Connection, token: str) -> None:
    """End the session that *token* opens."""
    connection.execute(delete(schema.session).where(schema.session.c.token_hash == hash_token(token)))


def close_sessions(connection: Connection, keys: Iterable[str]) -> None:
    """End the sessions that were listed under these keys."""
    hashes = [bytes.fromhex(key) for key in keys]
    connection.execute(delete(schema.session).where(schema.session.c.token_hash.in_(hashes)))


def _set(connection: Connection, token: str, **values: datetime) -> None:
    connection.execute(update(schema.session).where(schema.session.c.token_hash == hash_token(token)), values)


def _to_open(row: Row[Any]) -> OpenSession:
    return OpenSession(
        key=row.token_hash.hex(),
        who=Session(row.identified_by, row.member_id, row.account),
        started_at=row.started_at,
        used_at=row.used_at,
        proved_at=row.proved_at,
        expires_at=row.expires_at,
    )


def _at(hashes: list[bytes], at: datetime) -> dict[str, object]:
    return {"hashes": hashes, "now": at, "idle_since": at - IDLE}


_IS_OPEN = and_(
    schema.session.c.expires_at > bindparam("now"),
    or_(schema.session.c.account.is_(None), schema.session.c.used_at > bindparam("idle_since")),
)
_OPEN_SESSIONS = select(schema.session).where(
    schema.session.c.token_hash.in_(bindparam("hashes", expanding=True)), _IS_OPEN
)
_READERS = (
    LISTED.add_columns(schema.session.c.token_hash, schema.session.c.identified_by)
    .join(schema.session, schema.session.c.member_id == schema.member.c.id)
    .where(schema.session.c.token_hash.in_(bindparam("hashes", expanding=True)), _IS_OPEN)
    .order_by(None)
)
