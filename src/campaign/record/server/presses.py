"""Presses of the button: gathered while the last ones are being recorded, recorded in a process of their own.

Python runs one thread at a time in a process. Recording a press takes about as long as reading and answering it, so
that each in a process of its own doubles what a machine with two processors can do in a rush.

The way of a press, from its route to its entry:

1. `reader.confirming.record_confirmation` reads the form,
2. `PressQueue.record` lets it wait for those that are being recorded,
3. `PressProcess.record` waits for the turn to write, by `FairLock.take` (4), and sends all that wait through a pipe,
5. `main`, in the other process, receives them and sends the answers back,
6. `record_together` opens a transaction, and commits it,
7. `store.posts.confirmations.confirm_all` finds the readers, checks, and says what is to be recorded,
8. `OpenLedger.append_all` makes the entries,
9. `store.ledger.projections` has the rows, and the tallies with them.
"""

import asyncio
import gc
import logging
import pickle
import signal
import struct
import sys
import traceback
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Protocol

from campaign.errors.base import CampaignError, Cause
from campaign.errors.store import StoreUnreachableError, UncertainCommitError
from campaign.store.ledger.database import COMMIT_SECONDS, TURN_SHARE, Database, has_disk_failed
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.writer import DISK_FAILED, Writer
from campaign.store.posts.confirmations import Confirmation, Press, confirm_all

WAITING_AT_MOST = 10_000
TOGETHER_AT_MOST = 500
"""A rush must not make the first wait for the last."""
NEW_OBJECTS = 20_000
"""After how many new objects Python looks for garbage among them."""
PROCESS_SHARE = 2.0
"""After how many times the time of a commit the process is taken to stand still, for its disk or for itself."""
DISK_HAS_FAILED = 74
"""The exit code when the disk has failed (EX_IOERR of sysexits.h)."""

_log = logging.getLogger(__name__)
_LENGTH = struct.Struct("!I")

Answer = Confirmation | Exception
"""A press's confirmation, or why there is none."""


class PressRecorder(Protocol):
    """Records presses, and answers for each when that is durably committed."""

    async def open(self) -> None:
        """Get ready."""

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
        """Do as `record_together`.

        Raises:
            UncertainCommitError: Nobody knows which of them are recorded.
        """

    async def close(self) -> None:
        """Come to an end; nobody waits any more."""


@dataclass(slots=True)
class _Waiting:
    press: Press
    answer: "asyncio.Future[Confirmation]"
    is_handed_on: bool = False


