"""Rows: many at once into a table, in one statement.

SQLAlchemy hands a list of rows to the driver, which runs the statement once for each of them: in SQLite each lets go of
the interpreter's lock and waits to have it again. The values go as they are: a column whose type converts them, such as
a truth value for SQLite, is none for this.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain

from sqlalchemy import Connection, Table

VALUES_AT_ONCE = 10_000
"""SQLite takes 32,766 values in a statement, PostgreSQL 65,535."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert *rows*, whose values stand in the order of the table's columns."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    size = VALUES_AT_ONCE // len(table.c)
    for start in range(0, len(rows), size):
        block = rows[start : start + size]
        connection.exec_driver_sql(_statement(table, len(block), mark), tuple(chain.from_iterable(block)))


@cache
def _statement(table: Table, rows: int, mark: str) -> str:
    row = ", ".join([mark] * len(table.c))
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ' + ", ".join([f"({row})"] * rows)  # noqa: S608 - our own names
