from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Integer,
    SmallInteger,
    Table,
    delete,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError

from campaign.core.ledger import merkle
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.policy import Policy
from campaign.store.base import schema
from campaign.store.base.types import as_kept
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending, node_reader
from campaign.store.proofs.signing import LedgerKey, make_key
from campaign.store.proofs.verification import make_checkpoint, verify_ledger
from tests.rigs.builders import LAST_SECOND, OPENED, member
from tests.rigs.ledger_steps import begin, enrol
from tests.rigs.tampering import find, keep, tampering, verify

GUARDED = (
    schema.entry,
    schema.personal,
    schema.node,
    schema.tree_head,
    schema.checkpoint,
    *schema.PROJECTIONS,
)
FIELDS = [(table, column.name) for table in GUARDED for column in table.c]
BITS: dict[type[object], int] = {Boolean: 1, SmallInteger: 15, Integer: 31, BigInteger: 63}


def flip(value: Any, bit: int, column: ColumnElement[Any], *, any_text: bool) -> Any:  # noqa: ANN401 - any value of a column
    """Return *value* with one bit the other way; what is no UTF-8 then, as it is only where *any_text* can be kept."""
    if isinstance(value, int):
        return type(value)(value ^ 1 << bit % BITS[type(column.type)])
    stored = bytearray(value if isinstance(value, bytes) else value.encode())
    stored[bit // 8 % len(stored)] ^= 1 << bit % 8
    if isinstance(value, bytes):
        return bytes(stored)
    return literal_column(f"CAST(x'{stored.hex()}' AS TEXT)") if any_text else stored.decode(errors="replace")


def test_a_ledger_as_it_was_written_verifies(ledger: Database, key: LedgerKey) -> None:
    assert verify(ledger, key) == []


def test_an_empty_ledger_verifies(database: Database, key: LedgerKey) -> None:
    keep(database, key)

    assert verify(database, key) == []


def test_a_ledger_of_more_rows_than_are_read_at_once_verifies(sqlite: Database, key: LedgerKey) -> None:
    with appending(sqlite) as opened:
        for number in range(5_003):
            opened.append(Kind.SLIPS_ISSUED, OPENED, {"members": [number], "actor": "chi"})
    keep(sqlite, key)

    assert verify(sqlite, key) == []
    assert "dòng ghi 5001:" in find(
        sqlite, key, lambda connection: connection.execute(delete(schema.entry).where(schema.entry.c.sequence == 5001))
    )


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(FIELDS), row=st.integers(0, 21), bit=st.integers(0, 8 * 400))
def test_any_flipped_bit_of_any_stored_field_is_found(
    ledger: Database, key: LedgerKey, field: tuple[Table, str], row: int, bit: int
) -> None:
    table, name = field
    kept = as_kept(table)
    with tampering(ledger) as connection:
        rows = connection.execute(select(kept).order_by(*table.primary_key)).mappings().all()
        assert rows
        stored = rows[row % len(rows)]
        assume(stored[name] not in {None, b"", ""})
        altered = flip(stored[name], bit, kept.c[name], any_text=connection.dialect.name == "sqlite")
        here = [kept.c[key.name] == stored[key.name] for key in table.primary_key]
        try:
            connection.execute(update(kept).where(*here).values({name: altered}))
        except (DataError, IntegrityError):  # PostgreSQL keeps no NUL in a text; another row has that key.
            assume(False)  # noqa: FBT003 - hypothesis wants it so

        assert verify_ledger(connection, Policy(key.verifier)).findings


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE entry SET kind = 'khac' WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET kind = CAST(x'ff' AS TEXT) WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET at = 'hôm qua' WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET at = 9223372036854775807 WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET facts = replace(facts, 'worker', 'khac') WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET facts = 12 WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET personal_digest = 'a' WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE entry SET leaf_hash = 'a' WHERE sequence = 4", "dòng ghi 4: nội dung không khớp"),
        ("UPDATE personal SET payload = 'a' WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE personal SET salt = 12 WHERE sequence = 4", "dòng ghi 4: không đọc được"),
        ("UPDATE node SET hash = 'a' WHERE level = 1", "5 nút của cây không khớp"),
        ("DELETE FROM node WHERE level = 3", "nút đầu tiên: 0 ở tầng 3"),
        ("INSERT INTO node VALUES (9, 9, x'00')", "1 nút của cây không khớp"),
        ("UPDATE tree_head SET frontier = 'a'", "gốc cây"),
        ("DELETE FROM tree_head", "gốc cây"),
        ("UPDATE checkpoint SET note = 'a'", "chữ ký không đúng"),
        ("UPDATE checkpoint SET size = size + 100", "ghi sai số dòng"),
    ],
)
def test_what_a_person_alters_with_sql_is_found(sqlite: Database, key: LedgerKey, statement: str, finding: str) -> None:
    """SQLite keeps a text where bytes should be, and the other way round: no reason to break."""
    begin(sqlite)
    enrol(sqlite, *(member(f"SKHCN-00{number}") for number in range(8)))
    keep(sqlite, key)

    assert finding in find(sqlite, key, lambda connection: connection.execute(text(statement)))


