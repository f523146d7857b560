"""What a reading transaction reads once; a writing one reads again, because it may change what it read."""

import pytest
from sqlalchemy import event

from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection, Database
from campaign.store.posts.posts import current_revision
from tests.rigs.builders import OFFICE, member, post
from tests.rigs.ledger_steps import begin, decide, enrol, publish, rename


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with a unit and a post."""
    begin(database)
    enrol(database, member())
    publish(database, post())
    return database


def count(connection: Connection) -> list[object]:
    """Return a list to which every further statement on *connection* is added."""
    statements: list[object] = []
    event.listen(connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
    return statements


def test_a_reading_transaction_asks_once(filled: Database) -> None:
    with filled.reading() as connection:
        first, statements = (read_units(connection), current_revision(connection, post().id)), count(connection)

        again = read_units(connection), current_revision(connection, post().id)

    assert (again, statements) == (first, [])


def test_a_writing_transaction_asks_each_time(filled: Database) -> None:
    with filled.writing() as connection:
        read_units(connection)
        statements = count(connection)

        read_units(connection)

    assert statements


def test_the_next_reading_transaction_asks_again(filled: Database) -> None:
    with filled.reading() as connection:
        before = read_units(connection).by_name

    rename(filled, OFFICE, "Văn phòng Sở", decide())

    with filled.reading() as connection:
        after = read_units(connection).by_name
    assert (before[OFFICE].name, after[OFFICE].name) == (OFFICE, "Văn phòng Sở")
