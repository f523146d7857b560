"""A recorder that really runs, with the site of the repository, for a real browser."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page

from campaign.core.people.access import AccessSlip, Role
from campaign.posts.workplace import Workplace
from campaign.publish.mkdocs.building import build_site
from campaign.record.application import make_server
from campaign.record.server.presses import PressProcess
from campaign.record.server.recorder import Recorder
from campaign.record.server.sign_in_options import Ways
from campaign.record.server.site import Site
from campaign.remind.mail import MailServer
from campaign.store.credentials.accounts import (
    STEP_SECONDS,
    Account,
    Secrets,
    add_account,
    find_secrets,
    make_totp_secret,
    totp_code,
)
from campaign.store.credentials.slips import issue_slips, make_slip, prepare_slip
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.writer import Writer
from campaign.store.posts.posts import find_revision
from campaign.store.proofs.signing import make_key
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import CENTRE, LAST_SECOND, member
from tests.rigs.ledger_steps import begin, enrol

ROOT = Path(__file__).parents[2]

AN = member("SKHCN-001", "Nguyễn Văn An")
BINH = member("SKHCN-002", "Đặng Thị Bình", CENTRE)
OFFICE_ACCOUNT = "chi"
OFFICE_PASSPHRASE = "phượng vĩ tháng sáu"
OFFICE_TOTP = make_totp_secret()


OpenPage = Callable[..., Page]
"""Opens a page in a new browser, with Playwright's options of a context."""


@dataclass(slots=True)
class MovableClock:
    """A clock that stands until a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@dataclass(frozen=True, slots=True)
class Running:
    """A recorder at work: An and Bình are on its roster, Chi works in the office.

    Attributes:
        site: The folder of the site that it serves.
    """

    address: str
    database: Database
    site: Path
    clock: MovableClock

    def code(self) -> str:
        """Return a code of Chi's authenticator app that serves now and was not used."""
        with self.database.reading() as connection:
            held = find_secrets(connection, OFFICE_ACCOUNT)
        now = int(self.clock().timestamp()) // STEP_SECONDS
        step = max(now - 1, held.totp_step + 1 if held else 0)
        return totp_code(OFFICE_TOTP, datetime.fromtimestamp(step * STEP_SECONDS, UTC))

    def issue_slip(self, staff_code: str = AN.staff_code) -> AccessSlip:
        """Give a member a new access slip."""
        slip = make_slip()
        with appending(self.database) as ledger:
            prepared = prepare_slip(find_by_code(ledger.connection, staff_code), slip)
            issue_slips(ledger, [prepared], OFFICE_ACCOUNT, self.clock())
        return slip

    def wait_for_revision(self, post: str, number: int) -> None:
        """Wait until the recorder has registered that revision, and then taken the new pages from memory."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with self.database.reading() as connection:
                is_registered = find_revision(connection, post, number) is not None
            served = requests.get(f"{self.address}/manifest.json", timeout=20).content
            if is_registered and served == (self.site / "manifest.json").read_bytes():
                return
            time.sleep(0.05)
        pytest.fail(f"the recorder did not see revision {number} of {post}")


def copy_sources(folder: Path) -> Path:
    """Copy what editors write into *folder*, and return the configuration there, for a site of one's own."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "src").symlink_to(ROOT / "src")
    return folder / "mkdocs.yml"


def build(configuration: Path, site: Path, address: str) -> None:
    """Build the site as ``mkdocs build --strict`` does, for *address*."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CAMPAIGN_SITE_URL", f"{address}/")
        build_site(configuration, site, lambda: datetime.now(UTC))


@contextmanager
def run(
    listening: socket.socket,
    site: Path,
    folder: Path,
    now: datetime = LAST_SECOND,
    workplace: Workplace | None = None,
) -> Iterator[Running]:
    """Run a recorder with a new database in *folder*, in a thread, until the block ends."""
    clock = MovableClock(now)
    database = Database(f"sqlite:///{folder / 'campaign.sqlite3'}")
    begin(database)
    enrol(database, AN, BINH)
    key = make_key(folder / "ledger.key", "example.vn/so-ghi-nhan")
    with database.writing() as connection:
        chi = Account(OFFICE_ACCOUNT, "Lò Thị Chi", Role.OFFICE)
        add_account(connection, chi, Secrets(OFFICE_PASSPHRASE, OFFICE_TOTP), key, now)
    host, port = listening.getsockname()
    running = Running(f"http://{host}:{port}", database, site, clock)
    writer = Writer(database)
    recorder = Recorder(
        database=database,
        writer=writer,
        presses=PressProcess(database, writer),
        site=Site(site),
        key=key,
        clock=clock,
        address=running.address,
        workplace=workplace,
        ways=Ways(mail=MailServer("smtp://127.0.0.1:9", "vanphong@so.example")),  # Nobody listens there.
    )
    server = make_server(recorder)
    # The server closes the socket that it is given; the port must stay ours for the next one.
    thread = threading.Thread(target=server.run, args=([listening.dup()],), name="recorder")
    thread.start()
    try:
        yield running
    finally:
        server.should_exit = True
        thread.join()
        database.close()
