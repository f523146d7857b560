"""Changes of the ledger's key, in the ledger."""

import json
from datetime import datetime

from sqlalchemy import Connection, select

from campaign.core.entry import Kind
from campaign.core.note import Verifier
from campaign.core.rotation import Keyring, Rotation, endorsed_text, rotation_from_facts
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.proofs.signing import LedgerKey


def record_rotation(ledger: OpenLedger, old: LedgerKey, new: LedgerKey, actor: str, at: datetime) -> None:
    """Append that *new* takes the place of *old*, unless that was the last rotation: a try that broke off goes on."""
    done = read_rotations(ledger.connection)
    if not done or done[-1].new != new.verifier:
        endorsement = old.private.sign(endorsed_text(old.verifier, new.verifier))
        facts = Rotation(old.verifier, new.verifier, endorsement).to_facts()
        ledger.append(Kind.KEY_ROTATED, at, {**facts, "actor": actor})


def read_rotations(connection: Connection) -> list[Rotation]:
    """Return the rotations that can be read, in their order; verifying finds the others."""
    entry = schema.entry.c
    query = select(entry.facts).where(entry.kind == Kind.KEY_ROTATED.value).order_by(entry.sequence)
    rotations = []
    for facts in connection.scalars(query):
        try:
            rotations.append(rotation_from_facts(json.loads(facts)))
        except UNREADABLE:
            continue
    return rotations


def read_keyring(connection: Connection, trusted: Verifier) -> Keyring:
    """Return the keys of the ledger that the *trusted* one vouches for, and that vouch for it."""
    return Keyring(trusted, read_rotations(connection))
