"""Presses of the button: gathered while the last ones are being committed, recorded together, answered together."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from campaign.errors import CampaignError, SessionExpiredError, StoreUnreachableError
from campaign.store.confirmations import Confirmation, ConfirmationRequest, Received, confirm_all
from campaign.store.ledger import OpenLedger
from campaign.store.roster import ListedMember, find_members
from campaign.store.sessions import Session, find_sessions
from campaign.store.writer import Writer

WAITING_AT_MOST = 10_000
TOGETHER_AT_MOST = 500
"""A rush must not make the first wait for the last."""
QUIET_TURNS = 3
"""After how many turns of the event loop in which nobody came the presses are handed in; a turn takes microseconds."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press of the button: the session that the browser holds, and the text that was on screen."""

    token: str
    post: str
    revision: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Waiting:
    press: Press
    answer: "asyncio.Future[Confirmation]"


class PressDesk:
    """Takes presses in the event loop's thread and hands them to the writer, as many at a time as have come.

    One hand-over between the threads serves all of them: with one for each press, handing over costs more than
    recording does. And nobody is handed in while others are just coming: the writer and the event loop take turns with
    the interpreter's lock, so that a commit begun beside them would hold up both, for fewer.
    """

    def __init__(self, writer: Writer) -> None:
        """Hand in to *writer*."""
        self._writer = writer
        self._waiting: list[_Waiting] = []
        self._handing_in: asyncio.Task[None] | None = None

    async def record(self, press: Press) -> Confirmation:
        """Record a press and return its confirmation once that is durably committed.

        Raises:
            CampaignError: The session is over, or whatever `confirm_all` refuses and the writer says of the database.
        """
        if len(self._waiting) >= WAITING_AT_MOST:
            raise StoreUnreachableError
        waiting = _Waiting(press, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._handing_in is None or self._handing_in.done():
            self._handing_in = asyncio.create_task(self._hand_in())  # It begins after whoever else has just come.
        return await waiting.answer

    async def _hand_in(self) -> None:
        while self._waiting:
            await self._gather()
            together, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
            await self._record(together)

    async def _gather(self) -> None:
        """Wait while others come."""
        quiet, seen = 0, len(self._waiting)
        while quiet < QUIET_TURNS and seen < TOGETHER_AT_MOST:
            await asyncio.sleep(0)
            quiet, seen = (quiet + 1 if len(self._waiting) == seen else 0), len(self._waiting)

    async def _record(self, together: Sequence[_Waiting]) -> None:
        """Record presses in one commit and answer each; when one breaks, each is tried alone."""
        job = partial(record_presses, presses=[one.press for one in together])
        answers: Sequence[Confirmation | Exception]
        try:
            answers = await asyncio.wrap_future(self._writer.submit(job))
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who waits for the answer
            if len(together) > 1 and not isinstance(error, CampaignError):
                for one in together:
                    await self._record([one])
                return
            answers = [error] * len(together)
        for one, answer in zip(together, answers, strict=True):
            if one.answer.done():  # The reader has gone.
                continue
            if isinstance(answer, Exception):
                one.answer.set_exception(answer)
            else:
                one.answer.set_result(answer)


def record_presses(ledger: OpenLedger, presses: Sequence[Press]) -> list[Confirmation | CampaignError]:
    """Find the readers and record their presses in the writer's transaction."""
    earliest = min(press.at for press in presses)  # A press that came in time is not refused for having waited.
    sessions = find_sessions(ledger.connection, {press.token for press in presses}, earliest)
    members = {session.member_id for session in sessions.values() if session.member_id}
    readers = find_members(ledger.connection, members)
    received = [_to_received(press, sessions, readers) for press in presses]
    answers = iter(confirm_all(ledger, [one for one in received if one]))
    return [next(answers) if one else SessionExpiredError() for one in received]


def _to_received(press: Press, sessions: Mapping[str, Session], readers: Mapping[int, ListedMember]) -> Received | None:
    """Return who pressed what, or nothing when the session is over or is nobody's on the roster."""
    session = sessions.get(press.token)
    reader = readers.get(session.member_id or 0) if session else None
    if session is None or reader is None:
        return None
    request = ConfirmationRequest(reader, press.post, press.revision, press.digest, session.identified_by)
    return Received(request, press.at)
