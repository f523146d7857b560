"""Why the database failed: faults of this program are raised, the others are told to whoever can see to them."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from campaign.errors.base import CampaignError, Cause
from campaign.errors.store import DatabaseCorruptError, StoreUnreachableError
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.proofs.backup import write_backup
from tests.rigs.damage import damage_pages


def read_from(url: str) -> CampaignError:
    """Return the fault of reading from a database."""
    database = Database(url)
    with pytest.raises(CampaignError) as caught:
        database.prepare()
    database.close()
    return caught.value


def cause_of(url: str) -> str:
    fault = read_from(url)
    assert isinstance(fault, StoreUnreachableError)
    assert isinstance(fault.__cause__, Cause)
    assert f"Nguyên nhân: {fault.__cause__}" in str(fault)
    return fault.why


@pytest.mark.parametrize("statement", ["DROP TABLE seen_list", "ALTER TABLE seen_list DROP COLUMN actor"])
def test_a_table_that_is_missing_is_a_bug_and_no_lost_database(ledger: Database, statement: str) -> None:
    with ledger.engine.begin() as connection:
        connection.execute(text(statement))

    with pytest.raises(DBAPIError), ledger.reading() as reading:
        reading.execute(select(schema.seen_list.c.actor))


def test_a_file_that_may_only_be_read_is_told(sqlite: Database) -> None:
    with sqlite.reading() as connection:  # As if the disk had been mounted for reading only.
        connection.execute(text("PRAGMA query_only = ON"))

    with pytest.raises(StoreUnreachableError) as caught, sqlite.writing():
        pass

    assert "tệp cơ sở dữ liệu chỉ đọc được" in caught.value.why
    assert "SQLITE_READONLY" in caught.value.why


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    assert "không mở được tệp cơ sở dữ liệu" in cause_of(f"sqlite:///{tmp_path}")


def test_a_closed_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    assert "không có máy chủ nào nghe ở địa chỉ ấy" in cause_of(f"postgresql://chi:rat-bi-mat@127.0.0.1:{port}/so")


def test_an_unknown_name_of_a_server_is_told() -> None:
    assert "không tìm thấy máy chủ theo tên" in cause_of("postgresql://chi:rat-bi-mat@khong-co.invalid/so")


def test_an_unknown_database_is_told_without_the_password(postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="khong-co", password="rat-bi-mat")

    told = cause_of(url.render_as_string(hide_password=False))

    assert "máy chủ không có cơ sở dữ liệu mang tên ấy" in told
    assert "rat-bi-mat" not in told


def test_an_unknown_account_is_told(postgres_url: str) -> None:
    url = make_url(postgres_url).set(username="khong-co")

    assert "máy chủ từ chối tài khoản hoặc mật khẩu" in cause_of(url.render_as_string(hide_password=False))


def test_a_damaged_file_is_told_wherever_it_is_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    damage_pages(url)

    fault = read_from(url)

    assert isinstance(fault, DatabaseCorruptError)
    assert "khôi phục bản sao lưu gần nhất" in fault.remedy
    assert "thử lại sau ít phút" not in str(fault)


def test_nothing_is_backed_up_from_a_damaged_file(sqlite: Database, tmp_path: Path) -> None:
    """A page that the backup itself does not read."""
    sqlite.prepare()
    last = tmp_path / "b.zip"
    last.write_bytes(b"the last good one")
    damage_pages(sqlite.url, table="ticket")

    with pytest.raises(DatabaseCorruptError), Database(sqlite.url).reading() as connection:
        write_backup(connection, last)

    assert last.read_bytes() == b"the last good one"
