"""Files that wait: a list that an account handed in, kept until it is applied or another takes its place.

They are no facts. One stands for a day at most, and no backup keeps it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from campaign.store.base import schema

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that an account handed in."""

    name: str
    content: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content).hexdigest()


def keep_file(connection: Connection, account: str, file: WaitingFile, at: datetime) -> None:
    """Keep a file in the place of the account's earlier one, and drop those whose time is over."""
    drop_file(connection, account)
    columns = schema.waiting_file.c
    connection.execute(delete(schema.waiting_file).where(columns.kept_at < at - KEPT))
    values = {"account": account, "name": file.name, "content": file.content, "kept_at": at}
    connection.execute(insert(schema.waiting_file), values)


def find_file(connection: Connection, account: str) -> WaitingFile | None:
    """Return the file that waits for an account, or nothing."""
    columns = schema.waiting_file.c
    row = connection.execute(select(columns.name, columns.content).where(columns.account == account)).one_or_none()
    return None if row is None else WaitingFile(row.name, row.content)


def drop_file(connection: Connection, account: str) -> None:
    """Forget the file that waits for an account."""
    connection.execute(delete(schema.waiting_file).where(schema.waiting_file.c.account == account))
