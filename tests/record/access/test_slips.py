"""What a member does with the own slip and devices."""

import re
from datetime import timedelta

import pytest

from campaign.core.ledger.entry import Kind
from tests.record.access.test_sign_in import cookie, is_in, sign_in
from tests.rigs.ledger_steps import kinds
from tests.rigs.recorder import Desk, Visitor

PATH = "/cua-toi/phieu"


def codes_in(page: str) -> tuple[str, str]:
    """Return staff code and access code of the slip that a page shows."""
    found = re.search(r"<dd>([^<]+)</dd></div>\s*<div><dt>Mã truy cập</dt><dd class=\"slip__code\">([^<]+)<", page)
    assert found
    return found[1], found[2]


def change(visitor: Visitor, code: str) -> str:
    response = visitor.submit(PATH, access_code=code)
    assert response.status_code == 200
    return codes_in(response.text)[1]


def test_the_holder_changes_the_codes_and_the_old_ones_end(desk: Desk) -> None:
    old, visitor, elsewhere = desk.slip(), desk.visitor(), desk.visitor()
    sign_in(visitor, old)
    sign_in(elsewhere, old, device="own")

    new = change(visitor, old.spaced_code.lower())

    assert new.replace("-", "") != old.access_code
    assert sign_in(desk.visitor(), old).status_code == 401
    assert desk.visitor().get(f"/vao/phieu/{old.token}").status_code == 404
    assert desk.visitor().submit("/vao", staff_code="SKHCN-001", access_code=new).status_code == 303
    assert (is_in(visitor), is_in(elsewhere)) == (True, False)
    assert kinds(desk.database)[-1] is Kind.SLIPS_ISSUED


def test_the_new_slip_carries_a_code_to_scan(desk: Desk) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    sign_in(visitor, slip)

    page = visitor.submit(PATH, access_code=slip.access_code)

    assert "Các mã dưới đây chỉ hiện lần này." in page.text
    assert "<svg" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert visitor.submit("/ra", page="/cua-toi").status_code == 303


@pytest.mark.parametrize("code", ["AAAAAAAA", ""])
def test_who_merely_sits_at_a_remembered_device_changes_nothing(desk: Desk, code: str) -> None:
    """A remembered device confirms and shows its holder's own records, no more."""
    slip, visitor = desk.slip(), desk.visitor()
    sign_in(visitor, slip, device="own")
    before = desk.entries()

    response = visitor.submit(PATH, access_code=code)

    assert (response.status_code, "Mã truy cập hiện nay chưa đúng." in response.text) == (401, True)
    assert desk.entries() == before
    assert sign_in(desk.visitor(), slip).status_code == 303


def test_guesses_at_the_own_code_are_counted_and_end_no_session(desk: Desk) -> None:
    desk.slip()
    visitor = desk.reader()

    statuses = [visitor.submit(PATH, access_code="AAAAAAAA").status_code for _ in range(6)]

    assert statuses == [401] * 5 + [429]
    assert is_in(visitor)


def test_the_code_of_another_does_not_change_the_own_slip(desk: Desk) -> None:
    desk.slip("SKHCN-001")
    other = desk.slip("SKHCN-002")

    assert desk.reader("SKHCN-001").submit(PATH, access_code=other.access_code).status_code == 401


@pytest.mark.parametrize(("device", "max_age"), [("own", f"max-age={90 * 24 * 3600}"), ("shared", None)])
def test_a_changed_code_leaves_the_device_as_it_was(desk: Desk, device: str, max_age: str | None) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    sign_in(visitor, slip, device=device)

    line = cookie(visitor.submit(PATH, access_code=slip.access_code), "campaign-reader")

    assert (max_age in line) if max_age else ("max-age" not in line)


def test_devices_are_listed_and_the_others_ended(desk: Desk) -> None:
    slip, visitor, elsewhere = desk.slip(), desk.visitor(), desk.visitor()
    sign_in(elsewhere, slip, device="own")
    desk.clock.now += timedelta(minutes=5)
    sign_in(visitor, slip)
    other = desk.reader("SKHCN-002")
    page = visitor.get(PATH).text

    response = visitor.submit("/cua-toi/thiet-bi", page=PATH)

    assert (page.count("Máy này"), page.count("Máy khác"), page.count("nhớ đến")) == (1, 1, 1)
    assert response.headers["location"] == PATH
    assert (is_in(visitor), is_in(elsewhere), is_in(other)) == (True, False, True)


def test_who_has_no_slip_sees_devices_alone(desk: Desk) -> None:
    page = desk.reader().get(PATH)

    assert (page.status_code, "Đổi mã" in page.text) == (200, False)


def test_a_new_sign_in_ends_the_session_that_the_browser_had(desk: Desk) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    sign_in(visitor, slip)
    before = visitor.http.cookies["campaign-reader"]

    sign_in(visitor, slip)

    assert visitor.http.cookies["campaign-reader"] != before
    visitor.http.cookies.set("campaign-reader", before, domain="127.0.0.1")
    assert not is_in(visitor)
