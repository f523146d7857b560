"""Accounts: coming in, proof before what weighs, sessions, and what each role sees."""

import html
import re
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx2 import Response
from sqlalchemy import update

from campaign.core.people.access import Role
from campaign.record.web.admission import HOMES, PROOF_LASTS
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account
from tests.record.access.test_sign_in import ELSEWHERE, cookie
from tests.rigs.builders import CENTRE
from tests.rigs.recorder import AN, BINH, HONG, PASSPHRASE, STAFF, Desk, Visitor, fill_desk, open_desk

LIST = "/van-phong/bai/thong-bao-485/danh-sach"
CSV = f"{LIST}.csv"
PROOF = "/van-phong/xac-minh?tiep=%2Fvan-phong%2Fbai%2Fthong-bao-485%2Fdanh-sach.csv"


def sign_in(desk: Desk, visitor: Visitor | None = None, **fields: str) -> Response:
    typed = {"account": "chi", "passphrase": PASSPHRASE, "code": desk.code()} | fields
    return (visitor or desk.visitor()).submit("/van-phong/vao", **typed)


def test_an_account_comes_in_with_passphrase_and_code(desk: Desk) -> None:
    desk.employ()
    visitor = desk.visitor()

    response = sign_in(desk, visitor)

    assert (response.status_code, response.headers["location"]) == (303, "/van-phong")
    assert "Lường Thị Chi" in visitor.get("/van-phong").text


def test_a_weaker_hash_of_a_passphrase_is_renewed_at_the_next_sign_in(desk: Desk) -> None:
    desk.employ()
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSPHRASE)
    with desk.database.writing() as connection:
        connection.execute(update(schema.account).values(passphrase_hash=weak))

    assert sign_in(desk, passphrase="sai").status_code == 401
    held = [row.passphrase_hash for row in desk.everything()["account"]]
    assert sign_in(desk).status_code == 303

    [renewed] = [row.passphrase_hash for row in desk.everything()["account"]]
    assert held == [weak]
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    desk.clock.now += timedelta(minutes=1)
    assert sign_in(desk).status_code == 303
    assert [row.passphrase_hash for row in desk.everything()["account"]] == [renewed]


def test_a_deeply_nested_answer_of_a_passkey_is_refused_in_words(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path, address="https://xacnhan.example.vn"))
    desk.employ()

    answer = desk.visitor().submit("/van-phong/vao/khoa", "/van-phong/vao", answer="[" * 5_000)

    desk.close()
    assert (answer.status_code, "E-PASSKEY" in answer.text) == (401, True)


def test_a_passphrase_counts_in_either_unicode_form(desk: Desk) -> None:
    """A Mac types "ư" and the accents as separate characters."""
    desk.employ()

    assert sign_in(desk, passphrase=unicodedata.normalize("NFD", PASSPHRASE)).status_code == 303


def test_whatever_is_wrong_the_answer_is_the_same(desk: Desk) -> None:
    """Nothing reveals whether an account exists, or which of the three is wrong."""
    desk.employ()
    answers = []

    wrongs: list[dict[str, Any]] = [
        {"passphrase": "sai"},
        {"code": "000000"},
        {"account": "khi"},
        {"account": "khi", "code": ""},
    ]
    for wrong in wrongs:
        response = sign_in(desk, **wrong)
        token = re.search('name="form_token" value="([^"]+)"', response.text)
        assert token is not None
        headers = [(name, value) for name, value in response.headers.items() if name != "set-cookie"]
        text = response.text.replace('value="khi"', 'value="chi"').replace(token[1], "TOKEN")
        answers.append((response.status_code, headers, text))

    assert answers[0][0] == 401
    assert "Tài khoản, cụm mật khẩu hoặc mã xác minh chưa đúng." in answers[0][2]
    assert all(answer == answers[0] for answer in answers)


def test_a_code_opens_one_session_only(desk: Desk) -> None:
    desk.employ()

    assert [sign_in(desk).status_code for _ in range(2)] == [303, 401]
    desk.clock.now += timedelta(seconds=30)
    assert sign_in(desk).status_code == 303


