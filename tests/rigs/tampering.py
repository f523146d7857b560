"""Doing to a ledger what nobody may do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from campaign.core.ledger.policy import Policy
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint, verify_ledger


def keep(database: Database, key: LedgerKey) -> bytes:
    """Sign a checkpoint of the ledger as it stands, and keep it."""
    with database.writing() as connection:
        return keep_checkpoint(connection, key, datetime.now(UTC))


def verify(database: Database, key: LedgerKey) -> list[str]:
    """Return what verifying finds."""
    with database.reading() as connection:
        return list(verify_ledger(connection, Policy(key.verifier)).findings)


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """Give a connection on which the database's own checks are off; what is done there is undone at the end."""
    with database.engine.connect() as connection, connection.begin() as transaction:
        is_sqlite = connection.dialect.name == "sqlite"
        off = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
        connection.execute(text(off))
        yield connection
        transaction.rollback()


def find(database: Database, key: LedgerKey, tamper: Callable[[Connection], object]) -> str:
    """Return what verifying finds once the ledger was tampered with."""
    with tampering(database) as connection:
        tamper(connection)
        return "\n".join(verify_ledger(connection, Policy(key.verifier)).findings)
