"""Changes of the ledger's key, in the ledger: rotations, revocations, and whose ledger it is."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.keyring import (
    Revocation,
    Rotation,
    revocation_from_facts,
    rotation_from_facts,
    rotation_text,
)
from campaign.core.ledger.note import Verifier
from campaign.core.ledger.policy import Policy
from campaign.errors.store import ForeignKeyError
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.base.schema.ledger import OF_KEYS
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.proofs.signing import LedgerKey

Told = TypeVar("Told", Rotation, Revocation)


def record_rotation(ledger: OpenLedger, old: LedgerKey, new: LedgerKey, actor: str, at: datetime) -> None:
    """Append that *new* takes the place of *old*; both keys sign it."""
    text = rotation_text(old.verifier, new.verifier)
    rotation = Rotation(0, old.verifier, new.verifier, old.private.sign(text), new.private.sign(text))
    ledger.append(Kind.KEY_ROTATED, at, {**rotation.to_facts(), "actor": actor})


def is_recorded(connection: Connection, old: LedgerKey, new: LedgerKey) -> bool:
    """Say whether the last rotation is that from *old* to *new*."""
    return [(one.old, one.new) for one in read_rotations(connection)[-1:]] == [(old.verifier, new.verifier)]


def record_revocation(ledger: OpenLedger, key: Verifier, from_size: int, actor: str, at: datetime) -> None:
    """Append that *key*, which leaked, counts for no checkpoint of *from_size* entries or more."""
    ledger.append(Kind.KEY_REVOKED, at, {"key": str(key), "from": from_size, "actor": actor})


def read_rotations(connection: Connection) -> list[Rotation]:
    """Return the rotations that can be read, in their order; verifying finds the others."""
    return _read(connection, Kind.KEY_ROTATED, rotation_from_facts)


def read_revocations(connection: Connection) -> list[Revocation]:
    """Return the revocations that can be read, in their order; verifying finds the others."""
    return _read(connection, Kind.KEY_REVOKED, revocation_from_facts)


def published_policy(connection: Connection, key: LedgerKey, policy: Policy) -> Policy:
    """Return *policy* as it is given to everybody, with what the ledger tells of its other keys.

    Rotations of before 0.3 are accepted by the key that serves now.
    """
    rotations = [
        replace(one, acceptance=key.private.sign(one.text)) if not one.acceptance and one.new == key.verifier else one
        for one in read_rotations(connection)
    ]
    return replace(policy, rotations=tuple(rotations), revocations=tuple(read_revocations(connection)))


def require_own_key(connection: Connection, key: LedgerKey) -> None:
    """Let nothing be signed with a key that is not this ledger's.

    The first entry names the first key, each rotation the next one; ledgers of before 0.3 name none, and are known by
    their newest checkpoint.

    Raises:
        ForeignKeyError: The ledger has another key, or *key* was replaced.
    """
    expected = _current_key(connection)
    if expected is None:
        note = connection.scalar(select(schema.checkpoint.c.note).order_by(schema.checkpoint.c.size.desc()).limit(1))
        try:
            if note is not None:
                key.verifier.read(note)
        except ValueError:
            raise ForeignKeyError(str(key.verifier)) from None
    elif expected != str(key.verifier):
        raise ForeignKeyError(str(key.verifier), expected)


def _current_key(connection: Connection) -> str | None:
    """Return the key that serves the ledger, as its entries name it; nothing when they name none."""
    rotations = read_rotations(connection)
    if rotations:
        return str(rotations[-1].new)
    first = connection.scalar(select(schema.entry.c.facts).where(schema.entry.c.sequence == 1))
    named: str | None = json.loads(first).get("key") if first else None
    return named


def _read(connection: Connection, kind: Kind, read: Callable[[int, Any], Told]) -> list[Told]:
    """Return what the entries of *kind* tell; verifying finds those that cannot be read."""
    entry, told = schema.entry.c, []
    for row in connection.execute(
        select(entry.sequence, entry.kind, entry.facts).where(OF_KEYS).order_by(entry.sequence)
    ):
        with suppress(*UNREADABLE):
            if row.kind == kind.value:
                told.append(read(row.sequence, json.loads(row.facts)))
    return told
