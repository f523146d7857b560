"""Access slips: for those who have none, for one person, for a unit again; each shown for ten minutes."""

import re
from datetime import timedelta

import pytest

from campaign.record.office.slips import AT_ONCE, TYPED_FROM
from tests.rigs.builders import CENTRE, OFFICE, member
from tests.rigs.ledger_steps import enrol
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

PAGE = "/van-phong/phieu"
RENEWAL = f"{PAGE}/cap-lai"
MINUTES = timedelta(minutes=1)


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, signed in."""
    return desk.office()


def codes(page: str) -> dict[str, str]:
    """Return the access codes on a page of slips, by staff code."""
    slip = r'<dd>(SKHCN-\d+)</dd>.*?<dd class="slip__code">([A-Z2-7]{4}-[A-Z2-7]{4})</dd>'
    return dict(re.findall(slip, page, re.DOTALL))


def issue(chi: Visitor, unit: str = "", path: str = PAGE, page: str | None = None, **fields: str) -> str:
    """Make slips and return the address of their page."""
    answer = chi.submit(path, page, unit=unit, **fields)
    assert answer.status_code == 303
    return answer.headers["location"]


def lets_in(desk: Desk, code: str, slip: str) -> bool:
    return desk.visitor().submit("/vao", staff_code=code, access_code=slip).status_code == 303


def test_each_unit_stands_with_its_members_and_slips(desk: Desk, chi: Visitor) -> None:
    desk.slip("SKHCN-001")

    page = chi.get(PAGE).text

    assert "2 người · 1 người đã có phiếu" in page
    assert "2 người · chưa cấp phiếu" in page
    assert "3 người chưa có phiếu" in page


def test_slips_are_printed_for_one_unit_in_the_order_of_names(chi: Visitor) -> None:
    page = chi.get(issue(chi, OFFICE)).text

    assert list(codes(page)) == [AN.staff_code, DANG.staff_code]
    assert len(re.findall(r'<div class="slip__qr"><svg [^>]*viewBox', page)) == 2


def test_only_those_without_a_slip_get_one(desk: Desk, chi: Visitor) -> None:
    """The slip and the devices of everybody else stay as they are."""
    slip, reader = desk.slip("SKHCN-001"), desk.reader("SKHCN-001")

    page = chi.get(issue(chi)).text

    assert list(codes(page)) == [BINH.staff_code, HONG.staff_code, DANG.staff_code]
    assert lets_in(desk, "SKHCN-001", slip.access_code)
    assert reader.get("/cua-toi").status_code == 200
    assert "Ai cũng đã có phiếu." in chi.get(PAGE).text
    assert "Chỉ làm phiếu cho những người này." not in chi.get(PAGE).text


def test_one_person_gets_a_slip_and_nobody_else_s_ends(desk: Desk, chi: Visitor) -> None:
    first, other = desk.slip("SKHCN-001"), desk.slip("SKHCN-003")
    mine, theirs = desk.reader("SKHCN-001"), desk.reader("SKHCN-003")
    path = "/van-phong/nguoi/1/phieu"

    asked = chi.get(path).text
    new = codes(chi.get(issue(chi, path=path)).text)

    assert f"Phiếu cũ và 1 máy đã nhớ của {AN.name} hết hiệu lực ngay." in asked
    assert list(new) == ["SKHCN-001"]
    assert [lets_in(desk, "SKHCN-001", code) for code in (first.access_code, new["SKHCN-001"])] == [False, True]
    assert lets_in(desk, "SKHCN-003", other.access_code)
    assert mine.get("/cua-toi").status_code == 303
    assert theirs.get("/cua-toi").status_code == 200


def test_a_batch_can_be_opened_again_for_ten_minutes_by_who_made_it(desk: Desk, chi: Visitor) -> None:
    batch = issue(chi, OFFICE)
    first = chi.get(batch)
    desk.clock.now += 9 * MINUTES

    again, listed = chi.get(batch), chi.get(PAGE).text
    desk.clock.now += MINUTES

    assert codes(again.text) == codes(first.text)
    assert codes(first.text)
    assert first.headers["cache-control"] == "no-store"
    assert f'href="{batch}"' in listed
    assert desk.office().get(batch).status_code == 404
    assert batch not in desk.office().get(PAGE).text


def test_nobody_else_opens_a_batch(desk: Desk, chi: Visitor) -> None:
    batch = issue(chi, OFFICE)
    with desk.database.writing() as connection:
        connection.exec_driver_sql("UPDATE slip_batch SET account = 'ai khác'")

    assert chi.get(batch).status_code == 404


def test_a_batch_is_forgotten_at_once_when_it_is_printed(desk: Desk, chi: Visitor) -> None:
    batch = issue(chi, OFFICE)

    chi.submit(batch, act="close")

    assert chi.get(batch).status_code == 404
    assert desk.everything()["slip_batch"] == []


def test_codes_are_kept_nowhere_in_the_clear(chi: Visitor, desk: Desk) -> None:
    shown = codes(chi.get(issue(chi, OFFICE)).text)["SKHCN-001"]

    stored = repr(desk.everything())

    assert shown not in chi.get(PAGE).text
    assert shown not in stored
    assert shown.replace("-", "") not in stored


def test_reading_a_batch_writes_nothing(chi: Visitor, desk: Desk) -> None:
    """But for the trail, which notes that the account took names away."""
    batch = issue(chi, OFFICE)
    before = desk.everything()

    chi.get(batch)
    chi.get(RENEWAL + f"?don-vi={OFFICE}")

    after = desk.everything()
    assert {table for table in before if before[table] != after[table]} <= {"account_trail"}
    assert after["slip"] == before["slip"]


def test_the_slips_of_a_unit_are_replaced_only_when_the_new_ones_are_printed(desk: Desk, chi: Visitor) -> None:
    old, reader = desk.slip("SKHCN-001"), desk.reader("SKHCN-001")
    asked = chi.get(f"{RENEWAL}?don-vi={OFFICE}").text
    batch = issue(chi, OFFICE, RENEWAL, f"{RENEWAL}?don-vi={OFFICE}")
    new = codes(chi.get(batch).text)["SKHCN-001"]

    before = lets_in(desk, "SKHCN-001", old.access_code), lets_in(desk, "SKHCN-001", new)
    used = chi.submit(batch, act="use")
    after = lets_in(desk, "SKHCN-001", old.access_code), lets_in(desk, "SKHCN-001", new)

    assert "1 phiếu đang dùng sẽ hết hiệu lực; 1 máy đang nhớ phải vào lại." in asked
    assert (before, after) == ((True, False), (False, True))
    assert used.headers["location"] == batch
    assert codes(chi.get(batch).text)["SKHCN-001"] == new
    assert reader.get("/cua-toi").status_code == 303


def test_a_batch_that_is_never_put_in_force_changes_nothing(desk: Desk, chi: Visitor) -> None:
    old, reader = desk.slip("SKHCN-001"), desk.reader("SKHCN-001")
    entries = desk.entries()
    batch = issue(chi, OFFICE, RENEWAL, f"{RENEWAL}?don-vi={OFFICE}")
    listed = chi.get(PAGE).text

    desk.clock.now += 61 * MINUTES

    assert "Chưa dùng: phiếu cũ vẫn còn hiệu lực." in listed
    assert desk.office().submit(batch, PAGE, act="use").status_code == 404
    assert lets_in(desk, "SKHCN-001", old.access_code)
    assert reader.get("/cua-toi").status_code == 200
    assert desk.entries() == entries


def test_the_number_of_a_large_unit_is_typed(desk: Desk, chi: Visitor) -> None:
    people = [member(f"SKHCN-{number:03}", f"Người {number}") for number in range(1, TYPED_FROM + 1)]
    enrol(desk.database, *people)
    page = f"{RENEWAL}?don-vi={OFFICE}"

    refused = chi.submit(RENEWAL, page, unit=OFFICE, people="19")
    batch = issue(chi, OFFICE, RENEWAL, page, people=str(TYPED_FROM))

    assert (refused.status_code, f"Nhập số {TYPED_FROM}" in refused.text) == (400, True)
    assert len(codes(chi.get(batch).text)) == TYPED_FROM


def test_many_codes_are_hashed_behind_the_answer(desk: Desk, chi: Visitor) -> None:
    people = [member(f"SKHCN-{number:03}", f"Người {number}") for number in range(1, AT_ONCE + 12)]
    enrol(desk.database, *people)

    page = chi.get(issue(chi)).text
    shown = codes(page)

    assert len(shown) == AT_ONCE + 11
    assert lets_in(desk, "SKHCN-031", shown["SKHCN-031"])


def test_a_batch_that_is_not_ready_says_how_far_it_is(desk: Desk, chi: Visitor) -> None:
    batch = issue(chi, OFFICE)
    with desk.database.writing() as connection:
        connection.exec_driver_sql("UPDATE slip_batch SET in_force_at = NULL")

    page = chi.get(batch)

    assert "Đang chuẩn bị phiếu: 2 trên 2." in page.text
    assert page.headers["Refresh"] == "2"
    assert codes(page.text) == {}


def test_issuing_is_one_entry_that_names_the_account(chi: Visitor, desk: Desk) -> None:
    before = desk.entries()

    issue(chi, CENTRE)

    assert desk.entries() == before + 1
    assert '{"actor":"chi","members":[2,4]}' in repr(desk.everything()["entry"][-1])


def test_a_unit_without_members_gets_no_slips(chi: Visitor, desk: Desk) -> None:
    before = desk.everything()

    answer = chi.submit(PAGE, unit="Phòng không có")

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert chi.get(f"{RENEWAL}?don-vi=Phòng không có").status_code == 404
    assert desk.everything() == before


def test_an_expired_session_issues_nothing(desk: Desk) -> None:
    visitor = desk.visitor()
    before = desk.everything()

    response = visitor.send(PAGE, visitor.hidden("/van-phong/vao") | {"unit": OFFICE})

    assert response.status_code == 303
    assert response.headers["location"].startswith("/van-phong/vao?")
    assert desk.everything() == before
