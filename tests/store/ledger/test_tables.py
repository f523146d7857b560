"""Databases whose tables are not those of this program, though their number is."""

import logging

import pytest
from sqlalchemy import inspect, select, text

from campaign import __version__
from campaign.errors.store import TablesDifferError
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.ledger.migrations import find_maker
from campaign.store.ledger.tables import compare_tables
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import FIRST_LATE
from tests.rigs.ledger_steps import states
from tests.rigs.tampering import verify


def change(database: Database, *statements: str) -> None:
    """Change the tables as a program of another day would have made them."""
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def is_ours(database: Database) -> bool:
    with database.engine.connect() as connection:
        return not compare_tables(connection)


def test_the_tables_of_a_new_database_are_those_wanted(database: Database) -> None:
    database.prepare()

    assert is_ours(database)


HEALED = {
    "a projection that lacks a column": ["ALTER TABLE unit_change DROP COLUMN basis"],
    "a projection with a column too many": ["ALTER TABLE dispatch ADD COLUMN weather TEXT"],
    "a projection that is not there": ["DROP TABLE seen_list"],
    "a projection without an index": ["DROP INDEX listed_by_name"],
    "a table of credentials that is not there": ["DROP TABLE account_trail"],
    "passing tables that are not there": ["DROP TABLE slip_batch", "DROP TABLE waiting_file"],
    "a passing table of other columns": ["ALTER TABLE ticket DROP COLUMN purpose"],
    "an index of the ledger that is not there": ["DROP INDEX entry_of_keys"],
    "no note of the program": ["ALTER TABLE schema_version DROP COLUMN program"],
}


@pytest.mark.parametrize("statements", HEALED.values(), ids=HEALED)
def test_what_can_be_made_again_is_made_again(
    ledger: Database,
    other: Database,
    key: LedgerKey,
    statements: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = states(ledger, FIRST_LATE)
    change(ledger, *statements)
    assert not is_ours(ledger)

    with caplog.at_level(logging.WARNING):
        other.prepare()

    assert is_ours(other)
    assert "tables of level 4 made again: " in caplog.text
    assert states(other, FIRST_LATE) == before
    assert verify(other, key) == []


REFUSED = {
    "bảng account: thiếu cột totp_step": "ALTER TABLE account DROP COLUMN totp_step",
    "bảng account: thừa cột colour": "ALTER TABLE account ADD COLUMN colour TEXT",
    "bảng entry: thừa cột colour": "ALTER TABLE entry ADD COLUMN colour TEXT",
    "bảng checkpoint: không có": "DROP TABLE checkpoint",
}


@pytest.mark.parametrize(("told", "statement"), REFUSED.items())
def test_what_is_nowhere_else_is_not_guessed(ledger: Database, other: Database, told: str, statement: str) -> None:
    change(ledger, statement)
    before = inspect(ledger.engine).get_table_names()

    with pytest.raises(TablesDifferError) as caught:
        other.prepare()

    assert told in caught.value.problem
    assert f"Bản lập các bảng: {__version__}" in caught.value.remedy
    inspect(ledger.engine).clear_cache()
    assert inspect(ledger.engine).get_table_names() == before


def test_an_index_of_an_operator_is_left_alone(ledger: Database, other: Database) -> None:
    change(ledger, "CREATE INDEX theirs ON entry (kind)")

    other.prepare()

    assert "theirs" in {index["name"] for index in inspect(ledger.engine).get_indexes("entry")}


def test_the_database_names_the_program_that_made_its_tables(database: Database) -> None:
    with database.reading() as connection:
        maker = find_maker(connection)
        noted = connection.scalar(select(schema.schema_version.c.program))

    assert maker is not None
    assert maker.program == noted == __version__
