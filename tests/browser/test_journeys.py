"""The journeys of staff and Office, on a real server, in a real browser."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.rigs.browsing import (
    POST,
    SENTENCE,
    TITLE,
    expect_receipt,
    names_listed,
    open_post,
    press,
    sign_in,
    sign_in_office,
)
from tests.rigs.builders import FIRST_LATE
from tests.rigs.decree import open_document, read_lines
from tests.rigs.running import AN, OpenPage, Running


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_member_reads_confirms_and_keeps_a_receipt(
    running: Running, open_page: OpenPage, *, javascript: bool
) -> None:
    slip, page = running.issue_slip(), open_page(java_script_enabled=javascript)

    open_post(page)
    page.get_by_role("link", name="Xác nhận đã đọc").first.click()
    sign_in(page, slip.spaced_code)
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    press(page)

    expect_receipt(page, "Đúng hạn")
    page.get_by_role("link", name=TITLE).click()
    if javascript:
        expect(page.locator(".status")).to_contain_text(f"{AN.name}: đã xác nhận 23:59 ngày 04/11/2025 (đúng hạn).")
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Mở “Xác nhận của tôi”").click()
    expect(page.get_by_role("row").filter(has_text=TITLE)).to_contain_text("Đúng hạn")


def test_a_member_confirms_with_the_slip_of_the_phone(running: Running, open_page: OpenPage) -> None:
    slip, page = running.issue_slip(), open_page(is_mobile=True, has_touch=True, viewport={"width": 390, "height": 844})

    page.goto(f"/vao/phieu#{slip.token}")
    expect(page.get_by_text(AN.name)).to_be_visible()
    page.get_by_label("Máy của riêng tôi").check()
    page.get_by_role("button", name="Đúng là tôi, tiếp tục").tap()
    page.get_by_role("link", name="Mở trang xác nhận").tap()
    page.get_by_role("button", name="Tôi xác nhận đã đọc").tap()

    expect_receipt(page, "Đúng hạn")


def test_the_office_sees_a_member_move_from_outstanding_to_late(running: Running, open_page: OpenPage) -> None:
    running.clock.now = FIRST_LATE
    slip, office, reader = running.issue_slip(), open_page(), open_page()
    sign_in_office(office, running)
    assert AN.name in names_listed(office, "Chưa xác nhận")
    assert names_listed(office, "Quá hạn") == []

    reader.goto("/cua-toi")
    sign_in(reader, slip.spaced_code)
    reader.get_by_role("link", name="Mở trang xác nhận").click()
    press(reader)

    expect_receipt(reader, "Quá hạn")
    assert AN.name not in names_listed(office, "Chưa xác nhận")
    assert names_listed(office, "Quá hạn") == [AN.name]


def test_the_office_downloads_the_list_that_it_sees(running: Running, open_page: OpenPage) -> None:
    running.clock.now = FIRST_LATE
    page = open_page()
    sign_in_office(page, running)
    names = names_listed(page, "Chưa xác nhận")

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải CSV").click()

    written = download.value.path().read_bytes()
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert download.value.suggested_filename == f"{POST}-2025-11-05.csv"
    assert written.startswith(b"\xef\xbb\xbf")
    assert [row["Họ và tên"] for row in rows] == names
    assert {row["Trạng thái"] for row in rows} == {"chưa xác nhận"}


def test_the_office_records_a_channel_chases_and_takes_the_report_away(running: Running, open_page: OpenPage) -> None:
    running.clock.now = FIRST_LATE
    office = open_page()
    sign_in_office(office, running)

    office.goto(f"/van-phong/bai/{POST}/dang-gui")
    office.get_by_role("radio", name="Gửi trên hệ thống QLVB&ĐH").check()
    office.get_by_label("Ngày đăng, ngày gửi").fill("28/10/2025")
    office.get_by_label("Số, ký hiệu").fill("45/SKHCN-VP")
    office.get_by_label("Tệp minh chứng").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"a"})
    office.get_by_role("button", name="Ghi vào sổ").click()
    expect(office.get_by_text("số 45/SKHCN-VP, ngày 28/10/2025").first).to_be_visible()
    office.goto(f"/van-phong/bai/{POST}")
    office.get_by_role("link", name="Lập báo cáo").click()
    with office.expect_download() as letters:
        office.get_by_role("button", name="Lập công văn").click()
    with office.expect_download() as report:
        office.get_by_role("button", name="Lập báo cáo", exact=True).click()

    assert letters.value.suggested_filename.startswith("don-doc-thong-bao-485")
    text = "\n".join(line.text for line in read_lines(open_document(report.value.path().read_bytes())))
    assert "số 45/SKHCN-VP ngày 28 tháng 10 năm 2025" in text
    assert AN.name not in text
