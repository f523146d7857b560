"""What holds for the pages whatever they are about: small screens, the keyboard alone, paper."""

import logging
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from campaign.record.access.common_sign_in import ReturnPage
from campaign.record.access.passkeys import PasskeysPage
from campaign.record.desk.deciding import DecisionPage
from campaign.record.desk.editor import EditorPage
from campaign.record.desk.history import HistoryPage
from campaign.record.office.roster.preview import RosterPreviewPage
from campaign.record.office.sheets import PrintedSheetsPage, SheetPage
from campaign.store.credentials.tickets import Purpose, Ticket, issue_ticket
from tests.rigs.axe import find_barriers
from tests.rigs.browsing import POST, TITLE, expect_receipt, press, sign_in, sign_in_office
from tests.rigs.record_pages import find_pages
from tests.rigs.running import AN, OpenPage, Running

PHONE = {"width": 360, "height": 740}
TABS_AT_MOST = 60
HEADER_AT_MOST = 56

FIND_WHAT_STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 1);
  const text = `text of a box, up to ${document.documentElement.scrollWidth}`;
  return wide.length ? wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 200)) : [text];
}"""
"""Names what makes a page wider than its window; what scrolls in a frame of its own does not."""


def find_too_wide(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Visit each address and return those pages that scroll sideways, with what sticks out."""
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = page.evaluate(FIND_WHAT_STICKS_OUT)
    return {address: what for address, what in found.items() if what}


def tab_to(page: Page, target: Locator) -> None:
    """Press the tab key until *target* has the focus."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if target.evaluate("(target) => target === document.activeElement"):
            return
    message = f"the tab key does not reach {target}"
    raise AssertionError(message)


def test_the_search_and_the_text_of_pages_show_nothing_of_how_they_are_made(
    running: Running, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto("/huong-dan/lenh/")

    assert "cog" not in page.get_by_role("main").inner_text()
    assert "[[[cog" not in (running.site / "huong-dan/lenh/index.html").read_text(encoding="utf-8")


def test_a_second_visit_takes_pages_from_the_cache_and_leaves_the_log_empty(
    open_page: OpenPage, caplog: pytest.LogCaptureFixture
) -> None:
    """A server that is told of a body which does not come writes a traceback for each page that is unchanged."""
    caplog.set_level(logging.INFO)
    page = open_page()

    for address in ["/", f"/bai-dang/{POST}/", "/vao"] * 2:
        page.goto(address, wait_until="networkidle")

    answers = [record.getMessage() for record in caplog.records if record.name == "campaign.requests"]
    assert {"GET / 304", f"GET /bai-dang/{POST}/ 304"} <= set(answers)
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []


def test_no_page_of_the_site_scrolls_sideways_on_a_phone(running: Running, open_page: OpenPage) -> None:
    built = (file.relative_to(running.site).as_posix() for file in running.site.glob("**/*.html"))
    addresses = sorted(f"/{path.removesuffix('index.html')}" for path in built)

    assert {"/", "/404.html", f"/bai-dang/{POST}/"} < set(addresses)
    assert find_too_wide(open_page(viewport=PHONE), addresses) == {}


ELSEWHERE = (
    ReturnPage,  # It leads on by itself.
    PasskeysPage,  # It needs HTTPS.
    RosterPreviewPage,  # These come from files and sheets, which have tests of their own.
    SheetPage,
    PrintedSheetsPage,
    EditorPage,
    DecisionPage,
    HistoryPage,
)
"""The pages that this test cannot be on."""


def title_of(page: Page) -> str:
    """Return the title of a page without the name of the site."""
    return page.title().partition(" – Tuyên truyền")[0]


class Visits:
    """The pages of the recorder that a test has been on, on a phone, and what stuck out of them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.too_wide: dict[str, list[str]] = {}
        self.titles: set[str] = set()
        page.on("load", lambda loaded: self.titles.add(title_of(loaded)))

    def visit(self, *addresses: str) -> None:
        self.too_wide |= find_too_wide(self.page, list(addresses))

    def look(self) -> None:
        """Look at the page that is there: the answer to a form."""
        self.titles.add(title_of(self.page))
        found = self.page.evaluate(FIND_WHAT_STICKS_OUT)
        self.too_wide |= {self.page.url: found} if found else {}


