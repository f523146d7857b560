"""A campaign with readers who are signed in and posts that wait for them, and what must be true of its ledger after."""

import json
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.policy import Policy
from campaign.record.web.visitor import Browser, Realm
from campaign.settings import system_clock
from campaign.store.base import schema
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key, make_key
from campaign.store.proofs.verification import verify_ledger
from campaign.store.roster.roster import read_roster
from tests.rigs.builders import member, post
from tests.rigs.ledger_steps import begin, enrol, publish

ORIGIN = "example.vn/so-ghi-nhan"
MEMBERS = 20
POSTS = 40
ALWAYS = timedelta(days=36_500)
IS_LARGE = os.environ.get("FAULTS") == "large"
"""Whether to make the faults often and long, as ``scripts/bench/faults.py`` does."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a reader's browser sends: who confirms which post.

    Attributes:
        token: The token of the reader's session.
    """

    member: int
    post: str
    digest: str
    token: str

    @property
    def form_token(self) -> str:
        """The value that the form carries."""
        return Browser(Realm.READER, self.token, "").form_token


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A reader was told that the entry with that sequence records the confirmation of the post."""

    sequence: int
    member: int
    post: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ledger holds of all that was acknowledged.

    Attributes:
        acknowledged: How many confirmations readers were told of.
        lost: Those of them that the ledger does not have, or has of something else.
        twice: Members with a post that they confirmed more than once, or whose answers named two entries.
        findings: What verifying found.
    """

    acknowledged: int
    lost: tuple[Acknowledgement, ...] = ()
    twice: tuple[tuple[int, str], ...] = ()
    findings: tuple[str, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        """Take two together."""
        return Outcome(
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            self.twice + other.twice,
            self.findings + other.findings,
        )

    @property
    def is_right(self) -> bool:
        """Whether everything acknowledged is there exactly once, and the tree verifies."""
        return not (self.lost or self.twice or self.findings)


Note = Callable[[str, int, Outcome], None]
"""Keeps for the report how often a fault was made and what became of what was acknowledged."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A campaign in a database, and the folder of the recorders that serve it.

    Attributes:
        presses: Every reader with every post, in no order that matters.
    """

    url: str
    folder: Path
    presses: tuple[Press, ...] = field(repr=False)

    @property
    def key_file(self) -> Path:
        """Where the ledger's key is."""
        return self.folder / "ledger.key"

    def judge(self, acknowledged: Iterable[Acknowledgement]) -> Outcome:
        """Say what the ledger holds of *acknowledged*."""
        return judge_file(self.url, self.key_file, acknowledged)


def judge_file(url: str, key_file: Path, acknowledged: Iterable[Acknowledgement]) -> Outcome:
    """Say what the ledger in the database at *url* holds of *acknowledged*."""
    database = Database(url)
    try:
        return judge(database, key_file, acknowledged)
    finally:
        database.close()


def judge(database: Database, key_file: Path, acknowledged: Iterable[Acknowledgement]) -> Outcome:
    """Say what the ledger in *database* holds of *acknowledged*."""
    told = set(acknowledged)
    with database.reading() as connection:
        findings = list(verify_ledger(connection, Policy(load_key(key_file, ORIGIN).verifier)).findings)
        if database.engine.dialect.name == "sqlite":
            findings += [one for one in connection.scalars(text("PRAGMA integrity_check")) if one != "ok"]
        rows = connection.execute(select(schema.entry).where(schema.entry.c.kind == Kind.CONFIRMATION.value)).all()
    facts = [(row.sequence, json.loads(row.facts)) for row in rows]
    recorded = {Acknowledgement(sequence, one["member"], one["post"]) for sequence, one in facts}
    entries = Counter((one["member"], one["post"]) for _, one in facts)
    answers = Counter((one.member, one.post) for one in told)
    twice = {who for counted in (entries, answers) for who, times in counted.items() if times > 1}
    return Outcome(len(told), tuple(told - recorded), tuple(sorted(twice)), tuple(findings))


def set_scene(url: str, folder: Path) -> Scene:
    """Open a campaign in the empty database at *url*, with everyone signed in."""
    database = Database(url)
    begin(database)
    enrol(database, *(member(f"SKHCN-{number:03}", f"Lò Văn {number}") for number in range(MEMBERS)))
    notices = [post(id=f"thong-bao-{number}") for number in range(POSTS)]
    publish(database, *notices)
    with database.writing() as connection:
        tokens = {
            listed.id: open_session(connection, Session("slip_qr", member_id=listed.id), system_clock(), ALWAYS)
            for listed in read_roster(connection).values()
        }
    database.close()
    presses = [Press(number, one.id, one.digest, token) for one in notices for number, token in tokens.items()]
    make_key(folder / "ledger.key", ORIGIN)
    return Scene(url, folder, tuple(presses))


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
