"""What is kept of checkpoints that left the house, in SQLite and PostgreSQL alike."""

from datetime import timedelta

from sqlalchemy import update

from campaign.core.ledger.delivery import Delivery
from campaign.core.ledger.note import Signature, read_note
from campaign.core.ledger.policy import Policy, Witness
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.deliveries import (
    find_cosigned,
    find_cosigned_size,
    keep_cosignatures,
    read_deliveries,
    record_deliveries,
)
from tests.rigs.builders import LAST_SECOND, OPENED, post
from tests.rigs.keys import KEY, key_named
from tests.rigs.ledger_steps import begin, enrol, publish
from tests.rigs.recorder import AN
from tests.rigs.tampering import keep

A, B = (key_named(name, f"{name}.example") for name in ("a", "b"))
POLICY = Policy(
    KEY.verifier,
    witnesses=tuple(Witness(key.verifier.origin, key.verifier.cosigner) for key in (A, B)),
    quorum="a.example",
)


def cosign(database: Database, size: int, *signers: str) -> None:
    """Let witnesses cosign the kept checkpoint of that size."""
    keys = {"a": A, "b": B}
    with database.writing() as connection:
        checkpoint = KEY.verifier.read(kept_checkpoints(connection)[size])
        lines: list[Signature] = [read_note(keys[name].sign(checkpoint, OPENED)).signatures[1] for name in signers]
        keep_cosignatures(connection, size, lines)


def history(database: Database) -> list[int]:
    """Keep three checkpoints, and return their sizes."""
    begin(database)
    notes = [keep(database, KEY)]
    enrol(database, AN)
    notes.append(keep(database, KEY))
    publish(database, post())
    notes.append(keep(database, KEY))
    return [KEY.verifier.read(note).size for note in notes]


def test_cosignatures_stand_beside_the_signatures_each_once(database: Database) -> None:
    size = history(database)[-1]
    with database.reading() as connection:
        bare = read_note(kept_checkpoints(connection)[size])

    cosign(database, size, "a")
    cosign(database, size, "a", "b")

    with database.reading() as connection:
        kept = read_note(kept_checkpoints(connection)[size])
    assert (kept.text, kept.signatures[:2]) == (bare.text, bare.signatures)
    assert set(POLICY.cosigned(bytes(kept))) == {"a.example", "b.example"}
    assert len(kept.signatures) == 4


def test_how_far_a_witness_saw_is_known_from_what_it_cosigned(database: Database) -> None:
    first, second, _third = history(database)
    cosign(database, first, "a", "b")
    cosign(database, second, "a")

    with database.reading() as connection:
        seen = [find_cosigned_size(connection, key.verifier.cosigner) for key in (A, B, key_named("c", "c.example"))]
    assert seen == [second, first, 0]


def test_a_receipt_leads_to_the_newest_checkpoint_over_it_that_has_its_quorum(database: Database) -> None:
    first, second, third = history(database)
    cosign(database, first, "a")
    cosign(database, second, "a", "b")
    cosign(database, third, "b")

    with database.reading() as connection:
        kept = kept_checkpoints(connection)
        found = [find_cosigned(connection, POLICY, sequence) for sequence in (1, second, second + 1)]
        without = find_cosigned(connection, Policy(KEY.verifier), 1)
    assert found == [kept[second], kept[second], None]
    assert without is None


def test_a_kept_checkpoint_that_somebody_spoiled_is_passed_over(database: Database) -> None:
    first, _second, third = history(database)
    cosign(database, first, "a")
    with database.writing() as connection:
        spoil = update(schema.checkpoint).where(schema.checkpoint.c.size == third).values(note=b"\xff")
        connection.execute(spoil)

    with database.reading() as connection:
        assert find_cosigned_size(connection, A.verifier.cosigner) == first
        assert find_cosigned(connection, POLICY, 1) == kept_checkpoints(connection)[first]


def test_the_newest_arrival_and_the_newest_failure_of_each_place_are_kept(database: Database) -> None:
    tries = [
        Delivery("a@example.vn", 1, OPENED),
        Delivery("a@example.vn", 2, OPENED + timedelta(days=1), "không nối được"),
        Delivery("nơi khác", 2, OPENED + timedelta(days=1)),
        Delivery("a@example.vn", 3, LAST_SECOND, "vẫn không nối được"),
    ]

    for delivery in tries:
        with database.writing() as connection:
            record_deliveries(connection, [delivery])

    with database.reading() as connection:
        assert read_deliveries(connection) == [tries[0], tries[2], tries[3]]


def test_nothing_sent_is_nothing_kept(database: Database) -> None:
    with database.writing() as connection:
        record_deliveries(connection, [])

    with database.reading() as connection:
        assert read_deliveries(connection) == []
