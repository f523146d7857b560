"""The page of who has seen a post in the document system."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import Response
from openpyxl import Workbook

from campaign.core.ledger.entry import Kind
from campaign.store.posts.seen import find_seen
from campaign.store.roster.roster import read_roster
from tests.rigs.builders import FIRST_LATE
from tests.rigs.ledger_steps import enrol, kinds, press
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

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


def hand_in(chi: Visitor, *lines: str, name: str = "đã xem.csv", content: bytes = b"") -> Response:
    files = {"tep": (name, content or "\n".join(lines).encode())}
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

    assert "Khớp 2 người; 1 dòng không đối chiếu được. <strong>Chưa có gì được ghi.</strong>" in page
    assert "Dòng 5: Ai" in page
    assert DANG.name in page.split("Đã xem mà chưa xác nhận")[1]
    assert AN.name not in page.split("Đã xem mà chưa xác nhận")[1]
    assert desk.everything() == before


def test_an_excel_file_of_the_document_system_is_read_under_its_title(chi: Visitor) -> None:
    book, file = Workbook(), io.BytesIO()
    for line in ("Danh sách cán bộ đã xem văn bản", "STT,Họ tên,Đơn vị,Trạng thái", f"1,{AN.name},,Đã xem lúc 8:00"):
        book.worksheets[0].append(line.split(","))
    book.save(file)

    page = hand_in(chi, name="đã xem.xlsx", content=file.getvalue()).text

    assert "Khớp 1 người; 0 dòng không đối chiếu được." in page


def test_people_are_found_by_code_first(desk: Desk, chi: Visitor) -> None:
    preview = hand_in(chi, "Mã cán bộ,Họ và tên", "skhcn-004,tên ghi sai").text

    keep(chi, preview)

    assert seen_codes(desk) == {"SKHCN-004"}


def test_namesakes_are_told_apart_by_unit_or_named_as_doubtful(desk: Desk, chi: Visitor) -> None:
    twin = replace(AN, staff_code="SKHCN-009", unit=BINH.unit)
    enrol(desk.database, AN, BINH, DANG, HONG, twin)

    preview = hand_in(chi, "Họ và tên,Đơn vị", f"{AN.name},{BINH.unit.upper()}", f"{AN.name},").text
    keep(chi, preview)

    assert "Khớp 1 người; 1 dòng không đối chiếu được." in preview
    assert f"Dòng 3: {AN.name}" in preview
    assert seen_codes(desk) == {"SKHCN-009"}


def seen_codes(desk: Desk) -> set[str]:
    """Return the staff codes of those who are recorded as having seen the post."""
    with desk.database.reading() as connection:
        seen = find_seen(connection, "thong-bao-485")
        return {code for code, listed in read_roster(connection).items() if listed.id in seen}


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
