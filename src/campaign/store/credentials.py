"""Credentials: access slips, office accounts, sessions. Only hashes are kept.

Short codes and passphrases are hashed with argon2id (19 MiB, two passes: OWASP Password Storage Cheat Sheet), so that a
stolen database gives none away; long random tokens with SHA-256, which is enough for 128 bits and more.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, bindparam, delete, insert, select

from campaign.core.access import AccessSlip
from campaign.core.clock import to_microseconds
from campaign.core.entry import Kind
from campaign.store import schema
from campaign.store.ledger import OpenLedger
from campaign.store.roster import ListedMember

ACCESS_CODE_BYTES = 5
"""Eight base32 characters. With limits on tries, guessing finds about no one among 30,000 people in three weeks."""
SLIP_TOKEN_BYTES = 16
SESSION_TOKEN_BYTES = 32

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class PreparedSlip:
    """A new slip with the hash of its access code: slow to compute, so made before the transaction."""

    listed: ListedMember
    slip: AccessSlip
    code_hash: str


@dataclass(frozen=True, slots=True)
class Session:
    """Who a browser is signed in as: a member, or an office account.

    Attributes:
        identified_by: The way in that was used: the weight of a confirmation depends on it.
    """

    identified_by: str
    member_id: int | None = None
    account: str | None = None


def make_slip() -> AccessSlip:
    """Make the secrets of a new slip from the system's random source."""
    code = base64.b32encode(secrets.token_bytes(ACCESS_CODE_BYTES)).decode()
    return AccessSlip(token=secrets.token_urlsafe(SLIP_TOKEN_BYTES), access_code=code)


def prepare_slip(listed: ListedMember, slip: AccessSlip) -> PreparedSlip:
    """Hash the access code of *slip*: about 30 ms."""
    return PreparedSlip(listed, slip, _hasher.hash(slip.access_code))


def issue_slips(ledger: OpenLedger, slips: Iterable[PreparedSlip], actor: str, at: datetime) -> None:
    """Put the slips in force; each replaces the member's earlier one and ends the sessions opened with it."""
    prepared = list(slips)
    numbers = [one.listed.id for one in prepared]
    rows = [
        {
            "member_id": one.listed.id,
            "token_hash": hash_token(one.slip.token),
            "code_hash": one.code_hash,
            "issued_at": to_microseconds(at),
        }
        for one in prepared
    ]
    if not rows:
        return
    holders = [{"holder": number} for number in numbers]
    for table in (schema.slip, schema.session):
        ledger.connection.execute(delete(table).where(table.c.member_id == bindparam("holder")), holders)
    ledger.connection.execute(insert(schema.slip), rows)
    ledger.append(Kind.SLIPS_ISSUED, at, {"members": numbers, "actor": actor})


def member_of_token(connection: Connection, token: str) -> int | None:
    """Return the member whose current slip carries that QR token, or nothing."""
    return connection.scalar(select(schema.slip.c.member_id).where(schema.slip.c.token_hash == hash_token(token)))


def members_with_slip(connection: Connection) -> set[int]:
    """Return the members who have a slip in force."""
    return set(connection.scalars(select(schema.slip.c.member_id)))


def code_hash_of(connection: Connection, staff_code: str) -> tuple[int, str] | None:
    """Return the member with that staff code and the hash of the access code, or nothing."""
    query = (
        select(schema.slip.c.member_id, schema.slip.c.code_hash)
        .join(schema.member, schema.member.c.id == schema.slip.c.member_id)
        .where(schema.member.c.staff_code == staff_code)
    )
    row = connection.execute(query).one_or_none()
    return (row.member_id, row.code_hash) if row else None


def is_secret_right(typed: str, hashed: str | None) -> bool:
    """Say whether *typed* has that hash; takes as long when there is no hash, so that time tells nothing."""
    try:
        _hasher.verify(hashed or _no_ones_hash(), typed)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def add_account(connection: Connection, name: str, full_name: str, passphrase: str) -> None:
    """Add an office account, or give an existing one a new passphrase and end the sessions opened with the old."""
    connection.execute(delete(schema.session).where(schema.session.c.account == name))
    connection.execute(delete(schema.account).where(schema.account.c.name == name))
    values = {"name": name, "full_name": full_name, "passphrase_hash": _hasher.hash(passphrase)}
    connection.execute(insert(schema.account), values)


def passphrase_hash_of(connection: Connection, name: str) -> str | None:
    """Return the hash of an office account's passphrase, or nothing."""
    return connection.scalar(select(schema.account.c.passphrase_hash).where(schema.account.c.name == name))


def full_name_of(connection: Connection, account: str) -> str:
    """Return the full name that belongs to an office account."""
    name: str = connection.execute(
        select(schema.account.c.full_name).where(schema.account.c.name == account)
    ).scalar_one()
    return name


def open_session(connection: Connection, session: Session, at: datetime, lasts: timedelta) -> str:
    """Start a session and return the token that only the browser keeps; drops sessions whose time is over."""
    now, token = to_microseconds(at), secrets.token_urlsafe(SESSION_TOKEN_BYTES)
    connection.execute(delete(schema.session).where(schema.session.c.expires_at <= now))
    values = {
        "token_hash": hash_token(token),
        "member_id": session.member_id,
        "account": session.account,
        "identified_by": session.identified_by,
        "started_at": now,
        "expires_at": to_microseconds(at + lasts),
    }
    connection.execute(insert(schema.session), values)
    return token


def find_session(connection: Connection, token: str, at: datetime) -> Session | None:
    """Return the session that *token* opens at that instant, or nothing."""
    return find_sessions(connection, [token], at).get(token)


def find_sessions(connection: Connection, tokens: Iterable[str], at: datetime) -> dict[str, Session]:
    """Return the sessions that are open at that instant, by their token."""
    hashes = {hash_token(token): token for token in tokens}
    rows = connection.execute(_OPEN_SESSIONS, {"hashes": list(hashes), "now": to_microseconds(at)}).all()
    return {hashes[row.token_hash]: Session(row.identified_by, row.member_id, row.account) for row in rows}


_OPEN_SESSIONS = select(schema.session).where(
    schema.session.c.token_hash.in_(bindparam("hashes", expanding=True)), schema.session.c.expires_at > bindparam("now")
)


def close_session(connection: Connection, token: str) -> None:
    """End the session that *token* opens."""
    connection.execute(delete(schema.session).where(schema.session.c.token_hash == hash_token(token)))


def hash_token(token: str) -> bytes:
    """Return the form in which a random token is kept."""
    return sha256(token.encode()).digest()


@cache
def _no_ones_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())
