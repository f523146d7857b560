"""Payloads in every field that a person fills in, looked at in a real browser: nothing runs, nothing is in the page."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from campaign.core.people.access import WayIn
from campaign.core.people.roster import Category, Member
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.roster.roster import find_by_code
from tests.rigs.ledger_steps import enrol
from tests.rigs.payloads import PAYLOADS, UNWANTED
from tests.rigs.running import OFFICE_ACCOUNT, Running, run
from tests.rigs.sites import ASKS, SampleSite, post_source

PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0"
    b"\4\x85\1\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82"
)
NUMBERS = range(len(PAYLOADS))


@dataclass
class Attacked:
    """A recorder whose every text is a payload, and a browser that looks at it."""

    running: Running
    page: Page
    faults: list[str]

    def look(self, path: str) -> None:
        """Open a page; whatever runs or could run is noted."""
        self.page.goto(f"{self.running.address}{path}", wait_until="load")
        self.note(path)

    def note(self, where: str) -> None:
        self.faults += [f"{where}: {found}" for found in self.page.evaluate(UNWANTED)]

    def come_in(self, session: Session, realm: str) -> None:
        with self.running.database.writing() as connection:
            token = open_session(connection, session, self.running.clock(), timedelta(hours=1))
        self.page.context.add_cookies([{"name": f"campaign-{realm}", "value": token, "url": self.running.address}])

    def come_in_as_member(self, number: int) -> None:
        with self.running.database.reading() as connection:
            listed = find_by_code(connection, code(number))
        self.come_in(Session(WayIn.SLIP_CODE, member_id=listed.id), "reader")

    def come_in_as_office(self) -> None:
        self.come_in(Session(WayIn.PASSPHRASE, account=OFFICE_ACCOUNT), "office")


def code(number: int) -> str:
    return f"SKHCN-{number:03}"


def name_post(number: int) -> str:
    return f"bai-{number:02}"


def name_file(number: int) -> str:
    """Return a payload as the name of a file, as far as it can be one."""
    return PAYLOADS[number].replace("/", "\N{DIVISION SLASH}").replace("\t", " ")[:80] + ".png"


def write_post(number: int) -> str:
    """Return a post that has the payload wherever its editor may write."""
    text = json.dumps(PAYLOADS[number].replace("\t", " "))
    payload = PAYLOADS[number].replace(
        "//evil.example", "/tep"
    )  # A page that loads from elsewhere is not built at all.
    body = (
        f"{payload}\n\nMột câu {payload} giữa dòng.\n\n- {payload}\n\n> {payload}\n\n    {payload}\n\n`{payload}`\n\n"
    )
    picture = f"![{payload}](<{quote(name_file(number))}>)\n\n| a | b |\n|---|---|\n| {payload} | x |\n\n## {payload}\n"
    declared = ASKS | {"id": name_post(number), "title": text, "summary": text, "confirmation": text}
    return post_source(body + picture, **declared)


@pytest.fixture(scope="module")
def listening() -> Iterator[socket.socket]:
    """A port for the recorder."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="module")
def site(listening: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every post is a payload."""
    sample = SampleSite(tmp_path_factory.mktemp("trang"))
    sample.site_url = "http://{}:{}/".format(*listening.getsockname())
    for number in NUMBERS:
        sample.write(f"bai-dang/{name_post(number)}.md", write_post(number))
        sample.write(f"bai-dang/{name_file(number)}", PICTURE)
    return sample.build()


@pytest.fixture(scope="module")
def attacked(
    listening: socket.socket, site: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Attacked]:
    """The recorder with the site, and a roster whose every name and unit is a payload."""
    with run(listening, site, tmp_path_factory.mktemp("sổ")) as running:
        enrol(
            running.database,
            *(Member(code(one), PAYLOADS[one], f"Phòng {PAYLOADS[one]}", Category.WORKER) for one in NUMBERS),
        )
        context = browser.new_context(locale="vi-VN")
        found = Attacked(running, context.new_page(), [])

        def note_complaint(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text or "Refused to" in message.text:
                found.faults.append(f"stopped only by the policy: {message.text}")

        def note_dialog(dialog: Dialog) -> None:
            found.faults.append(f"dialog at {found.page.url}")
            dialog.dismiss()

        found.page.on("dialog", note_dialog)
        context.on("console", note_complaint)
        yield found
        context.close()


@pytest.fixture(autouse=True)
def no_faults(attacked: Attacked) -> Iterator[None]:
    """Whatever a test looked at, nothing was found."""
    attacked.faults.clear()
    yield
    assert attacked.faults == []


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_the_looking_itself_finds_what_it_looks_for(attacked: Attacked) -> None:
    """A net without a hole: each of these would be noted."""
    attacked.look("/vao")
    bad = ["<p onclick='x'>", "<iframe></iframe>", "<a href=' javascript:x'>", "<svg><script></script></svg>"]
    for number, markup in enumerate(bad, 1):
        attacked.page.evaluate("(markup) => { document.body.innerHTML = markup }", markup)
        attacked.note("tried")
        assert len(attacked.faults) >= number
    attacked.faults.clear()


def test_posts_and_the_pages_that_list_them(attacked: Attacked) -> None:
    for path in ("/", "/bai-dang/", "/ban-tin/", "/tim-kiem/?q=alert"):
        attacked.look(path)
    for number in NUMBERS:
        attacked.look(f"/bai-dang/{name_post(number)}/")
        assert PAYLOADS[number][:6] in attacked.page.inner_text("h1")


def test_feeds(attacked: Attacked, site: Path) -> None:
    feeds = sorted(site.glob("feeds/*.xml"))

    assert feeds
    for feed in feeds:
        attacked.look(f"/feeds/{feed.name}")


def test_the_page_on_which_a_member_confirms(attacked: Attacked) -> None:
    for number in NUMBERS:
        attacked.come_in_as_member(number)
        attacked.look(f"/xac-nhan/{name_post(number)}")
    attacked.page.get_by_role("button", name="Tôi xác nhận đã đọc").click()
    attacked.page.wait_for_url("**/bien-nhan/*")
    attacked.note("receipt")
    attacked.look("/cua-toi")


def test_the_pages_of_the_office(attacked: Attacked) -> None:
    attacked.come_in_as_office()
    post = f"/van-phong/bai/{name_post(0)}"
    for path in ("/van-phong", post, f"{post}/danh-sach", "/van-phong/phieu", f"{post}/dang-gui", f"{post}/bao-cao"):
        attacked.look(path)
        if path.endswith("danh-sach"):
            assert attacked.page.inner_text("main").count("alert(1)") > len(PAYLOADS)
    for number in NUMBERS[::3]:
        unit = f"Phòng {PAYLOADS[number]}"
        attacked.look(f"{post}/danh-sach?tim={quote(PAYLOADS[number])}&don-vi={quote(unit)}&tinh-den=04/11/2025")


def test_what_stands_in_an_address(attacked: Attacked) -> None:
    for payload in PAYLOADS[::5]:
        attacked.look(f"/vao?tiep={quote('/' + payload)}")
        attacked.look(f"/khong-co/{quote(payload, safe='')}")
        attacked.look(f"/xac-nhan/{quote(payload, safe='')}?revision={quote(payload)}")
