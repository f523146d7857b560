"""Tries to come in: limited for each account and each machine, and never for who is in."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.requests import Request

from campaign.core.people.access import Role
from campaign.record.web.rate_limits import sender_of
from tests.rigs.recorder import PASSPHRASE, Desk, Visitor, fill_desk, open_desk

WRONG = {"access_code": "AAAAAAAA"}
PRESSED = "/xac-nhan/thong-bao-485"


def guess(visitor: Visitor, staff_code: str = "SKHCN-001", sender: str = "10.1.1.1", **fields: str) -> Response:
    """Type a code on a machine, behind the proxy of the test client."""
    return visitor.send("/vao", visitor.hidden("/vao") | WRONG | {"staff_code": staff_code} | fields, **from_(sender))


def from_(sender: str) -> dict[str, str]:
    return {"X-Forwarded-For": sender}


def exhaust(desk: Desk, staff_code: str = "SKHCN-001") -> None:
    assert [guess(desk.visitor(), staff_code, f"10.2.0.{number}").status_code for number in range(5)] == [401] * 5


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Desk]:
    """A recorder behind a proxy, which the test client is."""
    opened = fill_desk(open_desk(tmp_path, proxies=frozenset({"testclient"})))
    yield opened
    opened.close()


def test_the_sixth_try_in_a_quarter_of_an_hour_is_not_looked_at(behind: Desk) -> None:
    slip = behind.slip()
    exhaust(behind)

    response = guess(behind.visitor(), access_code=slip.access_code)

    assert (response.status_code, response.headers["retry-after"]) == (429, "180")
    assert "Mời thử lại sau khoảng 3 phút." in response.text
    behind.clock.now += timedelta(minutes=3)
    assert guess(behind.visitor(), access_code=slip.access_code).status_code == 303


def test_twenty_tries_a_day_for_an_account_however_slowly(behind: Desk) -> None:
    statuses = []
    for number in range(25):
        statuses.append(guess(behind.visitor(), sender=f"10.3.0.{number}").status_code)
        behind.clock.now += timedelta(minutes=3)

    assert statuses == [401] * 20 + [429] * 4 + [401]  # after 72 minutes, a twentieth of a day, one came back


def test_an_unknown_code_is_limited_like_a_known_one(behind: Desk) -> None:
    """Nothing reveals whether a staff code exists."""
    behind.slip("SKHCN-001")
    answers = []
    for staff_code in ("SKHCN-001", "SKHCN-999"):
        exhaust(behind, staff_code)
        response = guess(behind.visitor(), staff_code)
        headers = [(name, value) for name, value in response.headers.items() if name != "set-cookie"]
        answers.append((response.status_code, headers, re.sub('value="[^"]+"', "", response.text)))

    assert answers[0][0] == 429
    assert answers[0] == answers[1]


def test_however_a_code_is_typed_it_is_the_same_account(behind: Desk) -> None:
    for typed in ("SKHCN-001", "skhcn-001", " skhcn - 001", "SKHCN-001 ", "SkHcN-001"):
        guess(behind.visitor(), typed, "10.4.0.1")

    assert guess(behind.visitor()).status_code == 429


def test_sixty_wrong_tries_an_hour_for_a_machine(behind: Desk) -> None:
    statuses = [guess(behind.visitor(), f"SKHCN-{number:03}").status_code for number in range(100, 161)]
    slip = behind.slip()

    assert statuses == [401] * 60 + [429]
    assert (
        behind.visitor().submit("/vao/phieu/vao", f"/vao/phieu/{slip.token}").status_code == 303
    )  # from another machine
    assert guess(behind.visitor(), access_code=slip.access_code).status_code == 429


def test_a_whole_office_may_come_from_one_address(behind: Desk) -> None:
    slip = behind.slip()

    statuses = {guess(behind.visitor(), access_code=slip.access_code).status_code for _ in range(80)}

    assert statuses == {303}


def test_right_tries_do_not_hide_wrong_ones(behind: Desk) -> None:
    """Whoever has an account of their own gains nothing by using it in between."""
    slip = behind.slip("SKHCN-002")
    for _ in range(5):
        guess(behind.visitor())
        guess(behind.visitor(), "SKHCN-002", access_code=slip.access_code)

    assert guess(behind.visitor()).status_code == 429


def test_who_is_in_stays_in_whatever_others_try(behind: Desk) -> None:
    an = behind.reader()
    exhaust(behind)
    for number in range(60):
        guess(an, f"SKHCN-{number:03}")

    assert an.get("/cua-toi").status_code == 200
    assert an.send(PRESSED, an.hidden(PRESSED), **from_("10.1.1.1")).status_code == 303
    assert an.submit("/ra", page="/cua-toi").status_code == 303


def test_the_qr_code_lets_in_when_guesses_have_used_up_the_code(behind: Desk) -> None:
    slip = behind.slip()
    exhaust(behind)

    assert behind.visitor().submit("/vao/phieu/vao", f"/vao/phieu/{slip.token}").status_code == 303


def test_qr_codes_are_not_tried_out_either(behind: Desk) -> None:
    visitor = behind.visitor()
    fields = visitor.hidden("/vao")

    statuses = [visitor.send("/vao/phieu/vao", fields | {"code": str(number)}).status_code for number in range(61)]

    assert statuses == [404] * 60 + [429]


def test_passphrases_are_limited_for_each_account_apart_from_members(behind: Desk) -> None:
    behind.employ()
    exhaust(behind, "CHI")
    visitor = behind.visitor()

    statuses = [
        visitor.submit("/van-phong/vao", account="chi", passphrase=typed, code=behind.code()).status_code
        for typed in ["sai"] * 5 + [PASSPHRASE]
    ]

    assert statuses == [401] * 5 + [429]


def test_two_recorders_count_together(behind: Desk, tmp_path: Path) -> None:
    other = open_desk(tmp_path, proxies=frozenset({"testclient"}))

    statuses = [guess(desk.visitor()).status_code for desk in (behind, other) * 3]

    other.close()
    assert statuses == [401] * 5 + [429]


def test_neither_the_ledger_nor_the_database_keeps_who_tried(behind: Desk) -> None:
    before = behind.entries()
    guess(behind.visitor(), "SKHCN-777", "198.51.100.77")

    assert behind.entries() == before
    assert len(behind.everything()["bucket"]) == 3
    for file in behind.recorder.site.folder.parent.glob("sổ ghi nhận.sqlite3*"):
        assert not [word for word in (b"198.51.100.77", b"SKHCN-777", b"testclient") if word in file.read_bytes()]


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        ("10.0.0.9", [], "10.0.0.9/32"),
        ("10.0.0.9", ["1.2.3.4"], "10.0.0.9/32"),
        ("127.0.0.1", ["1.2.3.4"], "1.2.3.4/32"),
        ("127.0.0.1", ["9.9.9.9, 1.2.3.4"], "1.2.3.4/32"),
        ("127.0.0.1", ["9.9.9.9", "1.2.3.4"], "1.2.3.4/32"),
        ("127.0.0.1", ["1.2.3.4, 127.0.0.1"], "1.2.3.4/32"),
        ("127.0.0.1", [], "127.0.0.1/32"),
        ("127.0.0.1", ["none"], "none"),
        ("127.0.0.1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("127.0.0.1", ["::ffff:1.2.3.4"], "1.2.3.4/32"),
    ],
)
def test_a_proxy_is_believed_only_as_far_as_it_is_ours(peer: str, forwarded: list[str], sender: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    request = Request({"type": "http", "client": (peer, 1), "headers": headers})

    assert sender_of(request, frozenset({"127.0.0.1"})) == sender


def test_without_a_peer_there_is_one_bucket_for_all() -> None:
    assert sender_of(Request({"type": "http", "headers": []}), frozenset()) == ""


def test_a_stranger_does_not_lock_out_a_browser_that_an_account_signed_in_with(behind: Desk) -> None:
    behind.employ()
    own = behind.visitor()
    assert enter(behind, own).status_code == 303
    own.submit("/van-phong/ra", page="/van-phong")
    behind.clock.now += timedelta(minutes=1)
    for number in range(5):
        assert enter(behind, behind.visitor(), f"10.5.0.{number}", passphrase="sai").status_code == 401

    assert enter(behind, behind.visitor(), "10.5.1.1").status_code == 429
    assert enter(behind, own).status_code == 303


def test_the_office_is_told_that_somebody_was_stopped(behind: Desk) -> None:
    office = behind.office()
    before = office.get("/van-phong").text
    for number in range(7):
        enter(behind, behind.visitor(), f"10.6.0.{number}", passphrase="sai")

    assert "bị chặn" not in before
    assert "2 lần thử đăng nhập gần đây bị chặn" in office.get("/van-phong").text
    assert "bị chặn" not in behind.staff(Role.UNIT_HEAD).get("/van-phong").text


def test_a_known_browser_has_no_more_tries_than_anyone(behind: Desk) -> None:
    behind.employ()
    own = behind.visitor()
    enter(behind, own)
    behind.clock.now += timedelta(minutes=1)

    statuses = [enter(behind, own, f"10.7.0.{number}", passphrase="sai").status_code for number in range(6)]

    assert statuses == [401] * 5 + [429]


def test_a_device_that_is_made_up_or_another_account_s_counts_for_nothing(behind: Desk) -> None:
    behind.employ()
    own = behind.visitor()
    enter(behind, own)
    [(name, value)] = [(name, value) for name, value in own.http.cookies.items() if "device" in name]
    exhaust(behind, "SKHCN-001")
    slip, stranger = behind.slip(), behind.visitor()
    stranger.http.cookies.set(name, value)
    stranger.http.cookies.set(name, f"{value[:-1]}x")

    assert guess(stranger, access_code=slip.access_code).status_code == 429


def test_a_member_comes_in_with_the_own_device_and_a_shared_one_keeps_nothing(behind: Desk) -> None:
    slip, own, shared = behind.slip(), behind.visitor(), behind.visitor()
    for visitor, device in ((own, "own"), (shared, "shared")):
        assert guess(visitor, access_code=slip.access_code, device=device).status_code == 303
    exhaust(behind)

    assert [name for name in shared.http.cookies if "device" in name] == []
    assert guess(shared, access_code=slip.access_code).status_code == 429
    assert guess(own, access_code=slip.access_code).status_code == 303


def enter(desk: Desk, visitor: Visitor, sender: str = "10.1.1.1", **fields: str) -> Response:
    """Sign Chi in on a machine."""
    typed = {"account": "chi", "passphrase": PASSPHRASE, "code": desk.code()} | fields
    return visitor.send("/van-phong/vao", visitor.hidden("/van-phong/vao") | typed, **from_(sender))
