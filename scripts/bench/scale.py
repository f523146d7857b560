"""Measure the Office's questions and the verifying of the ledger at the size of a country's service.

``scale.py [--people N] [--posts N] [--entries N] [--url URL]``: by default 1,000,000 people, 50 posts and about 45
million confirmations, in SQLite and in PostgreSQL, and a ledger of 1,000,000 entries to verify. The tables are filled
with SQL, because what is asked of them depends on their rows alone. Needs about 20 GB and half an hour, and for the
second half Debian's PostgreSQL. With ``--url`` it is that database alone, which is filled unless it was before, and
kept, so that ``office.py --url URL`` can ask for the Office's pages of the same people. The times of the questions
stand beside those of the usual way, which counts and sorts anew.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import people
import psycopg
from cluster import postgres
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, insert, text

from campaign.core.clock import VIET_NAM, start_of_day
from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import State
from campaign.core.ledger.policy import Policy
from campaign.core.people.roster import Category
from campaign.core.text import fold, sort_key
from campaign.store.base import schema
from campaign.store.figures.curves import read_curve
from campaign.store.figures.figures import read_figures
from campaign.store.figures.people_behind import read_page
from campaign.store.ledger.campaigns import has_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.confirmations import member_confirmations
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.proofs.signing import make_key
from campaign.store.proofs.verification import verify_ledger
from campaign.store.tallies import recount

OPENED = datetime(2001, 8, 28, 8, tzinfo=VIET_NAM)
"""Before the times that `confirm_post` writes, which are easy to reckon with in SQL."""
CLOSED = datetime(2001, 9, 25, 9, tzinfo=VIET_NAM)
"""After all of them."""
UNITS = 40
TIMES = 7
FAMILY, GIVEN = ("Nguyễn", "Lò", "Đặng", "Vừ", "Trần", "Quàng"), ("An", "Bình", "Ánh", "Dũng", "Đức", "Hoà", "Ơn")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the campaign is."""

    people: int
    posts: int


