"""Migrations: how the tables of another program become those of this one, with nothing lost.

The tables themselves are looked at, because a number is forgotten. The projections need no step: they are made again
from the ledger, in the tables of today. A table that is new is simply made. What remains are the tables whose rows are
nowhere else, the ledger and the credentials: when one of them gets another column, `STEPS` has the level at which it
did, with the statements that bring its rows along. A column is added at the end, and may be empty or has a default, so
that the backups of older programs can still be restored.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, inspect, select, text, update

from campaign import __version__
from campaign.errors.store import DatabaseVersionError, MigrationFailedError, TablesDifferError
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.base.schema import schema_version
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.ledger.tables import compare_tables

SCHEMA_VERSION = 4
"""The level of the tables in `schema`; a release that changes any of them raises it by one."""
ADVISORY_LOCK = 485_2025
"""What processes that start at once take turns on in PostgreSQL; any number that no other program uses."""

STEPS: Mapping[int, Sequence[str]] = {
    2: (
        "DROP TABLE IF EXISTS exemption",
        "DROP TABLE session",
        "ALTER TABLE account ADD COLUMN role TEXT DEFAULT 'office' NOT NULL",
        "ALTER TABLE account ADD COLUMN unit TEXT",
        "ALTER TABLE account ADD COLUMN totp_sealed TEXT",
        "ALTER TABLE account ADD COLUMN totp_step BIGINT DEFAULT 0 NOT NULL",
        "ALTER TABLE account ADD COLUMN added_at BIGINT DEFAULT 0 NOT NULL",
    ),
    3: (),
    4: (),
}
"""By the level that is reached: the statements, in SQL that SQLite and PostgreSQL share."""

UNNAMED = "không ghi tên (0.2.0 hoặc cũ hơn)"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Maker:
    """Which program made the tables, or brought them up to date last; nothing for one that did not note itself."""

    level: int
    program: str | None


def find_maker(connection: Connection) -> Maker | None:
    """Return who made the tables, or nothing when there are none."""
    inspector = inspect(connection)
    if not inspector.has_table(schema_version.name):
        return None
    level: int = connection.execute(select(schema_version.c.version)).scalar_one()
    is_noted = any(column["name"] == "program" for column in inspector.get_columns(schema_version.name))
    return Maker(level, connection.scalar(select(schema_version.c.program)) if is_noted else None)


def is_up_to_date(connection: Connection) -> bool:
    """Say whether the tables are those of this program.

    Raises:
        DatabaseVersionError: They are a newer program's.
    """
    maker = find_maker(connection)
    if maker is not None and maker.level > SCHEMA_VERSION:
        raise DatabaseVersionError(maker.level, SCHEMA_VERSION, maker.program or UNNAMED)
    return maker is not None and maker.level == SCHEMA_VERSION and not compare_tables(connection)


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables or bring them to our level, unless another process that started at once has just done it.

    Args:
        connection: That of a writing transaction.

    Raises:
        TablesDifferError: Tables whose rows are nowhere else are another program's of the same level.
        MigrationFailedError: The ledger holds what cannot be read.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
    maker = find_maker(connection)
    if maker is None:
        schema.metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=SCHEMA_VERSION, program=__version__))
        connection.execute(insert(schema.tree_head).values(id=1, size=0, frontier=b""))
    elif not is_up_to_date(connection):
        _migrate(connection, maker)


def _migrate(connection: Connection, maker: Maker) -> None:
    if maker.program is None:
        connection.execute(text("ALTER TABLE schema_version ADD COLUMN program TEXT"))
    for level in range(maker.level + 1, SCHEMA_VERSION + 1):
        for statement in STEPS[level]:
            connection.execute(text(statement))
    found = compare_tables(connection)
    if found.kept:
        raise TablesDifferError(found.kept, maker.program or UNNAMED)
    is_made_again = bool(found.projections) or maker.level < SCHEMA_VERSION
    schema.metadata.drop_all(connection, [*(schema.PROJECTIONS if is_made_again else ()), *found.passing])
    schema.metadata.create_all(connection)
    for index in found.indexes:
        index.drop(connection, checkfirst=True)
        index.create(connection)
    if is_made_again:
        try:
            rebuild(connection)
        except (KeyError, *UNREADABLE) as error:
            raise MigrationFailedError(maker.level, SCHEMA_VERSION) from error
    connection.execute(update(schema_version).values(version=SCHEMA_VERSION, program=__version__))
    made = [
        *(part.name for part in (*found.projections, *found.passing, *found.missing)),
        *(str(index.name) for index in found.indexes),
    ]
    _log.warning("tables of level %d made again: %s", maker.level, ", ".join(made) or "none")
