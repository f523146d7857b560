"""What people do on the pages, a line each."""

from playwright.sync_api import Page, expect

from tests.rigs.running import AN, OFFICE_ACCOUNT, OFFICE_PASSPHRASE, Running

POST = "thong-bao-485"
TITLE = "Thông báo số 485/TB-VPCP: những điều cần biết"
SENTENCE = "Tôi đã đọc bài phổ biến Thông báo số 485/TB-VPCP ngày 15/09/2025 của Văn phòng Chính phủ."


def open_post(page: Page) -> None:
    """Go from the home page to the post."""
    page.goto("/")
    page.get_by_role("article").filter(has_text=TITLE).get_by_role("link", name="Đọc bài").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def sign_in(page: Page, access_code: str) -> None:
    """Fill in the form of the access slip, as An types it."""
    page.get_by_label("Mã công chức").fill(AN.staff_code.lower())
    page.get_by_label("Mã truy cập").fill(access_code)
    page.get_by_label("Máy dùng chung").check()
    page.get_by_role("button", name="Vào", exact=True).click()


def sign_in_office(page: Page, running: Running) -> None:
    """Sign in as Chi."""
    page.goto("/van-phong")
    page.get_by_label("Tên tài khoản").fill(OFFICE_ACCOUNT)
    page.get_by_label("Cụm mật khẩu").fill(OFFICE_PASSPHRASE)
    page.get_by_label("Mã xác minh").fill(running.code())
    page.get_by_role("button", name="Đăng nhập").click()


def press(page: Page) -> None:
    """Press the one button."""
    page.get_by_role("button", name="Tôi xác nhận đã đọc").click()


def names_listed(page: Page, state: str) -> list[str]:
    """Return the names that the Office sees in a state, having chosen it from the filter."""
    page.goto(f"/van-phong/bai/{POST}/danh-sach")
    page.get_by_label("Tình hình", exact=True).select_option(label=state)
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**trang-thai=*")
    return page.locator("tbody th").all_inner_texts()


def expect_receipt(page: Page, state: str) -> None:
    """Expect An's receipt of the sentence."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Biên nhận xác nhận đã đọc")
    for text in (AN.name, SENTENCE, state):
        expect(page.get_by_role("article")).to_contain_text(text)
