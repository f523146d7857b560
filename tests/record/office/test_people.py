"""The Office's pages of single people."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from campaign.core.figures.coverage import State
from campaign.core.post import RosterRule
from campaign.core.text import group_digits
from campaign.store.posts.paper import member_papers
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, OPENED
from tests.rigs.ledger_steps import corrected, enrol, exempt, press, publish, states
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

PERSON = "/van-phong/nguoi/1"
POST = "thong-bao-485"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office, in the last second of the deadline."""
    desk.clock.now = LAST_SECOND
    return desk.office()


def found(visitor: Visitor, search: str) -> list[str]:
    page = visitor.http.get("/van-phong/nguoi", params={"tim": search}).text
    return re.findall(r'<a href="/van-phong/nguoi/\d+">([^<]+)</a>', page)


def send(visitor: Visitor, act: str, **fields: str) -> int:
    hidden = {"form_token": visitor.hidden(PERSON)["form_token"]}
    status: int = visitor.send(PERSON, hidden | {"act": act, "post": POST} | fields).status_code
    return status


@pytest.mark.parametrize(
    ("search", "people"),
    [
        ("dang", [DANG.name]),
        ("ĐẶNG thị", [DANG.name]),
        ("skhcn-00", [AN.name, DANG.name, BINH.name, HONG.name]),
        ("100%", []),
        ("_", []),
        ("skhcn 003", [DANG.name]),
        ("SKHCN.00 3", [DANG.name]),
        ("", [AN.name, DANG.name, BINH.name, HONG.name]),
    ],
)
def test_people_are_found_without_marks_by_name_or_code(chi: Visitor, search: str, people: list[str]) -> None:
    assert found(chi, search) == people


def test_who_left_is_found_too(desk: Desk, chi: Visitor) -> None:
    enrol(desk.database, AN)

    page = chi.http.get("/van-phong/nguoi", params={"tim": "binh"}).text

    assert "đã ra khỏi danh sách" in page


def test_a_person_is_shown_with_duties_confirmations_and_cases(desk: Desk, chi: Visitor) -> None:
    press(desk.database, at=FIRST_LATE)
    number = exempt(desk.database, "SKHCN-001", "Nghỉ ốm")

    page = chi.get(PERSON).text

    assert "Quá hạn" in page
    assert "Trực tết" in page
    assert "Nghỉ ốm" in page
    assert f"dòng ghi {number}" in page
    assert "Văn phòng, công chức: từ" in page


@pytest.mark.parametrize(
    ("act", "fields", "state"),
    [
        ("paper", {"day": "03/10/2025", "witness": "Lò Thị Bình"}, State.ON_TIME),
        ("behalf", {"reason": "Đã nghe phổ biến tại chỗ"}, State.ON_TIME),
        ("exempt", {"reason": "Nghỉ thai sản"}, State.EXEMPT),
        ("extend", {"day": "20/11/2025", "reason": "Đi công tác"}, State.OUTSTANDING),
        ("leave", {"reason": "Nghỉ phép"}, State.OUTSTANDING),
        ("leave", {"day": "30/11/2025", "reason": "Nghỉ phép năm"}, State.OUTSTANDING),
    ],
)
def test_what_the_office_records_is_an_entry_that_it_takes_back(
    desk: Desk, chi: Visitor, act: str, fields: dict[str, str], state: State
) -> None:
    before = desk.entries()

    assert send(chi, act, **fields) == 303

    assert states(desk.database, LAST_SECOND)["SKHCN-001"] is state
    page = chi.get(PERSON).text
    assert "chi ghi lúc" in page
    withdrawal = re.search(
        r'name="act" value="(withdraw-\w+)">\s*<input type="hidden" name="sequence" value="(\d+)"', page
    )
    assert withdrawal is not None
    assert send(chi, withdrawal[1], sequence=withdrawal[2], reason="Ghi nhầm người") == 303
    assert states(desk.database, LAST_SECOND)["SKHCN-001"] is State.OUTSTANDING
    assert "đã rút lúc" in chi.get(PERSON).text
    assert desk.entries() == before + 2


def test_an_extension_makes_a_late_confirmation_one_in_time(desk: Desk) -> None:
    press(desk.database, "SKHCN-001", at=FIRST_LATE)
    desk.clock.now = FIRST_LATE
    before = states(desk.database, FIRST_LATE)["SKHCN-001"]

    send(desk.office(), "extend", day="20/11/2025", reason="Đi công tác")

    assert (before, states(desk.database, FIRST_LATE)["SKHCN-001"]) == (State.LATE, State.ON_TIME)


