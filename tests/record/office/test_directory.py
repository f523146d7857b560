"""The Office's pages of everyone on the roster: looked through, taken along, one added, one corrected."""

import re

import pytest

from campaign.core.people.roster import Category, Member
from campaign.lists.files.kinds import read_file
from campaign.lists.people import read_list
from campaign.store.figures.people import read_history
from campaign.store.roster.roster import read_roster
from tests.rigs.builders import CENTRE, OFFICE, member
from tests.rigs.ledger_steps import decide, end, enrol
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

PEOPLE, ADDITION, CORRECTION = "/van-phong/nguoi", "/van-phong/danh-sach/them-nguoi", "/van-phong/nguoi/1/sua"
YEN = {"name": "Quàng  Văn Yên", "category": "worker", "unit": OFFICE, "reason": "Tuyển dụng"}


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def shown(chi: Visitor, **asked: str) -> list[str]:
    page = chi.http.get(PEOPLE, params={name.replace("_", "-"): value for name, value in asked.items()}).text
    return re.findall(r'<a href="/van-phong/nguoi/\d+">([^<]+)</a>', page)


def members(desk: Desk) -> dict[str, Member]:
    with desk.database.reading() as connection:
        return {code: listed.member for code, listed in read_roster(connection).items()}


def test_everyone_is_shown_narrowed_and_sorted(chi: Visitor) -> None:
    assert shown(chi) == [AN.name, DANG.name, BINH.name, HONG.name]
    assert shown(chi, sap_xep="ma") == [AN.name, BINH.name, DANG.name, HONG.name]
    assert shown(chi, sap_xep="don-vi") == [AN.name, DANG.name, BINH.name, HONG.name]
    assert shown(chi, don_vi=CENTRE, loai="worker") == [HONG.name]
    assert shown(chi, don_vi="Không có") == []


def test_a_page_never_holds_more_than_fifty(desk: Desk, chi: Visitor) -> None:
    enrol(desk.database, *(member(f"A-{number:03}", f"Lò Văn {number:03}") for number in range(101)))

    pages = [shown(chi, trang=number) for number in ("1", "2", "3", "9")]

    assert [len(page) for page in pages] == [50, 50, 1, 1]
    assert "Trang 3 trên 3" in chi.http.get(PEOPLE, params={"trang": "9"}).text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_that_is_taken_along_comes_in_again(desk: Desk, chi: Visitor, kind: str) -> None:
    answer = chi.get(f"/van-phong/danh-sach.{kind}")
    read = read_list(f"a.{kind}", read_file(f"a.{kind}", answer.content)).require_members()
    only = chi.http.get(f"/van-phong/danh-sach.{kind}", params={"tim": "skhcn 004"})

    assert {each.staff_code: each for each in read} == members(desk)
    assert answer.headers["content-disposition"].endswith(f'.{kind}"')
    assert read_list(f"a.{kind}", read_file(f"a.{kind}", only.content)).require_members() == [HONG]


def test_a_person_is_added_with_the_next_code_and_then_gets_a_slip(desk: Desk, chi: Visitor) -> None:
    answer = chi.submit(ADDITION, **YEN, email="mailto:yen@so.example")

    assert answer.headers["location"] == "/van-phong/nguoi/5"
    assert members(desk)["SKHCN-005"] == Member("SKHCN-005", "Quàng Văn Yên", OFFICE, Category.WORKER, "yen@so.example")
    page = chi.get("/van-phong/nguoi/5").text
    assert "chi ghi: Tuyển dụng" in page
    assert 'href="/van-phong/nguoi/5/phieu"' in page


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "Họ và tên: đang trống"),
        ("name", "Nguyá»…n VÄƒn An", "đọc sai bảng mã"),
        ("category", "x", "Loại: chưa chọn"),
        ("unit", "Phòng lạ", "Không có đơn vị “Phòng lạ”"),
        ("email", "yến@so.example", "có chữ có dấu"),
        ("code", "034085001234", "giống số định danh"),
        ("code", " skhcn-002", "Mã “SKHCN-002” là của Lò Thị Bình"),
        ("reason", "", "Chưa có lý do."),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_written(
    desk: Desk, chi: Visitor, field: str, value: str, told: str
) -> None:
    before = desk.entries()

    answer = chi.submit(ADDITION, **(YEN | {"code": "A-1"} | {field: value}))

    assert answer.status_code == 400
    assert told in answer.text
    assert desk.entries() == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": "SKHCN-4", "name": "Vừ B"}, "chỉ khác cách viết với mã “SKHCN-004”"),
        ({"code": "B-1", "name": AN.name}, "có hai mã"),
        ({"code": "B-1", "email": "AN@so.example"}, "đang là của Nguyễn Văn An"),
        ({"code": "SKHCN-002"}, "là của Lò Thị Bình, đã ra khỏi danh sách"),
    ],
)
def test_a_doubt_is_looked_at_before_it_is_written(desk: Desk, chi: Visitor, fields: dict[str, str], told: str) -> None:
    enrol(desk.database, Member(AN.staff_code, AN.name, AN.unit, AN.category, "an@so.example"), DANG, HONG)
    before = len(members(desk))

    doubted = chi.submit(ADDITION, **(YEN | fields))
    after_doubt = len(members(desk))
    seen = chi.submit(ADDITION, **(YEN | fields), seen="1")

    assert (doubted.status_code, seen.status_code) == (400, 303)
    assert told in doubted.text
    assert (after_doubt, len(members(desk))) == (before, before + 1)


def test_an_ended_unit_takes_nobody(desk: Desk, chi: Visitor) -> None:
    end(desk.database, CENTRE, [OFFICE], decide())

    answer = chi.submit(ADDITION, **(YEN | {"unit": CENTRE}))

    assert answer.status_code == 400
    assert f"Không có đơn vị “{CENTRE}”" in answer.text


def test_a_person_is_corrected_and_keeps_code_and_unit(desk: Desk, chi: Visitor) -> None:
    answer = chi.submit(
        CORRECTION,
        name="Nguyễn Văn Ân",
        category="worker",
        email="an@so.example",
        unit=CENTRE,
        code="X",
        reason="Sai tên",
    )

    assert answer.headers["location"] == "/van-phong/nguoi/1"
    assert members(desk)["SKHCN-001"] == Member("SKHCN-001", "Nguyễn Văn Ân", OFFICE, Category.WORKER, "an@so.example")
    with desk.database.reading() as connection:
        history = read_history(connection, 1)
    assert history is not None
    assert history.stays[0].reason == "Sai tên"


def test_a_correction_that_changes_nothing_writes_nothing(desk: Desk, chi: Visitor) -> None:
    before = desk.entries()

    answer = chi.submit(CORRECTION, name=AN.name, category=AN.category.value, email="", reason="Xem lại")

    assert (answer.status_code, desk.entries()) == (303, before)


def test_an_addition_can_be_undone(desk: Desk, chi: Visitor) -> None:
    chi.submit(ADDITION, **YEN)
    sequence = chi.hidden("/van-phong/danh-sach")["sequence"]

    chi.submit("/van-phong/danh-sach/hoan-tac", "/van-phong/danh-sach", sequence=sequence, reason="Ghi nhầm")

    assert set(members(desk)) == {AN.staff_code, BINH.staff_code, DANG.staff_code, HONG.staff_code}
