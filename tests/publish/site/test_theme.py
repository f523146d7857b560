import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import product

import pytest
from playwright.sync_api import Page

from campaign.posts.policy import SITE_POLICY
from campaign.publish.site.site import SiteFrame
from tests.rigs.serving import ANSWER, serve
from tests.rigs.sites import ASKS, REPOSITORY, SampleSite, post_source

THEME = REPOSITORY / "src/campaign/publish/theme"
ON_BACKGROUND = {
    "ink": ("paper", "surface", "accent-soft", "late-soft", "error-soft", "good-soft"),
    "ink-soft": ("paper", "surface"),
    "accent": ("paper", "surface"),
    "accent-strong": ("paper", "accent-soft"),
    "on-accent": ("accent", "accent-strong"),
    "on-header": ("header",),
    "late": ("paper", "surface", "late-soft"),
    "error": ("paper", "error-soft"),
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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    sample = SampleSite(tmp_path_factory.mktemp("served"))
    sample.site_url = "http://127.0.0.1/"
    sample.write(
        "bai-dang/a.md", post_source("## Một\n\n" + "Dài " * 60 + "\n\n| a | b |\n|---|---|\n| c | d |\n", **ASKS)
    )
    sample.write("bai-dang/b.md", post_source(id="da-xac-nhan", **ASKS))
    sample.build()
    with serve(sample.site) as address:
        yield address


def test_no_page_asks_another_machine_or_for_what_is_not_there(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(f"{answer.status} {answer.url}"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    for path, width in product(("", "bai-dang/", "bai-dang/a/", "404.html", "tim-kiem/?q=dai"), (360, 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(served + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)

    assert [
        one for one in asked if not one.startswith((f"200 {served}", f"304 {served}", f"503 {served}trang-thai/"))
    ] == []
    assert [complaint for complaint in complaints if "status of 503" not in complaint] == []


def test_a_page_stays_whole_without_the_recorder(page: Page, served: str) -> None:
    page.goto(served + "bai-dang/a/", wait_until="networkidle")

    assert page.locator(".status").is_hidden()
    assert page.get_by_role("link", name="Xác nhận đã đọc").first.is_visible()


def test_the_reader_s_status_is_shown_as_text(page: Page, served: str) -> None:
    page.goto(served + "bai-dang/b/", wait_until="networkidle")

    status = page.locator(".status")
    assert status.inner_text().endswith(str(ANSWER["text"]))
    assert status.get_attribute("data-state") == "confirmed"
    assert page.get_by_role("link", name="Xác nhận đã đọc").locator("visible=true").count() == 0


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


def test_no_page_has_a_script_or_style_of_its_own(sample: SampleSite) -> None:
    """The Content-Security-Policy lets none run, so that none can be smuggled in."""
    sample.write("bai-dang/a.md", post_source("| a |\n|--:|\n| b |\n", **ASKS))
    pages = "".join(file.read_text(encoding="utf-8") for file in sample.build().rglob("*.html"))

    assert re.findall(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", pages) == []


def test_the_page_of_a_post_shows_no_more_of_the_site_than_its_frame() -> None:
    """The cache takes a finished page for good as long as the frame is the same."""
    names = ("header", "copyright", "pages", "posts")
    chain = ["main.html", "post.html", *(f"partials/{name}.html" for name in names)]
    source = "".join((THEME / template).read_text(encoding="utf-8") for template in chain)

    assert set(re.findall(r"campaign\.(\w+)", source)) == {field.name for field in fields(SiteFrame)}


def test_the_handbook_gives_other_servers_the_same_policy() -> None:
    assert SITE_POLICY in (REPOSITORY / "content/huong-dan/may-chu.md").read_text(encoding="utf-8")
