from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.policy import Policy
from campaign.errors.confirming import NotConcernedError
from campaign.errors.store import StoreUnreachableError, UncertainCommitError
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.ledger.writer import TOGETHER_AT_MOST, WAITING_AT_MOST, Writer
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import OPENED

PATIENCE = 60


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    """A writer on an empty ledger."""
    opened = Writer(database)
    yield opened
    opened.close()


class Busy:
    """Keeps a writer busy, so that what is handed in meanwhile waits together."""

    def __init__(self, writer: Writer) -> None:
        """Hand in a job that lasts until :meth:`end`."""
        self._begun, self._ended = Event(), Event()
        self.future: Future[None] = writer.submit(self._wait)
        assert self._begun.wait(PATIENCE)

    def end(self) -> None:
        """Let the writer go on."""
        self._ended.set()

    def _wait(self, _ledger: OpenLedger) -> None:
        self._begun.set()
        assert self._ended.wait(PATIENCE)


def append(ledger: OpenLedger) -> OpenLedger:
    """Append an entry and tell in which transaction."""
    ledger.append(Kind.SLIPS_ISSUED, OPENED, {"members": [], "actor": "chi"})
    return ledger


def refuse(_ledger: OpenLedger) -> None:
    title = "Thông báo 485"
    raise NotConcernedError(title)


def append_and_break(ledger: OpenLedger) -> None:
    append(ledger)
    raise ZeroDivisionError


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(schema.entry)) or 0


def test_a_job_gets_its_result(writer: Writer) -> None:
    assert writer.submit(lambda _ledger: "đã ghi").result(PATIENCE) == "đã ghi"


def test_an_answer_comes_after_the_commit(writer: Writer, other: Database) -> None:
    counted: list[int] = []
    future = writer.submit(append)
    future.add_done_callback(lambda _: counted.append(count(other)))

    future.result(PATIENCE)
    writer.close()

    assert counted == [1]


def test_jobs_wait_for_their_turn_and_end_it(writer: Writer) -> None:
    writer.lock.take()
    waiting = writer.submit(append)

    with pytest.raises(TimeoutError):
        waiting.result(0.2)

    writer.lock.end()
    waiting.result(PATIENCE)
    writer.submit(append).result(PATIENCE)


def test_who_waits_for_a_turn_that_never_comes_is_told_to_come_back(writer: Writer) -> None:
    writer.lock.take()
    waiting = writer.submit(append)

    writer.lock.close()

    assert isinstance(waiting.exception(PATIENCE), StoreUnreachableError)


def test_what_many_threads_hand_in_is_written_in_one_commit(database: Database, writer: Writer, key: LedgerKey) -> None:
    busy = Busy(writer)
    with ThreadPoolExecutor(16) as pool:
        futures = list(pool.map(lambda _: writer.submit(append), range(200)))

    busy.end()

    assert len({id(future.result(PATIENCE)) for future in futures}) == 1
    assert count(database) == 200
    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def test_no_more_than_some_are_written_together(writer: Writer) -> None:
    """Else a rush would make the first wait for the last."""
    busy = Busy(writer)
    futures = [writer.submit(append) for _ in range(TOGETHER_AT_MOST + 1)]

    busy.end()

    assert len({id(future.result(PATIENCE)) for future in futures}) == 2


def test_a_refused_job_does_not_disturb_the_others(database: Database, writer: Writer) -> None:
    busy = Busy(writer)
    before, refused, after = writer.submit(append), writer.submit(refuse), writer.submit(append)

    busy.end()

    assert before.result(PATIENCE) is after.result(PATIENCE)
    assert isinstance(refused.exception(PATIENCE), NotConcernedError)
    assert count(database) == 2


def test_a_job_that_breaks_breaks_for_its_own_waiter_only(database: Database, writer: Writer) -> None:
    busy = Busy(writer)
    before, broken, after = writer.submit(append), writer.submit(append_and_break), writer.submit(append)

    busy.end()

    assert isinstance(broken.exception(PATIENCE), ZeroDivisionError)
    before.result(PATIENCE)
    after.result(PATIENCE)
    assert count(database) == 2


def test_who_no_longer_waits_does_not_disturb_the_others(database: Database, writer: Writer) -> None:
    busy = Busy(writer)
    before, given_up, after = (writer.submit(append) for _ in range(3))
    assert given_up.cancel()

    busy.end()

    before.result(PATIENCE)
    after.result(PATIENCE)
    with pytest.raises(CancelledError):
        given_up.result()
    assert count(database) == 2


def test_a_job_that_runs_can_no_longer_be_given_up(writer: Writer) -> None:
    """What may be committed any moment must be answered."""
    busy = Busy(writer)

    assert not busy.future.cancel()

    busy.end()
    busy.future.result(PATIENCE)


def test_closing_finishes_what_waits(database: Database, writer: Writer) -> None:
    busy = Busy(writer)
    futures = [writer.submit(append) for _ in range(20)]
    busy.end()

    writer.close()

    assert all(future.done() for future in futures)
    assert count(database) == 20


def test_a_closed_writer_takes_nothing(writer: Writer) -> None:
    writer.close()

    with pytest.raises(StoreUnreachableError):
        writer.submit(append)


def test_too_many_waiting_are_told_to_come_back(sqlite: Database) -> None:
    writer = Writer(sqlite)
    busy = Busy(writer)
    futures = [writer.submit(lambda _: None) for _ in range(WAITING_AT_MOST)]

    with pytest.raises(StoreUnreachableError):
        writer.submit(append)

    busy.end()
    writer.close()
    assert all(future.done() for future in futures)


def test_everyone_is_told_when_the_database_is_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    writer = Writer(Database(f"sqlite:///{tmp_path_factory.mktemp('away')}"))

    errors = [writer.submit(append).exception(PATIENCE) for _ in range(3)]

    assert [type(error) for error in errors] == [StoreUnreachableError] * 3
    writer.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_who_waits_for_a_commit_that_was_lost_is_told_so(writer: Writer, other: Database, database: Database) -> None:
    def lose(ledger: OpenLedger) -> None:
        append(ledger)
        ledger.flush()
        process = ledger.connection.scalar(select(func.pg_backend_pid()))
        with other.reading() as killer:
            killer.execute(select(func.pg_terminate_backend(process, 5_000)))

    assert isinstance(writer.submit(lose).exception(PATIENCE), UncertainCommitError)

    writer.submit(append).result(PATIENCE)
    assert count(database) == 1
