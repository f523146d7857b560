"""The Office's pages of the roster."""

import io
import re

import pytest
from httpx2 import Response
from openpyxl import Workbook

from campaign.core.erasure import ErasureReason
from campaign.errors.roster import RosterErasedError
from campaign.store.figures.privacy import ErasedBy, erase_everyone
from campaign.store.ledger.ledger import appending
from campaign.store.roster.roster import read_roster
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.recorder import Desk, Visitor

PAGE = "/van-phong/danh-sach"
PREVIEW = f"{PAGE}/xem-truoc"
HEAD = "Mã,Họ và tên,Đơn vị,Loại"
KEPT = [
    f"SKHCN-001,Nguyễn Văn An,{OFFICE},công chức",
    f"SKHCN-002,Lò Thị Bình,{CENTRE},viên chức",
    f"SKHCN-003,Đặng Thị Ánh,{OFFICE},công chức",
]
NEW = f"SKHCN-009,Quàng Văn Xuân,{OFFICE},công chức"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def listed(desk: Desk) -> list[str]:
    with desk.database.reading() as connection:
        return list(read_roster(connection))


def hand_in(visitor: Visitor, *lines: str, name: str = "danh sách.csv", content: bytes | None = None) -> Response:
    body = "\n".join([HEAD, *lines]).encode() if content is None else content
    response: Response = visitor.http.post(
        PAGE,
        data={"form_token": visitor.hidden(PAGE)["form_token"]},
        files={"file": (name, body)},
        headers={"Origin": visitor.address},
    )
    return response


def test_a_list_is_looked_at_and_then_applied(desk: Desk, chi: Visitor) -> None:
    answer = hand_in(chi, *KEPT, f"SKHCN-004,Vừ A Hồng,{CENTRE},người lao động", NEW)
    before = listed(desk)
    preview = chi.get(PREVIEW).text

    applied = chi.submit(PREVIEW, seen="1", drop="")

    assert (answer.status_code, answer.headers["location"]) == (303, PREVIEW)
    assert "Thêm 1, chuyển 0, sửa 0, bớt 0, giữ nguyên 4 người" in preview
    assert "Quàng Văn Xuân" in preview
    assert before == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004"]
    assert (applied.status_code, applied.headers["location"]) == (303, PAGE)
    assert listed(desk) == [*before, "SKHCN-009"]
    assert "chi · từ tệp" in chi.get(PAGE).text
    assert chi.get(PREVIEW).status_code == 303


def test_an_excel_file_is_taken(desk: Desk, chi: Visitor) -> None:
    book, file = Workbook(), io.BytesIO()
    for line in (HEAD, *KEPT, f"SKHCN-004,Vừ A Hồng,{CENTRE},người lao động", NEW):
        book.worksheets[0].append(line.split(","))
    book.save(file)

    hand_in(chi, name="ds.xlsx", content=file.getvalue())
    chi.submit(PREVIEW, drop="")

    assert "SKHCN-009" in listed(desk)


def test_all_faults_are_shown_and_nothing_waits(chi: Visitor) -> None:
    answer = hand_in(chi, *KEPT, ",Không Mã,Văn phòng,công chức", f"SKHCN-001,Trùng,{OFFICE},lạ")

    assert answer.status_code == 400
    assert "dòng 5, cột “Mã”: ô đang trống." in answer.text
    assert "dòng 6: mã “SKHCN-001” đã có ở dòng 2." in answer.text
    assert "Có 3 lỗi cần sửa" in answer.text
    assert chi.get(PREVIEW).status_code == 303


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF"), ("a.csv", b""), ("a.xlsx", b"PK"), ("b.csv", "Mã,CCCD\n1,2".encode())]
)
def test_what_is_no_list_is_refused(chi: Visitor, name: str, content: bytes) -> None:
    assert hand_in(chi, name=name, content=content).status_code == 400


def test_doubts_must_be_seen(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, KEPT[0])
    preview = chi.get(PREVIEW).text

    unseen = chi.submit(PREVIEW, drop="")
    between = listed(desk)
    chi.submit(PREVIEW, seen="1", drop="")

    assert "3 trên 4 người trong danh sách vắng ở tệp này." in preview
    assert (unseen.status_code, len(between)) == (400, 4)
    assert listed(desk) == ["SKHCN-001"]


def test_another_file_than_the_one_looked_at_is_not_applied(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    fields = chi.hidden(PREVIEW)
    hand_in(chi, *KEPT)

    answer = chi.send(PREVIEW, fields | {"seen": "1"} | {"drop": ""})

    assert (answer.status_code, "không còn chờ" in answer.text) == (400, True)
    assert len(listed(desk)) == 4


def test_a_file_is_forgotten(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    token = chi.hidden(PREVIEW)["form_token"]

    chi.send(PREVIEW, {"form_token": token, "drop": "1"})

    assert chi.get(PREVIEW).status_code == 303
    assert desk.everything()["waiting_file"] == []


def test_a_change_is_undone_with_a_reason(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    chi.submit(PREVIEW, seen="1", drop="")
    found = re.search(r'name="sequence" value="(\d+)"', chi.get(PAGE).text)
    assert found is not None

    nameless = chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="")
    chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="Nhập nhầm tệp")

    assert (nameless.status_code, "Chưa có lý do" in nameless.text) == (400, True)
    assert listed(desk) == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004"]
    assert f"hoàn tác dòng ghi {found[1]}" in chi.get(PAGE).text


def test_who_joined_and_who_left_change_places_again(desk: Desk, chi: Visitor) -> None:
    before = listed(desk)
    hand_in(chi, *KEPT, NEW)
    chi.submit(PREVIEW, seen="1", drop="")
    between = listed(desk)
    found = re.search(r'name="sequence" value="(\d+)"', chi.get(PAGE).text)
    assert found is not None

    chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="Nhập nhầm tệp")

    assert between == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-009"]
    assert listed(desk) == before


def test_a_roster_whose_names_were_erased_is_compared_with_no_list(desk: Desk, chi: Visitor) -> None:
    """Everyone would be counted twice."""
    with appending(desk.database) as ledger:
        erase_everyone(ledger, desk.recorder.key, ErasedBy(ErasureReason.EXPIRED, "chi", desk.clock()))

    answer = hand_in(chi, *KEPT)

    assert (answer.status_code, RosterErasedError().problem in answer.text) == (400, True)
