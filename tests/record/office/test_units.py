"""The Office's page of units."""

import re

import pytest

from tests.rigs.builders import CENTRE, LAST_SECOND, OFFICE
from tests.rigs.recorder import HONG, Desk, Visitor

PAGE = "/van-phong/danh-sach/don-vi"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office, in the last second of the deadline."""
    desk.clock.now = LAST_SECOND
    return desk.office()


def send(visitor: Visitor, **fields: str) -> tuple[int, str]:
    answer = visitor.send(PAGE, {"form_token": visitor.hidden(PAGE)["form_token"]} | fields)
    return answer.status_code, answer.text


def test_a_merger_is_recorded_shown_and_taken_back(chi: Visitor) -> None:
    fields = {"act": "end", "unit": CENTRE, "day": "31/10/2025", "successors": "Trung tâm mới", "basis": "QĐ 12"}

    assert send(chi, **fields)[0] == 303

    page = chi.http.get(PAGE).text
    assert f"“{CENTRE}” không còn từ ngày 31/10/2025, “Trung tâm mới” kế thừa (QĐ 12)" in page
    assert "Còn <strong>2 người</strong>" in page
    assert "2 người còn ở đơn vị đã kết thúc" in chi.http.get("/van-phong").text
    (sequence,) = re.findall(r'name="sequence" value="(\d+)"', page)
    assert send(chi, act="withdraw", sequence=sequence, reason="")[0] == 400
    assert send(chi, act="withdraw", sequence=sequence, reason="Ghi nhầm")[0] == 303
    assert "đã rút lúc" in chi.http.get(PAGE).text
    assert "đơn vị đã kết thúc" not in chi.http.get("/van-phong").text


def test_a_renamed_unit_has_its_new_name_everywhere(chi: Visitor) -> None:
    assert send(chi, act="rename", unit=OFFICE, day="01/11/2025", name=" Văn phòng   Sở ")[0] == 303

    page = chi.http.get(PAGE).text
    assert f"trước là {OFFICE}" in page
    assert '<th scope="row">Văn phòng Sở</th>' in chi.http.get("/van-phong/bai/thong-bao-485").text
    past = chi.http.get("/van-phong/bai/thong-bao-485", params={"tinh-den": "31/10/2025"}).text
    assert f'<th scope="row">{OFFICE}</th>' in past


def test_a_unit_below_another_is_shown_under_it_and_counted_with_it(chi: Visitor) -> None:
    assert send(chi, act="place", unit=CENTRE, parent=OFFICE, day="01/11/2025")[0] == 303

    page = chi.http.get(PAGE).text
    assert f"“{CENTRE}” thuộc “{OFFICE}” từ ngày 01/11/2025" in page
    assert f'<th scope="row">– {CENTRE}</th>' in page
    figures = chi.http.get("/van-phong/bai/thong-bao-485").text
    due = re.findall(r'<th scope="row">([^<]+)</th>.*?<td class="due">(\d+)</td>', figures, re.DOTALL)
    assert due == [(OFFICE, "4"), (f"– {CENTRE}", "2"), ("Tất cả", "4")]
    people = {"don-vi": OFFICE}
    assert len(re.findall(r'href="/van-phong/nguoi/\d+"', chi.http.get("/van-phong/nguoi", params=people).text)) == 4
    listed = chi.http.get("/van-phong/bai/thong-bao-485/danh-sach", params=people).text
    assert "<strong>4</strong> trên 4 người" in listed
    reminders = chi.http.get("/van-phong/nhac", params=people).text
    assert HONG.name in reminders


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "rename", "unit": OFFICE, "day": "05/11/2025", "name": "Mới"}, "ngày 05/11/2025 chưa đến"),
        ({"act": "rename", "unit": OFFICE, "day": "hôm nay", "name": "Mới"}, "hôm nay"),
        ({"act": "end", "unit": CENTRE, "day": "31/02/2025"}, "31/02/2025"),
        ({"act": "end", "unit": "Phòng lạ", "day": "01/11/2025"}, "Không có đơn vị “Phòng lạ”"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_stays_in_the_form(chi: Visitor, fields: dict[str, str], told: str) -> None:
    status, page = send(chi, **fields)

    assert status == 400
    assert told in page
    assert f'value="{fields["day"]}"' in page


def test_an_act_that_does_not_exist_is_not_found(chi: Visitor) -> None:
    assert send(chi, act="?", day="01/11/2025")[0] == 404