def main() -> None:
    """Fill, measure and show, database by database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--posts", type=int, default=50)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--url", help="measure this database alone, and keep it: sqlite:///FILE or postgresql://…")
    given = parser.parse_args()
    scale = Scale(given.people, given.posts)
    if given.url:
        with opened(given.url) as database:
            measure(database.engine.dialect.name, database, scale)
        return
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        with opened(f"sqlite:///{name}/scale.sqlite3") as database:
            measure("SQLite", database, scale)
        with postgres() as url:
            with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE scale")
            with opened(url.format("scale")) as database:
                measure("PostgreSQL", database, scale)
        with opened(f"sqlite:///{name}/ledger.sqlite3") as database:
            verify(database, Path(name) / "ledger.key", given.entries)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Give a database and close it."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def measure(title: str, database: Database, scale: Scale) -> None:
    """Fill a database and show how long each question takes."""
    with database.reading() as connection:
        is_filled = has_campaign(connection)
    if not is_filled:
        prepare(title, database, scale)
    ask(title, database, scale)


def prepare(title: str, database: Database, scale: Scale) -> None:
    """Fill a database, count the tallies, and let the database look at its tables."""
    began = time.monotonic()
    with database.writing() as connection:
        fill(connection, scale)
    filled = time.monotonic() - began
    began = time.monotonic()
    with database.writing() as connection:
        recount(connection)
    counted = time.monotonic() - began
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    print(f"{title}: filled in {filled:.0f} s, all posts counted anew in {counted:.0f} s", file=sys.stderr)


def fill(connection: Connection, scale: Scale) -> None:
    """Write the rows that a campaign of that size has: nine in ten have confirmed each post, one in five late."""
    opened_at = OPENED
    connection.execute(
        insert(schema.campaign), {"id": 1, "title": "Đo quy mô", "sample": False, "opened_at": opened_at}
    )
    names = {number: f"Phòng {number}" for number in range(1, UNITS + 1)}
    units = [{"id": number, "name": name, "first_name": name} for number, name in names.items()]
    connection.execute(insert(schema.unit), units)
    for start in range(1, scale.people + 1, 10_000):
        numbers = range(start, min(start + 10_000, scale.people + 1))
        kind = Category.CIVIL_SERVANT.value
        members, memberships, listed = [], [], []
        for number in numbers:
            name, unit = f"{FAMILY[number % 6]} Văn {GIVEN[number % 7]} {number}", number // 10 % UNITS + 1
            key = sort_key(name)
            members.append(
                {"id": number, "staff_code": f"NV-{number}", "name": name, "folded": fold(name), "sort_key": key}
            )
            place = {"member_id": number, "unit_id": unit, "category": kind}
            memberships.append({**place, "sequence": number, "since": opened_at})
            listed.append({**place, "sort_key": key})
        for table, rows in ((schema.member, members), (schema.membership, memberships), (schema.listed, listed)):
            connection.execute(insert(table), rows)
    for post in range(1, scale.posts + 1):
        publish(connection, post)
        confirm_post(connection, post, scale.people)
        print(f"… bài {post}/{scale.posts}", file=sys.stderr)


def publish(connection: Connection, post: int) -> None:
    """Write a post for everyone, whose time is over."""
    opened_at, deadline = OPENED, Deadline.before_day(date(2001, 9, 9))
    document = replace(people.POST, id=f"bai-{post}", publish_at=OPENED, deadline=deadline).to_document()
    connection.execute(
        insert(schema.post),
        {
            "id": post,
            "key": f"bai-{post}",
            "revision": 1,
            "asks_since": 1,
            "late_from": start_of_day(deadline.before),
            "opened_at": opened_at,
        },
    )
    connection.execute(
        insert(schema.revision),
        {"post_id": post, "number": 1, "digest": "", "document": document, "asks_since": 1, "published_at": opened_at},
    )
    rows = [
        {"post_id": post, "unit_id": unit, "category": category.value}
        for unit in range(1, UNITS + 1)
        for category in Category
    ]
    connection.execute(insert(schema.audience), rows)


def confirm_post(connection: Connection, post: int, number: int) -> None:
    """Write the confirmations of a post: by nine in ten, over twenty days, every fifth late."""
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) "
        if connection.dialect.name == "sqlite"
        else "WITH n(i) AS (SELECT generate_series(1, :people)) "
    )
    statement = (
        f"INSERT INTO confirmation (post_id, member_id, revision, received_at, sequence, method) {numbers} "  # noqa: S608
        "SELECT :post, i, 1, "
        "CASE WHEN i % 5 = 0 THEN 1000000000000000 ELSE 999000000000000 END + (i % 20) * 43200000000, "
        "CAST(:before AS BIGINT) + i, 'web' FROM n WHERE (i + :post) % 10 <> 0"
    )
    connection.execute(text(statement), {"people": number, "post": post, "before": (post - 1) * number})


def ask(title: str, database: Database, scale: Scale) -> None:
    """Ask each question several times, ours and the usual way, and show the medians."""
    table = Table(title=f"{title}: {scale.people:,} people, {scale.posts} posts, milliseconds (median of {TIMES})")
    for head in ("question", "ours", "usual way", "×"):
        table.add_column(head, justify="left" if head == "question" else "right")
    with database.reading() as connection:
        revision = current_revision(connection, "bai-1")
        for name, ours, usual in questions(connection, revision, scale):
            mine = took(ours, TIMES)
            theirs = took(usual, 1) if usual else None
            ratio = f"{theirs / mine:,.0f}" if theirs else ""
            table.add_row(name, f"{mine:.1f}", f"{theirs:,.0f}" if theirs else "", ratio)
    Console(width=100).print(table)


Question = tuple[str, Callable[[], object], Callable[[], object] | None]


def questions(connection: Connection, revision: PublishedRevision, scale: Scale) -> Iterator[Question]:
    """Give each question with our way and the usual one to answer it."""

    def run(statement: str) -> Callable[[], object]:
        return lambda: connection.execute(text(statement)).all()

    standing = "JOIN confirmation c ON c.post_id = p.id AND c.member_id = m.member_id AND c.revision >= p.asks_since"
    counted = (
        "SELECT p.id, m.unit_id, COUNT(*), SUM(CASE WHEN c.received_at < p.late_from THEN 1 ELSE 0 END) "
        "FROM post p JOIN membership m ON m.until IS NULL " + standing
    )
    yield (
        "counts by unit of one post",
        lambda: read_figures(connection, "bai-1"),
        run(f"{counted} WHERE p.id = 1 GROUP BY p.id, m.unit_id"),
    )
    yield (
        "curve of one post",
        lambda: read_curve(connection, current_revision(connection, "bai-1"), CLOSED),
        run("SELECT received_at / 86400000000, COUNT(*) FROM confirmation WHERE post_id = 1 GROUP BY 1"),
    )
    yield (
        "matrix post × unit",
        lambda: read_figures(connection),
        run(f"{counted} GROUP BY p.id, m.unit_id"),
    )
    outstanding = (
        "SELECT m.member_id, e.name FROM membership m JOIN member e ON e.id = m.member_id WHERE m.until IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM confirmation c WHERE c.post_id = 1 AND c.member_id = m.member_id)"
    )
    for state in (None, State.OUTSTANDING, State.LATE, State.ON_TIME):
        for unit in ("", "Phòng 7"):
            label = f"first page, {state.value if state else 'everyone'}{', one unit' if unit else ''}"
            usual = run(outstanding) if state is State.OUTSTANDING and not unit else None
            yield label, partial(read_page, connection, revision, [unit] if unit else [], state, 0, PAGE), usual
    yield "one person's confirmations", lambda: member_confirmations(connection, scale.people // 2), None


def took(question: Callable[[], object], times: int) -> float:
    """Return how many milliseconds the answer takes, the median of several."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        question()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def verify(database: Database, key_file: Path, entries: int) -> None:
    """Fill a ledger through the product's own functions, verify it, and show time and memory."""
    key = make_key(key_file, "example.vn/so-ghi-nhan")
    with appending(database) as ledger:
        people.enrol(ledger, entries // 2)
    people.confirm_everyone(database, entries // 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    began = time.monotonic()
    with database.reading() as connection:
        findings = verify_ledger(connection, Policy(key.verifier)).findings
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    outcome = findings or "whole"
    print(f"verified {entries:,} entries: {seconds:.1f} s, {memory} MB at most ({before} MB before), {outcome}")


if __name__ == "__main__":
    main()
