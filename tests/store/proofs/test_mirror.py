from typing import Any

import pytest
from sqlalchemy import Connection, Table, Text, delete, insert, select, text, update

from campaign.core.ledger.entry import Entry, Kind
from campaign.core.ledger.policy import Policy
from campaign.store.base import schema
from campaign.store.base.types import as_kept
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import OPENED, member, post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.tampering import find, tampering, verify


def test_every_table_of_the_tampered_ledger_has_rows(ledger: Database) -> None:
    """Else altering it would not be tried: whoever adds a table adds what fills it to the ledger of these tests."""
    with ledger.reading() as connection:
        empty = {table.name for table in schema.PROJECTIONS if connection.execute(select(table)).first() is None}

    assert empty == set()


@pytest.mark.parametrize("table", schema.PROJECTIONS, ids=lambda table: table.name)
@pytest.mark.parametrize("act", ["change", "delete", "add"])
def test_an_edited_projection_is_found_and_repaired(ledger: Database, key: LedgerKey, table: Table, act: str) -> None:
    with tampering(ledger) as connection:
        alter(connection, table, act)
        found = verify_ledger(connection, Policy(key.verifier)).findings

        rebuild(connection)

        assert {line.partition(" (")[0] for line in found} == {f"bảng {table.name}"}
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def alter(connection: Connection, table: Table, act: str) -> None:
    """Change, delete or add a row as somebody would who wants to pass unseen."""
    kept = as_kept(table)
    row = dict(connection.execute(select(kept).order_by(*table.primary_key).limit(1)).mappings().one())
    here = [kept.c[column.name] == row[column.name] for column in table.primary_key]
    *_, last = kept.c
    other: dict[str, Any] = {
        column.name: f"{row[column.name]}-khác"
        if isinstance(kept.c[column.name].type, Text)
        else (row[column.name] or 0) + 1000
        for column in table.c
        if column.primary_key or column.unique
    }
    if act == "change":
        value = row[last.name]
        changed = altered(value, is_text=isinstance(last.type, Text))
        connection.execute(update(kept).where(*here).values({last.name: changed}))
    elif act == "delete":
        connection.execute(delete(kept).where(*here))
    else:
        connection.execute(insert(kept), row | other)


def altered(value: Any, *, is_text: bool) -> object:  # noqa: ANN401 - whatever a column holds
    """Return another value of the same type."""
    if isinstance(value, bytes):
        return value + b"?"
    return f"{value}-khác" if is_text else (value or 0) + 1


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE member SET name = x'41'", "bảng member (người trong danh sách), dòng id=1: không khớp sổ"),
        ("UPDATE confirmation SET revision = 'một'", "post_id=1, member_id=1, revision=một: không có trong sổ"),
        ("UPDATE confirmation SET revision = 'một'", "post_id=1, member_id=1, revision=1: bị thiếu"),
        ("DELETE FROM member", "bảng member (người trong danh sách): còn 3 dòng nữa không khớp sổ"),
    ],
)
def test_what_a_person_alters_in_a_table_with_sql_is_named(
    sqlite: Database, key: LedgerKey, statement: str, finding: str
) -> None:
    begin(sqlite)
    enrol(sqlite, *(member(f"SKHCN-00{number}") for number in range(1, 9)))
    publish(sqlite, post())
    press(sqlite)

    assert finding in find(sqlite, key, lambda connection: connection.execute(text(statement)))


def test_entries_that_make_no_sense_are_told(sqlite: Database, key: LedgerKey) -> None:
    """Whoever has the key can append them with a tree that fits."""
    begin(sqlite)
    with sqlite.writing() as connection:
        ledger = OpenLedger(connection)
        ledger.append(Kind.SLIPS_ISSUED, OPENED, {"members": [], "actor": "chi"})
        entry = Entry(2, OPENED, Kind.CONFIRMATION, b'{"actor":"chi","members":[]}')
        sequence, at, _kind, *rest, _leaf = ledger._entries[0]  # noqa: SLF001 - the forger does as he likes
        ledger._entries[0] = (sequence, at, entry.kind.value, *rest, entry.leaf_hash)  # noqa: SLF001
        ledger._leaves[0] = entry.leaf_hash  # noqa: SLF001
        ledger.flush()

    assert verify(sqlite, key) == ["dòng ghi 2: không dựng lại được các bảng từ dòng này"]


def test_a_truth_value_that_is_neither_zero_nor_one_is_found(sqlite: Database, key: LedgerKey) -> None:
    """SQLite keeps it, and reads as true what was true before."""
    with appending(sqlite) as ledger:
        open_campaign(ledger, Campaign("Đợt minh hoạ", sample=True), OPENED, None)

    found = find(sqlite, key, lambda connection: connection.execute(text("UPDATE campaign SET sample = 3")))

    assert found == "bảng campaign (đợt tuyên truyền), dòng id=1: không khớp sổ"