def test_neither_passphrase_nor_code_is_shown_again(desk: Desk) -> None:
    desk.employ()

    response = sign_in(desk, account='"><b>x', passphrase="một bí mật dài", code="765432")

    assert 'value="&#34;&gt;&lt;b&gt;x"' in response.text
    assert "một bí mật dài" not in response.text
    assert "765432" not in response.text


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_and_proof_lead_to_no_other_site(desk: Desk, address: str) -> None:
    desk.employ()

    entered = sign_in(desk, next=address)
    proved = desk.office().submit("/van-phong/xac-minh", passphrase=PASSPHRASE, next=address)

    assert (entered.headers["location"], proved.headers["location"]) == ("/van-phong", "/van-phong")


def test_signing_in_ends_the_session_that_the_browser_had(desk: Desk) -> None:
    visitor = desk.office()
    before = visitor.http.cookies["campaign-office"]

    sign_in(desk, visitor)

    assert visitor.http.cookies["campaign-office"] != before
    visitor.http.cookies.set("campaign-office", before, domain="127.0.0.1")
    assert visitor.get("/van-phong").status_code == 303


def test_the_cookie_ends_with_the_browser(desk: Desk) -> None:
    desk.employ()

    assert "max-age" not in cookie(sign_in(desk), "campaign-office")


def test_half_an_hour_without_use_ends_the_session(desk: Desk) -> None:
    office = desk.office()

    desk.clock.now += timedelta(minutes=30)

    assert office.get("/van-phong").headers["location"] == "/van-phong/vao?tiep=%2Fvan-phong"


def test_use_keeps_the_session_open_until_eight_hours_are_over(desk: Desk) -> None:
    office, start = desk.office(), desk.clock.now

    while desk.clock.now + timedelta(minutes=29) < start + timedelta(hours=8):
        desk.clock.now += timedelta(minutes=29)
        assert office.get("/van-phong").status_code == 200
        office.submit("/van-phong/phien", session="")  # Waits for what the look before left to be written.
    desk.clock.now = start + timedelta(hours=8)

    assert office.get("/van-phong").status_code == 303


@pytest.mark.parametrize("role", STAFF)
def test_each_role_begins_where_its_work_is(desk: Desk, role: Role) -> None:
    visitor = desk.staff(role)

    response = visitor.get("/van-phong")

    home = response.headers.get("location", "/van-phong")
    assert home == HOMES[role]
    assert visitor.get(home).status_code == 200


@pytest.mark.parametrize("role", STAFF)
def test_every_tab_that_is_shown_opens(desk: Desk, role: Role) -> None:
    visitor = desk.staff(role)
    page = visitor.get(HOMES[role]).text
    tabs = re.findall(r'href="([^"]+)"', page[page.index('<nav class="tabs"') : page.index("<main")])

    assert tabs
    assert [visitor.get(tab).status_code for tab in tabs] == [200] * len(tabs)


@pytest.mark.parametrize("role", STAFF)
def test_no_page_links_to_one_that_the_role_may_not_use(desk: Desk, role: Role) -> None:
    visitor, waiting, seen, refused = desk.staff(role), ["/van-phong"], set(), {}

    while waiting:
        path = waiting.pop()
        response = visitor.get(path)
        if response.status_code not in {200, 303}:
            refused[path] = response.status_code
        linked = re.findall(r'href="(/van-phong[^"#]*)"', html.unescape(response.text))
        linked += [response.headers["location"]] if response.status_code == 303 else []
        waiting += [one for one in linked if one not in seen]
        seen |= {path, *linked}

    assert refused == {}
    assert len(seen) > 2


def test_a_role_is_told_that_a_page_is_not_for_it(desk: Desk) -> None:
    response = desk.staff(Role.AUDITOR).get("/van-phong/phieu")

    assert response.status_code == 403
    assert "vai trò “người kiểm tra” không dùng được trang này" in response.text


def test_an_account_that_was_removed_or_given_another_role_has_no_way_on(desk: Desk) -> None:
    visitor = desk.office()

    desk.employ(Account("chi", "Lường Thị Chi", Role.EDITOR))

    assert visitor.get("/van-phong/phieu").status_code == 303