def test_a_deleted_last_entry_is_found(ledger: Database, key: LedgerKey) -> None:
    found = find(ledger, key, lambda connection: delete_entry(connection, 22))

    assert "gốc cây tính lại từ 21 dòng ghi" in found
    assert "mốc kiểm chứng 22: sổ chỉ có 21 dòng ghi" in found


def test_a_deleted_middle_entry_is_found(ledger: Database, key: LedgerKey) -> None:
    found = find(ledger, key, lambda connection: delete_entry(connection, 5))

    assert "dòng ghi 5: bị thiếu hoặc sai thứ tự (gặp số 6)" in found
    assert "dòng ghi 6: bị thiếu" not in found


def test_an_inserted_entry_is_found(ledger: Database, key: LedgerKey) -> None:
    def tamper(connection: Connection) -> None:
        row = dict(connection.execute(select(schema.entry).where(schema.entry.c.sequence == 7)).mappings().one())
        connection.execute(insert(schema.entry), row | {"sequence": 23})

    found = find(ledger, key, tamper)

    assert "dòng ghi 23: nội dung không khớp mã băm" in found
    assert "gốc cây" in found


def test_reordered_entries_are_found(ledger: Database, key: LedgerKey) -> None:
    def tamper(connection: Connection) -> None:
        for old, new in ((7, 99), (8, 7), (99, 8)):
            connection.execute(update(schema.entry).where(schema.entry.c.sequence == old).values(sequence=new))

    found = find(ledger, key, tamper)

    assert "dòng ghi 7: nội dung không khớp mã băm" in found
    assert "dòng ghi 8: nội dung không khớp mã băm" in found


def test_swapped_personal_fields_are_found(ledger: Database, key: LedgerKey) -> None:
    """Else one could put another's name to a confirmation."""

    def tamper(connection: Connection) -> None:
        for old, new in ((7, 99), (8, 7), (99, 8)):
            connection.execute(update(schema.personal).where(schema.personal.c.sequence == old).values(sequence=new))

    found = find(ledger, key, tamper)

    assert "dòng ghi 7: thông tin cá nhân không khớp mã băm" in found
    assert "dòng ghi 8: thông tin cá nhân không khớp mã băm" in found


def test_a_byte_that_passed_from_the_fields_to_the_salt_is_found(ledger: Database, key: LedgerKey) -> None:
    def tamper(connection: Connection) -> None:
        row = connection.execute(select(schema.personal).where(schema.personal.c.sequence == 7)).one()
        values = {"salt": row.salt + row.payload[:1], "payload": row.payload[1:]}
        connection.execute(update(schema.personal).where(schema.personal.c.sequence == 7).values(values))

    assert "dòng ghi 7: thông tin cá nhân không khớp" in find(ledger, key, tamper)


def test_fields_erased_without_an_entry_are_found(ledger: Database, key: LedgerKey) -> None:
    def tamper(connection: Connection) -> None:
        connection.execute(delete(schema.personal).where(schema.personal.c.sequence == 7))

    assert find(ledger, key, tamper) == "dòng ghi 7: thông tin cá nhân bị mất mà không có dòng ghi xoá"


def test_fields_added_to_an_entry_that_has_none_are_found(ledger: Database, key: LedgerKey) -> None:
    def tamper(connection: Connection) -> None:
        connection.execute(insert(schema.personal), {"sequence": 11, "salt": b"s" * 32, "payload": b"{}"})

    assert find(ledger, key, tamper) == "dòng ghi 11: thông tin cá nhân không khớp mã băm"