class PressQueue:
    """Takes presses in the event loop and hands them on together: those that came while the last were recorded."""

    def __init__(self, recorder: PressRecorder, seconds: float = COMMIT_SECONDS) -> None:
        """Hand on to *recorder*; nobody waits for an answer longer than so many seconds."""
        self._recorder = recorder
        self._seconds = seconds
        self._waiting: list[_Waiting] = []
        self._handing_on: asyncio.Task[None] | None = None

    async def record(self, press: Press) -> Confirmation:
        """Record a press and return its confirmation once that is durably committed.

        Raises:
            CampaignError: The session is over, or whatever `confirm_all` refuses and is said of the database.
            StoreUnreachableError: It was not handed on in time, and will not be.
            UncertainCommitError: It was, and there is no answer in time.
        """
        if len(self._waiting) >= WAITING_AT_MOST:
            raise StoreUnreachableError
        loop = asyncio.get_running_loop()
        waiting = _Waiting(press, loop.create_future())
        self._waiting.append(waiting)
        giving_up = loop.call_later(self._seconds, self._give_up, waiting)
        if self._handing_on is None or self._handing_on.done():
            self._handing_on = asyncio.create_task(self._hand_on())  # It begins after whoever else has just come.
        try:
            return await waiting.answer
        finally:
            giving_up.cancel()

    def _give_up(self, waiting: _Waiting) -> None:
        if not waiting.answer.done():
            waiting.answer.set_exception(UncertainCommitError() if waiting.is_handed_on else StoreUnreachableError())

    async def _hand_on(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
            together = [waiting for waiting in together if not waiting.answer.done()]
            for waiting in together:
                waiting.is_handed_on = True
            answers: Sequence[Answer]
            try:
                answers = await self._recorder.record([waiting.press for waiting in together])
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who wait for the answer
                answers = [error] * len(together)
            for waiting, answer in zip(together, answers, strict=True):
                if waiting.answer.done():  # The reader has gone.
                    continue
                if isinstance(answer, Exception):
                    waiting.answer.set_exception(answer)
                else:
                    waiting.answer.set_result(answer)


class PressProcess:
    """Records presses in a process of its own. When that ends unasked, this one ends too, to be started again.

    It sends a list of presses and gets a list of answers, pickled, through the pipes of the process's standard input
    and output. The process ends when its input does, which is also when this one has died.
    """

    def __init__(self, database: Database, writer: Writer, seconds: float = COMMIT_SECONDS) -> None:
        """Write to *database*, in turns with *writer*; a commit may take so many seconds."""
        self._url = database.url
        self._writer = writer
        self._seconds = seconds
        self._is_closing = False
        self._process: Process
        self._input: StreamWriter
        self._output: StreamReader
        self._watching: asyncio.Task[None]

    async def open(self) -> None:
        """Start the process; presses may come before it is ready."""
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, stdin=PIPE, stdout=PIPE)
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._input, self._output = self._process.stdin, self._process.stdout
        # Not as an argument, which everyone on the machine can see: it may hold a password.
        self._input.write(pickle.dumps((self._url, self._seconds)))
        self._watching = asyncio.create_task(self._watch(self._process))

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
        """Record presses together; see `PressRecorder`.

        Raises:
            StoreUnreachableError: Somebody else writes all the time; nothing was recorded.
        """
        turn = self._writer.lock.take()
        if not turn.done():
            await asyncio.wait([asyncio.wrap_future(turn)], timeout=self._seconds * TURN_SHARE)
        if not turn.done():
            self._writer.lock.leave(turn)
            raise StoreUnreachableError from Cause("a write of this recorder does not come to its end")
        turn.result()
        try:
            self._input.write(pickle.dumps(presses))
            async with asyncio.timeout(self._seconds * PROCESS_SHARE):
                [length] = _LENGTH.unpack(await self._output.readexactly(_LENGTH.size))
                answers: Sequence[Answer] = pickle.loads(await self._output.readexactly(length))  # noqa: S301 - ours
        except TimeoutError:
            await self._start_again()
            self._writer.lock.end()
            raise UncertainCommitError from Cause("the process that records presses stood still")
        except (OSError, RuntimeError, asyncio.IncompleteReadError):  # as the event loops say that the pipe is closed
            raise UncertainCommitError from None  # The turn is not ended: nobody may write now.
        self._writer.lock.end()
        return answers

    async def close(self) -> None:
        """Let the process end."""
        self._is_closing = True
        self._input.close()
        await asyncio.wait([self._watching], timeout=self._seconds * PROCESS_SHARE)
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _start_again(self) -> None:
        """Put another process in the place of one that stands still: what it holds in the database ends with it."""
        _log.error("the process that records presses stood still: another is started")
        self._watching.cancel()
        self._process.kill()
        await self.open()

    async def _watch(self, process: Process) -> None:
        code = await process.wait()
        if not self._is_closing:
            reason = DISK_FAILED if code == DISK_HAS_FAILED else f"the process that records presses has ended ({code})"
            Thread(target=self._writer.end_process, args=(reason,), daemon=True).start()


def main() -> None:
    """Record what comes on standard input, and answer on standard output."""
    for number in (signal.SIGINT, signal.SIGTERM):  # They reach all processes of the recorder, which ends in order.
        signal.signal(number, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError):
        database = Database(*pickle.load(sys.stdin.buffer))  # noqa: S301 - from the recorder
        look_rarely_for_garbage()
        while True:
            answers = record_together(database, pickle.load(sys.stdin.buffer))  # noqa: S301 - from the recorder
            if any(has_disk_failed(answer) for answer in answers):
                sys.exit(DISK_HAS_FAILED)
            content = pickle.dumps([_to_sendable(answer) for answer in answers])
            sys.stdout.buffer.write(_LENGTH.pack(len(content)) + content)
            sys.stdout.buffer.flush()


def record_together(database: Database, presses: Sequence[Press]) -> list[Answer]:
    """Record presses in one commit, and answer for each; when one breaks, each is tried alone."""
    try:
        with appending(database) as ledger:
            return [*confirm_all(ledger, presses)]
    except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who waits for the answer
        if len(presses) == 1 or isinstance(error, CampaignError):
            return [error] * len(presses)
    return [answer for press in presses for answer in record_together(database, [press])]


def _to_sendable(answer: Answer) -> Answer:
    """Return an answer that can be pickled: other libraries' errors cannot, only what they say."""
    if isinstance(answer, CampaignError) and not isinstance(answer.__cause__, Cause):
        answer.__cause__ = None
    elif isinstance(answer, Exception) and not isinstance(answer, CampaignError):
        answer = RuntimeError("".join(traceback.format_exception(answer)))
    return answer


def look_rarely_for_garbage() -> None:
    """Look rarely for objects that only hold each other, and never among those that live as long as the program.

    Otherwise both processes take a sixth more processor time for a press.
    """
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


if __name__ == "__main__":
    main()
