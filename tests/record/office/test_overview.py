"""The Office's pages: figures, the people behind them, the list as a file."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest

from campaign.core.campaign import Campaign, YearlyReport
from campaign.core.people.paper import Paper
from campaign.core.people.roster import Member
from campaign.core.post import RosterRule
from campaign.store.ledger.ledger import appending
from campaign.store.posts.declarations import declare
from campaign.store.posts.paper import record_paper
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member
from tests.rigs.ledger_steps import corrected, enrol, exempt, press, publish, replaced
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

POST = "/van-phong/bai/thong-bao-485"
LIST = f"{POST}/danh-sach"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, three days after the deadline: An confirmed in time, Bình late, Hồng is exempt, Ánh is outstanding."""
    return tell(desk)


def tell(desk: Desk, *people: Member) -> Visitor:
    """Tell the story of `chi`, with other *people* on the roster from the last second of the deadline on."""
    exempt(desk.database, "SKHCN-004", "Nghỉ ốm dài ngày")
    press(desk.database, "SKHCN-001", at=LAST_SECOND)
    if people:
        enrol(desk.database, *people, at=LAST_SECOND)
    press(desk.database, "SKHCN-002", at=FIRST_LATE)
    desk.clock.now = FIRST_LATE + timedelta(days=3)
    return desk.office()


def names(page: str) -> list[str]:
    """Return the people on a list, in order."""
    return re.findall(r'<th scope="row">(?:<a [^>]+>)?([^<]+)</', page)


