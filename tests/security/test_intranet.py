"""A recorder with a plain-HTTP name in an intranet, and a page of a sibling host that knows how it works.

There browsers send no Sec-Fetch headers, cookies go to the port next door as well, and a sibling host may set them for
the whole domain. What is left is the exact Origin and the token of the session.
"""

import html
import http.server
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from campaign.record.application import make_server
from campaign.record.web.visitor import Browser, Realm
from tests.rigs.machine import do_without
from tests.rigs.recorder import NOTICE, Desk, fill_desk, open_desk

DOMAIN = "skhcn.example"
OURS, SIBLING = f"xacnhan.{DOMAIN}", f"khac.{DOMAIN}"
PRESS = "/xac-nhan/thong-bao-485"
TOSSED = "gia-tri-do-ke-xau-dat"


@dataclass
class Sibling:
    """A host beside ours: serves one page, and notes the cookies that it is sent."""

    port: int
    page: str = ""
    cookies: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{SIBLING}:{self.port}"


@contextmanager
def serving_sibling() -> Iterator[Sibling]:
    """Run the sibling host while the block runs."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sibling.cookies.append(self.headers.get("Cookie", ""))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name in ("campaign-visit", "campaign-reader"):
                self.send_header("Set-Cookie", f"{name}={TOSSED}; Domain={DOMAIN}; Path=/xac-nhan")
            self.end_headers()
            self.wfile.write(sibling.page.encode())

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sibling = Sibling(server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield sibling
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Scene:
    """Ours, the sibling and a browser in which An is signed in with us."""

    desk: Desk
    sibling: Sibling
    context: BrowserContext

    @property
    def ours(self) -> str:
        return self.desk.recorder.address


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Both hosts at work; the browser finds their names on this machine, and nothing else."""
    chromium = shutil.which("chromium")
    if chromium is None:
        do_without("Chromium")
    with socket.create_server(("127.0.0.1", 0)) as listening, serving_sibling() as sibling:
        desk = fill_desk(open_desk(tmp_path, address=f"http://{OURS}:{listening.getsockname()[1]}"))
        server = make_server(desk.recorder)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        rules = f"MAP {OURS} 127.0.0.1, MAP {SIBLING} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        arguments = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={rules}"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            context = browser.new_context()
            context.set_default_timeout(20_000)
            token = desk.reader().http.cookies["campaign-reader"]
            context.add_cookies([{"name": "campaign-reader", "value": token, "url": desk.recorder.address}])
            yield Scene(desk, sibling, context)
            browser.close()
        server.should_exit = True
        thread.join()
        desk.close()


def forge(action: str, fields: dict[str, str]) -> str:
    """Return a page that posts a form as soon as it is open."""
    inputs = "".join(f'<input name="{name}" value="{html.escape(value)}">' for name, value in fields.items())
    return f'<form method="post" action="{action}">{inputs}</form><script>document.forms[0].submit()</script>'


def test_a_sibling_host_that_receives_the_cookie_presses_nothing(scene: Scene) -> None:
    """Even with the right token, which it would have to guess."""
    page = scene.context.new_page()
    page.goto(f"{scene.ours}{PRESS}")
    token = page.locator("input[name=form_token]").first.input_value()
    before = scene.desk.entries()
    scene.sibling.page = forge(scene.ours + PRESS, {"form_token": token, "revision": "1", "digest": NOTICE.digest})

    with page.expect_response(f"{scene.ours}{PRESS}") as answer:
        page.goto(scene.sibling.address)

    sent = answer.value.request.all_headers()
    assert sent["origin"] == scene.sibling.address
    assert "campaign-reader" in sent["cookie"]  # It is the same site, so SameSite keeps nothing back.
    assert not [name for name in sent if name.startswith("sec-fetch")]
    assert answer.value.status == 403
    assert scene.desk.entries() == before


def test_a_cookie_that_a_sibling_sets_opens_nothing(scene: Scene) -> None:
    """It may set our cookie for the whole domain and reckon the token that belongs to it."""
    token = Browser(Realm.READER, TOSSED, TOSSED).form_token
    before = scene.desk.entries()
    scene.sibling.page = forge(scene.ours + PRESS, {"form_token": token, "revision": "1", "digest": NOTICE.digest})
    page = scene.context.new_page()

    with page.expect_response(f"{scene.ours}{PRESS}") as answer:
        page.goto(scene.sibling.address)

    assert TOSSED in answer.value.request.all_headers()["cookie"]
    assert answer.value.status == 403
    assert scene.desk.entries() == before


def test_the_same_host_on_another_port_receives_the_cookie_and_presses_nothing(scene: Scene) -> None:
    """Cookies know no ports."""
    page = scene.context.new_page()
    page.goto(f"{scene.ours}{PRESS}")
    token = page.locator("input[name=form_token]").first.input_value()
    before = scene.desk.entries()
    neighbour = f"http://{OURS}:{scene.sibling.port}"
    scene.sibling.page = forge(scene.ours + PRESS, {"form_token": token, "revision": "1", "digest": NOTICE.digest})

    with page.expect_response(f"{scene.ours}{PRESS}") as answer:
        page.goto(neighbour)

    assert "campaign-reader" in scene.sibling.cookies[0]
    assert answer.value.request.all_headers()["origin"] == neighbour
    assert answer.value.status == 403
    assert scene.desk.entries() == before


def test_the_page_of_the_recorder_itself_confirms(scene: Scene) -> None:
    page = scene.context.new_page()
    page.goto(f"{scene.ours}{PRESS}")

    page.get_by_role("button", name="Tôi xác nhận đã đọc").click()

    page.wait_for_url("**/bien-nhan/*")
