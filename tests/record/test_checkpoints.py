"""The checkpoint that the recorder makes by itself when a day is over."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.record.checkpoints import keep_checkpoint_of_the_day
from campaign.store.database import Database
from campaign.store.ledger import kept_checkpoints
from tests.record.desk import Desk


def kept(desk: Desk) -> dict[int, bytes]:
    with desk.recorder.database.reading() as connection:
        return kept_checkpoints(connection)


def test_the_day_after_all_entries_are_sealed_once(desk: Desk) -> None:
    desk.clock.now += timedelta(days=1)

    keep_checkpoint_of_the_day(desk.recorder)
    keep_checkpoint_of_the_day(desk.recorder)

    [(size, note)] = kept(desk).items()
    assert size == desk.entries()
    assert desk.recorder.key.verifier.read(note).size == size


def test_nothing_is_sealed_while_the_day_lasts(desk: Desk) -> None:
    keep_checkpoint_of_the_day(desk.recorder)

    assert kept(desk) == {}


def test_database_that_does_not_answer_is_told_in_the_log(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    unreachable = replace(desk.recorder, database=Database(f"sqlite:///{tmp_path}"))

    with caplog.at_level(logging.WARNING):
        keep_checkpoint_of_the_day(unreachable)

    assert "no checkpoint made" in caplog.text
