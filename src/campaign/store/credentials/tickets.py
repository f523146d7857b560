"""Tickets: what may be used once and soon. Only the hash of what is handed out is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from campaign.store.base import schema
from campaign.store.base.hashing import hash_token

TOKEN_BYTES = 32


class Purpose(StrEnum):
    """What a ticket is good for, and nothing else."""

    MAIL_LINK = "mail_link"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says.

    Attributes:
        member_id: Whom it lets in, or nothing.
    """

    purpose: Purpose
    member_id: int | None = None


def issue_ticket(connection: Connection, ticket: Ticket, at: datetime, lasts: timedelta) -> str:
    """Issue a ticket and return the token that uses it; drops those whose time is over."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _insert(connection, token, ticket, at, lasts)
    return token


def find_ticket(connection: Connection, purpose: Purpose, token: str, at: datetime) -> Ticket | None:
    """Return what *token* is good for, without using it, or nothing."""
    columns = schema.ticket.c
    query = select(schema.ticket).where(
        columns.token_hash == hash_token(token),
        columns.purpose == purpose.value,
        columns.expires_at > at,
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Ticket(Purpose(row.purpose), row.member_id)


def use_ticket(connection: Connection, purpose: Purpose, token: str, at: datetime) -> Ticket | None:
    """Use up a ticket and return what it was good for, or nothing."""
    found = find_ticket(connection, purpose, token, at)
    if found is not None:
        connection.execute(delete(schema.ticket).where(schema.ticket.c.token_hash == hash_token(token)))
    return found


def note_once(connection: Connection, token: str, at: datetime, lasts: timedelta) -> bool:
    """Note that a challenge was answered, for as long as it serves; say whether that was the first time."""
    if find_ticket(connection, Purpose.ANSWERED, token, at) is not None:
        return False
    _insert(connection, token, Ticket(Purpose.ANSWERED), at, lasts)
    return True


def _insert(connection: Connection, token: str, ticket: Ticket, at: datetime, lasts: timedelta) -> None:
    connection.execute(delete(schema.ticket).where(schema.ticket.c.expires_at <= at))
    values = {
        "token_hash": hash_token(token),
        "purpose": ticket.purpose.value,
        "member_id": ticket.member_id,
        "expires_at": at + lasts,
    }
    connection.execute(insert(schema.ticket), values)
