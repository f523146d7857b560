"""Backups: taken while others write, restored into either database, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import ResourceClosedError

from campaign.core.ledger.policy import Policy
from campaign.core.post import Post
from campaign.errors.store import BackupFileError, CampaignExistsError
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.proofs.backup import TABLES, restore_backup, write_backup
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import member, post
from tests.rigs.ledger_steps import begin, enrol, press, publish

AN, BINH = member("A-1", "Đặng Văn An"), member("B-2", "Lò Thị Bình", email="binh@mau.example")


@pytest.fixture
def notice(database: Database) -> Post:
    """A database with a campaign in which An has confirmed."""
    notice = post()
    begin(database)
    enrol(database, AN, BINH)
    publish(database, notice)
    press(database, AN.staff_code, notice)
    return notice


def rows(database: Database) -> dict[str, list[object]]:
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in TABLES
        }


def back_up(database: Database, file: Path) -> Path:
    with database.reading() as connection:
        write_backup(connection, file)
    return file


@pytest.mark.usefixtures("notice")
def test_restored_database_is_the_same_and_verifies(
    database: Database, sqlite: Database, key: LedgerKey, tmp_path: Path
) -> None:
    """From SQLite or PostgreSQL, into SQLite: so a campaign can move between the two."""
    file = back_up(database, tmp_path / "sao lưu.zip")

    with sqlite.writing() as connection:
        restore_backup(connection, file)

    assert rows(sqlite) == rows(database)
    with sqlite.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def test_backup_holds_one_state_while_others_write(
    database: Database, other: Database, sqlite: Database, key: LedgerKey, notice: Post, tmp_path: Path
) -> None:
    with database.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(schema.entry))
        press(other, BINH.staff_code, notice)
        write_backup(connection, tmp_path / "b.zip")

    with sqlite.writing() as connection:
        restore_backup(connection, tmp_path / "b.zip")
        restored = connection.scalar(select(func.count()).select_from(schema.entry))

    assert restored == before
    with sqlite.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


@pytest.mark.usefixtures("notice")
def test_a_database_with_a_campaign_is_not_overwritten(database: Database, tmp_path: Path) -> None:
    file, before = back_up(database, tmp_path / "b.zip"), rows(database)

    with pytest.raises(CampaignExistsError), database.writing() as connection:
        restore_backup(connection, file)

    assert rows(database) == before


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def garble(content: bytes) -> bytes:
    return content.replace(b"PK", b"XX")


@pytest.mark.parametrize("damage", [cut, garble, lambda _: b""], ids=["cut", "garbled", "empty"])
@pytest.mark.usefixtures("notice")
def test_damaged_backup_changes_nothing(
    database: Database, sqlite: Database, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = back_up(database, tmp_path / "b.zip")
    file.write_bytes(damage(file.read_bytes()))
    empty = rows(sqlite)

    with pytest.raises(BackupFileError, match=r"b\.zip"), sqlite.writing() as connection:
        restore_backup(connection, file)

    assert rows(sqlite) == empty


@pytest.mark.usefixtures("notice")
def test_backup_of_a_program_that_had_no_trail_yet_is_restored(
    database: Database, sqlite: Database, tmp_path: Path
) -> None:
    """The way out for a database whose tables differ: its own program backs it up."""
    file, kept = back_up(database, tmp_path / "b.zip"), tmp_path / "c.zip"
    with ZipFile(file) as whole, ZipFile(kept, "w") as part:
        for name in set(whole.namelist()) - {"account_trail.jsonl"}:
            part.writestr(name, whole.read(name))

    with sqlite.writing() as connection:
        restore_backup(connection, kept)

    assert rows(sqlite) == rows(database)


def test_backup_of_another_version_is_refused(sqlite: Database, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps({"format": 1, "schema": 999}))

    with pytest.raises(BackupFileError, match="phiên bản"), sqlite.writing() as connection:
        restore_backup(connection, tmp_path / "b.zip")


@pytest.mark.usefixtures("notice")
def test_failed_backup_leaves_the_last_one(database: Database, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.zip")
    before = file.read_bytes()

    with database.reading() as connection:
        connection.close()
        with pytest.raises(ResourceClosedError):
            write_backup(connection, file)

    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []
