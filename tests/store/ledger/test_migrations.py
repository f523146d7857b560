"""Databases and backups of every released schema, opened by the program of today.

What each program left stands in ``released/``: the same small campaign in SQLite, in PostgreSQL, and as a backup.
"""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select, update

from campaign.core.campaign import Campaign
from campaign.core.figures.coverage import State
from campaign.core.ledger.note import verifier_from_text
from campaign.core.ledger.policy import Policy
from campaign.core.people.access import Role
from campaign.errors.store import MigrationFailedError
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account, find_account
from campaign.store.credentials.slips import members_with_slip
from campaign.store.ledger.database import Database, sqlite
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.migrations import SCHEMA_VERSION, STEPS
from campaign.store.posts.declarations import campaign_of, declare
from campaign.store.posts.posts import current_revisions
from campaign.store.proofs.backup import restore_backup
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import FIRST_LATE
from tests.rigs.ledger_steps import states

RELEASED = Path(__file__).with_name("released")
STEP_BACK = "ghi lúc 08:00:00 ngày 01/10/2025, trước dòng"
"""The fixtures were made by a clock that went back; that is told, and changes nobody's state."""
VERIFIER = verifier_from_text("example.vn/so-ghi-nhan+737acff9+AYUKoZFbQPd4kCf50gI8aXrbwPaOvB5o8AgwC+JYK0YJ")


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def level(request: pytest.FixtureRequest) -> int:
    """A level of the schema that was released."""
    found: int = request.param
    return found


@pytest.fixture
def old(url: str, level: int) -> str:
    """The address of a database as a program of that level left it."""
    backend = url.partition("+")[0].partition(":")[0]
    script = (RELEASED / f"{level}-{backend}.sql").read_text(encoding="utf-8")
    if backend == "sqlite":
        with sqlite.connect(url.removeprefix("sqlite:///")) as connection:
            connection.executescript(script)
    else:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql(script)
        engine.dispose()
    return url


def shape(database: Database) -> dict[str, Any]:
    """Return the tables with their columns and indexes."""
    database.prepare()
    inspector = inspect(database.engine)
    return {
        name: (
            [(one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(name)],
            inspector.get_pk_constraint(name)["constrained_columns"],
            sorted(str(one["column_names"]) for one in inspector.get_indexes(name)),
        )
        for name in inspector.get_table_names()
    }


def assert_is_the_campaign(database: Database) -> None:
    expected = {"SKHCN-001": State.ON_TIME, "SKHCN-002": State.LATE, "SKHCN-003": State.EXEMPT}
    assert states(database, FIRST_LATE) == expected
    with database.reading() as connection:
        assert [
            finding for finding in verify_ledger(connection, Policy(VERIFIER)).findings if STEP_BACK not in finding
        ] == []
        assert members_with_slip(connection) == {1}
        assert find_account(connection, "chi") == Account("chi", "Vũ Thị Chi", Role.OFFICE)


def test_a_database_of_an_older_program_is_brought_up_to_date(old: str) -> None:
    database = Database(old)

    assert_is_the_campaign(database)
    database.close()


def test_its_posts_belong_to_the_first_campaign_and_nobody_s_state_changes(old: str) -> None:
    """A campaign that is declared takes over what was recorded before; digests and entries stay as they were."""
    database = Database(old)
    first, second = Campaign("dot-mot", "Đợt một"), Campaign("dot-hai", "Đợt hai")
    before = states(database, FIRST_LATE)
    with database.reading() as connection:
        digests = connection.execute(select(schema.revision.c.number, schema.revision.c.digest)).all()

    with appending(database) as ledger:
        declare(ledger, [first, second], None, FIRST_LATE)

    assert states(database, FIRST_LATE) == before
    with database.reading() as connection:
        assert connection.execute(select(schema.revision.c.number, schema.revision.c.digest)).all() == digests
        assert {campaign_of(connection, revision.post) for revision in current_revisions(connection)} == {first}
        assert [each for each in verify_ledger(connection, None).findings if STEP_BACK not in each] == []
    database.close()


def test_its_tables_are_those_of_a_new_database(old: str, tmp_path: Path) -> None:
    migrated, new = Database(old), Database(f"sqlite:///{tmp_path}/new")

    if migrated.engine.dialect.name == "sqlite":
        assert shape(migrated) == shape(new)
    else:
        columns = {name: [one.name for one in table.c] for name, table in schema.metadata.tables.items()}
        assert {name: [one[0] for one in found[0]] for name, found in shape(migrated).items()} == columns
    migrated.close()
    new.close()


def test_instants_and_days_are_kept_as_the_older_program_kept_them(old: str) -> None:
    engine = create_engine(old, module=sqlite) if old.startswith("sqlite") else create_engine(old)
    with engine.connect() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        kept = {table: connection.execute(select(table)).all() for table in metadata.sorted_tables}

    database = Database(old)

    with database.reading() as connection:
        left = set(inspect(connection).get_table_names()) - {schema.schema_version.name}
        assert {table.name for table, rows in kept.items() if rows and table.name in left} > {"entry", "slip", "post"}
        for table, rows in kept.items():
            if table.name in left:
                assert connection.execute(select(table)).all() == rows, table.name
    database.close()
    engine.dispose()


def test_a_database_whose_entries_cannot_be_read_stays_as_it_is(old: str, level: int) -> None:
    """The old program can still open and verify it."""
    engine = create_engine(old, module=sqlite) if old.startswith("sqlite") else create_engine(old)
    with engine.begin() as connection:
        connection.execute(update(schema.entry).where(schema.entry.c.sequence == 2).values(facts=b"?"))
    before = inspect(engine).get_table_names()
    database = Database(old)

    with pytest.raises(MigrationFailedError):
        database.prepare()

    database.close()
    inspect(engine).clear_cache()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == before
        assert connection.scalar(select(schema.schema_version.c.version)) == level
    engine.dispose()


def test_the_backup_of_an_older_program_is_restored(database: Database, level: int) -> None:
    with database.writing() as connection:
        restore_backup(connection, RELEASED / f"{level}.zip")

    assert_is_the_campaign(database)


def test_every_level_has_its_step() -> None:
    assert set(STEPS) == set(range(2, SCHEMA_VERSION + 1))
