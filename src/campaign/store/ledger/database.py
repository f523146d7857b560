"""The database: opening it safely, reading from it, writing to it one transaction at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from campaign.errors.base import Cause
from campaign.errors.privacy import TracesLeftError
from campaign.errors.store import UncertainCommitError
from campaign.store.base.schema import PERSONAL, tree_head
from campaign.store.base.snapshot import KEPT
from campaign.store.ledger.causes import find_cause, is_bug, to_fault
from campaign.store.ledger.migrations import bring_up_to_date, is_up_to_date

try:
    import pysqlite3 as sqlite
except ImportError:  # only built for Linux; elsewhere the interpreter's own SQLite serves
    sqlite = sqlite3

# Who reads needs a connection's type, and only the store knows SQLAlchemy and which SQLite it is.
__all__ = ["Connection", "Database", "sqlite"]

COMMIT_SECONDS = 10.0
"""How long to wait for a commit, where no other time is set."""
TURN_SHARE = 0.8
"""How much of that time another writer may take, so that whoever waits hears in time that nothing was written."""
ANSWER_SECONDS = 60.0
"""How long one answer of PostgreSQL may take otherwise; making or changing tables may take any time."""
STATEMENTS_KEPT = 1_000
"""How many statements SQLite keeps ready; one about many rows is another one for each number of them."""
WAL_IS_SAFE_FROM = (3, 51, 3)
"""Older versions can lose data in WAL mode when one connection writes while another checkpoints."""

_LOCK_HEAD = select(tree_head.c.id).with_for_update()


class Database:
    """A database, SQLite or PostgreSQL. It is reached when it is first used, and the tables made when it is empty.

    Attributes:
        url: What it was opened with, which may hold a password.
    """

    def __init__(self, url: str, commit_seconds: float = COMMIT_SECONDS) -> None:
        """Name the database: ``sqlite:///path`` or ``postgresql://…``, and say how long a commit may take."""
        self.url = url
        self._commit_seconds = commit_seconds
        self.engine = _connect(make_url(url), commit_seconds)
        # Many rows go in one statement: one by one, SQLite lets go of the interpreter's lock for each, and PostgreSQL
        # gets them in a pipeline, after which it does not begin to count how long nothing happens.
        self.engine.dialect.use_insertmanyvalues_wo_returning = True
        # SQLite reads one state anyway; PostgreSQL would give each statement the newest.
        self._is_postgres = self.engine.dialect.name == "postgresql"
        self._reading_options = {"isolation_level": "REPEATABLE READ"} if self._is_postgres else {}
        self._is_prepared = False
        self._is_settled = self._is_postgres

    @property
    def address(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database.

        Raises:
            StoreUnreachableError: The database does not answer.
            DatabaseVersionError: It was made by a newer program.
        """
        self.prepare()
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are durably committed when the block ends, and undone when it raises.

        Only one writer is inside at a time, whatever the number of processes: SQLite locks the file at once, PostgreSQL
        the row of the tree's head.

        Raises:
            StoreUnreachableError: The database does not answer or cannot write; nothing was changed.
            UncertainCommitError: It was lost during the commit; nobody knows whether the changes are there.
            DatabaseVersionError: It was made by a newer program.
        """
        self.prepare()
        self._settle()
        with self._transaction(writes=True) as connection:
            if self._is_postgres:  # SQLite has locked the file already.
                connection.execute(_LOCK_HEAD)
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def scrub(self) -> None:
        """Write the files again, so that nothing is left in them of what was erased.

        Overwriting alone is not enough: a page that was split may keep an old copy of what moved to the other half.

        Raises:
            TracesLeftError: Another program uses the database.
        """
        self.prepare()
        try:
            if self._is_postgres:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    self._wait_at_most(None, connection)
                    connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(table.name for table in PERSONAL)}")
            elif not _scrub_sqlite(self.engine):
                raise TracesLeftError
        except (DBAPIError, sqlite.Error) as error:
            raise TracesLeftError from error

    def prepare(self) -> None:
        """Reach the database, and make its tables or bring those of an older program up to date, once.

        Raises:
            StoreUnreachableError: The database does not answer.
            DatabaseVersionError: It was made by a newer program.
            TablesDifferError: Its tables are another program's, and cannot be made ours without loss.
        """
        if self._is_prepared:
            return
        with self._transaction(writes=False) as connection:
            is_ready = is_up_to_date(connection)
        if not is_ready:
            with self._transaction(writes=True) as connection:
                self._wait_at_most(None, connection)
                bring_up_to_date(connection)
        self._is_prepared = True

    def _settle(self) -> None:
        """Bring onto the disk, once, what an SQLite process before this one may have left in the system's cache.

        What a killed process had written and not synced is found there and would be answered for as recorded, and a
        power cut would still take it. Any write syncs it. What the disk had failed to sync would not be written again;
        so it was copied from the log when the database was opened, and this write begins the log again.
        """
        if not self._is_settled:
            with self._transaction(writes=True) as connection:
                connection.exec_driver_sql("PRAGMA user_version=0")
            self._is_settled = True

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        """Give a connection in a transaction, and say in our words when the database is lost."""
        options = {} if writes else {**self._reading_options, KEPT: {}}
        committing = False
        try:
            with self.engine.connect() as connection:
                connection.execution_options(campaign_writes=writes, **options)
                self._wait_at_most(ANSWER_SECONDS, connection)
                with connection.begin():
                    yield connection
                    self._wait_at_most(self._commit_seconds, connection)
                    committing = writes
        except (DBAPIError, PoolTimeoutError) as error:
            if is_bug(error):
                raise
            raise (UncertainCommitError() if committing else to_fault(error)) from find_cause(error)

    def _wait_at_most(self, seconds: float | None, connection: Connection) -> None:
        """Give each answer of PostgreSQL so much time from now on; SQLite has the time of its own locks."""
        if self._is_postgres and not connection.closed:
            connection.connection.driver_connection.patience = seconds  # type: ignore[union-attr]  # a PatientConnection


