"""Migrations: how a database of an older program becomes one of this program, with nothing lost.

The projections need none: they are made again from the ledger, in the tables of today. A table that is new is simply
made. What remains are the tables whose rows are nowhere else, the ledger and the credentials: when one of them gets
another column, `STEPS` has the level at which it did, with the statements that bring its rows along. A column is
added at the end, and may be empty or has a default, so that the backups of older programs can still be restored.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text, update

from campaign.errors.store import MigrationFailedError
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.ledger.projections.projections import rebuild

SCHEMA_VERSION = 4
"""The level of the tables in `schema`; a release that changes any of them raises it by one."""

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
    4: ("CREATE INDEX entry_of_keys ON entry (sequence) WHERE kind IN ('key_revoked', 'key_rotated')",),
}
"""By the level that is reached: the statements, in SQL that SQLite and PostgreSQL share."""


def migrate(connection: Connection, found: int) -> None:
    """Bring the tables from level *found* to ours; *connection* is that of a writing transaction.

    Raises:
        MigrationFailedError: The ledger holds what cannot be read.
    """
    for level in range(found + 1, SCHEMA_VERSION + 1):
        for statement in STEPS[level]:
            connection.execute(text(statement))
    schema.metadata.drop_all(connection, schema.PROJECTIONS)
    schema.metadata.create_all(connection)
    try:
        rebuild(connection)
    except (KeyError, *UNREADABLE) as error:
        raise MigrationFailedError(found, SCHEMA_VERSION) from error
    connection.execute(update(schema.schema_version).values(version=SCHEMA_VERSION))