@pytest.mark.parametrize("path", ["/van-phong", "/van-phong/bai/thong-bao-485", LIST, f"{LIST}?don-vi=Văn phòng", CSV])
def test_a_unit_head_sees_the_own_unit_only(desk: Desk, path: str) -> None:
    text = desk.staff(Role.UNIT_HEAD).get(path).text

    names = {one.name for one in (AN, BINH, HONG) if one.name in text}
    assert names <= {BINH.name, HONG.name}
    main = text.partition("<main")[2] or text
    assert "Văn phòng</th>" not in main
    assert AN.staff_code not in main


def test_a_unit_head_sees_the_people_and_figures_of_the_own_unit(desk: Desk) -> None:
    visitor = desk.staff(Role.UNIT_HEAD)

    assert "2 người trong danh sách của Trung tâm" in visitor.get("/van-phong").text
    page = visitor.get(LIST).text
    assert (BINH.name in page, HONG.name in page, f">{CENTRE}</option>" in page) == (True, True, True)
    assert visitor.get(CSV).text.count("\r\n") == 3


def test_a_download_asks_for_proof_when_the_last_is_old(desk: Desk) -> None:
    office = desk.office()
    assert office.get(CSV).status_code == 200

    desk.clock.now += PROOF_LASTS
    asked = office.get(CSV)
    wrong = office.submit("/van-phong/xac-minh", page=PROOF, passphrase="sai")
    still = office.get(CSV)
    right = office.submit("/van-phong/xac-minh", page=PROOF, passphrase=PASSPHRASE)

    assert (asked.status_code, asked.headers["location"]) == (303, PROOF)
    assert (wrong.status_code, "Cụm mật khẩu chưa đúng." in wrong.text) == (401, True)
    assert still.status_code == 303
    assert (right.status_code, right.headers["location"]) == (303, PROOF)
    assert f'href="{CSV}"' in office.get(PROOF).text
    assert office.get(CSV).status_code == 200


def test_proof_for_a_page_leads_straight_on(desk: Desk) -> None:
    office = desk.office()

    response = office.submit("/van-phong/xac-minh", passphrase=PASSPHRASE, next="/van-phong/phieu")

    assert response.headers["location"] == "/van-phong/phieu"


def test_proof_holds_for_the_session_that_gave_it(desk: Desk) -> None:
    first, second = desk.office(), desk.visitor()
    sign_in(desk, second)
    desk.clock.now += PROOF_LASTS

    first.submit("/van-phong/xac-minh", passphrase=PASSPHRASE)

    assert (first.get(CSV).status_code, second.get(CSV).status_code) == (200, 303)


def test_the_office_sees_every_session_and_anyone_else_the_own(desk: Desk) -> None:
    office, editor = desk.office(), desk.staff(Role.EDITOR)

    seen = [one.name for one in STAFF.values() if f">{one.name}</span>" in office.get("/van-phong/phien").text]
    own = [one.name for one in STAFF.values() if f">{one.name}</span>" in editor.get("/van-phong/phien").text]

    assert (seen, own) == (["chi", "yen"], ["yen"])


def test_a_session_is_ended_from_the_list(desk: Desk) -> None:
    office, editor = desk.office(), desk.staff(Role.EDITOR)

    response = office.submit("/van-phong/phien")

    assert response.headers["location"] == "/van-phong/phien"
    assert editor.get("/van-phong/bien-tap").status_code == 303
    assert office.get("/van-phong").status_code == 200


def test_nobody_but_the_office_ends_the_session_of_another(desk: Desk) -> None:
    office, editor = desk.office(), desk.staff(Role.EDITOR)
    key = office.hidden("/van-phong/phien")["session"]

    for session in (key, "không phải khoá", "ab12"):
        editor.submit("/van-phong/phien", session=session)

    assert office.get("/van-phong").status_code == 200


def test_with_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path, address="https://xacnhan.example.vn"))
    desk.employ()

    line = cookie(sign_in(desk), "__Host-campaign-office")

    desk.close()
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip() for part in line.split(";")}
