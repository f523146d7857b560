"""How long each page of the Office takes: ``office.py [--people N] [--posts N] [--postgres] [--url URL]``.

The people and their confirmations are put into the tables directly, because writing millions of entries takes longer
than anybody waits; the tallies are then counted from them as after a migration. The pages are asked of the application
itself, without a network.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import cluster
import people
import scale
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from campaign.core.clock import VIET_NAM, to_microseconds
from campaign.core.deadline import Deadline
from campaign.core.people.access import Role, WayIn
from campaign.core.people.roster import Category, Member, plan_roster
from campaign.core.post import Audience
from campaign.core.text import fold, sort_key
from campaign.record.application import create_application
from campaign.record.server.presses import PressProcess
from campaign.record.server.recorder import Recorder
from campaign.record.server.site import Site
from campaign.store import tallies
from campaign.store.base import schema
from campaign.store.base.rows import insert_rows
from campaign.store.credentials.accounts import Account, Secrets, add_account, make_totp_secret
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.writer import Writer
from campaign.store.posts.posts import publish_revision
from campaign.store.proofs.signing import make_key
from campaign.store.roster.roster import apply_roster

OPENED = datetime(2025, 10, 1, 8, tzinfo=VIET_NAM)
NOW = datetime(2025, 11, 20, 9, tzinfo=VIET_NAM)
ROUNDS = 5
BLOCK = 50_000
UNITS = 40
KIND = Category.WORKER.value
AFTER = 1_000_000
"""Where the numbers begin of entries that stand in the tables only."""
FAMILY = ("Nguyễn Văn", "Lò Thị", "Quàng Văn", "Giàng A", "Vừ Thị", "Đặng Thuỳ", "Hoàng Minh", "Cầm Bá")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hoà", "Ước", "Xuân", "Mỵ", "Đức", "Ánh", "Oanh")
PAGES = {
    "overview": "/van-phong",
    "post": "/van-phong/bai/bai-1",
    "post, past day": "/van-phong/bai/bai-1?tinh-den={past}",
    "list of one unit": "/van-phong/bai/bai-1/danh-sach?trang-thai=outstanding&don-vi=Ph%C3%B2ng%201",
    "list of all": "/van-phong/bai/bai-1/danh-sach",
    "no longer concerned": "/van-phong/bai/bai-1/khong-con",
    "search": "/van-phong/nguoi?tim=dang%20thuy%20an",
    "person": "/van-phong/nguoi/7",
    "roster": "/van-phong/danh-sach",
    "sheets": "/van-phong/bai/bai-1/phieu-ky",
    "reminders": "/van-phong/nhac",
    "reminders of a unit": "/van-phong/nhac?don-vi=Ph%C3%B2ng%201",
    "texts of a unit": "/van-phong/nhac/loi-nhac?don-vi=Ph%C3%B2ng%201",
    "what was sent": "/van-phong/nhac/da-gui",
}
OF_HEAD = {
    "overview, unit head": "/van-phong",
    "post, unit head": "/van-phong/bai/bai-1",
    "past day, unit head": "/van-phong/bai/bai-1?tinh-den={past}",
}
COUNTED = """
    SELECT p.id, m.unit_id, COUNT(*), SUM(CASE WHEN c.received_at < p.late_from THEN 1 ELSE 0 END)
    FROM post p JOIN membership m ON m.until IS NULL
    JOIN confirmation c ON c.post_id = p.id AND c.member_id = m.member_id AND c.revision >= p.asks_since
"""
USUAL = {
    "a row a person, page 1": """
        SELECT e.id, e.name, u.name, c.received_at FROM member e
        JOIN membership m ON m.member_id = e.id AND m.until IS NULL JOIN unit u ON u.id = m.unit_id
        LEFT JOIN confirmation c ON c.post_id = 1 AND c.member_id = e.id ORDER BY e.name LIMIT 500
    """,
    "outstanding, NOT EXISTS": """
        SELECT COUNT(*) FROM membership m WHERE m.until IS NULL
        AND NOT EXISTS (SELECT 1 FROM confirmation c WHERE c.post_id = 1 AND c.member_id = m.member_id)
    """,
    "one post by unit": f"{COUNTED} WHERE p.id = 1 GROUP BY p.id, m.unit_id",
    "every post by unit": f"{COUNTED} GROUP BY p.id, m.unit_id",
}


def main() -> None:
    """Make the campaign, ask for each page, and print how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--posts", type=int, default=50)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--url", help="a database that scale.py --url has filled")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if chosen.url:
            database = Database(chosen.url)
            _ask(_open(database, Path(name), scale.CLOSED), "05/09/2001")
            _ask_usual(database)
            database.close()
            return
        with _database(Path(name), is_postgres=chosen.postgres) as database:
            start = time.perf_counter()
            recorder = _fill(database, Path(name), chosen.people, chosen.posts)
            print(f"{chosen.people} people, {chosen.posts} posts, made in {time.perf_counter() - start:.0f} s")
            _ask(recorder, "31/10/2025")
            _ask_usual(database)


