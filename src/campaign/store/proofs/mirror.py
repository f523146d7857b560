"""A mirror of the projections: made from the entries once more, beside the stored tables, to be compared with them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, Row, Table, create_engine, select, type_coerce

from campaign.store.base import schema
from campaign.store.base.facts import ROWS_AT_ONCE
from campaign.store.base.types import as_kept
from campaign.store.ledger.database import sqlite

NAMED_AT_MOST = 5
"""So many wrong rows of a table are named; a table that is gone would fill the screen."""


@contextmanager
def open_mirror() -> Iterator[Connection]:
    """Give empty projections in a file that no other program sees and that is gone at the end.

    SQLite keeps only a few megabytes of it in memory, however large it grows.
    """
    engine = create_engine(  # The module is named so that its errors are SQLAlchemy's, too.
        "sqlite://", module=sqlite, creator=lambda: sqlite.connect("", isolation_level=None), hide_parameters=True
    )
    engine.dialect.use_insertmanyvalues_wo_returning = True
    try:
        with engine.connect() as connection:
            # Nothing here outlives the program; but a block that cannot be projected is undone.
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
            schema.metadata.create_all(connection, schema.PROJECTIONS)
            yield connection
    finally:
        engine.dispose()


def compare_projections(mirror: Connection, stored: Connection) -> list[str]:
    """Name in Vietnamese every stored row that is not as the entries have it."""
    findings = []
    for table in schema.PROJECTIONS:
        label, others = f"bảng {table.name} ({table.info['label']})", 0
        for number, fault in enumerate(_pair_rows(table, _read(table, mirror), _read(table, stored)), 1):
            if number <= NAMED_AT_MOST:
                findings.append(f"{label}, {fault}")
            others = number - NAMED_AT_MOST
        if others > 0:
            findings.append(f"{label}: còn {others} dòng nữa không khớp sổ")
    return findings


def _pair_rows(table: Table, right: Iterable[Row[Any]], stored: Iterable[Row[Any]]) -> Iterator[str]:
    """Go through both in the order of the primary key, and give every row that the two do not share."""
    ours, theirs = iter(right), iter(stored)
    our, their = next(ours, None), next(theirs, None)
    while our is not None or their is not None:
        if our == their:
            our, their = next(ours, None), next(theirs, None)
            continue
        our_key, their_key = _key(table, our), _key(table, their)
        if our_key < their_key:
            yield f"{_name(table, our)}: bị thiếu"
        elif our_key > their_key:
            yield f"{_name(table, their)}: không có trong sổ"
        else:
            yield f"{_name(table, our)}: không khớp sổ"
        our = next(ours, None) if our_key <= their_key else our
        their = next(theirs, None) if their_key <= our_key else their


def _read(table: Table, connection: Connection) -> Iterable[Row[Any]]:
    """Give the rows as they are stored: a truth value as its number, because SQLite keeps others than 0 and 1 too."""
    columns = [
        type_coerce(column, Integer) if isinstance(column.type, Boolean) else column for column in as_kept(table).c
    ]
    query = select(*columns).order_by(*table.primary_key)
    return connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})


def _key(table: Table, row: Row[Any] | None) -> tuple[tuple[int, float], ...]:
    """Return what orders *row* as the database does: numbers first, then whatever else SQLite kept; no row is last."""
    if row is None:
        return ((2, 0),)
    values = [row[index] for index, column in enumerate(table.c) if column.primary_key]
    return tuple((0, value) if isinstance(value, int | float) else (1, 0) for value in values)


def _name(table: Table, row: Row[Any] | None) -> str:
    values = zip(table.c, row or (), strict=False)
    return "dòng " + ", ".join(f"{column.name}={value}" for column, value in values if column.primary_key)