def test_a_rewritten_ledger_is_found_by_a_kept_checkpoint(sqlite: Database, database: Database, key: LedgerKey) -> None:
    """Whoever rewrites all of it has a ledger that fits together; what left the machine shows it."""
    for one, at in ((sqlite, OPENED), (database, LAST_SECOND)):
        begin(one, at)
        enrol(one, member())
    kept = keep(sqlite, key)

    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()
        found = list(verify_ledger(connection, Policy(key.verifier), [kept]).findings)

    assert found == ["mốc kiểm chứng 3: 3 dòng ghi đầu đã bị thay đổi"]


def test_a_truncated_ledger_is_found_by_a_kept_checkpoint(sqlite: Database, database: Database, key: LedgerKey) -> None:
    for one in (sqlite, database):
        begin(one)
    enrol(sqlite, member())
    kept = keep(sqlite, key)

    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()
        found = list(verify_ledger(connection, Policy(key.verifier), [kept]).findings)

    assert found == ["mốc kiểm chứng 3: sổ chỉ có 1 dòng ghi"]


def test_a_ledger_that_grew_still_fits_a_kept_checkpoint(database: Database, key: LedgerKey) -> None:
    begin(database)
    kept = keep(database, key)
    enrol(database, member())

    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier), [kept]).findings == ()


def test_a_ledger_rewritten_with_its_key_is_found_by_a_given_checkpoint(
    sqlite: Database, database: Database, key: LedgerKey
) -> None:
    """Whoever has the key can sign the false ledger's checkpoints, but not those that left the machine."""
    for one, at in ((sqlite, OPENED), (database, LAST_SECOND)):
        begin(one, at)
        enrol(one, member())
        keep(one, key)
    outside = keep(sqlite, key)

    with database.reading() as connection:
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()
        found = list(verify_ledger(connection, Policy(key.verifier), [outside]).findings)

    assert found == ["mốc kiểm chứng 3: 3 dòng ghi đầu đã bị thay đổi"]


def test_a_restored_old_backup_is_found_by_a_given_checkpoint(sqlite: Database, key: LedgerKey, tmp_path: Path) -> None:
    begin(sqlite)
    sqlite.scrub()  # Everything is in the main file.
    backup = tmp_path / "sao lưu.sqlite3"
    backup.write_bytes((tmp_path / "campaign.sqlite3").read_bytes())
    enrol(sqlite, member())
    outside = keep(sqlite, key)
    restored = Database(f"sqlite:///{backup}")

    with restored.reading() as connection:
        found = list(verify_ledger(connection, Policy(key.verifier), [outside]).findings)
    restored.close()

    assert found == ["mốc kiểm chứng 3: sổ chỉ có 1 dòng ghi"]


def test_verifying_tells_how_far_it_is(ledger: Database, key: LedgerKey) -> None:
    told: list[int] = []

    with ledger.reading() as connection:
        verify_ledger(connection, Policy(key.verifier), advance=told.append)

    assert sum(told) == 22


def test_a_checkpoint_signed_with_another_key_is_found(ledger: Database, key: LedgerKey, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key", key.verifier.origin)

    assert len([line for line in verify(ledger, other) if "chữ ký không đúng" in line]) == 2


def test_a_checkpoint_covers_the_ledger_as_it_stands(ledger: Database, key: LedgerKey) -> None:
    with ledger.reading() as connection:
        checkpoint = key.verifier.read(make_checkpoint(connection, key, LAST_SECOND))
        root = merkle.root_at(22, node_reader(connection))

    assert checkpoint == Checkpoint(key.verifier.origin, 22, root)


def test_a_checkpoint_kept_twice_is_kept_once(ledger: Database, key: LedgerKey) -> None:
    keep(ledger, key)

    with ledger.reading() as connection:
        assert list(connection.scalars(select(schema.checkpoint.c.size).order_by(schema.checkpoint.c.size))) == [5, 22]


def delete_entry(connection: Connection, sequence: int) -> None:
    for table in (schema.personal, schema.entry):
        connection.execute(delete(table).where(table.c.sequence == sequence))
