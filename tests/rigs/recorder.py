"""A recorder at work: a site, a roster, a ledger, and a clock that a test can move."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from httpx2 import Response
from sqlalchemy import Row, func, select
from starlette.concurrency import run_in_threadpool
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from campaign.core.people.access import AccessSlip, Role, WayIn
from campaign.core.people.roster import Category
from campaign.core.post import Audience, Post
from campaign.posts.manifest import Manifest, describe_post, write_manifest
from campaign.record.application import create_application
from campaign.record.server.presses import Answer, record_together
from campaign.record.server.recorder import Recorder
from campaign.record.server.sign_in_options import Ways
from campaign.record.server.site import Site, SiteWatch
from campaign.record.web.visitor import cookie_name
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account, Secrets, add_account, make_totp_secret, totp_code
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.credentials.slips import issue_slips, make_slip, prepare_slip
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.writer import Writer
from campaign.store.posts.confirmations import Press
from campaign.store.proofs.signing import make_key
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import CENTRE, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import CHI, begin, enrol

ADDRESS = "http://127.0.0.1:8000"
AN = member("SKHCN-001", "Nguyễn Văn An")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.PUBLIC_EMPLOYEE)
DANG = member("SKHCN-003", "Đặng Thị Ánh")
HONG = member("SKHCN-004", "Vừ A Hồng", CENTRE, Category.WORKER)
NOTICE = post()
FOR_OFFICE = post(id="rieng-van-phong", title="Trực tết", audience=Audience(units=(OFFICE,)))
BY_SLIP = Ways()
PASSPHRASE = "mưa rơi trên bản nhỏ"
TOTP_SECRET = make_totp_secret()
STAFF = {
    Role.OFFICE: CHI,
    Role.UNIT_HEAD: Account("dung", "Cầm Thị Dung", Role.UNIT_HEAD, CENTRE),
    Role.AUDITOR: Account("kien", "Lê Kiên", Role.AUDITOR),
    Role.EDITOR: Account("yen", "Vì Thị Yến", Role.EDITOR),
}
"""An account of each role; the unit head's unit is the Centre."""


@dataclass
class MovableClock:
    """Stands still until a test moves it."""

    now: datetime = OPENED

    def __call__(self) -> datetime:
        return self.now


class Visitor:
    """A person's browser: keeps cookies, follows no redirect by itself."""

    def __init__(self, application: ASGIApp, address: str) -> None:
        self.http = TestClient(application, base_url=address, follow_redirects=False)
        self.address = address

    def get(self, path: str) -> Response:
        return self.http.get(path)

    def hidden(self, page: str) -> dict[str, str]:
        """Return the hidden fields of the forms on a page."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.get(page).text)
        return {name: html.unescape(value) for name, value in found}

    def send(self, path: str, fields: Mapping[str, str], **headers: str) -> Response:
        """Post the fields as they are, from a page of the recorder unless *headers* say otherwise."""
        return self.http.post(path, data=dict(fields), headers={"Origin": self.address, **headers})

    def submit(self, path: str, page: str | None = None, **fields: str) -> Response:
        """Open *page* (else the one at *path*), fill in its form and post it to *path*."""
        return self.send(path, self.hidden(page or path) | fields)


class PressesHere:
    """Records presses as the recorder's process does, without the process: many desks would start many."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self) -> None:
        """Nothing to start."""

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:
        return await run_in_threadpool(record_together, self._database, presses)

    async def close(self) -> None:
        """Nothing to end."""


