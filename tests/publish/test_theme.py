import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.publish.sites import ASKS, REPOSITORY, SampleSite, post_source

THEME = REPOSITORY / "src/campaign/publish/theme"
ON_BACKGROUND = {
    "ink": ("paper", "surface", "accent-soft", "signal-soft"),
    "ink-soft": ("paper", "surface"),
    "accent": ("paper", "surface"),
    "accent-strong": ("paper", "accent-soft"),
    "on-accent": ("accent", "accent-strong"),
    "on-header": ("header",),
    "signal": ("paper", "surface", "signal-soft"),
    "on-signal": ("signal",),
    "good": ("paper", "surface", "good-soft"),
}
"""Which colour of text stands on which, here or in the recorder's pages."""


def schemes() -> list[dict[str, str]]:
    """Return the colours of each block of tokens.css: light, dark by system, dark by switch."""
    css = (THEME / "assets/tokens.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--color-([a-z-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r"{([^{}]+)}", css)
    ]
    return [block for block in blocks if block]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", schemes(), ids=["light", "dark by system", "dark by switch"])
def test_text_can_be_read_on_every_background(scheme: dict[str, str]) -> None:
    for text, backgrounds in ON_BACKGROUND.items():
        for background in backgrounds:
            dark, light = sorted((luminance(scheme[text]), luminance(scheme[background])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, background)


def test_both_ways_to_dark_give_the_same_colours() -> None:
    light, by_system, by_switch = schemes()

    assert by_system == by_switch
    assert light.keys() == by_system.keys()


def test_every_variable_in_use_is_defined() -> None:
    tokens = (THEME / "assets/tokens.css").read_text(encoding="utf-8")
    css = (THEME / "assets/campaign.css").read_text(encoding="utf-8")

    assert set(re.findall(r"var\((--(?!md-|task)[a-z-]+)\)", css)) <= set(re.findall(r"(--[a-z-]+):", tokens))


ANSWER = {"state": "confirmed", "text": "Anh/chị đã xác nhận <b>lúc 09:05</b>"}


class _Recorder(SimpleHTTPRequestHandler):
    """Serves a built site, and answers like a recorder: for one post, and for others as if it were down."""

    def do_GET(self) -> None:
        if not self.path.startswith("/trang-thai/"):
            super().do_GET()
        elif self.path == "/trang-thai/da-xac-nhan.json":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(ANSWER).encode())
        else:
            self.send_error(503)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    sample = SampleSite(tmp_path_factory.mktemp("served"))
    sample.site_url = "http://127.0.0.1/"
    sample.write(
        "bai-dang/a.md", post_source("## Một\n\n" + "Dài " * 60 + "\n\n| a | b |\n|---|---|\n| c | d |\n", **ASKS)
    )
    sample.write("bai-dang/b.md", post_source(id="da-xac-nhan", **ASKS))
    sample.build()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Recorder, directory=str(sample.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_no_page_asks_another_machine_or_for_what_is_not_there(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(f"{answer.status} {answer.url}"))

    for path, width in product(("", "bai-dang/", "bai-dang/a/", "404.html"), (360, 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(served + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)

    assert [
        one for one in asked if not one.startswith((f"200 {served}", f"304 {served}", f"503 {served}trang-thai/"))
    ] == []


def test_a_page_stays_whole_without_the_recorder(page: Page, served: str) -> None:
    page.goto(served + "bai-dang/a/", wait_until="networkidle")

    assert page.locator("[data-status-url]").is_hidden()
    assert page.get_by_role("link", name="Xác nhận đã đọc").first.is_visible()


def test_the_reader_s_status_is_shown_as_text(page: Page, served: str) -> None:
    page.goto(served + "bai-dang/b/", wait_until="networkidle")

    status = page.locator("[data-status-url]")
    assert status.inner_text() == ANSWER["text"]
    assert status.get_attribute("data-state") == "confirmed"


def test_a_recorder_elsewhere_is_not_asked(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    elsewhere = 'data-status-url="http://127.0.0.2:9/'
    page.route(
        served + "bai-dang/b/",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-status-url="/', elsewhere), content_type="text/html"
        ),
    )

    page.goto(served + "bai-dang/b/", wait_until="networkidle")

    assert (
        page.locator("[data-status-url]").get_attribute("data-status-url")
        == elsewhere[17:] + "trang-thai/da-xac-nhan.json"
    )
    assert [url for url in asked if not url.startswith((served, "data:"))] == []


def test_the_site_s_own_scripts_and_styles_are_files() -> None:
    """A strict Content-Security-Policy lets no inline code of ours run; Material's own is counted by its hashes."""
    templates = "".join(file.read_text(encoding="utf-8") for file in Path(THEME).rglob("*.html"))

    assert not re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", templates)
