"""What is kept of checkpoints that leave the house: who cosigned them, and where they arrived."""

from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import Connection, delete, insert, select, update

from campaign.core.ledger.delivery import Delivery
from campaign.core.ledger.note import Signature, SignedNote, Verifier, read_note
from campaign.core.ledger.policy import Policy
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.ledger.ledger import kept_checkpoints


def keep_cosignatures(connection: Connection, size: int, signatures: Iterable[Signature]) -> SignedNote:
    """Put the cosignatures beside the signatures of the checkpoint of *size*, and return it; nothing is taken away."""
    column = schema.checkpoint.c
    note = read_note(connection.execute(select(column.note).where(column.size == size)).scalar_one())
    note = note.with_signatures(*signatures)
    connection.execute(update(schema.checkpoint).where(column.size == size).values(note=bytes(note)))
    return note


def find_cosigned_size(connection: Connection, cosigner: Verifier) -> int:
    """Return the size of the largest checkpoint that *cosigner* cosigned, as far as we know; 0 for none."""
    known = (cosigner.origin, cosigner.key_id)
    return max((size for size, note in kept_checkpoints(connection).items() if known in _signers(note)), default=0)


def find_cosigned(connection: Connection, policy: Policy, sequence: int) -> bytes | None:
    """Return the newest checkpoint over the entry *sequence* that enough witnesses cosigned; nothing without any."""
    if not policy.witnesses:
        return None
    column = schema.checkpoint.c
    notes = connection.scalars(select(column.note).where(column.size >= sequence).order_by(column.size.desc()))
    asked = {(witness.verifier.origin, witness.verifier.key_id) for witness in policy.witnesses}
    return next((note for note in notes if asked & _signers(note) and policy.is_quorum(policy.cosigned(note))), None)


def _signers(note: bytes) -> set[tuple[str, bytes]]:
    """Return whose signatures a kept note claims, by name and key; a note that somebody spoiled claims none."""
    with suppress(*UNREADABLE):
        return {(line.name, line.key_id) for line in read_note(note).signatures}
    return set()


def record_deliveries(connection: Connection, deliveries: Iterable[Delivery]) -> None:
    """Keep what became of checkpoints, in place of what is known of their places."""
    column = schema.delivery.c
    for delivery in deliveries:
        has_arrived = not delivery.problem
        replaced = (column.place == delivery.place) & (column.has_arrived == has_arrived)
        connection.execute(delete(schema.delivery).where(replaced))
        connection.execute(
            insert(schema.delivery),
            {
                "place": delivery.place,
                "has_arrived": has_arrived,
                "size": delivery.size,
                "at": delivery.at,
                "problem": delivery.problem,
            },
        )


def read_deliveries(connection: Connection) -> list[Delivery]:
    """Return of each place the newest checkpoint that arrived, and the newest that did not, the oldest first."""
    rows = connection.execute(select(schema.delivery).order_by(schema.delivery.c.at, schema.delivery.c.place))
    return [Delivery(row.place, row.size, row.at, row.problem) for row in rows]