def visit_as_member(visits: Visits, running: Running) -> None:
    """Be on every page that is for members."""
    with running.database.writing() as connection:
        link = issue_ticket(connection, Ticket(Purpose.MAIL_LINK, 1), running.clock(), timedelta(minutes=10))
    slip, page = running.issue_slip(), visits.page
    visits.visit("/kiem-chung", "/vao/phieu", f"/vao/phieu/{slip.token}", f"/vao/thu/{link}", "/vao")
    page.get_by_label("Địa chỉ thư công vụ").fill("mot.dia.chi.rat.dai.cua.mot.nguoi@so-khoa-hoc.example.vn")
    page.get_by_role("button", name="Gửi liên kết").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem thư của anh/chị")
    visits.look()
    page.goto("/cua-toi")
    sign_in(page, slip.access_code)
    visits.visit(f"/xac-nhan/{POST}", "/cua-toi", "/xac-nhan/khong-co", f"/xac-nhan/{POST}")
    press(page)
    page.wait_for_url("**/bien-nhan/*")
    visits.visit(page.url, f"/xac-nhan/{POST}", "/cua-toi", "/cua-toi/phieu")
    page.get_by_label("Mã truy cập hiện nay").fill(slip.access_code)
    page.get_by_role("button", name="Đổi mã").click()
    expect(page.get_by_text("Quét mã QR").first).to_be_visible()
    visits.look()


def visit_as_office(visits: Visits, running: Running) -> None:
    """Be on every page that is for the Office."""
    visits.visit("/van-phong/vao")
    sign_in_office(visits.page, running)
    visits.page.wait_for_url("**/van-phong")
    of_post = ("", "/danh-sach", "/dang-gui", "/bao-cao", "/khong-con", "/phieu-ky", "/da-xem")
    visits.visit(*(f"/van-phong/bai/{POST}{rest}" for rest in of_post))
    own = (
        "",
        "/so",
        "/bien-tap",
        "/bien-tap/bai-moi",
        "/dot/moi",
        "/co-quan",
        "/phien",
        "/xac-minh",
        "/nguoi",
        "/nguoi/1",
        "/nguoi/1/chuyen-don-vi",
        "/nguoi/1/sua",
        "/danh-sach/them-nguoi",
        "/nguoi/1/ra-khoi-danh-sach",
        "/khoa-so-lieu",
        "/nhat-ky",
        "/danh-sach",
        "/danh-sach/don-vi",
        "/nhap-van-ban",
    )
    reminders = ("/nhac", "/nhac/gui?them=1", "/nhac/da-gui", "/nhac/loi-nhac", "/phieu")
    visits.visit(*(f"/van-phong{rest}" for rest in own + reminders), "/van-phong/nguoi/1/phieu")
    visits.page.get_by_role("button", name="Cấp và in phiếu").first.click()
    visits.page.wait_for_url("**/phieu/dot/*")
    expect(visits.page.get_by_text("Quét mã QR").first).to_be_visible()
    visits.look()


def test_no_page_of_the_recorder_scrolls_sideways_on_a_phone(
    running: Running, open_page: OpenPage, expected_answers: set[int]
) -> None:
    expected_answers.add(404)
    visits = Visits(open_page(viewport=PHONE))

    visit_as_member(visits, running)
    visit_as_office(visits, running)

    assert visits.too_wide == {}
    assert visits.titles >= {kind.title for kind in find_pages()} - {kind.title for kind in ELSEWHERE}


@pytest.mark.parametrize(
    "options", [{"viewport": PHONE, "color_scheme": "dark"}, {}], ids=["phone, dark", "desk, light"]
)
def test_axe_finds_nothing_on_the_way_of_a_member(
    running: Running, open_page: OpenPage, options: dict[str, object]
) -> None:
    slip, page = running.issue_slip(), open_page(**options)
    found = {}

    with running.database.writing() as connection:
        link = issue_ticket(connection, Ticket(Purpose.MAIL_LINK, 1), running.clock(), timedelta(minutes=10))

    for address in (
        "/vao",
        f"/vao/phieu/{slip.token}",
        f"/vao/thu/{link}",
        "/kiem-chung",
        "/van-phong/vao",
        "/cua-toi",
    ):
        page.goto(address)
        found[address] = find_barriers(page)
    sign_in(page, slip.access_code)
    page.wait_for_url("**/cua-toi")
    for address in ("/cua-toi", "/cua-toi/phieu", f"/xac-nhan/{POST}"):
        page.goto(address)
        found[f"{address}, signed in"] = find_barriers(page)
    press(page)
    expect_receipt(page, "Đúng hạn")
    found["receipt"] = find_barriers(page)
    page.goto("/cua-toi")
    found["confirmed"] = find_barriers(page)

    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_on_the_pages_of_every_account(running: Running, open_page: OpenPage) -> None:
    page = open_page()
    sign_in_office(page, running)
    page.wait_for_url("**/van-phong")
    found = {}

    own = ("/so", "/bien-tap", "/phien", "/xac-minh", "/nhac", "/nhac/gui?them=1", "/nhac/da-gui", "/nhac/loi-nhac")
    for address in (f"/van-phong{path}" for path in (*own, f"/bai/{POST}/da-xem")):
        page.goto(address)
        found[address] = find_barriers(page)

    assert {where: what for where, what in found.items() if what} == {}


