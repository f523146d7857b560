"""The page of who has seen a post in the document system."""

from pathlib import Path

import pytest
from httpx2 import Response

from campaign.core.entry import Kind
from tests.rigs.builders import FIRST_LATE
from tests.rigs.ledger_steps import kinds, press
from tests.rigs.recorder import AN, DANG, Desk, Visitor

POST = "/van-phong/bai/thong-bao-485"
PAGE = f"{POST}/da-xem"
LINES = (
    "Họ tên,Đơn vị,Trạng thái",
    "nguyen van an,,Đã xem",
    "Đặng Thị Ánh,,Đã xem",
    "Lò Thị Bình,,Chưa xem",
    "Ai,,Đã xem",
)


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, when An has confirmed and Ánh, who has seen it too, has not."""
    press(desk.database, AN.staff_code)
    desk.clock.now = FIRST_LATE
    return desk.office()


def hand_in(chi: Visitor, *lines: str, name: str = "đã xem.csv") -> Response:
    files = {"tep": (name, "\n".join(lines).encode())}
    return chi.http.post(PAGE, data=chi.hidden(PAGE), files=files, headers={"Origin": chi.address})


def keep(chi: Visitor, preview: str) -> Response:
    """Press the button under a preview."""
    fields = {
        name: preview.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
        for name in ("members", "missed", "digest")
    }
    return chi.http.post(
        f"{PAGE}/ghi",
        data=chi.hidden(PAGE) | fields,
        files={"nothing": ("", b"")},
        headers={"Origin": chi.address},
    )


def test_a_list_is_matched_and_looked_at_and_nothing_is_written(desk: Desk, chi: Visitor) -> None:
    before = desk.everything()

    page = hand_in(chi, *LINES).text

    assert "Khớp 2 người; 1 dòng không dùng được. <strong>Chưa có gì được ghi.</strong>" in page
    assert "Dòng 5: Ai" in page
    assert DANG.name in page.split("Đã xem mà chưa xác nhận")[1]
    assert AN.name not in page.split("Đã xem mà chưa xác nhận")[1]
    assert desk.everything() == before


def test_what_is_recorded_stands_beside_and_is_never_counted(desk: Desk, chi: Visitor) -> None:
    figures = chi.get(POST).text.split("so-lieu-chung")[2]
    preview = hand_in(chi, *LINES).text

    first, second = keep(chi, preview), keep(chi, preview)

    assert (first.status_code, second.status_code) == (303, 303)
    assert kinds(desk.database).count(Kind.SEEN_LISTED) == 1
    assert chi.get(f"{POST}/danh-sach").text.count("Đã xem trên QLVB&ĐH") == 2
    assert "đã xem trên QLVB&ĐH" in chi.get("/van-phong/nguoi/3").text
    assert chi.get(POST).text.split("so-lieu-chung")[2] == figures
    assert "2 người" in chi.get(PAGE).text.split("Đã ghi")[1]


def test_only_people_whom_the_post_is_for_are_recorded(desk: Desk, chi: Visitor) -> None:
    preview = hand_in(chi, *LINES).text.replace('name="members" value="', 'name="members" value="99 x ')

    keep(chi, preview)

    assert kinds(desk.database).count(Kind.SEEN_LISTED) == 1
    assert "2 người" in chi.get(PAGE).text.split("Đã ghi")[1]


def test_a_file_that_cannot_be_read_says_why(chi: Visitor, tmp_path: Path) -> None:
    answer = hand_in(chi, "A,B", "1,2")

    assert answer.status_code == 400
    assert "Họ và tên" in answer.text
    assert hand_in(chi, "x", name="da-xem.pdf").status_code == 400
    assert not list(tmp_path.glob("*.csv"))
