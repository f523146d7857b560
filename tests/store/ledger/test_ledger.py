from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest
from sqlalchemy import func, select

from campaign.core.ledger import merkle
from campaign.core.ledger.entry import Kind, to_payload
from campaign.core.ledger.policy import Policy
from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending, node_reader, read_entry, read_head, read_personal
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import OPENED


def add_units(ledger: OpenLedger, numbers: Iterable[int]) -> None:
    for number in numbers:
        ledger.append(Kind.UNIT_ADDED, OPENED, {"unit": number, "name": f"Phòng {number}"})


def append_one_by_one(url: str, numbers: range) -> None:
    database = Database(url)
    for number in numbers:
        with appending(database) as ledger:
            ledger.append(Kind.SLIPS_ISSUED, OPENED, {"members": [number], "actor": "chi"})
    database.close()


def sequences(database: Database) -> list[int]:
    with database.reading() as connection:
        return list(connection.scalars(select(schema.entry.c.sequence).order_by(schema.entry.c.sequence)))


def leaf_hashes(database: Database) -> list[bytes]:
    with database.reading() as connection:
        return list(connection.scalars(select(schema.entry.c.leaf_hash).order_by(schema.entry.c.sequence)))


def test_an_empty_ledger_has_the_root_of_an_empty_tree(database: Database) -> None:
    with database.reading() as connection:
        head = read_head(connection)

    assert (head.size, head.root) == (0, merkle.EMPTY_ROOT)


def test_the_sequence_has_no_gap(database: Database) -> None:
    for first in (1, 3, 5):
        with appending(database) as ledger:
            add_units(ledger, (first, first + 1))

    assert sequences(database) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21])
def test_the_head_is_the_root_of_all_leaves(database: Database, size: int) -> None:
    with appending(database) as ledger:
        add_units(ledger, range(1, size + 1))

    frontier, _ = merkle.grow(0, (), leaf_hashes(database))
    with database.reading() as connection:
        head = read_head(connection)
        from_nodes = merkle.root_at(size, node_reader(connection))
    assert head.size == size
    assert head.frontier == frontier
    assert head.root == from_nodes == merkle.root_of_frontier(frontier)


def test_every_entry_has_an_inclusion_proof(database: Database) -> None:
    with appending(database) as ledger:
        add_units(ledger, range(1, 12))

    with database.reading() as connection:
        root, read = read_head(connection).root, node_reader(connection)
        for index, leaf in enumerate(leaf_hashes(database)):
            proof = merkle.inclusion_proof(index, 11, read)
            assert merkle.verify_inclusion(leaf, index, 11, proof, root)


def test_one_batch_makes_the_tree_that_single_entries_make(database: Database, sqlite: Database) -> None:
    for number in range(1, 14):
        with appending(database) as ledger:
            add_units(ledger, [number])

    with appending(sqlite) as ledger:
        add_units(ledger, range(1, 14))

    nodes = select(schema.node).order_by(schema.node.c.level, schema.node.c.position)
    with database.reading() as singles, sqlite.reading() as batch:
        assert read_head(singles) == read_head(batch)
        assert singles.execute(nodes).all() == batch.execute(nodes).all()


def test_flushing_in_between_makes_the_same_tree(database: Database, key: LedgerKey) -> None:
    with appending(database) as ledger:
        add_units(ledger, range(1, 4))
        ledger.flush()
        add_units(ledger, range(4, 6))

    with database.reading() as connection:
        assert read_head(connection).size == 5
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def test_nothing_is_written_when_the_block_raises(database: Database) -> None:
    def fail() -> None:
        with appending(database) as ledger:
            add_units(ledger, [1])
            ledger.flush()
            add_units(ledger, [2])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with database.reading() as connection:
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in (schema.entry, schema.unit)]
        assert counts == [0, 0]
        assert read_head(connection).size == 0


def test_appending_nothing_leaves_the_head_alone(database: Database) -> None:
    with appending(database):
        pass

    with database.reading() as connection:
        assert read_head(connection).size == 0


def test_an_entry_reads_back_as_it_was_appended(database: Database) -> None:
    at = OPENED + timedelta(microseconds=1)
    personal = {"staff_code": "SKHCN-001", "name": "Lò Thị Ửng", "email": None}
    with appending(database) as ledger:
        add_units(ledger, [1])
        facts = {"member": 1, "unit": 1, "category": "worker"}
        entry = ledger.append(Kind.MEMBER_JOINED, at, facts, personal)

    with database.reading() as connection:
        assert read_entry(connection, 2) == entry
        kept = read_personal(connection, 2)
        assert kept is not None
        assert (kept.payload, kept.digest) == (to_payload(personal), entry.personal_digest)
        assert read_personal(connection, 1) is None
        assert read_entry(connection, 3) is None


def test_equal_personal_fields_have_different_digests(database: Database) -> None:
    """Else whoever knows one staff code could find its entries."""
    personal = {"staff_code": "SKHCN-001", "reason": "Nghỉ thai sản"}

    with appending(database) as ledger:
        first, second = (ledger.append(Kind.SLIPS_ISSUED, OPENED, {}, personal) for _ in range(2))

    assert first.personal_digest != second.personal_digest


def test_two_recorders_append_to_one_tree(database: Database, other: Database, key: LedgerKey) -> None:
    for number in range(1, 20, 2):
        for which in (database, other):
            with appending(which) as ledger:
                add_units(ledger, [number + (which is other)])

    with database.reading() as connection:
        assert read_head(connection).size == 20
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


def test_two_processes_that_start_at_once_append_to_one_tree_without_a_gap(url: str, key: LedgerKey) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(append_one_by_one, [url, url], [range(200), range(200, 400)]))

    database = Database(url)
    with database.reading() as connection:
        facts = connection.scalars(select(schema.entry.c.facts)).all()
        assert sequences(database) == list(range(1, 401))
        assert len(set(facts)) == 400
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()
    database.close()
