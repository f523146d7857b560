"""The contract suite's databases: the same tests on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.core.campaign import Campaign
from campaign.core.clock import day_in_viet_nam
from campaign.core.department import Department
from campaign.core.dispatch import Channel, Dispatch
from campaign.core.draft import Draft
from campaign.core.ledger.entry import Kind
from campaign.core.people.paper import Paper
from campaign.core.people.roster import plan_roster
from campaign.core.people.seen import SeenPeople
from campaign.core.reminder import Means
from campaign.store.figures.closings import close_posts, read_due
from campaign.store.figures.reminders import Subject, record_reminder
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.declarations import declare
from campaign.store.posts.dispatches import record_dispatch
from campaign.store.posts.drafts import note_act
from campaign.store.posts.paper import print_sheet, record_paper
from campaign.store.posts.seen import record_seen
from campaign.store.proofs.signing import LedgerKey
from campaign.store.roster.reorganisations import rename_unit
from campaign.store.roster.roster import RosterSource, apply_roster, find_by_code
from tests.rigs.builders import FIRST_LATE, OFFICE, OPENED, member, post
from tests.rigs.keys import KEY
from tests.rigs.ledger_steps import begin, decide, enrol, exempt, press, publish
from tests.rigs.machine import empty_postgres
from tests.rigs.tampering import keep


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sổ ghi nhận.sqlite3'}"
    postgres: str = request.getfixturevalue("postgres_url")
    empty_postgres(postgres)
    return postgres


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database, empty."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def other(url: str) -> Iterator[Database]:
    """The same database, opened as another recorder would."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An open SQLite database, empty, for what is no matter of the database."""
    opened = Database(f"sqlite:///{tmp_path / 'campaign.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def key() -> LedgerKey:
    """The signing key."""
    return KEY


@pytest.fixture
def ledger(database: Database, key: LedgerKey) -> Database:
    """A ledger of 22 entries, in which no table is empty, with two kept checkpoints."""
    begin(database)
    enrol(database, member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình"), member("SKHCN-003", "Đặng Thị Hoà"))
    keep(database, key)
    publish(database, post())
    for code in ("SKHCN-001", "SKHCN-002"):
        press(database, code)
    with appending(database) as opened:
        record_dispatch(opened, post().id, Dispatch(Channel.WEBSITE, day_in_viet_nam(OPENED)), "chi", OPENED)
    exempt(database, "SKHCN-002")
    with appending(database) as opened:
        print_sheet(opened, post().id, OFFICE, [3], "chi", OPENED)
        signed = Paper("chi", signed_on=day_in_viet_nam(OPENED), witness="Lò Thị Bình")
        record_paper(opened, find_by_code(opened.connection, "SKHCN-003"), post().id, signed, OPENED)
        moved = plan_roster({"SKHCN-001": member("SKHCN-001")}, [member("SKHCN-001", email="an@example.vn")])
        apply_roster(opened, moved, OPENED, RosterSource("chi"))
        rename_unit(opened, OFFICE, "Văn phòng Sở", decide())
        record_reminder(opened, Subject(member_id=1), day_in_viet_nam(OPENED), Means.MAIL, [post().id], OPENED)
        record_seen(opened, post().id, SeenPeople((1, 2), 1, "ab" * 32), "chi", OPENED)
        declare(opened, [Campaign("dot", "Đợt")], Department(), OPENED)
        draft = Draft(post().id, 1, "bai-dang/thu.md", "Thử".encode(), "", "chi", OPENED)
        note_act(opened, Kind.DRAFT_SUBMITTED, draft, "chi", OPENED)
        ended = {"campaign": "dot-truoc", "posts": [], "leaves": []}
        opened.append(Kind.PERSONAL_ERASED, OPENED, {"member": None, "reason": "retention", "actor": "chi", **ended})
        close_posts(opened, key, read_due(opened.connection, FIRST_LATE + timedelta(minutes=1)), FIRST_LATE)
    keep(database, key)
    return database
