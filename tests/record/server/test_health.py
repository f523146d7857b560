"""What a balancer asks: whether the recorder is alive, and whether it can be used."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from campaign.record.application import create_application
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import make_key
from campaign.store.proofs.verification import keep_checkpoint
from tests.rigs.ledger_steps import begin
from tests.rigs.recorder import Desk, open_desk

ALIVE, READY = "/suc-khoe/song", "/suc-khoe/san-sang"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path)
    begin(desk.database)
    return desk


def ask(desk: Desk, path: str, **headers: str) -> tuple[int, str]:
    response = TestClient(desk.application, base_url=desk.recorder.address).get(path, headers=headers)
    return response.status_code, response.text


@pytest.mark.parametrize("path", [ALIVE, READY, "/healthz", "/readyz"])
def test_whatever_its_host_is_called_a_sound_recorder_is_alive_and_ready(desk: Desk, path: str) -> None:
    assert ask(desk, path, Host="10.0.0.7") == (200, "ok\n")


def test_a_look_at_its_health_leaves_the_log_empty_and_is_kept_by_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "campaign.requests")

    response = TestClient(desk.application).get(READY)

    assert response.headers["Cache-Control"] == "no-store"
    assert "set-cookie" not in response.headers
    assert caplog.records == []


def test_without_its_database_it_is_alive_and_not_ready(desk: Desk, tmp_path: Path) -> None:
    desk.database.close()
    next(tmp_path.glob("*.sqlite3")).write_bytes(b"no database at all" * 100)

    assert (ask(desk, ALIVE)[0], ask(desk, READY)) == (200, (503, "database\n"))


def test_with_a_key_of_another_ledger_it_is_not_ready(desk: Desk, tmp_path: Path) -> None:
    with appending(desk.database) as ledger:
        keep_checkpoint(ledger.connection, desk.recorder.key, desk.clock())
    foreign = replace(desk.recorder, key=make_key(tmp_path / "other.key", "example.vn/so-ghi-nhan"))
    desk.application = create_application(foreign)

    assert ask(desk, READY) == (503, "key\n")


def test_with_tables_of_another_program_it_is_not_ready(desk: Desk) -> None:
    with desk.database.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    newer = replace(desk.recorder, database=Database(desk.database.url))
    desk.application = create_application(newer)

    assert ask(desk, READY) == (503, "schema\n")


def test_while_nothing_can_be_written_it_is_not_ready(desk: Desk) -> None:
    turn = desk.recorder.writer.lock.take()  # Whoever has the turn gives it back to nobody.
    assert turn.done()

    assert ask(desk, READY) == (503, "writing\n")

    desk.recorder.writer.lock.end()
    assert ask(desk, READY) == (200, "ok\n")