@contextmanager
def _database(folder: Path, *, is_postgres: bool) -> Iterator[Database]:
    if not is_postgres:
        yield Database(f"sqlite:///{folder / 'campaign.sqlite3'}")
        return
    with cluster.postgres() as address:
        engine = create_engine(address.format("postgres").replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        database = Database(address.format("bench"))
        yield database
        database.close()


def _fill(database: Database, folder: Path, count: int, posts: int) -> Recorder:
    with appending(database) as ledger:
        open_campaign(ledger, Campaign("Đo tốc độ", sample=False), OPENED, None)
        units = [Member(f"X-{unit}", "Người mẫu", f"Phòng {unit}", Category.WORKER) for unit in range(UNITS)]
        apply_roster(ledger, plan_roster({}, units), OPENED)
        for number in range(1, posts + 1):
            post = replace(
                people.POST, id=f"bai-{number}", audience=Audience(), deadline=Deadline.before_day(date(2025, 11, 5))
            )
            publish_revision(ledger, post.to_document(), OPENED)
    with database.writing() as connection:
        _add_people(connection, count)
        for post_id in range(1, posts + 1):
            _add_confirmations(connection, post_id, count)
        tallies.recount(connection)
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return _open(database, folder, NOW)


def _open(database: Database, folder: Path, now: datetime) -> Recorder:
    """Return a recorder at work, with an account of the Office and one of a unit's head."""
    key = make_key(folder / "ledger.key", "example.vn/do-toc-do")
    with database.writing() as connection:
        for account in (Account("chi", "Chi", Role.OFFICE), Account("dung", "Dung", Role.UNIT_HEAD, "Phòng 1")):
            add_account(connection, account, Secrets("x" * 20, make_totp_secret()), key, now)
    writer = Writer(database)
    presses = PressProcess(database, writer)  # Never started: the Office's pages press nothing.
    return Recorder(database, writer, presses, Site(folder / "site"), key, lambda: now, people.ADDRESS)


def _add_people(connection: Connection, count: int) -> None:
    """Add people to those whom the ledger knows already, one in each unit."""
    opened = to_microseconds(OPENED)
    for start in range(UNITS + 1, count + 1, BLOCK):
        numbers = range(start, min(start + BLOCK, count + 1))
        names = [f"{FAMILY[one % len(FAMILY)]} {GIVEN[one % len(GIVEN)]} {one % 997}" for one in numbers]
        units = [one % UNITS + 1 for one in numbers]
        folded = [fold(f"{name} NV-{one:07}") for one, name in zip(numbers, names, strict=True)]
        codes = [f"NV-{one:07}" for one in numbers]
        order = [sort_key(name) for name in names]
        rows = zip(numbers, codes, names, folded, order, strict=True)
        insert_rows(connection, schema.member, [(one, code, name, None, *rest) for one, code, name, *rest in rows])
        stays = [(AFTER + one, one, unit, KIND, opened, None) for one, unit in zip(numbers, units, strict=True)]
        insert_rows(connection, schema.membership, stays)
        keys = [(one, unit, KIND, key) for one, unit, key in zip(numbers, units, order, strict=True)]
        insert_rows(connection, schema.listed, keys)


def _add_confirmations(connection: Connection, post_id: int, count: int) -> None:
    """Let nine in ten confirm over 39 days, the last days late."""
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) "
        if connection.dialect.name == "sqlite"
        else "WITH n(i) AS (SELECT generate_series(1, :people)) "
    )
    statement = (
        f"INSERT INTO confirmation (post_id, member_id, revision, received_at, sequence, method) {numbers} "  # noqa: S608
        "SELECT CAST(:post AS INTEGER), i, 1, CAST(:opened AS BIGINT) + CAST(i % 39 AS BIGINT) * 86400000000, "
        "CAST(:before AS INTEGER) + i, 'web' FROM n WHERE (i + :post) % 10 <> 0"
    )
    values = {"people": count, "post": post_id, "opened": to_microseconds(OPENED), "before": AFTER + post_id * count}
    connection.execute(text(statement), values)


def _ask(recorder: Recorder, past: str) -> None:
    print(f"{'milliseconds':30}{'median':>9}{'at most':>9}{'own CPU':>9}")
    for account, pages in (("chi", PAGES), ("dung", OF_HEAD)):
        with recorder.database.writing() as connection:
            session = Session(WayIn.PASSPHRASE, account=account)
            token = open_session(connection, session, recorder.clock(), timedelta(hours=8))
        browser = TestClient(create_application(recorder), base_url=people.ADDRESS, follow_redirects=False)
        browser.cookies.set("campaign-office", token, domain="127.0.0.1")
        for name, path in pages.items():
            _time(name, partial(_get, browser, path.format(past=past)))


def _ask_usual(database: Database) -> None:
    for name, statement in USUAL.items():
        with database.reading() as connection:
            _time(name, partial(_run, connection, statement), rounds=1)


def _get(browser: TestClient, path: str) -> int:
    return browser.get(path).status_code


def _run(connection: Connection, statement: str) -> str:
    connection.execute(text(statement)).all()
    return "(usual)"


def _time(name: str, ask: Callable[[], object], rounds: int = ROUNDS) -> None:
    times, own, answers = [], [], set()
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.process_time()
        answers.add(ask())
        times.append(time.perf_counter() - start)
        own.append(time.process_time() - busy)
    answer = " ".join(map(str, answers))
    figures = (statistics.median(times), max(times), statistics.median(own))
    print(f"{name:22}{answer:8}" + "".join(f"{figure * 1000:9.0f}" for figure in figures))


if __name__ == "__main__":
    main()
