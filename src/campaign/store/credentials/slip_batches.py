"""Batches of access slips: made together, printed, and shown again for a while to whoever made them.

The tables keep only hashes of codes; the batch itself is sealed with the ledger's key, and kept for minutes.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select

from campaign.core.people.access import AccessSlip
from campaign.store.base import schema
from campaign.store.credentials.slips import PreparedSlip, issue_slips, make_slip
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.proofs.signing import LedgerKey
from campaign.store.roster.roster import ListedMember, find_members

SHOWN = timedelta(minutes=10)
"""How long the slips of a batch in force can be looked at again."""
WAITS = timedelta(hours=1)
"""How long a batch can be printed before somebody puts it in force."""


@dataclass(frozen=True, slots=True)
class SlipBatch:
    """Slips made together.

    Attributes:
        token: Names the batch in addresses.
        title: Whom it is for.
        slips: In the order of handing out; the hash of a code is empty until it is computed.
        is_at_once: Whether it is in force as soon as its codes are hashed; else somebody says when.
        in_force_at: Since when it is in force; nothing before.
        made_at: When it was made.
    """

    token: str
    title: str
    slips: tuple[PreparedSlip, ...]
    is_at_once: bool
    in_force_at: datetime | None
    made_at: datetime

    @property
    def hashed(self) -> int:
        """How many codes are hashed."""
        return sum(bool(slip.code_hash) for slip in self.slips)

    @property
    def is_ready(self) -> bool:
        """Whether the slips can be printed."""
        return self.in_force_at is not None or (not self.is_at_once and self.hashed == len(self.slips))

    @property
    def until(self) -> datetime:
        """Until when it can be looked at."""
        return self.in_force_at + SHOWN if self.in_force_at else self.made_at + WAITS


def make_batch(title: str, members: Sequence[ListedMember], at: datetime, *, is_at_once: bool) -> SlipBatch:
    """Make new codes for members; nothing of it is in force yet.

    Args:
        title: Whom the batch is for.
        members: In the order of handing out.
        at: The instant.
        is_at_once: Whether it is put in force as soon as its codes are hashed.
    """
    slips = tuple(PreparedSlip(listed, make_slip(), "") for listed in members)
    return SlipBatch(secrets.token_urlsafe(16), title, slips, is_at_once, None, at)


def keep_batch(connection: Connection, key: LedgerKey, account: str, batch: SlipBatch) -> None:
    """Keep a batch for an account, in the place of what was kept of it before."""
    drop_batch(connection, account, batch.token)
    slips = [(slip.listed.id, slip.slip.token, slip.slip.access_code, slip.code_hash) for slip in batch.slips]
    values = {
        "token": batch.token,
        "account": account,
        "title": batch.title,
        "sealed": key.seal(json.dumps(slips).encode()),
        "is_at_once": batch.is_at_once,
        "in_force_at": batch.in_force_at,
        "made_at": batch.made_at,
    }
    connection.execute(insert(schema.slip_batch), values)


def find_batch(connection: Connection, key: LedgerKey, account: str, token: str, at: datetime) -> SlipBatch | None:
    """Return the batch that an account made, while it can be looked at."""
    columns = schema.slip_batch.c
    query = select(schema.slip_batch).where(columns.token == token, columns.account == account)
    row = connection.execute(query).one_or_none()
    sealed = key.unseal(row.sealed) if row else None
    if row is None or sealed is None:
        return None
    slips = json.loads(sealed)
    members = find_members(connection, [number for number, *_ in slips])
    prepared = tuple(
        PreparedSlip(members[number], AccessSlip(slip_token, code), code_hash)
        for number, slip_token, code, code_hash in slips
        if number in members
    )
    batch = SlipBatch(row.token, row.title, prepared, row.is_at_once, row.in_force_at, row.made_at)
    return batch if at < batch.until else None


def list_batches(connection: Connection, key: LedgerKey, account: str, at: datetime) -> list[SlipBatch]:
    """Return the batches that an account can look at, the newest first."""
    columns = schema.slip_batch.c
    query = select(columns.token).where(columns.account == account).order_by(columns.made_at.desc())
    found = [find_batch(connection, key, account, token, at) for token in connection.scalars(query).all()]
    return [batch for batch in found if batch is not None]


def drop_batch(connection: Connection, account: str, token: str) -> None:
    """Forget a batch; what is in force stays so."""
    columns = schema.slip_batch.c
    connection.execute(delete(schema.slip_batch).where(columns.account == account, columns.token == token))


def drop_old_batches(connection: Connection, at: datetime) -> None:
    """Forget the batches of all accounts that nobody can look at any more."""
    columns = schema.slip_batch.c
    is_old = or_(columns.in_force_at <= at - SHOWN, columns.made_at <= at - WAITS)
    connection.execute(delete(schema.slip_batch).where(is_old))


def put_in_force(ledger: OpenLedger, key: LedgerKey, account: str, batch: SlipBatch, at: datetime) -> SlipBatch:
    """Put a batch in force whose codes are all hashed, and return it so; only once."""
    if batch.in_force_at is not None:
        return batch
    issue_slips(ledger, batch.slips, account, at)
    done = replace(batch, in_force_at=at)
    keep_batch(ledger.connection, key, account, done)
    return done
