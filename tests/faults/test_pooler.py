"""PgBouncer in front of PostgreSQL, which gives each transaction whatever connection of the server is free."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from campaign.store.base import schema
from campaign.store.ledger.database import Database
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import member, post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.machine import Cluster, do_without, running_cluster

PEOPLE = [member(f"SKHCN-{number:03}") for number in range(1, 41)]
SETTINGS = """\
[databases]
postgres = host={server} dbname=postgres user=campaign
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 3
"""


@contextmanager
def running_pooler(cluster: Cluster) -> Iterator[str]:
    """Run PgBouncer with three connections to the server, and give the address behind it."""
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
    if program is None:
        do_without("PgBouncer")
    with tempfile.TemporaryDirectory(prefix="pgb-") as name:
        folder = Path(name)
        (folder / "pgbouncer.ini").write_text(SETTINGS.format(server=cluster.socket.parent, folder=folder))
        shutil.chown(folder, "postgres")
        with subprocess.Popen(
            [program, "pgbouncer.ini"], cwd=folder, user="postgres", stderr=subprocess.DEVNULL
        ) as run:
            until = time.monotonic() + 20
            while not (folder / ".s.PGSQL.6432").exists():
                assert time.monotonic() < until
                time.sleep(0.02)
            try:
                yield f"postgresql://campaign@/postgres?host={folder}&port=6432"
            finally:
                run.terminate()


@pytest.fixture
def address() -> Iterator[str]:
    with running_cluster() as cluster, running_pooler(cluster) as address:
        yield address


def test_nothing_is_lost_or_recorded_twice_behind_a_pooler(address: str) -> None:
    pooled = f"{address}&pooler=transaction"
    with closing(Database(pooled)) as first, closing(Database(pooled)) as second:
        begin(first)
        enrol(first, *PEOPLE)
        publish(first, post())

        with ThreadPoolExecutor(8) as people:
            twice = [(database, person.staff_code) for person in PEOPLE for database in (first, second)]
            receipts = list(people.map(lambda pair: press(*pair), twice))

        with first.reading() as connection:
            verdict = verify_ledger(connection, None)
            recorded = connection.scalar(select(func.count()).select_from(schema.confirmation))
    assert verdict.findings == ()
    assert (recorded, len({receipt.sequence for receipt in receipts})) == (len(PEOPLE), len(PEOPLE))


def test_behind_a_pooler_a_lock_is_waited_for_no_longer_than_without_one(address: str) -> None:
    with closing(Database(f"{address}&pooler=transaction", commit_seconds=5)) as database:
        begin(database)

        with database.reading() as connection:
            timeout = connection.scalar(text("SHOW lock_timeout"))

    assert timeout == "4s"
