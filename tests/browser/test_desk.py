"""The whole way of a post at the desk, by keyboard on a phone: from a Word file to its replacement."""

import re
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.people.access import Role
from campaign.posts.workplace import find_workplace
from campaign.store.credentials.accounts import Account, Secrets, add_account, totp_code
from campaign.store.proofs.signing import load_key
from tests.browser.test_pages import FIND_WHAT_STICKS_OUT, PHONE
from tests.rigs.axe import find_barriers
from tests.rigs.browsing import press, sign_in
from tests.rigs.running import OFFICE_ACCOUNT, OFFICE_PASSPHRASE, OFFICE_TOTP, OpenPage, Running, copy_sources, run
from tests.rigs.word_documents import docx
from tests.word.official.test_letterhead import BODY, ENDS, HEADS, TITLE

NOTICE = docx(HEADS["table of two rows"] + TITLE + BODY + ENDS["table of one row"])
POST = "thong-bao-05-tb-skhcn"
DRAFT = f"/van-phong/bien-tap/{POST}"
DESK = "/van-phong/bien-tap"
TABS_AT_MOST = 250


@pytest.fixture
def running(listening: socket.socket, site: Path, tmp_path: Path) -> Iterator[Running]:
    """A recorder beside a content folder, with an editor, at the time of the machine: the build has no other."""
    folder = tmp_path / "nguồn"
    folder.mkdir()
    copy_sources(folder)
    own = Path(shutil.copytree(site, folder / "site"))
    with run(listening, own, tmp_path, datetime.now(UTC), find_workplace(folder)) as running:
        key = load_key(tmp_path / "ledger.key", "example.vn/so-ghi-nhan")
        with running.database.writing() as connection:
            yen = Account("yen", "Vì Thị Yến", Role.EDITOR)
            add_account(connection, yen, Secrets(OFFICE_PASSPHRASE, OFFICE_TOTP), key, running.clock())
        yield running


class Hands:
    """Somebody who has a keyboard and a small screen, and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Press the tab key until *target* has the focus."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if target.evaluate("(target) => target === document.activeElement"):
                return
        message = f"the tab key does not reach {target}"
        raise AssertionError(message)

    def press(self, name: str) -> None:
        """Press a button or follow a link."""
        button = self.page.get_by_role("button", name=name, exact=True)
        target = button.or_(self.page.get_by_role("link", name=name, exact=True)).first
        expect(target).to_be_visible()
        self.reach(target)
        self.page.keyboard.press("Enter")

    def type(self, label: str, words: str) -> None:
        """Type into a field, in the place of what is there."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def look(self) -> None:
        """Expect nothing that shuts people out or sticks out of the screen; the frame's own menu has its own tests."""
        barriers = [barrier for barrier in find_barriers(self.page) if "md-toggle" not in barrier]
        assert (self.page.url, barriers, self.page.evaluate(FIND_WHAT_STICKS_OUT)) == (self.page.url, [], [])


def come_in(page: Page, running: Running, account: str) -> Hands:
    page.goto("/van-phong")
    page.get_by_label("Tên tài khoản").fill(account)
    page.get_by_label("Cụm mật khẩu").fill(OFFICE_PASSPHRASE)
    page.get_by_label("Mã xác minh").fill(
        running.code() if account == OFFICE_ACCOUNT else totp_code(OFFICE_TOTP, running.clock())
    )
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    return Hands(page)


def approve_and_publish(chi: Hands, running: Running) -> None:
    chi.page.goto(f"{DRAFT}/duyet")
    chi.look()
    chi.press("Duyệt")
    chi.press("Đăng ngay")
    expect(chi.page.get_by_text("Người đọc đang thấy bản này.")).to_be_visible(timeout=120_000)
    running.clock.now = datetime.now(UTC)
    chi.look()


def write_from_word(yen: Hands, last: str) -> None:
    """Hand in the document, and type what it does not say."""
    yen.look()
    yen.press("Từ tệp Word")
    yen.page.get_by_label("Tệp Word").set_input_files(
        {"name": "tb.docx", "mimeType": "application/octet-stream", "buffer": NOTICE}
    )
    yen.press("Đọc văn bản")
    expect(yen.page.get_by_label("Số, ký hiệu")).to_have_value("05/TB-SKHCN")
    yen.look()
    yen.type("Tên bài", "Thông báo số 05")
    yen.type("Tóm tắt", "Việc gì. Vì sao. Ai làm.")
    yen.type("Câu xác nhận", "Tôi đã đọc Thông báo số 05.")
    yen.type("Thời hạn", last)
    expect(yen.page.get_by_text("Đã tự lưu lúc")).to_be_visible()
    shown = yen.page.frame_locator("iframe")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Thông báo số 05")
    expect(yen.page.get_by_text("Không còn chỗ nào phải sửa.")).to_be_visible()
    yen.press("Trình duyệt")
    expect(yen.page.get_by_text("Bài đang chờ Văn phòng duyệt.")).to_be_visible()


