"""A PostgreSQL that goes away, or whose answer does not arrive."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, text

from campaign.errors.store import UncertainCommitError
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from tests.faults.proxy import Cut, Proxy
from tests.faults.readers import UNCERTAIN, Readers
from tests.rigs.machine import Cluster
from tests.rigs.programs import PATIENCE, RecorderProgram
from tests.rigs.scene import IS_LARGE, Note, Scene

CUTS = 40 if IS_LARGE else 10
"""A cut and the commit after it take a dozen presses, of the hundreds that there are."""
WAYS = (signal.SIGINT, signal.SIGQUIT)
"""How PostgreSQL is stopped: in order, and as in a crash."""


@contextmanager
def standing_still(database: Database) -> Iterator[None]:
    """Be in the middle of a transaction, for longer than PostgreSQL waits."""
    with database.writing() as connection:
        connection.execute(text("SET idle_in_transaction_session_timeout = 100"))
        connection.execute(
            insert(schema.unit), [{"id": number, "name": f"Phòng {number}", "first_name": ""} for number in (98, 99)]
        )
        yield


def wait_until_free(database: Database) -> None:
    """Wait until one may write."""
    with database.reading() as connection:  # The pool hands the same connection out again.
        connection.execute(text("SET lock_timeout = '5 s'"))
    with database.writing():
        pass


def test_a_server_that_is_stopped_and_started_loses_nothing(cluster: Cluster, cluster_scene: Scene, note: Note) -> None:
    recorder = RecorderProgram(cluster_scene)

    with recorder.running(), Readers(cluster_scene.presses, [recorder.address]) as readers:
        for how in WAYS:
            readers.wait_for_receipts(50)
            assert readers.left > 0, "it must be stopped under load"
            cluster.stop(how)
            readers.wait_for_refusal()
            cluster.start()
        readers.finish()

    outcome = cluster_scene.judge(readers.acknowledged)
    note("PostgreSQL stopped and started", len(WAYS), outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(cluster_scene.presses)
    assert all(answer.is_right for answer in readers.refused)


def test_a_transaction_in_which_nothing_happens_any_more_is_ended(cluster_scene: Scene) -> None:
    """The lock of a recorder whose machine has died must not stay; it may have died after sending many rows."""
    database, other = Database(cluster_scene.url), Database(cluster_scene.url)

    with pytest.raises(UncertainCommitError), standing_still(database):
        wait_until_free(other)

    database.close()
    other.close()


@pytest.mark.parametrize("when", Cut)
def test_a_commit_whose_connection_is_cut_is_uncertain_and_a_retry_gives_the_first(
    cluster: Cluster, cluster_scene: Scene, note: Note, when: Cut
) -> None:
    with Proxy(cluster.socket) as proxy:
        recorder = RecorderProgram(cluster_scene, proxy.url)
        with recorder.running(), Readers(cluster_scene.presses, [recorder.address]) as readers:
            readers.wait_for_receipts(1)  # Before that come commits of reading, which leave nothing uncertain.
            for _ in range(CUTS):
                proxy.cut_next_commit(when, PATIENCE)
                readers.wait_for_refusal()
                readers.wait_for_receipts(1)
            readers.finish()

    outcome = cluster_scene.judge(readers.acknowledged)
    note(f"connection cut {when.name.lower()} the commit", CUTS, outcome)
    assert len(readers.refused) >= CUTS
    assert all(answer.is_right and UNCERTAIN in answer.text for answer in readers.refused)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(cluster_scene.presses)
