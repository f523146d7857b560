"""The desk: presses that come together are recorded together, and each has its own answer."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest

from campaign.errors import NotConcernedError, RevisionStaleError, SessionExpiredError, StoreUnreachableError
from campaign.record.presses import WAITING_AT_MOST, Press, PressDesk
from campaign.store.confirmations import Confirmation
from campaign.store.ledger import OpenLedger
from campaign.store.roster import find_by_code
from campaign.store.sessions import Session, open_session
from campaign.store.writer import Job, Result, Writer
from tests.builders import OPENED
from tests.record.desk import FOR_OFFICE, NOTICE, Desk

PATIENCE = 60
STAFF = ("SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004")


def press_of(desk: Desk, staff_code: str, notice: object = NOTICE) -> Press:
    """Return what the browser of a member who is signed in sends."""
    post = FOR_OFFICE if notice is FOR_OFFICE else NOTICE
    with desk.database.writing() as connection:
        session = Session("slip_code", member_id=find_by_code(connection, staff_code).id)
        token = open_session(connection, session, OPENED, timedelta(hours=8))
    return Press(token, post.id, post.revision.number, post.digest, OPENED)


def record(desk: Desk, presses: Iterable[Press]) -> list[Confirmation | BaseException]:
    """Press at once, while the writer is busy with something else, so that all wait together."""
    begun, ended = Event(), Event()

    def be_busy(_ledger: OpenLedger) -> None:
        begun.set()
        assert ended.wait(PATIENCE)

    async def press_all() -> list[Confirmation | BaseException]:
        at_desk = PressDesk(desk.recorder.writer)
        waiting = [asyncio.ensure_future(at_desk.record(press)) for press in presses]
        asyncio.get_running_loop().call_soon(ended.set)
        return await asyncio.gather(*waiting, return_exceptions=True)

    busy = desk.recorder.writer.submit(be_busy)
    assert begun.wait(PATIENCE)
    answers = asyncio.run(press_all())
    busy.result(PATIENCE)
    return answers


def test_everyone_who_presses_at_once_gets_the_own_confirmation(desk: Desk) -> None:
    presses = [press_of(desk, code) for code in STAFF]

    answers = record(desk, [*presses, presses[0]])

    confirmations = [answer for answer in answers if isinstance(answer, Confirmation)]
    assert [one.member_id for one in confirmations] == [1, 2, 3, 4, 1]
    assert confirmations[4] == confirmations[0]
    assert desk.entries() == max(one.sequence for one in confirmations)


def test_a_press_that_is_refused_does_not_disturb_the_others(desk: Desk) -> None:
    good = press_of(desk, "SKHCN-001")
    refused = [
        replace(press_of(desk, "SKHCN-003"), token="ai đó"),
        replace(press_of(desk, "SKHCN-003"), digest="0" * 64),
        press_of(desk, "SKHCN-002", FOR_OFFICE),
    ]

    answers = record(desk, [*refused, good])

    assert [type(one) for one in answers[:3]] == [SessionExpiredError, RevisionStaleError, NotConcernedError]
    assert isinstance(answers[3], Confirmation)


def test_a_press_that_breaks_breaks_for_its_own_reader_only(desk: Desk) -> None:
    naive = datetime(2025, 10, 25, 8, 0)
    broken = replace(press_of(desk, "SKHCN-001"), at=naive)

    answers = record(desk, [press_of(desk, "SKHCN-002"), broken, press_of(desk, "SKHCN-003")])

    assert isinstance(answers[0], Confirmation)
    assert isinstance(answers[1], ValueError | TypeError)
    assert isinstance(answers[2], Confirmation)


def test_who_has_gone_does_not_disturb_the_others(desk: Desk) -> None:
    presses = [press_of(desk, "SKHCN-001"), press_of(desk, "SKHCN-002")]

    async def press_and_leave() -> Confirmation:
        at_desk = PressDesk(desk.recorder.writer)
        gone, stays = (asyncio.ensure_future(at_desk.record(press)) for press in presses)
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(press_and_leave()).member_id == 2


def test_too_many_waiting_are_told_to_come_back(desk: Desk) -> None:
    press = press_of(desk, "SKHCN-001")

    answers = record(desk, [press] * (WAITING_AT_MOST + 1))

    assert isinstance(answers[-1], StoreUnreachableError)
    assert all(isinstance(answer, Confirmation) for answer in answers[:-1])
    assert len({answer.sequence for answer in answers if isinstance(answer, Confirmation)}) == 1


@pytest.mark.parametrize("code", STAFF)
def test_a_press_that_comes_alone_is_recorded(desk: Desk, code: str) -> None:
    [answer] = record(desk, [press_of(desk, code)])

    assert isinstance(answer, Confirmation)


class CountingWriter(Writer):
    """A writer that knows how many jobs it was given."""

    jobs = 0

    def submit(self, job: Job[Result]) -> Future[Result]:
        """Count, and hand in."""
        self.jobs += 1
        return super().submit(job)


def test_who_comes_while_others_are_just_coming_is_recorded_with_them(desk: Desk) -> None:
    presses, writer = [press_of(desk, code) for code in STAFF], CountingWriter(desk.database)

    async def press_one_turn_after_the_other() -> list[Confirmation]:
        at_desk, waiting = PressDesk(writer), []
        for press in presses:
            waiting.append(asyncio.ensure_future(at_desk.record(press)))
            await asyncio.sleep(0)
        return await asyncio.gather(*waiting)

    answers = asyncio.run(press_one_turn_after_the_other())
    writer.close()

    assert [one.member_id for one in answers] == [1, 2, 3, 4]
    assert writer.jobs == 1