def mend_what_was_returned(yen: Hands, chi: Hands) -> None:
    """Return the draft, then change its text by a button above it."""
    chi.page.goto(f"{DRAFT}/duyet")
    chi.type("Cần sửa gì", "Thêm giờ mở cửa.")
    chi.press("Trả lại để sửa")
    expect(chi.page.get_by_text("trả lại để sửa", exact=True)).to_be_visible()
    yen.page.goto(DRAFT)
    expect(yen.page.get_by_text("Thêm giờ mở cửa.")).to_be_visible()
    text = yen.page.get_by_label("Nội dung", exact=True)
    yen.type("Nội dung", "Mở cửa lúc 8 giờ.")
    yen.page.keyboard.press("Control+a")
    yen.page.keyboard.press("Shift+Tab")
    yen.page.keyboard.press("ArrowRight")
    yen.page.keyboard.press("ArrowRight")
    yen.page.keyboard.press("Enter")
    expect(text).to_have_value("**Mở cửa lúc 8 giờ.**")
    yen.press("Trình duyệt")
    expect(yen.page.get_by_text("Bài đang chờ Văn phòng duyệt.")).to_be_visible()


def replace_it(yen: Hands) -> None:
    """Begin the next revision, and submit it as a replacement."""
    yen.page.goto(DESK)
    yen.press("Sửa tiếp Thông báo số 05")
    yen.type("Nội dung", "Mở cửa lúc 9 giờ.")
    yen.reach(yen.page.get_by_label("Đính chính"))
    yen.page.keyboard.press("ArrowDown")
    yen.type("Đã đổi gì", "Giờ mở cửa là 9 giờ.")
    yen.press("Trình duyệt")
    expect(yen.page.get_by_text("Bài đang chờ Văn phòng duyệt.")).to_be_visible()


def test_a_word_file_becomes_a_post_that_is_confirmed_and_replaced(running: Running, open_page: OpenPage) -> None:
    yen = come_in(open_page(viewport=PHONE), running, "yen")
    chi = come_in(open_page(viewport=PHONE), running, OFFICE_ACCOUNT)

    write_from_word(yen, format_day(day_in_viet_nam(running.clock()) + timedelta(days=30)))
    mend_what_was_returned(yen, chi)
    approve_and_publish(chi, running)
    an = open_page(viewport=PHONE)
    an.goto(f"/xac-nhan/{POST}")
    sign_in(an, running.issue_slip().access_code)
    press(an)
    expect(an.get_by_role("article")).to_contain_text("Tôi đã đọc Thông báo số 05.")
    replace_it(yen)
    chi.page.goto(f"{DRAFT}/duyet")
    expect(chi.page.get_by_text("1 xác nhận không còn tính")).to_be_visible()
    expect(chi.page.get_by_role("insertion").filter(has_text="9")).to_be_visible()
    approve_and_publish(chi, running)

    an.goto(f"/xac-nhan/{POST}")
    expect(an.get_by_role("button", name="Tôi xác nhận đã đọc")).to_be_visible()
    yen.page.goto(f"{DRAFT}/lich-su?tu=p1&den=p2")
    expect(yen.page.get_by_role("deletion").first).to_be_visible()
    yen.look()


PASTE = """([html, plain]) => {
  const given = new DataTransfer();
  given.setData("text/html", html);
  given.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
WORD = (
    "<h1>Mục một</h1><p class=MsoNormal>Chữ <b>đậm</b> và <i>nghiêng</i>.<o:p></o:p></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;"
    "</span></span>Điểm một</p><script>alert(1)</script>"
)
EXCEL = "<table><tr><td>Việc</td><td>Hạn</td></tr><tr><td>Kiểm tra</td><td>04/11</td></tr></table>"


@pytest.mark.parametrize(
    ("html", "plain", "written"),
    [
        (WORD, "x", "## Mục một\n\nChữ **đậm** và *nghiêng*.\n\n- Điểm một"),
        (EXCEL, "Việc\tHạn\nKiểm tra\t04/11", "| Việc | Hạn |\n|---|---|\n| Kiểm tra | 04/11 |"),
    ],
    ids=["Word", "Excel"],
)
def test_what_is_pasted_becomes_markdown(
    running: Running, open_page: OpenPage, html: str, plain: str, written: str
) -> None:
    yen = come_in(open_page(), running, "yen").page
    yen.goto(f"{DESK}/bai-moi")
    yen.get_by_label("Tên bài").fill("Dán thử")
    yen.get_by_role("button", name="Bắt đầu soạn").click()
    expect(yen.get_by_role("toolbar")).to_be_visible()
    text = yen.get_by_label("Nội dung", exact=True)
    text.fill("")
    text.focus()

    yen.evaluate(PASTE, [html, plain])

    expect(text).to_have_value(re.compile(re.escape(written)))


def test_without_javascript_the_desk_is_a_plain_form(running: Running, open_page: OpenPage) -> None:
    page = come_in(open_page(java_script_enabled=False), running, "yen").page
    page.goto(f"{DESK}/bai-moi")
    page.get_by_label("Tên bài").fill("Trực đêm")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    expect(page.get_by_text("thiếu ô “Tóm tắt”")).to_be_visible()

    page.get_by_label("Tóm tắt").fill("Việc gì. Vì sao. Ai làm.")
    page.get_by_label("Nội dung", exact=True).fill("Trực **hai** người.")
    page.get_by_role("button", name="Xem trước").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Trực đêm")
    expect(page.get_by_text("Trực hai người.")).to_be_visible()
