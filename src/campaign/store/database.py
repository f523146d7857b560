"""The database: opening it safely, reading from it, writing to it one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from campaign.errors import DatabaseVersionError, StoreUnreachableError, UncertainCommitError
from campaign.store.schema import metadata, schema_version, tree_head

try:
    import pysqlite3 as sqlite
except ImportError:  # only built for Linux; elsewhere the interpreter's own SQLite serves
    sqlite = sqlite3

SCHEMA_VERSION = 1
BUSY_TIMEOUT_MS = 10_000
WAL_IS_SAFE_FROM = (3, 51, 3)
"""Older versions can lose data in WAL mode when one connection writes while another checkpoints."""


class Database:
    """An open database, SQLite or PostgreSQL.

    Raises:
        StoreUnreachableError: The database does not answer.
        DatabaseVersionError: It was made by a newer program.
    """

    def __init__(self, url: str) -> None:
        """Open *url* (``sqlite:///path`` or ``postgresql://…``), and create the tables when it is empty."""
        self.engine = _connect(make_url(url))
        self._prepare()

    @property
    def address(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database.

        Raises:
            StoreUnreachableError: The database does not answer.
        """
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except (OperationalError, InterfaceError) as error:
            raise StoreUnreachableError from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are durably committed when the block ends, and undone when it raises.

        Only one writer is inside at a time, whatever the number of processes: SQLite locks the file at once, PostgreSQL the
        row of the tree's head.

        Raises:
            StoreUnreachableError: The database does not answer or cannot write; nothing was changed.
            UncertainCommitError: It was lost during the commit; nobody knows whether the changes are there.
        """
        committing = False
        try:
            with self.engine.connect() as connection:
                connection = connection.execution_options(campaign_writes=True)  # noqa: PLW2901 - the same connection
                transaction = connection.begin()
                try:
                    connection.execute(select(tree_head.c.id).with_for_update())
                    yield connection
                except BaseException:
                    transaction.rollback()
                    raise
                committing = True
                transaction.commit()
        except (OperationalError, InterfaceError) as error:
            raise (UncertainCommitError if committing else StoreUnreachableError) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _prepare(self) -> None:
        try:
            with self.engine.connect() as connection:
                connection = connection.execution_options(campaign_writes=True)  # noqa: PLW2901 - the same connection
                with connection.begin():
                    if not inspect(connection).has_table(schema_version.name):
                        metadata.create_all(connection)
                        connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
                        connection.execute(insert(tree_head).values(id=1, size=0, frontier=b""))
                    found = connection.scalar(select(schema_version.c.version))
        except (OperationalError, InterfaceError, IntegrityError) as error:
            raise StoreUnreachableError from error
        if found is None or found > SCHEMA_VERSION:
            raise DatabaseVersionError(found or 0, SCHEMA_VERSION)


def _connect(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, module=sqlite, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args={"connect_timeout": 5}
    )


def _set_up_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Choose the settings under which a power cut loses nothing that was committed."""
    connection.isolation_level = None  # the driver must not begin transactions on its own
    mode = "WAL" if sqlite.sqlite_version_info >= WAL_IS_SAFE_FROM else "TRUNCATE"
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"journal_mode={mode}",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the beginning, so that what a writer read is still true when it writes."""
    writes = connection.get_execution_options().get("campaign_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
