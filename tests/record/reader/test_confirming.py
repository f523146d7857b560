"""Confirming: the page, the press, the receipt that follows, and everything that keeps a press from counting."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from httpx2 import Response
from sqlalchemy import select

from campaign.core.figures.coverage import State
from campaign.core.post import Change, Post, Revision
from campaign.store.base import schema
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, post
from tests.rigs.ledger_steps import corrected, extend, replaced, states
from tests.rigs.recorder import FOR_OFFICE, NOTICE, Desk, Visitor

PAGE = "/xac-nhan/thong-bao-485"
PRESS = {"revision": "1", "digest": NOTICE.digest}


def press(desk: Desk, visitor: Visitor, at: datetime = LAST_SECOND) -> Response:
    """Open the page, then press its button at that instant."""
    fields = visitor.hidden(PAGE)
    desk.clock.now = at
    return visitor.send(PAGE, fields)


@pytest.fixture
def an(desk: Desk) -> Visitor:
    """An, signed in, a moment before the deadline."""
    desk.clock.now = LAST_SECOND - timedelta(minutes=1)
    return desk.reader()


def test_the_page_names_person_notice_revision_and_sentence(an: Visitor) -> None:
    page = an.get(PAGE)

    assert page.status_code == 200
    for words in (
        "Nguyễn Văn An",
        "SKHCN-001",
        NOTICE.title,
        "485/TB-VPCP",
        "Tôi đã đọc và hiểu nội dung.",
        "24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)",
        "đăng lần đầu",
        f'name="digest" value="{NOTICE.digest}"',
        'name="revision" value="1"',
    ):
        assert words in page.text


def test_a_press_writes_one_entry_and_leads_to_its_receipt(desk: Desk, an: Visitor) -> None:
    before = desk.entries()

    response = press(desk, an)

    assert desk.entries() == before + 1
    assert (response.status_code, response.headers["location"]) == (303, f"/bien-nhan/{before + 1}")
    assert "Đã ghi nhận" in an.get(f"/bien-nhan/{before + 1}").text


def test_the_entry_tells_what_was_read_and_how_the_person_was_known(desk: Desk, an: Visitor) -> None:
    press(desk, an)

    with desk.database.reading() as connection:
        facts = connection.scalars(select(schema.entry.c.facts).order_by(schema.entry.c.sequence.desc())).first()
    assert json.loads(facts or b"") == {
        "post": "thong-bao-485",
        "revision": 1,
        "digest": NOTICE.digest,
        "sentence": "Tôi đã đọc và hiểu nội dung.",
        "member": 1,
        "method": "web",
        "identified_by": "slip_code",
    }


def test_a_second_press_leads_to_the_first_receipt_and_writes_nothing(desk: Desk, an: Visitor) -> None:
    fields = an.hidden(PAGE)
    first = an.send(PAGE, fields)
    before = desk.everything()

    second = an.send(PAGE, fields)

    assert (second.status_code, second.headers["location"]) == (303, first.headers["location"])
    assert desk.everything() == before


@pytest.mark.parametrize(("at", "state"), [(LAST_SECOND, State.ON_TIME), (FIRST_LATE, State.LATE)])
def test_the_deadline_falls_between_the_last_second_and_the_first(
    desk: Desk, an: Visitor, at: datetime, state: State
) -> None:
    receipt = press(desk, an, at).headers["location"]

    assert states(desk.database, FIRST_LATE + timedelta(days=1))["SKHCN-001"] is state
    assert state.label.capitalize() in an.get(receipt).text


def test_the_page_says_that_a_confirmation_would_be_late(desk: Desk, an: Visitor) -> None:
    in_time = an.get(PAGE).text
    desk.clock.now = FIRST_LATE

    late = an.get(PAGE).text

    assert "Hôm nay là ngày cuối" in in_time
    assert "Bài này đã hết hạn" not in in_time
    assert "Bài này đã hết hạn" in late


def test_who_has_longer_is_shown_and_held_to_the_own_deadline(desk: Desk, an: Visitor) -> None:
    extend(desk.database, "SKHCN-001", date(2025, 11, 20))
    desk.clock.now = FIRST_LATE
    page, mine = an.get(PAGE).text, an.get("/cua-toi").text

    receipt = an.get(press(desk, an, FIRST_LATE).headers["location"]).text

    assert "gia hạn riêng" in page
    for shown in (page, mine, receipt):
        assert "24 giờ 00 ngày 20/11/2025" in shown
    assert "Còn 15 ngày" in page
    assert "Đúng hạn" in receipt
    assert "đúng hạn" in an.get("/trang-thai/thong-bao-485.json").json()["text"]


def test_the_page_of_a_confirmed_notice_has_no_button(desk: Desk, an: Visitor) -> None:
    receipt = press(desk, an).headers["location"]

    page = an.get(PAGE).text

    assert "Tôi xác nhận đã đọc" not in page
    assert f'href="{receipt}"' in page


def test_another_revision_in_between_is_refused_with_what_changed(desk: Desk, an: Visitor) -> None:
    fields = an.hidden(PAGE)
    desk.publish(replaced(), FOR_OFFICE)
    before = desk.everything()

    response = an.send(PAGE, fields)

    assert response.status_code == 409
    assert "Bài này vừa có phiên bản 2; anh/chị đang xem phiên bản 1." in response.text
    assert "Nội dung thông báo, bản 2." in response.text
    assert "Thêm mục 3." in response.text
    assert "<ins>" in response.text
    assert 'name="revision" value="2"' in response.text
    assert desk.everything() == before


def test_what_was_refused_can_be_confirmed_from_the_page_that_refused_it(desk: Desk, an: Visitor) -> None:
    fields = an.hidden(PAGE)
    desk.publish(replaced(), FOR_OFFICE)
    an.send(PAGE, fields)

    response = an.send(PAGE, fields | {"revision": "2", "digest": replaced().digest})

    assert response.status_code == 303


def test_another_text_under_the_same_number_is_refused(desk: Desk, an: Visitor) -> None:
    before = desk.everything()

    response = an.send(PAGE, an.hidden(PAGE) | {"digest": "0" * 64})

    assert response.status_code == 409
    assert desk.everything() == before


def test_a_link_from_an_older_revision_is_refused_with_what_changed(desk: Desk, an: Visitor) -> None:
    desk.publish(replaced(), FOR_OFFICE)

    response = an.get(f"{PAGE}?revision=1&digest={NOTICE.digest}")

    assert response.status_code == 409
    assert "Bài này vừa có phiên bản 2; anh/chị đang xem phiên bản 1." in response.text
    assert "<ins>" in response.text


def test_a_link_from_the_current_revision_shows_no_changes(desk: Desk, an: Visitor) -> None:
    desk.publish(replaced(), FOR_OFFICE)

    response = an.get(f"{PAGE}?revision=2&digest={replaced().digest}")

    assert response.status_code == 200
    assert "<ins>" not in response.text


def test_a_correction_keeps_the_confirmation(desk: Desk, an: Visitor) -> None:
    receipt = press(desk, an).headers["location"]
    desk.publish(corrected(), FOR_OFFICE)
    before = desk.everything()

    page = an.get(f"{PAGE}?revision=1")
    again = an.send(PAGE, an.hidden("/vao") | {"revision": "2", "digest": corrected().digest})

    assert page.status_code == 200
    assert "Tôi xác nhận đã đọc" not in page.text
    assert "Thay đổi từ lần xác nhận trước (phiên bản 1)" in page.text
    assert "<ins>" in page.text
    assert again.headers["location"] == receipt
    assert desk.everything() == before


def test_a_replacement_asks_again_and_shows_what_changed(desk: Desk, an: Visitor) -> None:
    first = press(desk, an).headers["location"]
    desk.publish(replaced(), FOR_OFFICE)

    page = an.get(PAGE)
    second = an.submit(PAGE)

    assert page.status_code == 200
    assert "Thay đổi từ lần xác nhận trước (phiên bản 1)" in page.text
    assert "<ins>" in page.text
    assert "Tôi xác nhận đã đọc" in page.text
    assert second.headers["location"] != first


def test_the_list_of_ones_own_says_when_a_replacement_asks_again(desk: Desk, an: Visitor) -> None:
    press(desk, an)
    confirmed = an.get("/cua-toi").text
    desk.publish(replaced(), FOR_OFFICE)

    waiting = an.get("/cua-toi").text

    assert "Bài đã có bản thay thế" not in confirmed
    assert "Bài đã có bản thay thế" in waiting


def test_the_list_of_ones_own_holds_only_what_concerns_one(desk: Desk) -> None:
    an, binh = desk.reader("SKHCN-001").get("/cua-toi").text, desk.reader("SKHCN-002").get("/cua-toi").text

    assert FOR_OFFICE.title in an
    assert FOR_OFFICE.title not in binh
    assert NOTICE.title in binh


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_post_is_not_found(desk: Desk, an: Visitor, method: str) -> None:
    before = desk.everything()

    path = "/xac-nhan/khong-co"
    response = an.get(path) if method == "GET" else an.send(path, an.hidden(PAGE))

    assert response.status_code == 404
    assert "Không có bài đăng nào mang mã “khong-co” cần xác nhận." in response.text
    assert desk.everything() == before


def test_a_post_that_asks_for_nothing_cannot_be_confirmed(desk: Desk, an: Visitor) -> None:
    desk.publish(NOTICE, post(id="con-so", sentence=None, deadline=None))

    assert an.get("/xac-nhan/con-so").status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_post_for_others_is_not_asked_of_one(desk: Desk, method: str) -> None:
    binh, path = desk.reader("SKHCN-002"), "/xac-nhan/rieng-van-phong"
    before = desk.everything()

    fields = binh.hidden(PAGE) | {"revision": "1", "digest": FOR_OFFICE.digest}
    response = binh.get(path) if method == "GET" else binh.send(path, fields)

    assert response.status_code == 403
    assert "không yêu cầu anh/chị xác nhận" in response.text
    assert desk.everything() == before


def test_a_press_after_the_session_ended_is_not_recorded(desk: Desk, an: Visitor) -> None:
    fields = an.hidden(PAGE)
    desk.clock.now += timedelta(hours=8)
    before = desk.everything()

    response = an.send(PAGE, fields)

    assert response.status_code == 303
    assert "lần bấm vừa rồi chưa được ghi nhận" in an.get(response.headers["location"]).text
    assert desk.everything() == before


def test_someone_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(desk: Desk) -> None:
    response = desk.visitor().get(f"{PAGE}?revision=1&digest=ab")

    assert response.headers["location"] == "/vao?tiep=%2Fxac-nhan%2Fthong-bao-485%3Frevision%3D1%26digest%3Dab"


@pytest.mark.parametrize("number", ["", "-1", "0", "x", "1e3", "²", "9" * 30, "9" * 5000])
def test_a_number_that_no_revision_has_is_no_bug(desk: Desk, an: Visitor, number: str) -> None:
    """Neither Python's limit on digits nor the database's largest integer may show."""
    before = desk.everything()

    shown = an.http.get(PAGE, params={"revision": number})
    pressed = an.send(PAGE, an.hidden(PAGE) | {"revision": number})

    assert (shown.status_code, pressed.status_code) == (200, 409)
    assert desk.everything() == before


def test_the_state_of_a_stranger_is_unknown(desk: Desk) -> None:
    answer = desk.visitor().get("/trang-thai/thong-bao-485.json")

    assert answer.json() == {"state": "anonymous", "text": ""}


def test_the_state_of_a_reader_changes_with_the_press(desk: Desk, an: Visitor) -> None:
    address = "/trang-thai/thong-bao-485.json"
    outstanding = an.get(address).json()
    press(desk, an)

    confirmed = an.get(address)

    assert (outstanding["state"], outstanding["text"]) == ("outstanding", "Nguyễn Văn An: chưa xác nhận bài này.")
    found = confirmed.json()
    assert (found["state"], outstanding["owed"] - found["owed"]) == ("confirmed", 1)
    assert re.fullmatch(r"Nguyễn Văn An: đã xác nhận \d\d:\d\d ngày [\d/]{10} \(đúng hạn\)\.", found["text"])
    assert an.get(f"/bien-nhan/{found['sequence']}").status_code == 200
    assert confirmed.headers["cache-control"] == "no-store"


def test_the_state_of_someone_who_is_not_concerned_asks_for_nothing(desk: Desk) -> None:
    answer = desk.reader("SKHCN-002").get("/trang-thai/rieng-van-phong.json").json()

    assert (answer["state"], answer["text"]) == ("not_concerned", "Lò Thị Bình: không cần xác nhận bài này.")


def test_the_state_of_an_unknown_post_is_not_found(an: Visitor) -> None:
    assert an.get("/trang-thai/khong-co.json").status_code == 404


def test_a_new_text_is_shown_as_html_that_was_cleaned(desk: Desk, an: Visitor) -> None:
    text = "Nội dung **mới**.\n\n<script>alert(1)</script>\n"
    changed: Post = post(text=text, revision=Revision(2, Change.REPLACEMENT, "Viết lại."))
    desk.publish(changed, FOR_OFFICE)

    page = an.get(f"{PAGE}?revision=1").text

    assert "<strong>mới</strong>" in page
    assert "alert(1)" not in page
