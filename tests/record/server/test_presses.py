"""The queue: presses that come together are recorded together, and each has its own answer."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import StatementError

from campaign.errors.access import SessionExpiredError
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.errors.store import StoreUnreachableError, UncertainCommitError
from campaign.record.server.presses import TOGETHER_AT_MOST, WAITING_AT_MOST, Answer, PressQueue
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.posts.confirmations import Confirmation, Press
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import OPENED
from tests.rigs.recorder import FOR_OFFICE, NOTICE, Desk, PressesHere

STAFF = ("SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004")


def press_of(desk: Desk, staff_code: str, notice: object = NOTICE) -> Press:
    """Return what the browser of a member who is signed in sends."""
    post = FOR_OFFICE if notice is FOR_OFFICE else NOTICE
    with desk.database.writing() as connection:
        session = Session("slip_code", member_id=find_by_code(connection, staff_code).id)
        token = open_session(connection, session, OPENED, timedelta(hours=8))
    return Press(token, post.id, post.revision.number, post.digest, OPENED)


class CountingPresses(PressesHere):
    """Knows how many presses came together each time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.database)
        self.together: list[int] = []
        self.begun = asyncio.Event()

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
        self.together.append(len(presses))
        self.begun.set()
        return await super().record(presses)


def record(desk: Desk, presses: Iterable[Press]) -> list[Confirmation | BaseException]:
    """Press all at once."""

    async def press_all() -> list[Confirmation | BaseException]:
        queue = PressQueue(desk.recorder.presses)
        return await asyncio.gather(*(queue.record(press) for press in presses), return_exceptions=True)

    return asyncio.run(press_all())


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
    assert isinstance(answers[1], StatementError)
    assert isinstance(answers[2], Confirmation)


def test_who_has_gone_does_not_disturb_the_others(desk: Desk) -> None:
    presses = [press_of(desk, "SKHCN-001"), press_of(desk, "SKHCN-002")]

    async def press_and_leave() -> Confirmation:
        queue = PressQueue(desk.recorder.presses)
        gone, stays = (asyncio.ensure_future(queue.record(press)) for press in presses)
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


def test_who_comes_while_others_are_recorded_is_recorded_together_after_them(desk: Desk) -> None:
    presses, counting = [press_of(desk, code) for code in STAFF], CountingPresses(desk)

    async def press_one_then_the_others() -> list[Confirmation]:
        queue = PressQueue(counting)
        first = asyncio.ensure_future(queue.record(presses[0]))
        await counting.begun.wait()
        return await asyncio.gather(first, *(queue.record(press) for press in presses[1:]))

    answers = asyncio.run(press_one_then_the_others())

    assert [one.member_id for one in answers] == [1, 2, 3, 4]
    assert counting.together == [1, 3]


def test_no_more_than_some_are_recorded_together(desk: Desk) -> None:
    """Else a rush would make the first wait for the last."""
    press, counting = press_of(desk, "SKHCN-001"), CountingPresses(desk)

    async def press_all() -> None:
        queue = PressQueue(counting)
        await asyncio.gather(*(queue.record(press) for _ in range(TOGETHER_AT_MOST + 1)))

    asyncio.run(press_all())

    assert counting.together == [TOGETHER_AT_MOST, 1]


def test_who_comes_after_a_failure_is_recorded(desk: Desk) -> None:
    class Failing(PressesHere):
        """Breaks the first time."""

        fails = True

        async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
            if self.fails:
                self.fails = False
                raise ZeroDivisionError
            return await super().record(presses)

    async def press_twice() -> list[Confirmation | BaseException]:
        queue = PressQueue(Failing(desk.database))
        press = press_of(desk, "SKHCN-001")
        return [(await asyncio.gather(queue.record(press), return_exceptions=True))[0] for _ in range(2)]

    broken, recorded = asyncio.run(press_twice())

    assert isinstance(broken, ZeroDivisionError)
    assert isinstance(recorded, Confirmation)


class SilentPresses(PressesHere):
    """Never answers."""

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:  # noqa: ARG002 - they are lost
        await asyncio.Event().wait()
        raise AssertionError


def test_nobody_waits_longer_than_is_set(desk: Desk) -> None:
    """Whoever was handed on may be recorded; whoever was not never will be."""

    async def press_one_then_another() -> list[Confirmation | BaseException]:
        queue = PressQueue(SilentPresses(desk.database), seconds=0.05)
        presses = [press_of(desk, code) for code in STAFF[:2]]
        first = asyncio.ensure_future(queue.record(presses[0]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return list(await asyncio.gather(first, queue.record(presses[1]), return_exceptions=True))

    answers = asyncio.run(press_one_then_another())

    assert [type(answer) for answer in answers] == [UncertainCommitError, StoreUnreachableError]


def test_who_was_told_that_nothing_is_recorded_is_not_recorded_later(desk: Desk) -> None:
    class SlowPresses(PressesHere):
        """Is busy with the first press for longer than anybody waits."""

        free = asyncio.Event()

        async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
            await self.free.wait()
            return await super().record(presses)

    async def press_all() -> BaseException | Confirmation:
        slow = SlowPresses(desk.database)
        queue = PressQueue(slow, seconds=1)
        presses = [press_of(desk, code) for code in STAFF[:3]]
        first = asyncio.ensure_future(queue.record(presses[0]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        [told] = await asyncio.gather(queue.record(presses[1]), return_exceptions=True)
        slow.free.set()
        await asyncio.gather(first, queue.record(presses[2]), return_exceptions=True)
        return told

    before = desk.entries()

    assert isinstance(asyncio.run(press_all()), StoreUnreachableError)
    assert desk.entries() == before + 2
