"""The process that records presses, so that recording and answering do not wait for each other's interpreter.

Python runs one thread at a time in a process. Recording a press takes about as long as reading and answering it, so
that each in a process of its own doubles what a machine with two processors can do in a rush.

The recorder sends a list of presses and gets a list of answers, pickled, through the pipes of the process's standard
input and output. It ends when its input does, which is also when the recorder has died.
"""

import asyncio
import pickle
import signal
import struct
import sys
import traceback
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

from campaign.errors.base import CampaignError
from campaign.errors.store import UncertainCommitError
from campaign.record.server.presses import gc_tuning as garbage
from campaign.record.server.presses.presses import Answer, Press, record_together
from campaign.store.ledger.database import Database, has_disk_failed
from campaign.store.ledger.writer import DISK_FAILED, Writer

DISK_HAS_FAILED = 74
"""The exit code when the disk has failed (EX_IOERR of sysexits.h)."""

_LENGTH = struct.Struct("!I")


class PressProcess:
    """Records presses in a process of its own. When that ends unasked, this one ends too, to be started again."""

    def __init__(self, database: Database, writer: Writer) -> None:
        """Write to *database*, in turns with *writer*."""
        self._url = database.url
        self._writer = writer
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
        self._input.write(pickle.dumps(self._url))
        self._watching = asyncio.create_task(self._watch())

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
        """Record presses together; see `PressRecorder`."""
        turn = self._writer.turns.take()
        if not turn.done():
            await asyncio.wrap_future(turn)
        turn.result()
        try:
            self._input.write(pickle.dumps(presses))
            [length] = _LENGTH.unpack(await self._output.readexactly(_LENGTH.size))
            answers: Sequence[Answer] = pickle.loads(await self._output.readexactly(length))  # noqa: S301 - ours
        except (OSError, RuntimeError, asyncio.IncompleteReadError):  # as the event loops say that the pipe is closed
            raise UncertainCommitError from None  # The turn is not ended: nobody may write now.
        self._writer.turns.end()
        return answers

    async def close(self) -> None:
        """Let the process end."""
        self._is_closing = True
        self._input.close()
        await self._watching

    async def _watch(self) -> None:
        code = await self._process.wait()
        if not self._is_closing:
            reason = DISK_FAILED if code == DISK_HAS_FAILED else f"the process that records presses has ended ({code})"
            Thread(target=self._writer.end_process, args=(reason,), daemon=True).start()


def main() -> None:
    """Record what comes on standard input, and answer on standard output."""
    for number in (signal.SIGINT, signal.SIGTERM):  # They reach all processes of the recorder, which ends in order.
        signal.signal(number, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError):
        database = Database(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the recorder
        garbage.look_rarely()
        while True:
            answers = record_together(database, pickle.load(sys.stdin.buffer))  # noqa: S301 - from the recorder
            if any(has_disk_failed(answer) for answer in answers):
                sys.exit(DISK_HAS_FAILED)
            content = pickle.dumps([_to_sendable(answer) for answer in answers])
            sys.stdout.buffer.write(_LENGTH.pack(len(content)) + content)
            sys.stdout.buffer.flush()


def _to_sendable(answer: Answer) -> Answer:
    """Return an answer that can be pickled: other libraries' errors cannot, only what they say."""
    if isinstance(answer, CampaignError) and answer.__cause__ is not None:
        answer.__cause__ = RuntimeError(str(getattr(answer.__cause__, "orig", answer.__cause__)))
    elif isinstance(answer, Exception) and not isinstance(answer, CampaignError):
        answer = RuntimeError("".join(traceback.format_exception(answer)))
    return answer


if __name__ == "__main__":
    main()
