import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from campaign.errors.store import (
    DatabaseCorruptError,
    DatabaseVersionError,
    StoreUnreachableError,
    UncertainCommitError,
)
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.ledger.migrations import SCHEMA_VERSION
from tests.rigs.machine import empty_postgres

only_postgres = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def add_unit(database: Database, number: int) -> None:
    with database.writing() as connection:
        connection.execute(insert(schema.unit), {"id": number, "name": f"Phòng {number}", "first_name": ""})


def count_units(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(schema.unit)) or 0


def is_postgres(database: Database) -> bool:
    return database.engine.dialect.name == "postgresql"


@contextmanager
def lost_connection(database: Database, other: Database) -> Iterator[Connection]:
    """Write through *database*, whose server ends the connection before the block does."""
    with database.writing() as connection:
        connection.execute(insert(schema.unit), {"id": 1, "name": "Văn phòng", "first_name": ""})
        process = connection.scalar(select(func.pg_backend_pid()))
        with other.reading() as killer:
            killer.execute(select(func.pg_terminate_backend(process, 5_000)))
        yield connection


def test_an_empty_database_gets_its_tables(database: Database) -> None:
    database.prepare()

    assert set(inspect(database.engine).get_table_names()) == set(schema.metadata.tables)


def test_opening_again_keeps_what_is_there(database: Database, other: Database) -> None:
    add_unit(database, 1)

    assert count_units(other) == 1


def test_many_threads_may_open_an_empty_database_at_once(url: str) -> None:
    databases = [Database(url) for _ in range(6)]
    threads = [Thread(target=add_unit, args=(one, number)) for number, one in enumerate(databases)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count_units(databases[0]) == 6
    for one in databases:
        one.close()


def test_a_database_of_a_newer_program_is_refused(database: Database, other: Database) -> None:
    with database.writing() as connection:
        connection.execute(update(schema.schema_version).values(version=SCHEMA_VERSION + 1))

    with pytest.raises(DatabaseVersionError, match=f"mức {SCHEMA_VERSION + 1}"), other.reading():
        pass


def test_what_is_written_is_there_for_others_when_the_block_ends(database: Database, other: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(schema.unit), {"id": 1, "name": "Văn phòng", "first_name": ""})
        before = count_units(other)

    assert before == 0
    assert count_units(other) == 1


def test_what_is_written_is_undone_when_the_block_raises(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(insert(schema.unit), {"id": 1, "name": "Văn phòng", "first_name": ""})
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert count_units(database) == 0


def test_a_reader_sees_one_state_while_others_write(database: Database, other: Database) -> None:
    """Else a ledger that grows while it is verified would look altered."""
    add_unit(database, 1)
    counted = select(func.count()).select_from(schema.unit)

    with database.reading() as connection:
        before = connection.scalar(counted)
        add_unit(other, 2)
        during = connection.scalar(counted)

    assert (before, during, count_units(database)) == (1, 1, 2)


def test_a_wrong_statement_is_a_bug_and_no_lost_database(database: Database) -> None:
    add_unit(database, 1)

    with pytest.raises(IntegrityError):
        add_unit(database, 1)


def test_a_writer_who_waits_too_long_for_another_writes_nothing(database: Database, other: Database) -> None:
    with database.reading() as connection:  # The pool hands the same connection out again.
        connection.execute(text("SET lock_timeout = 50" if is_postgres(database) else "PRAGMA busy_timeout = 50"))

    with other.writing(), pytest.raises(StoreUnreachableError):
        add_unit(database, 1)

    add_unit(database, 2)
    assert count_units(database) == 1


def test_a_reader_needs_no_turn_among_the_writers(database: Database, other: Database) -> None:
    add_unit(database, 1)

    with database.writing():
        assert count_units(other) == 1


def test_an_error_tells_that_nothing_was_recorded() -> None:
    assert "Chưa có gì được ghi nhận" in str(StoreUnreachableError())


def test_the_address_hides_the_password(tmp_path: Path) -> None:
    kept = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    reached = Database("postgresql://chi:rat-bi-mat@db.example.vn/campaign")

    assert kept.address == f"sqlite:///{tmp_path / 'a.sqlite3'}"
    assert reached.address == "postgresql+psycopg://chi:***@db.example.vn/campaign"


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    database = Database(f"postgresql://campaign@127.0.0.1:{port}/campaign")

    with pytest.raises(StoreUnreachableError):
        count_units(database)
    with pytest.raises(StoreUnreachableError):
        add_unit(database, 1)


def test_a_folder_in_place_of_the_file_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError):
        count_units(Database(f"sqlite:///{tmp_path}"))


def test_a_file_that_is_no_database_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "danh sách.csv").write_text("Mã,Họ và tên\n" * 200)

    with pytest.raises(DatabaseCorruptError):
        count_units(Database(f"sqlite:///{tmp_path / 'danh sách.csv'}"))


def test_a_file_that_cannot_be_written_is_unreachable(sqlite: Database) -> None:
    with sqlite.reading() as connection:  # As if the disk had been mounted for reading only.
        connection.execute(text("PRAGMA query_only = ON"))

    with pytest.raises(StoreUnreachableError):
        add_unit(sqlite, 1)

    assert count_units(sqlite) == 0


@only_postgres
def test_a_server_that_turned_read_only_is_unreachable(database: Database) -> None:
    """As after a failover to a standby."""
    database.prepare()
    with database.reading() as connection:
        connection.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))

    with pytest.raises(StoreUnreachableError):
        add_unit(database, 1)


def test_a_database_that_was_away_is_reached_when_it_is_back(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'data' / 'campaign.sqlite3'}")
    (tmp_path / "data").rmdir()
    with pytest.raises(StoreUnreachableError):
        count_units(database)
    (tmp_path / "data").mkdir()

    assert count_units(database) == 0
    database.close()


@only_postgres
def test_a_connection_lost_while_nobody_used_it_is_made_anew(database: Database, other: Database) -> None:
    """As after a restart of the server."""
    with database.reading() as connection:
        process = connection.scalar(select(func.pg_backend_pid()))
    with other.reading() as killer:
        killer.execute(select(func.pg_terminate_backend(process, 5_000)))

    add_unit(database, 1)

    assert count_units(other) == 1


@only_postgres
def test_a_connection_lost_before_the_commit_has_written_nothing(database: Database, other: Database) -> None:

    with pytest.raises(StoreUnreachableError), lost_connection(database, other) as connection:
        connection.execute(insert(schema.unit), {"id": 2, "name": "Thanh tra", "first_name": ""})

    assert count_units(database) == 0


@only_postgres
def test_a_connection_lost_at_the_commit_leaves_it_uncertain(database: Database, other: Database) -> None:

    with pytest.raises(UncertainCommitError), lost_connection(database, other):
        pass

    assert count_units(database) == 0  # The pool noticed, and made a new connection.


def test_a_new_database_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'campaign.sqlite3'}")
    count_units(database)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    database.close()
    assert set(modes.values()) == {0o600}


def test_postgresql_compiles_no_plans(postgres_url: str) -> None:
    """A page of a list would wait a second for it, and then take some milliseconds."""
    empty_postgres(postgres_url)
    opened = Database(postgres_url)

    with opened.reading() as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"
    opened.close()
