"""The journey of an editor: a post changes while people read it."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.rigs.browsing import POST, TITLE, expect_receipt, open_post, press, sign_in
from tests.rigs.running import OpenPage, Running, build, copy_sources

NOTE = "Thêm việc tắt thiết bị điện trước khi về."
ADDED = "Trước khi về, mỗi người tắt thiết bị điện ở chỗ mình."
REFUSED = 409


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The configuration of a site whose content the test may change."""
    (tmp_path / "nguồn").mkdir()
    return copy_sources(tmp_path / "nguồn")


@pytest.fixture
def site(site: Path, tmp_path: Path) -> Path:
    """A site of this test alone, which it may build again."""
    return Path(shutil.copytree(site, tmp_path / "trang"))


@pytest.fixture
def expected_answers() -> set[int]:
    """The refusal of a press on a page that is no longer the newest."""
    return {REFUSED}


def replace_post(running: Running, sources: Path) -> None:
    """Publish the second revision, as an editor does: change the file, build, wait for the recorder."""
    file = sources.parent / "content/bai-dang/thong-bao-485.md"
    text = file.read_text(encoding="utf-8")
    revision = f"  number: 2\n  change: replacement\n  note: {NOTE}\n"
    assert text.count("  number: 1\n") == 1
    file.write_text(text.replace("  number: 1\n", revision) + f"\n{ADDED}\n", encoding="utf-8")
    build(sources, sources.parent / "site", running.address)
    # A build empties its folder first, so what people read is changed at one stroke when all is there.
    running.site.rename(sources.parent / "trang cũ")
    (sources.parent / "site").rename(running.site)
    running.wait_for_revision(POST, 2)


def expect_change(page: Page) -> None:
    """Expect what changed, why, and the new text, on the way to the button."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("insertion").filter(has_text=ADDED)).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text(ADDED)


def test_a_press_on_the_old_text_is_refused_and_the_new_text_shown(
    running: Running, sources: Path, open_page: OpenPage
) -> None:
    slip, page = running.issue_slip(), open_page()
    open_post(page)
    page.get_by_role("link", name="Xác nhận đã đọc").first.click()
    sign_in(page, slip.spaced_code)
    expect(page.get_by_role("button", name="Tôi xác nhận đã đọc")).to_be_visible()
    replace_post(running, sources)

    with page.expect_response("**/xac-nhan/*") as answer:
        press(page)

    assert answer.value.status == REFUSED
    expect(page.get_by_role("alert")).to_contain_text("phiên bản 2")
    expect_change(page)
    press(page)
    expect_receipt(page, "Đúng hạn")
    expect(page.get_by_role("definition").filter(has_text=re.compile("^2$"))).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(f"Phiên bản 2 (thay thế). {NOTE}")).to_be_visible()


def test_the_old_link_shows_what_changed_to_someone_who_confirmed_before(
    running: Running, sources: Path, open_page: OpenPage
) -> None:
    slip, page = running.issue_slip(), open_page()
    page.goto("/cua-toi")
    sign_in(page, slip.spaced_code)
    page.get_by_role("link", name="Mở trang xác nhận").click()
    press(page)
    replace_post(running, sources)

    page.goto(f"/xac-nhan/{POST}?revision=1")

    expect_change(page)
    page.goto("/cua-toi")
    expect(page.get_by_role("listitem").filter(has_text=TITLE)).to_contain_text("mời đọc và xác nhận lại")
