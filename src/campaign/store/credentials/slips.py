"""Access slips: the secrets that a member is handed on paper. Only their hashes are kept."""

import base64
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from campaign.core.ledger.entry import Kind
from campaign.core.people.access import AccessSlip
from campaign.store.base import schema
from campaign.store.base.hashing import hash_secret, hash_token
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember

ACCESS_CODE_BYTES = 5
"""Eight base32 characters. With limits on tries, guessing finds about no one among 30,000 people in three weeks."""
SLIP_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class PreparedSlip:
    """A new slip with the hash of its access code: slow to compute, so made before the transaction."""

    listed: ListedMember
    slip: AccessSlip
    code_hash: str


def make_slip() -> AccessSlip:
    """Make the secrets of a new slip from the system's random source."""
    code = base64.b32encode(secrets.token_bytes(ACCESS_CODE_BYTES)).decode()
    return AccessSlip(token=secrets.token_urlsafe(SLIP_TOKEN_BYTES), access_code=code)


def prepare_slip(listed: ListedMember, slip: AccessSlip) -> PreparedSlip:
    """Hash the access code of *slip*: about 30 ms."""
    return PreparedSlip(listed, slip, hash_secret(slip.access_code))


def issue_slips(ledger: OpenLedger, slips: Iterable[PreparedSlip], actor: str, at: datetime) -> None:
    """Put the slips in force; each replaces the member's earlier one and ends the sessions opened with it."""
    prepared = list(slips)
    numbers = [new.listed.id for new in prepared]
    rows = [
        {
            "member_id": new.listed.id,
            "token_hash": hash_token(new.slip.token),
            "code_hash": new.code_hash,
            "issued_at": at,
        }
        for new in prepared
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


def count_devices(connection: Connection, members: Sequence[int]) -> int:
    """Return in how many browsers members are signed in; a new slip ends them."""
    query = select(func.count()).where(schema.session.c.member_id.in_(members))
    return connection.scalar(query) or 0


def code_hash_of(connection: Connection, staff_code: str) -> tuple[int, str] | None:
    """Return the member on the roster with that staff code and the hash of the access code, or nothing."""
    query = (
        select(schema.slip.c.member_id, schema.slip.c.code_hash)
        .join(schema.member, schema.member.c.id == schema.slip.c.member_id)
        .join(schema.membership, schema.membership.c.member_id == schema.member.c.id)
        .where(schema.member.c.staff_code == staff_code, schema.membership.c.until.is_(None))
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return (row.member_id, row.code_hash) if row else None


def replace_code_hash(connection: Connection, old: str, new: str) -> None:
    """Keep an access code under a *new* hash, unless another slip was issued meanwhile."""
    connection.execute(update(schema.slip).where(schema.slip.c.code_hash == old).values(code_hash=new))