def has_disk_failed(answer: object) -> bool:
    """Say whether *answer* is the error of a commit in which the disk failed to write or to sync.

    The system may then take for written what never reached the disk, and the next sync would succeed without it, so the
    process must write no more. A full disk is no such failure. PostgreSQL ends itself in that case.
    """
    cause = answer.__cause__ if isinstance(answer, UncertainCommitError) else None
    return isinstance(cause, Cause) and cause.code.startswith("SQLITE_IOERR")


def _connect(url: URL, commit_seconds: float) -> Engine:
    turn_ms = round(commit_seconds * TURN_SHARE * 1000)
    if url.get_backend_name() == "sqlite":
        with suppress(OSError):  # A folder that cannot be made is a database that does not answer.
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        # Parameters are people's data and secrets' hashes: they must not appear in an error's text, which is logged.
        connect_args = {"check_same_thread": False, "cached_statements": STATEMENTS_KEPT}
        engine = create_engine(url, module=sqlite, connect_args=connect_args, hide_parameters=True)
        event.listen(engine, "do_connect", partial(_make_private, Path(url.database or "")))
        event.listen(engine, "first_connect", partial(_settle_sqlite, turn_ms))
        event.listen(engine, "connect", partial(_set_up_sqlite, turn_ms))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    from campaign.store.ledger import postgresql  # noqa: PLC0415 - SQLite needs no psycopg

    return postgresql.connect(url, commit_seconds, turn_ms)


def _make_private(file: Path, *_connecting: object) -> None:
    """Make the file if it does not exist: SQLite itself would let everyone on the machine read it."""
    with suppress(OSError):
        file.touch(0o600, exist_ok=False)


def _set_up_sqlite(turn_ms: int, connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Choose the settings under which a power cut loses nothing that was committed."""
    connection.isolation_level = None  # the driver must not begin transactions on its own
    # Altered text that is no UTF-8 must be found by verifying, not break it.
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    connection.execute(f"PRAGMA busy_timeout={turn_ms}")
    mode = "WAL" if sqlite.sqlite_version_info >= WAL_IS_SAFE_FROM else "TRUNCATE"
    _choose_journal(connection, mode, time.monotonic() + turn_ms / 1000)
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # What is erased is overwritten.
    ):
        connection.execute(f"PRAGMA {pragma}")


def _choose_journal(connection: sqlite3.Connection, mode: str, until: float) -> None:
    """Set the journal's mode; when others open the same new file, SQLite does not wait for them here, so we do."""
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode={mode}")
        except sqlite.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _scrub_sqlite(engine: Engine) -> bool:
    """Write the file again and empty the write-ahead log; say whether both were possible."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection was just opened
        driver.execute("VACUUM")
        is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _settle_sqlite(turn_ms: int, connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    """Copy what is in the write-ahead log into the database, and sync it; nobody is waited for."""
    _set_up_sqlite(turn_ms, connection, record)
    connection.execute("PRAGMA wal_checkpoint")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the beginning, so that what a writer read is still true when it writes."""
    writes = connection.get_execution_options().get("campaign_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
