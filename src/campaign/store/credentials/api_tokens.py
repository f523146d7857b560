"""Read-only tokens: programs such as the department's portal show aggregates with them; only hashes are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from campaign.store.base import schema
from campaign.store.base.hashing import hash_token

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token that is in force, without its secret."""

    name: str
    created_at: datetime


def create_token(connection: Connection, name: str, at: datetime) -> str:
    """Make a token called *name* and return it, the only time that it is shown; an earlier one of that name ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    revoke_token(connection, name)
    row = {"name": name, "token_hash": hash_token(token), "created_at": at}
    connection.execute(insert(schema.api_token), row)
    return token


def revoke_token(connection: Connection, name: str) -> bool:
    """End the token called *name*; say whether there was one."""
    return bool(connection.execute(delete(schema.api_token).where(schema.api_token.c.name == name)).rowcount)


def list_tokens(connection: Connection) -> list[ApiToken]:
    """Return the tokens that are in force, by name."""
    columns = schema.api_token.c
    rows = connection.execute(select(columns.name, columns.created_at).order_by(columns.name))
    return [ApiToken(row.name, row.created_at) for row in rows]


def is_token_in_force(connection: Connection, token: str) -> bool:
    """Say whether *token* is in force; found by its hash, so that the time it takes tells nothing."""
    columns = schema.api_token.c
    return connection.scalar(select(columns.name).where(columns.token_hash == hash_token(token))) is not None
