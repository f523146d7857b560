"""The process that records presses, as a real one, on both databases."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from campaign.core.ledger.policy import Policy
from campaign.errors.access import SessionExpiredError
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.errors.store import StoreUnreachableError
from campaign.record.application import create_application
from campaign.record.server.presses import Answer, PressProcess
from campaign.store.ledger.writer import Writer
from campaign.store.posts.confirmations import Confirmation, Press
from campaign.store.proofs.verification import verify_ledger
from tests.record.server.test_presses import STAFF, press_of
from tests.rigs.machine import empty_postgres
from tests.rigs.recorder import ADDRESS, FOR_OFFICE, Desk, fill_desk, open_desk

PATIENCE = 60
Result = TypeVar("Result")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A recorder at work on either database."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        empty_postgres(url)
    desk = fill_desk(open_desk(tmp_path, url))
    yield desk
    desk.close()


def with_process(desk: Desk, do: Callable[[PressProcess], Awaitable[Result]]) -> Result:
    """Do something with a process that records."""

    async def open_and_do() -> Result:
        process = PressProcess(desk.database, desk.recorder.writer)
        await process.open()
        try:
            async with asyncio.timeout(PATIENCE):
                return await do(process)
        finally:
            await process.close()

    return asyncio.run(open_and_do())


def record(desk: Desk, *presses: Press) -> list[Answer]:
    """Let a process record presses together."""

    async def hand_in(process: PressProcess) -> list[Answer]:
        return list(await process.record(presses))

    return with_process(desk, hand_in)


def test_presses_are_recorded_in_the_one_ledger(desk: Desk) -> None:
    presses = [press_of(desk, code) for code in STAFF]

    answers = record(desk, *presses, presses[0])

    confirmations = [answer for answer in answers if isinstance(answer, Confirmation)]
    assert [one.member_id for one in confirmations] == [1, 2, 3, 4, 1]
    assert confirmations[4] == confirmations[0]
    assert desk.entries() == max(one.sequence for one in confirmations)
    with desk.database.reading() as connection:
        assert verify_ledger(connection, Policy(desk.recorder.key.verifier)).findings == ()


def test_a_refused_press_comes_back_with_its_fault(desk: Desk) -> None:
    refused = [
        replace(press_of(desk, "SKHCN-003"), token="ai đó"),
        replace(press_of(desk, "SKHCN-003"), digest="0" * 64),
        press_of(desk, "SKHCN-002", FOR_OFFICE),
    ]

    answers = record(desk, *refused, press_of(desk, "SKHCN-001"))

    assert [type(one) for one in answers] == [SessionExpiredError, RevisionStaleError, NotConcernedError, Confirmation]
    assert isinstance(answers[1], RevisionStaleError)
    assert (answers[1].seen, answers[1].current) == (1, 1)


def test_a_press_that_breaks_comes_back_with_where_it_broke(desk: Desk) -> None:
    naive = datetime(2025, 10, 25, 8, 0)
    broken = replace(press_of(desk, "SKHCN-001"), at=naive)

    good, bad = record(desk, press_of(desk, "SKHCN-002"), broken)

    assert isinstance(good, Confirmation)
    assert isinstance(bad, RuntimeError)
    assert "Traceback" in str(bad)
    assert "record_together" in str(bad)


def test_a_database_that_is_away_is_said_to_be_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    press = press_of(desk, "SKHCN-001")
    away = open_desk(tmp_path / "đi", f"sqlite:///{tmp_path}")

    [answer] = record(away, press)

    away.close()
    assert isinstance(answer, StoreUnreachableError)
    assert "unable to open database file" in str(answer.__cause__)


def test_presses_wait_for_their_turn_and_end_it(desk: Desk) -> None:
    """Else a rush of presses would keep the Office from writing, or the other way round."""
    press, turns = press_of(desk, "SKHCN-001"), desk.recorder.writer.lock

    async def press_while_another_has_the_turn(process: PressProcess) -> Answer:
        await process.record([press])  # The process has started.
        turns.take()
        waiting = asyncio.ensure_future(process.record([press]))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        turns.end()
        [answer] = await waiting
        return answer

    assert isinstance(with_process(desk, press_while_another_has_the_turn), Confirmation)
    assert turns.take().done()
    turns.end()


@contextmanager
def served(desk: Desk) -> Iterator[TestClient]:
    """Serve with a process, as ``campaign record`` does, to a reader who is signed in."""
    writer = Writer(desk.database)  # Ends with what it serves; that of the desk goes on.
    recorder = replace(desk.recorder, writer=writer, presses=PressProcess(desk.database, writer))
    with TestClient(create_application(recorder), base_url=ADDRESS, follow_redirects=False) as http:
        http.cookies.update(desk.reader().http.cookies)
        yield http


def send(desk: Desk, http: TestClient) -> Response:
    """Press the button."""
    reader = desk.reader()
    reader.http = http
    return reader.submit("/xac-nhan/thong-bao-485")


def test_the_application_presses_through_its_process(desk: Desk) -> None:
    with served(desk) as http:
        response = send(desk, http)

    assert response.status_code == 303
    assert re.fullmatch(r"/bien-nhan/\d+", response.headers["location"])


def test_a_bug_in_the_process_is_logged_with_where_it_broke(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    reader = desk.reader()
    with served(desk) as http:
        reader.http = http
        form = reader.hidden("/xac-nhan/thong-bao-485")
        desk.clock.now = datetime(2025, 10, 25, 8, 0)
        response = reader.send("/xac-nhan/thong-bao-485", form)

    assert response.status_code == 500
    assert "record_together" in caplog.text