def test_what_was_signed_in_time_and_is_recorded_late_counts_late_with_the_day_beside(desk: Desk) -> None:
    desk.clock.now = FIRST_LATE
    chi = desk.office()

    send(chi, "paper", day="03/11/2025", witness="Lò Thị Hoà")

    assert states(desk.database, FIRST_LATE)["SKHCN-001"] is State.LATE
    assert "ký ngày 03/11/2025, người chứng kiến Lò Thị Hoà" in chi.get(PERSON).text


def test_a_signature_is_recorded_with_the_digest_of_its_scan(desk: Desk, chi: Visitor) -> None:
    fields = {"form_token": chi.hidden(PERSON)["form_token"], "act": "paper", "post": POST, "day": "03/10/2025"}

    for scan in (("phiếu.pdf", b"%PDF"), ("", b"")):
        answer = chi.http.post(PERSON, data=fields, files={"scan": scan}, headers={"Origin": chi.address})
        assert answer.status_code == 303

    with desk.database.reading() as connection:
        [recorded] = member_papers(connection, 1)
    assert recorded.paper.scan == sha256(b"%PDF").hexdigest()
    assert group_digits(sha256(b"%PDF").hexdigest()) in chi.get(PERSON).text


@pytest.mark.parametrize(
    ("act", "fields"), [("paper", {"day": "03/10/2025"}), ("behalf", {"reason": "Đã nghe phổ biến tại chỗ"})]
)
def test_who_confirmed_before_keeps_the_first(desk: Desk, chi: Visitor, act: str, fields: dict[str, str]) -> None:
    first = press(desk.database, "SKHCN-001", at=OPENED)
    before = desk.entries()

    assert send(chi, act, **fields) == 303
    assert desk.entries() == before
    assert f"dòng ghi {first.sequence}" in chi.get(PERSON).text


def test_a_post_that_does_not_exist_is_no_ground(desk: Desk, chi: Visitor) -> None:
    before = desk.entries()

    assert send(chi, "exempt", post="khong-co", reason="Nghỉ ốm") >= 400
    assert desk.entries() == before


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("exempt", {"reason": ""}, "Chưa có lý do"),
        ("extend", {"day": "01/11/2025", "reason": "Bận"}, "không sớm hơn"),
        ("extend", {"day": "mai", "reason": "Bận"}, "Không hiểu ngày"),
        ("paper", {"day": "01/01/2050"}, "Ngày ký"),
        ("withdraw-case", {"sequence": "1", "reason": "Nhầm"}, "không phải trường hợp riêng"),
        ("withdraw-confirmation", {"sequence": "1", "reason": "Nhầm"}, "không phải một xác nhận"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_stays_in_the_form(
    desk: Desk, chi: Visitor, act: str, fields: dict[str, str], words: str
) -> None:
    before = desk.everything()["entry"]
    token = {"form_token": chi.hidden(PERSON)["form_token"]}

    answer = chi.send(PERSON, token | {"act": act, "post": POST} | fields)

    assert (answer.status_code, words in answer.text) == (400, True)
    assert all(f'value="{typed}"' in answer.text for typed in fields.values() if typed and act in {"extend", "paper"})
    assert desk.everything()["entry"] == before


def test_who_is_off_the_roster_has_a_history_and_no_forms_but_to_withdraw(desk: Desk, chi: Visitor) -> None:
    press(desk.database, at=OPENED)
    enrol(desk.database, BINH, DANG, HONG)

    page = chi.get(PERSON).text

    assert "đã ra khỏi danh sách" in page
    assert set(re.findall(r'name="act" value="([^"]+)"', page)) == {"withdraw-confirmation"}
    assert "biên nhận số" in page


def test_who_left_and_is_on_a_fixed_list_still_owes_and_can_be_exempted(desk: Desk, chi: Visitor) -> None:
    publish(desk.database, replace(corrected(), roster=RosterRule.FIXED))
    enrol(desk.database, BINH, at=LAST_SECOND)

    page = chi.http.get(PERSON).text
    assert 'value="exempt"' in page
    assert 'value="behalf"' in page
    assert 'value="leave"' not in page
    assert 'value="extend"' not in page
    assert "Đã ra khỏi danh sách, vẫn tính" in chi.http.get(f"/van-phong/bai/{POST}/danh-sach").text

    assert send(chi, "exempt", reason="Chuyển công tác") == 303
    assert states(desk.database, LAST_SECOND)["SKHCN-001"] is State.EXEMPT


@pytest.mark.parametrize("number", ["99", "0", "x", "9" * 30])
def test_nobody_is_shown_under_a_number_that_nobody_has(chi: Visitor, number: str) -> None:
    assert chi.get(f"/van-phong/nguoi/{number}").status_code == 404


def test_an_act_that_does_not_exist_is_not_found(chi: Visitor) -> None:
    assert send(chi, "delete", reason="Thử") == 404