def rows(content: bytes) -> list[list[str]]:
    """Return the rows of a downloaded file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def figures(page: str, row: str) -> list[int]:
    """Return the numbers in a row of the table: opening, joined, left, exempt, due, on time, late, outstanding."""
    found = re.search(rf'<th scope="row">{row}</th>(.*?)</tr>', page, re.DOTALL)
    assert found is not None
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)
    return [int(re.sub(r"<span.*?</span>|<[^>]+>|\s", "", cell)) for cell in cells[:8]]


def test_the_overview_shows_each_post_with_its_figures(chi: Visitor) -> None:
    page = chi.get("/van-phong").text

    assert "Lường Thị Chi" in page
    assert "4 người trong danh sách" in page
    assert page.count("Xem từng đơn vị") == 2
    assert "1 đúng hạn, 1 quá hạn, 1 chưa xác nhận, trên 3 người phải xác nhận" in page


def test_after_a_replacement_the_pages_say_which_revision_they_count(desk: Desk, chi: Visitor) -> None:
    publish(desk.database, replaced(), at=FIRST_LATE + timedelta(days=2))

    for path in ("/van-phong", POST):
        page = chi.get(path).text
        assert "Phiên bản 2 thay thế phiên bản 1 từ" in page
        assert "2 người đã xác nhận bản trước" in page
        assert f'href="{POST}?tinh-den=06%2F11%2F2025"' in page.replace("06/11/2025", "06%2F11%2F2025")
    before, now = chi.get(f"{POST}?tinh-den=06/11/2025").text, chi.get(POST).text
    assert "theo phiên bản 1" in before
    assert "thay thế phiên bản 1" not in before
    assert "1 đúng hạn, 1 quá hạn" in before
    assert "theo phiên bản 2" in now


def test_which_list_counts_stands_beside_the_figures(desk: Desk, chi: Visitor) -> None:
    assert "tính theo danh sách hiện tại" in chi.http.get("/van-phong").text

    publish(desk.database, replace(corrected(), roster=RosterRule.FIXED))

    assert "tính theo danh sách chốt khi đăng bài" in chi.http.get("/van-phong").text
    assert "ai vào danh sách sau khi đăng không phải xác nhận" in chi.http.get(POST).text


def test_every_unit_adds_up(chi: Visitor) -> None:
    page = chi.get(POST).text

    assert figures(page, OFFICE) == [2, 0, 0, 0, 2, 1, 0, 1]
    assert figures(page, CENTRE) == [2, 0, 0, 1, 1, 0, 1, 0]
    assert figures(page, "Tất cả") == [4, 0, 0, 1, 3, 1, 1, 1]


def test_the_curve_stands_with_its_deadline_in_words_and_as_a_table(chi: Visitor) -> None:
    page = chi.get(POST).text

    assert "Đến hết ngày 04/11/2025, ngày cuối của thời hạn, 1/3 người đã xác nhận đã đọc" in page
    assert '<polyline class="curve__line"' in page
    assert '<th scope="row">04/11/2025</th><td>1</td><td>3</td>' in page
    assert '<th scope="row">05/11/2025 (sau hạn)</th><td>2</td><td>3</td>' in page


def test_the_curve_of_a_past_day_ends_there(chi: Visitor) -> None:
    page = chi.http.get(POST, params={"tinh-den": "04/11/2025"}).text

    assert "05/11/2025 (sau hạn)" not in page


def test_of_a_day_before_the_deadline_nothing_is_said_about_the_deadline_s_day(chi: Visitor) -> None:
    page = chi.http.get(POST, params={"tinh-den": "03/11/2025"}).text

    assert re.search(r"Đến 23:59:59 ngày 03/11/2025[^,]*, khi còn trong thời hạn, \d/3 người đã xác nhận đã đọc", page)
    assert "Đến hết ngày 04/11/2025" not in page


def test_who_confirmed_and_left_is_shown_and_not_dropped(desk: Desk) -> None:
    chi = tell(desk, DANG, BINH, HONG)

    page, strangers = chi.get(POST).text, chi.get(f"{POST}/khong-con").text

    assert "1 người đã xác nhận nhưng nay không còn thuộc diện của bài" in page
    assert names(strangers) == [AN.name]
    assert "đã ra khỏi danh sách" in strangers


def test_who_signed_in_time_and_was_entered_late_is_told_beside_the_figures(desk: Desk, chi: Visitor) -> None:
    with appending(desk.database) as ledger:
        signed = Paper("chi", signed_on=date(2025, 11, 3))
        record_paper(ledger, find_by_code(ledger.connection, "SKHCN-003"), "thong-bao-485", signed, FIRST_LATE)

    page, people = chi.get(POST).text, chi.get(f"{LIST}?trang-thai=late").text

    assert "1 người ký trên giấy trong hạn nhưng được ghi vào sổ sau hạn: tính là quá hạn" in page
    assert "ký ngày 03/11/2025" in people


def test_a_long_list_is_shown_page_by_page_and_downloaded_whole(desk: Desk) -> None:
    chi = tell(desk, *(member(f"SKHCN-{number:03}", f"Người thứ {number:03}") for number in range(1, 502)))

    pages = [chi.http.get(LIST, params={"trang": number}).text for number in ("", "2", "99", "-1")]

    assert [len(names(page)) for page in pages] == [500, 1, 1, 500]
    assert "Trang 2 trên 2" in pages[1]
    assert "<strong>501</strong>" in pages[1]


def test_the_overview_tells_which_channels_are_done(chi: Visitor) -> None:
    assert len(re.findall("Chưa (đăng|gửi) trên", chi.get("/van-phong").text)) == 4


@pytest.mark.parametrize(("before", "look"), [(date(2025, 12, 15), "soft"), (date(2025, 11, 20), "box")])
def test_the_yearly_report_is_told_with_its_day_and_stands_out_when_that_is_near(
    desk: Desk, chi: Visitor, before: date, look: str
) -> None:
    report = YearlyReport("báo cáo công tác năm 2025", "PC04", before)
    with appending(desk.database) as ledger:
        declare(ledger, [Campaign("thong-bao-485", "Phổ biến", yearly_report=report)], None, desk.clock.now)

    page = chi.get("/van-phong").text

    words = f"Kết quả lồng ghép vào báo cáo công tác năm 2025 (mẫu PC04), gửi trước ngày {before:%d/%m/%Y}."
    assert f'<p class="{look}">{words}' in page


def test_who_came_and_went_is_counted(desk: Desk) -> None:
    newcomer = member("SKHCN-005", "Quàng Văn Xuân")
    chi = tell(desk, AN, BINH, HONG, newcomer)

    assert figures(chi.get(POST).text, OFFICE) == [2, 1, 1, 0, 2, 1, 0, 1]


def test_who_moves_between_units_is_no_gain_or_loss_of_all(desk: Desk) -> None:
    chi = tell(desk, replace(AN, unit=CENTRE), BINH, HONG, DANG)

    page = chi.get(POST).text

    assert (figures(page, OFFICE)[1:3], figures(page, CENTRE)[1:3]) == ([0, 1], [1, 0])
    assert figures(page, "Tất cả") == [4, 0, 0, 1, 3, 1, 1, 1]
    assert "Chuyển giữa các phòng, đơn vị: 1 lượt" in page


@pytest.mark.parametrize("day", ["04/11/2025", "2025-11-04"])
def test_a_past_day_is_counted_as_it_was(chi: Visitor, day: str) -> None:
    page = chi.http.get(POST, params={"tinh-den": day}).text

    assert figures(page, "Tất cả") == [4, 0, 0, 1, 3, 1, 0, 2]
    assert "Tính đến" in page
    assert "23:59:59 ngày 04/11/2025" in page


def test_a_day_to_come_is_now(chi: Visitor) -> None:
    page = chi.http.get(POST, params={"tinh-den": "31/12/9998"}).text

    assert "00:00:00 ngày 08/11/2025" in page


def test_a_figure_leads_to_its_people_of_that_day(chi: Visitor) -> None:
    page = chi.http.get(POST, params={"tinh-den": "2025-11-04"}).text
    link = re.search(rf'href="({LIST}\?trang-thai=outstanding&amp;tinh-den=[^"]+)"', page)
    assert link is not None

    people = chi.get(link[1].replace("&amp;", "&")).text

    assert names(people) == [DANG.name, BINH.name]


@pytest.mark.parametrize("page", [POST, LIST, f"{LIST}.csv"])
@pytest.mark.parametrize("day", ["hôm qua", "31/02/2025", "11/31/2025", "31/12/9999"])
def test_what_is_no_day_is_asked_for_again(chi: Visitor, page: str, day: str) -> None:
    response = chi.http.get(page, params={"tinh-den": day})

    assert response.status_code == 400
    assert f"Không hiểu ngày “{day}”." in response.text
    assert "05/11/2025" in response.text


def test_before_the_publication_there_is_nothing_to_count(chi: Visitor) -> None:
    day = f"{OPENED - timedelta(days=1):%d/%m/%Y}"

    assert chi.http.get(POST, params={"tinh-den": day}).status_code == 404


@pytest.mark.parametrize(
    ("state", "people"),
    [
        ("on_time", [AN.name]),
        ("late", [BINH.name]),
        ("outstanding", [DANG.name]),
        ("exempt", [HONG.name]),
        ("", [AN.name, DANG.name, BINH.name, HONG.name]),
        ("khong-co", [AN.name, DANG.name, BINH.name, HONG.name]),
    ],
)
def test_the_list_shows_the_people_of_a_state_in_the_vietnamese_order(
    chi: Visitor, state: str, people: list[str]
) -> None:
    """By given name: An, Ánh, Bình, Hồng; by Latin codes Đặng Thị Ánh would come last."""
    assert names(chi.get(f"{LIST}?trang-thai={state}").text) == people


@pytest.mark.parametrize(
    ("search", "people"),
    [
        ("dang", [DANG.name]),
        ("Đặng", [DANG.name]),
        ("ĐẶNG THỊ", [DANG.name]),
        ("  anh ", [DANG.name]),
        ("skhcn-004", [HONG.name]),
        ("không ai", []),
    ],
)
def test_search_finds_names_without_their_marks(chi: Visitor, search: str, people: list[str]) -> None:
    page = chi.http.get(LIST, params={"tim": search}).text

    assert names(page) == people


def test_filters_work_together_and_go_into_the_download(chi: Visitor) -> None:
    asked = {"trang-thai": "outstanding", "don-vi": OFFICE, "tim": "dang", "tinh-den": ""}

    page = chi.http.get(LIST, params=asked).text

    assert names(page) == [DANG.name]
    link = re.search(rf'href="{LIST}\.csv\?([^"]+)"', page)
    assert link is not None
    assert parse_qs(link[1].replace("&amp;", "&")) == {
        "trang-thai": ["outstanding"],
        "don-vi": [OFFICE],
        "tim": ["dang"],
    }


def test_the_download_holds_the_same_people_for_excel(chi: Visitor) -> None:
    response = chi.http.get(f"{LIST}.csv", params={"don-vi": CENTRE})

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="thong-bao-485-2025-11-08.csv"'
    assert response.headers["cache-control"] == "no-store"
    assert rows(response.content)[1:] == [
        ["1", "SKHCN-002", BINH.name, CENTRE, "viên chức", "quá hạn", "05/11/2025 00:00:00", "", ""],
        ["2", "SKHCN-004", HONG.name, CENTRE, "người lao động", "miễn", "", "Nghỉ ốm dài ngày", ""],
    ]


def test_nothing_in_the_download_runs_as_a_formula(desk: Desk, chi: Visitor) -> None:
    exempt(desk.database, "SKHCN-003", '=HYPERLINK("http://evil.example")', at=FIRST_LATE)

    content = chi.get(f"{LIST}.csv?tim=dang").content

    assert rows(content)[1][-2] == '\'=HYPERLINK("http://evil.example")'


def test_an_unknown_post_is_not_found(chi: Visitor) -> None:
    for page in ("/van-phong/bai/khong-co", "/van-phong/bai/khong-co/danh-sach", "/van-phong/bai/x/danh-sach.csv"):
        response = chi.get(page)
        assert response.status_code == 404
        assert "Về trang Văn phòng" in response.text
