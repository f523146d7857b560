"""The checkpoint that the recorder makes by itself when a day is over."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from campaign.core.ledger.entry import Kind
from campaign.jobs.checkpoints import close_posts_that_ended, keep_checkpoint_of_the_day
from campaign.record.server.recorder import Recorder
from campaign.store.figures.closings import find_closing
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import FIRST_LATE, LAST_SECOND
from tests.rigs.ledger_steps import kinds, press
from tests.rigs.recorder import Desk


def seal(job: Callable[[Database, Writer, LedgerKey, datetime], None], recorder: Recorder) -> None:
    job(recorder.database, recorder.writer, recorder.key, recorder.clock())


def kept(desk: Desk) -> dict[int, bytes]:
    with desk.recorder.database.reading() as connection:
        return kept_checkpoints(connection)


def test_the_day_after_all_entries_are_sealed_once(desk: Desk) -> None:
    desk.clock.now += timedelta(days=1)

    seal(keep_checkpoint_of_the_day, desk.recorder)
    seal(keep_checkpoint_of_the_day, desk.recorder)

    [(size, note)] = kept(desk).items()
    assert size == desk.entries()
    assert desk.recorder.key.verifier.read(note).size == size


def test_nothing_is_sealed_while_the_day_lasts(desk: Desk) -> None:
    seal(keep_checkpoint_of_the_day, desk.recorder)

    assert kept(desk) == {}


def test_database_that_does_not_answer_is_told_in_the_log(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    unreachable = replace(desk.recorder, database=Database(f"sqlite:///{tmp_path}"))

    with caplog.at_level(logging.WARNING):
        seal(keep_checkpoint_of_the_day, unreachable)

    assert "no checkpoint made" in caplog.text


def test_a_minute_after_the_deadline_the_figures_are_recorded_once_and_sealed(desk: Desk) -> None:
    press(desk.database, "SKHCN-001", at=LAST_SECOND)
    press(desk.database, "SKHCN-002", at=FIRST_LATE)
    desk.clock.now = FIRST_LATE + timedelta(minutes=1)

    seal(close_posts_that_ended, desk.recorder)
    seal(close_posts_that_ended, desk.recorder)

    assert kinds(desk.database).count(Kind.POST_CLOSED) == 2
    with desk.database.reading() as connection:
        closing = find_closing(connection, "thong-bao-485", date(2025, 11, 5))
    assert closing is not None
    assert (closing.total.on_time, closing.total.late, closing.total.outstanding) == (1, 0, 3)
    assert closing.closed_at == desk.clock.now
    [(size, note)] = kept(desk).items()
    assert size == desk.entries()
    assert desk.recorder.key.verifier.read(note).size == size


def test_nothing_is_closed_while_confirmations_in_time_may_still_be_written(desk: Desk) -> None:
    desk.clock.now = FIRST_LATE + timedelta(seconds=59)

    seal(close_posts_that_ended, desk.recorder)

    assert Kind.POST_CLOSED not in kinds(desk.database)


def test_a_closing_that_fails_is_told_in_the_log(desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    unreachable = replace(desk.recorder, database=Database(f"sqlite:///{tmp_path}"))

    with caplog.at_level(logging.WARNING):
        seal(close_posts_that_ended, unreachable)

    assert "no post closed" in caplog.text