def test_a_member_confirms_with_the_keyboard_alone(running: Running, open_page: OpenPage) -> None:
    slip, page = running.issue_slip(), open_page()
    page.goto("/")

    tab_to(page, page.get_by_role("article").get_by_role("link", name="Xác nhận đã đọc"))
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Vào để xác nhận"))
    tab_to(page, page.get_by_label("Mã công chức"))
    page.keyboard.type(AN.staff_code)
    tab_to(page, page.get_by_label("Mã truy cập"))
    page.keyboard.type(slip.access_code)
    tab_to(page, page.get_by_label("Máy dùng chung"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    tab_to(page, page.get_by_role("button", name="Tôi xác nhận đã đọc"))
    page.keyboard.press("Enter")

    expect_receipt(page, "Đúng hạn")


def test_on_a_phone_the_header_is_low_and_what_matters_is_within_the_first_screen(
    running: Running, open_page: OpenPage
) -> None:
    slip, page = running.issue_slip(), open_page(viewport=PHONE)

    def bottom_of(target: Locator) -> float:
        box = target.bounding_box()
        assert box is not None
        return box["y"] + box["height"]

    page.goto(f"/bai-dang/{POST}/")
    assert bottom_of(page.locator("header").first) <= HEADER_AT_MOST
    assert bottom_of(page.locator("a.button", has_text="Xác nhận đã đọc")) <= PHONE["height"]
    page.goto(f"/xac-nhan/{POST}")
    sign_in(page, slip.access_code)
    assert bottom_of(page.locator("header").first) <= HEADER_AT_MOST
    assert bottom_of(page.get_by_role("button", name="Tôi xác nhận đã đọc")) <= PHONE["height"]
    sign_in_office(page, running)
    page.wait_for_url("**/van-phong")
    page.goto(f"/van-phong/bai/{POST}")
    box = page.get_by_role("columnheader", name="Chưa xác nhận").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]


def test_site_and_recorder_have_one_header_and_obey_one_switch(running: Running, open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.goto("/404.html")
    header = page.evaluate(
        "(async () => (await (await fetch('/404.html')).text()).match(/<header[^]*?<\\/header>/)[0])()"
    )
    for address in ("/vao", "/van-phong/vao"):
        assert header in page.request.get(address).text()

    page.get_by_role("button", name="Đổi sang nền tối").click()
    looks = []
    for address in ("/", "/vao", "/van-phong/vao"):
        page.goto(address)
        looks.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert set(looks) == {"rgb(17, 23, 29)"}
    assert running.address


def test_the_drawer_opens_and_closes_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/huong-dan/")
    opener = page.get_by_role("button", name="Trình đơn")
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="Người đọc")

    expect(link).to_be_hidden()
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")

    expect(link).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_printed_receipt_holds_the_proof_and_no_menu(running: Running, open_page: OpenPage) -> None:
    slip, page = running.issue_slip(), open_page()
    page.goto(f"/xac-nhan/{POST}")
    sign_in(page, slip.access_code)
    press(page)
    expect_receipt(page, "Đúng hạn")

    page.emulate_media(media="print")

    for printed in (
        page.get_by_text(AN.name).last,
        page.get_by_text("Mốc kiểm chứng"),
        page.get_by_text("Mã gốc của sổ"),
    ):
        expect(printed).to_be_visible()
    assert "Ctrl" not in page.locator("body").inner_text()
    expect(page.locator("nav, button, footer").locator("visible=true")).to_have_count(0)
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1
