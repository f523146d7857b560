"""Presses of the button: gathered while the last ones are being recorded, recorded together, answered together."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from campaign.errors.access import SessionExpiredError
from campaign.errors.base import CampaignError
from campaign.errors.store import StoreUnreachableError
from campaign.store.credentials.sessions import Reader, find_readers
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.posts.confirmations import Confirmation, ConfirmationRequest, Received, confirm_all

WAITING_AT_MOST = 10_000
TOGETHER_AT_MOST = 500
"""A rush must not make the first wait for the last."""


@dataclass(frozen=True)  # Without slots, pickling goes by C: a third of the time.
class Press:
    """A press of the button: the session that the browser holds, and the text that was on screen."""

    token: str
    post: str
    revision: int
    digest: str
    at: datetime


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


@dataclass(frozen=True, slots=True)
class _Waiting:
    press: Press
    answer: "asyncio.Future[Confirmation]"


class PressDesk:
    """Takes presses in the event loop and hands them on together: those that came while the last were recorded."""

    def __init__(self, recorder: PressRecorder) -> None:
        """Hand on to *recorder*."""
        self._recorder = recorder
        self._waiting: list[_Waiting] = []
        self._handing_on: asyncio.Task[None] | None = None

    async def record(self, press: Press) -> Confirmation:
        """Record a press and return its confirmation once that is durably committed.

        Raises:
            CampaignError: The session is over, or whatever `confirm_all` refuses and is said of the database.
        """
        if len(self._waiting) >= WAITING_AT_MOST:
            raise StoreUnreachableError
        waiting = _Waiting(press, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._handing_on is None or self._handing_on.done():
            self._handing_on = asyncio.create_task(self._hand_on())  # It begins after whoever else has just come.
        return await waiting.answer

    async def _hand_on(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
            answers: Sequence[Answer]
            try:
                answers = await self._recorder.record([one.press for one in together])
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who wait for the answer
                answers = [error] * len(together)
            for one, answer in zip(together, answers, strict=True):
                if not one.answer.done():  # Else the reader has gone.
                    _give(one.answer, answer)


def _give(waiting: "asyncio.Future[Confirmation]", answer: Answer) -> None:
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)


def record_together(database: Database, presses: Sequence[Press]) -> list[Answer]:
    """Record presses in one commit, and answer for each; when one breaks, each is tried alone."""
    try:
        with appending(database) as ledger:
            return [*record_presses(ledger, presses)]
    except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who waits for the answer
        if len(presses) == 1 or isinstance(error, CampaignError):
            return [error] * len(presses)
    return [answer for press in presses for answer in record_together(database, [press])]


def record_presses(ledger: OpenLedger, presses: Sequence[Press]) -> list[Confirmation | CampaignError]:
    """Find the readers and record their presses in one transaction."""
    earliest = min(press.at for press in presses)  # A press that came in time is not refused for having waited.
    readers = find_readers(ledger.connection, {press.token for press in presses}, earliest)
    received = [_to_received(press, readers) for press in presses]
    answers = iter(confirm_all(ledger, [one for one in received if one]))
    return [next(answers) if one else SessionExpiredError() for one in received]


def _to_received(press: Press, readers: Mapping[str, Reader]) -> Received | None:
    """Return who pressed what, or nothing when the session is over or is nobody's on the roster."""
    reader = readers.get(press.token)
    if reader is None:
        return None
    request = ConfirmationRequest(reader.listed, press.post, press.revision, press.digest, reader.identified_by)
    return Received(request, press.at)
