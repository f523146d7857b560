"""The first hour: from the list that an office keeps to printed slips, by choices alone."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from campaign.store.roster.roster import read_roster
from tests.rigs.browsing import sign_in_office
from tests.rigs.ledger_steps import enrol
from tests.rigs.running import OpenPage, Running
from tests.rigs.workbooks import make_book

CLICKS_AT_MOST = 12
KEPT_BY_AN_OFFICE = [
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",),
    ("DANH SÁCH CÔNG CHỨC, VIÊN CHỨC, NGƯỜI LAO ĐỘNG",),
    (),
    ("TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Phòng, đơn vị", "Ngạch/CDNN", "Email", "Ghi chú"),
    ("I", "VĂN PHÒNG"),
    (1, "Nguyễn Văn An", "01/01/1980", "Chánh Văn phòng", "Văn phòng", "CC", "an@so.example", ""),
    (2, "Lò Thị Bình", "02/02/1985", "Văn thư", "Văn phòng", "HĐ 111", "", ""),
    ("II", "TRUNG TÂM ĐỔI MỚI SÁNG TẠO"),
    (1, "Đặng Thị Hoà", "03/03/1990", "Viên chức", "Trung tâm Đổi mới Sáng tạo", "VC", "", "nghỉ thai sản"),
    (2, "Vừ A Dũng", "04/04/1991", "Viên chức", "Trung tâm Đổi mới Sáng tạo", "VC", "", ""),
    ("", "Tổng cộng: 04 người"),
    (),
    ("", "NGƯỜI LẬP BIỂU", "", "", "", "GIÁM ĐỐC"),
]


@dataclass(slots=True)
class Hand:
    """A hand that clicks, and counts its clicks."""

    page: Page
    clicks: int = 0

    def click(self, found: Locator) -> None:
        found.click()
        self.clicks += 1


def test_the_list_of_an_office_becomes_printed_slips_in_twelve_clicks_and_without_typing(
    running: Running, open_page: OpenPage, expected_answers: set[int], tmp_path: Path
) -> None:
    expected_answers.add(400)
    enrol(running.database)
    (tmp_path / "raw.xlsx").write_bytes(make_book(KEPT_BY_AN_OFFICE))
    page = open_page()
    sign_in_office(page, running)
    hand = Hand(page)

    hand.click(page.get_by_role("link", name="Người", exact=True))
    hand.click(page.get_by_role("link", name="Nạp danh sách").first)
    page.get_by_label("Tệp danh sách").set_input_files(tmp_path / "raw.xlsx")
    hand.clicks += 2  # The button of the field, and the file.
    hand.click(page.get_by_role("button", name="Xem trước"))
    expect(page.get_by_text("tạo mã cho 4 người")).to_be_visible()
    hand.click(page.get_by_role("button", name="Đọc lại theo lựa chọn"))
    hand.click(page.get_by_label("Tôi đã xem các điểm cần kiểm tra lại"))
    hand.click(page.get_by_role("button", name="Áp dụng").first)
    hand.click(page.get_by_role("link", name="Phiếu truy cập").first)
    hand.click(page.get_by_role("button", name="Cấp và in phiếu cho 4 người").first)

    expect(page.get_by_role("button", name="In phiếu")).to_be_visible()
    expect(page.get_by_text("Quét mã QR")).to_have_count(4)
    hand.clicks += 1  # In phiếu opens the browser's own window.
    with running.database.reading() as connection:
        people = {listed.member.name: listed.member.unit for listed in read_roster(connection).values()}
    assert people == {
        "Nguyễn Văn An": "Văn phòng",
        "Lò Thị Bình": "Văn phòng",
        "Đặng Thị Hoà": "Trung tâm Đổi mới Sáng tạo",
        "Vừ A Dũng": "Trung tâm Đổi mới Sáng tạo",
    }
    assert hand.clicks <= CLICKS_AT_MOST
