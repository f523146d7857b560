"""The writer: one thread in each process that appends to the ledger, everything that waits in one commit.

A commit costs about the same for one fact as for a hundred, because the disk is waited for once. So whoever has
something to write hands it in and gets the answer after the commit that holds it.

What is written all day goes through here; presses of the button have a process of their own, which takes turns with
this thread.
"""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from campaign.errors.base import CampaignError
from campaign.errors.store import StoreUnreachableError
from campaign.store.ledger.database import Database, has_disk_failed
from campaign.store.ledger.fair_lock import FairLock
from campaign.store.ledger.ledger import OpenLedger, appending

Result = TypeVar("Result")
Job = Callable[[OpenLedger], Result]

WAITING_AT_MOST = 10_000
TOGETHER_AT_MOST = 500
SECONDS_TO_ANSWER = 1.0
"""How long the process lives on after the disk has failed, so that those who wait hear that nobody knows."""

DISK_FAILED = "the disk has failed"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Task:
    """A job that waits to be run."""

    job: Job[Any]
    answer: "Future[Any]" = field(default_factory=Future)


class Writer:
    """Runs jobs on the open ledger in the order of their coming, many in one transaction.

    Attributes:
        lock: What whoever else writes for this program has to take first.
    """

    def __init__(self, database: Database) -> None:
        """Start the thread."""
        self.lock = FairLock()
        self._database = database
        self._waiting: queue.Queue[_Task | None] = queue.Queue(WAITING_AT_MOST)
        self._closing = threading.Lock()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[Result]) -> "Future[Result]":
        """Hand in a job, which must raise before it writes, or not at all.

        Returns:
            Its result, once that is durably committed, or the error for which nothing was written.

        Raises:
            StoreUnreachableError: Too many are waiting already, or the writer is closed.
        """
        task = _Task(job)
        with self._closing:
            if self._is_closed:
                raise StoreUnreachableError
            try:
                self._waiting.put_nowait(task)
            except queue.Full:
                raise StoreUnreachableError from None
        return task.answer

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        with self._closing:
            self._is_closed = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        running = True
        while running:
            batch = [self._waiting.get()]
            no_turn = self.lock.take().exception()
            while len(batch) < TOGETHER_AT_MOST and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            running = None not in batch
            # Who no longer waits must not break the answering of the others.
            tasks = [task for task in batch if task is not None and task.answer.set_running_or_notify_cancel()]
            if no_turn is None:
                self._commit(tasks)
                self.lock.end()
            else:
                _answer(tasks, [no_turn] * len(tasks))

    def _commit(self, batch: list[_Task]) -> None:
        """Run the tasks in one transaction and answer after the commit; when one breaks, each is tried alone."""
        try:
            with appending(self._database) as ledger:
                answers = [_run(ledger, task.job) for task in batch]
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who waits for the answer
            if len(batch) == 1 or isinstance(error, CampaignError):
                answers = [error] * len(batch)
            else:
                for task in batch:
                    self._commit([task])
                return
        _answer(batch, answers)
        if answers and has_disk_failed(answers[0]):
            self.end_process(DISK_FAILED)

    def end_process(self, reason: str) -> NoReturn:
        """End the process when everyone has an answer, so that a new one begins with what is on the disk."""
        _log.critical("%s: ending, to be started again", reason)
        self.lock.close()
        with self._closing:
            self._is_closed = True
        while not self._waiting.empty():
            task = self._waiting.get_nowait()
            if task is not None and task.answer.set_running_or_notify_cancel():
                task.answer.set_exception(StoreUnreachableError())
        time.sleep(SECONDS_TO_ANSWER)
        os._exit(1)  # sys.exit would end this thread only, and an orderly end would wait for it and for the database


def _answer(batch: list[_Task], answers: list[Any]) -> None:
    for task, answer in zip(batch, answers, strict=True):
        if isinstance(answer, BaseException):
            task.answer.set_exception(answer)
        else:
            task.answer.set_result(answer)


def _run(ledger: OpenLedger, job: Job[Result]) -> Result | CampaignError:
    try:
        return job(ledger)
    except CampaignError as error:
        return error
