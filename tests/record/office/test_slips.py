"""Access slips: shown once, and the earlier ones end."""

import re

import pytest

from campaign.errors.access import SessionExpiredError
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.recorder import AN, DANG, Desk, Visitor

PAGE = "/van-phong/phieu"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, signed in."""
    return desk.office()


def codes(page: str) -> dict[str, str]:
    """Return the access codes on a page of slips, by staff code."""
    slip = r'<dd>(SKHCN-\d+)</dd>.*?<dd class="slip__code">([A-Z2-7]{4}-[A-Z2-7]{4})</dd>'
    return dict(re.findall(slip, page, re.DOTALL))


def test_each_unit_stands_with_its_members_and_slips(desk: Desk, chi: Visitor) -> None:
    desk.slip("SKHCN-001")

    page = chi.get(PAGE).text

    assert "2 người · 1 người đã có phiếu" in page
    assert "2 người · chưa cấp phiếu" in page


def test_slips_are_printed_for_one_unit_in_the_order_of_names(chi: Visitor) -> None:
    page = chi.submit(PAGE, unit=OFFICE).text

    assert list(codes(page)) == [AN.staff_code, DANG.staff_code]
    assert len(re.findall(r'<div class="slip__qr"><svg [^>]*viewBox', page)) == 2


def test_the_codes_let_their_member_in_and_the_earlier_ones_do_not(chi: Visitor, desk: Desk) -> None:
    old = codes(chi.submit(PAGE, unit=OFFICE).text)["SKHCN-001"]
    new = codes(chi.submit(PAGE, unit=OFFICE).text)["SKHCN-001"]

    with_old = desk.visitor().submit("/vao", staff_code="SKHCN-001", access_code=old)
    with_new = desk.visitor().submit("/vao", staff_code="SKHCN-001", access_code=new)

    assert (with_old.status_code, with_new.status_code) == (401, 303)


def test_issuing_to_one_unit_leaves_the_others_alone(chi: Visitor, desk: Desk) -> None:
    slip = desk.slip("SKHCN-002")

    chi.submit(PAGE, unit=OFFICE)

    signed_in = desk.visitor().submit("/vao", staff_code="SKHCN-002", access_code=slip.access_code)
    assert signed_in.status_code == 303


def test_codes_are_shown_once_and_kept_nowhere(chi: Visitor, desk: Desk) -> None:
    shown = codes(chi.submit(PAGE, unit=OFFICE).text)["SKHCN-001"]

    stored = repr(desk.everything())

    assert shown not in chi.get(PAGE).text
    assert shown not in stored
    assert shown.replace("-", "") not in stored


def test_the_page_of_slips_is_kept_by_no_cache(chi: Visitor) -> None:
    assert chi.submit(PAGE, unit=OFFICE).headers["cache-control"] == "no-store"


def test_issuing_is_one_entry_that_names_the_account(chi: Visitor, desk: Desk) -> None:
    before = desk.entries()

    chi.submit(PAGE, unit=CENTRE)

    assert desk.entries() == before + 1
    assert '{"actor":"chi","members":[2,4]}' in repr(desk.everything()["entry"][-1])


def test_a_unit_without_members_gets_no_slips(chi: Visitor, desk: Desk) -> None:
    before = desk.everything()

    response = chi.submit(PAGE, unit="Phòng không có")

    assert response.status_code == 200
    assert "chưa có ai trong danh sách" in response.text
    asked = {"account_trail"}  # That slips were asked for is noted there.
    assert {name: rows for name, rows in desk.everything().items() if name not in asked} == {
        name: rows for name, rows in before.items() if name not in asked
    }


def test_an_expired_session_issues_nothing(desk: Desk) -> None:
    visitor = desk.visitor()
    before = desk.everything()

    response = visitor.send(PAGE, visitor.hidden("/van-phong/vao") | {"unit": OFFICE})

    assert response.status_code == 401
    assert SessionExpiredError().problem in response.text
    assert desk.everything() == before
