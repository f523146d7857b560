"""Two recorders on one database, and one of them held up."""

import time

import pytest
from sqlalchemy import text

from campaign.errors.store import StoreUnreachableError
from campaign.store.ledger.database import Database
from tests.faults.readers import Readers
from tests.rigs.programs import RecorderProgram
from tests.rigs.scene import IS_LARGE, Note, Scene

SECONDS_HELD_UP = 3


def is_held(database: Database) -> bool:
    """Say whether somebody is in the middle of a writing transaction."""
    is_sqlite = database.engine.dialect.name == "sqlite"
    with database.reading() as connection:  # The pool hands the same connection out again.
        connection.execute(text("PRAGMA busy_timeout = 300" if is_sqlite else "SET lock_timeout = 300"))
        connection.commit()
    try:
        with database.writing():
            return False
    except StoreUnreachableError:
        return True


def stop_in_the_middle(recorder: RecorderProgram, database: Database) -> None:
    """Stop a recorder that is under load while it writes."""
    for _ in range(500):
        recorder.stop()
        if is_held(database):
            return
        recorder.go_on()
        time.sleep(0.01)  # Else it would be stopped in the same place again.
    pytest.fail("it was never in the middle")


def test_two_recorders_write_one_tree_and_give_a_press_at_both_the_same_entry(scene: Scene, note: Note) -> None:
    first, second = RecorderProgram(scene), RecorderProgram(scene)
    presses = scene.presses[:400]

    with first.running(), second.running(), Readers(presses, [first.address, second.address]) as readers:
        readers.finish()

    outcome = scene.judge(readers.acknowledged)
    note("two recorders at once", 1, outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(presses)
    assert min(readers.receipts.values()) >= len(presses)
    assert readers.refused == []


def test_a_recorder_goes_on_while_another_is_stopped(scene: Scene, note: Note) -> None:
    stopped, other = RecorderProgram(scene), RecorderProgram(scene)
    presses = scene.presses[:200]

    with stopped.running(), other.running():
        stopped.stop()
        with Readers(presses, [other.address]) as readers:
            readers.finish()
        stopped.go_on()
        with Readers(presses, [stopped.address]) as later:
            later.finish()

    outcome = scene.judge(readers.acknowledged | later.acknowledged)
    note("SIGSTOP of one of two", 1, outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(presses)
    assert readers.refused == []


def test_a_recorder_that_is_stopped_in_the_middle_holds_the_other_up_and_loses_nothing(
    scene: Scene, note: Note
) -> None:
    stopped, other = RecorderProgram(scene), RecorderProgram(scene)
    database, half = Database(scene.url), len(scene.presses) // 2

    with stopped.running(), other.running(), Readers(scene.presses[:half], [stopped.address]) as first:
        first.wait_for_receipts(20)
        stop_in_the_middle(stopped, database)
        with Readers(scene.presses[half:], [other.address]) as second:
            time.sleep(SECONDS_HELD_UP)
            held_up = sum(second.receipts.values())
            stopped.go_on()
            second.finish()
        first.finish()

    database.close()
    outcome = scene.judge(first.acknowledged | second.acknowledged)
    note("SIGSTOP of one of two, in the middle", 1, outcome)
    assert held_up == 0
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(scene.presses)
    assert all(answer.is_right for answer in first.refused + second.refused)


@pytest.mark.skipif(not IS_LARGE, reason="takes more than a minute; FAULTS=large runs it")
def test_postgresql_gives_up_on_a_recorder_that_is_stopped_in_the_middle(postgres_scene: Scene, note: Note) -> None:
    stopped, other = RecorderProgram(postgres_scene), RecorderProgram(postgres_scene)
    database, half = Database(postgres_scene.url), len(postgres_scene.presses) // 2

    with stopped.running(), other.running(), Readers(postgres_scene.presses[:half], [stopped.address]) as first:
        first.wait_for_receipts(20)
        stop_in_the_middle(stopped, database)
        with Readers(postgres_scene.presses[half:], [other.address]) as second:
            second.finish()
        stopped.go_on()
        first.finish()

    database.close()
    outcome = postgres_scene.judge(first.acknowledged | second.acknowledged)
    note("SIGSTOP of one of two, in the middle, for longer than PostgreSQL waits", 1, outcome)
    assert second.refused, "it had to wait for more than a lock's time"
    assert outcome.is_right, outcome
    assert all(answer.is_right for answer in first.refused + second.refused)