@dataclass
class Desk:
    """A recorder with its surroundings."""

    recorder: Recorder
    clock: MovableClock
    watch: SiteWatch
    application: ASGIApp = field(init=False)

    def __post_init__(self) -> None:
        self.application = create_application(self.recorder)

    @property
    def database(self) -> Database:
        return self.recorder.database

    def publish(self, *posts: Post) -> None:
        """Build the site with these posts, and let the recorder look at it."""
        build_site(self.recorder.site.folder, *posts)
        self.watch.look()

    def visitor(self) -> Visitor:
        """Return the browser of someone who is not signed in."""
        return Visitor(self.application, self.recorder.address)

    def reader(self, staff_code: str = "SKHCN-001") -> Visitor:
        """Return the browser of a member who is signed in."""
        with self.database.reading() as connection:
            listed = find_by_code(connection, staff_code)
        return self._signed_in("reader", Session(WayIn.SLIP_CODE, member_id=listed.id))

    def office(self) -> Visitor:
        """Return the browser of Chi, who works in the office and is signed in."""
        return self.staff(Role.OFFICE)

    def staff(self, role: Role) -> Visitor:
        """Return the browser of someone with that role who is signed in."""
        self.employ(STAFF[role])
        return self._signed_in("office", Session(WayIn.PASSPHRASE, account=STAFF[role].name))

    def employ(self, account: Account = CHI) -> None:
        """Give someone an account, Chi unless told."""
        with self.database.writing() as connection:
            add_account(connection, account, Secrets(PASSPHRASE, TOTP_SECRET), self.recorder.key, self.clock())

    def code(self) -> str:
        """Return what the authenticator app of every account shows now."""
        return totp_code(TOTP_SECRET, self.clock())

    def slip(self, staff_code: str = "SKHCN-001") -> AccessSlip:
        """Issue a slip to the member."""
        slip = make_slip()
        with appending(self.database) as ledger:
            prepared = prepare_slip(find_by_code(ledger.connection, staff_code), slip)
            issue_slips(ledger, [prepared], "chi", self.clock())
        return slip

    def entries(self) -> int:
        """Return how many entries the ledger has."""
        with self.database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(schema.entry)) or 0

    def everything(self) -> dict[str, list[Row[tuple[object, ...]]]]:
        """Return every row of every table: equal before and after means that nothing was written."""
        with self.database.reading() as connection:
            return {
                table.name: list(connection.execute(select(table).order_by(*table.primary_key)).all())
                for table in schema.metadata.sorted_tables
            }

    def close(self) -> None:
        """Let go of the database."""
        self.recorder.writer.close()
        self.database.close()

    def _signed_in(self, role: str, session: Session) -> Visitor:
        with self.database.writing() as connection:
            token = open_session(connection, session, self.clock(), timedelta(hours=8))
        visitor = self.visitor()
        name = cookie_name(role, secure=self.recorder.is_secure)
        visitor.http.cookies.set(name, token, domain=urlsplit(self.recorder.address).hostname or "")
        return visitor


def open_desk(
    folder: Path,
    url: str | None = None,
    address: str = ADDRESS,
    proxies: frozenset[str] = frozenset(),
    ways: Ways = BY_SLIP,
) -> Desk:
    """Return a desk over a database that need not work, with a site of two posts."""
    database, clock = Database(url or f"sqlite:///{folder / 'sổ ghi nhận.sqlite3'}"), MovableClock()
    recorder = Recorder(
        database=database,
        writer=Writer(database),
        presses=PressesHere(database),
        site=Site(folder / "site"),
        key=make_key(folder / "ledger.key", "example.vn/so-ghi-nhan"),
        clock=clock,
        address=address,
        proxies=proxies,
        ways=ways,
    )
    build_site(recorder.site.folder, NOTICE, FOR_OFFICE)
    return Desk(recorder, clock, SiteWatch(recorder.site, recorder.writer, clock))


def fill_desk(desk: Desk) -> Desk:
    """Open the campaign with four members, and register the site."""
    begin(desk.database)
    enrol(desk.database, AN, BINH, DANG, HONG)
    desk.watch.look()
    return desk


def build_site(folder: Path, *posts: Post) -> None:
    """Write what the recorder knows of a built site, and two of its pages."""
    described = tuple(describe_post(one, f"/bai-dang/{one.id}/") for one in posts)
    write_manifest(folder, Manifest("Phổ biến Thông báo 485", described, (OFFICE, CENTRE)), posts)
    (folder / "index.html").write_text("<h1>Trang chủ</h1>", "utf-8")
    (folder / "404.html").write_text("<h1>Không có trang này</h1>", "utf-8")
