"""The writer: one thread in each process that appends to the ledger, everything that waits in one commit.

A commit costs about the same for one fact as for a hundred, because the disk is waited for once. So whoever has
something to write hands it in and gets the answer after the commit that holds it.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from campaign.errors import CampaignError, StoreUnreachableError
from campaign.store.database import Database
from campaign.store.ledger import OpenLedger, appending

Result = TypeVar("Result")
Job = Callable[[OpenLedger], Result]

WAITING_AT_MOST = 10_000
TOGETHER_AT_MOST = 500


class Writer:
    """Runs jobs on the open ledger in the order of their coming, many in one transaction."""

    def __init__(self, database: Database) -> None:
        """Start the thread."""
        self._database = database
        self._waiting: queue.Queue[tuple[Job[Any], Future[Any]] | None] = queue.Queue(WAITING_AT_MOST)
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
        future: Future[Result] = Future()
        with self._closing:
            if self._is_closed:
                raise StoreUnreachableError
            try:
                self._waiting.put_nowait((job, future))
            except queue.Full:
                raise StoreUnreachableError from None
        return future

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
            while len(batch) < TOGETHER_AT_MOST and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            running = None not in batch
            # Who no longer waits must not break the answering of the others.
            self._commit([item for item in batch if item is not None and item[1].set_running_or_notify_cancel()])

    def _commit(self, batch: list[tuple[Job[Any], "Future[Any]"]]) -> None:
        """Run the jobs in one transaction and answer after the commit; when one breaks, each is tried alone."""
        try:
            answers = self._attempt([job for job, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who waits for the answer
            if len(batch) == 1 or isinstance(error, CampaignError):
                answers = [error] * len(batch)
            else:
                for item in batch:
                    self._commit([item])
                return
        for (_, future), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    def _attempt(self, jobs: list[Job[Any]]) -> list[Any]:
        answers: list[Any] = []
        with appending(self._database) as ledger:
            for job in jobs:
                try:
                    answers.append(job(ledger))
                except CampaignError as error:
                    answers.append(error)
        return answers
