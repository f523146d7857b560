"""Checkpoints that are made by themselves."""

from datetime import timedelta

from campaign.core.post import Post
from campaign.store.figures.checkpoints import keep_due_checkpoint
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import kept_checkpoints, read_head
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, member, post
from tests.rigs.ledger_steps import begin, enrol, press, publish


def close(database: Database, notice: Post) -> None:
    """A confirmation in the last second of the deadline."""
    begin(database)
    enrol(database, member("A-1"))
    publish(database, notice)
    press(database, "A-1", notice, at=LAST_SECOND)


def test_when_the_deadline_ends_all_that_came_in_time_is_sealed(database: Database, key: LedgerKey) -> None:
    close(database, post())

    with database.writing() as connection:
        note = keep_due_checkpoint(connection, key, FIRST_LATE)
        size = read_head(connection).size
        kept = kept_checkpoints(connection)

    assert note is not None
    assert key.verifier.read(note).size == size
    assert kept[size] == note


def test_nothing_is_sealed_before_its_day_is_over(database: Database, key: LedgerKey) -> None:
    begin(database, at=LAST_SECOND - timedelta(hours=3))

    with database.writing() as connection:
        assert keep_due_checkpoint(connection, key, LAST_SECOND) is None


def test_a_day_without_entries_needs_no_checkpoint(database: Database, key: LedgerKey) -> None:
    close(database, post())

    with database.writing() as connection:
        keep_due_checkpoint(connection, key, FIRST_LATE)

        assert keep_due_checkpoint(connection, key, FIRST_LATE + timedelta(days=30)) is None


def test_an_empty_ledger_needs_no_checkpoint(database: Database, key: LedgerKey) -> None:
    with database.writing() as connection:
        assert keep_due_checkpoint(connection, key, FIRST_LATE) is None
