"""Signing in and out."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from httpx2 import Response
from sqlalchemy import update

from campaign.core.people.access import AccessSlip
from campaign.record.web.printing import draw_qr, print_slip
from campaign.store.base import schema
from campaign.store.credentials.slips import make_slip, prepare_slip
from campaign.store.roster.roster import find_by_code
from tests.rigs.ledger_steps import enrol
from tests.rigs.recorder import BINH, Desk, Visitor, fill_desk, open_desk

ELSEWHERE = ["//evil.example", "/\\evil.example", "http://evil.example", "/\n/evil.example", "evil", ""]


def sign_in(visitor: Visitor, slip: AccessSlip, **fields: str) -> Response:
    typed = {"staff_code": "SKHCN-001", "access_code": slip.access_code} | fields
    return visitor.submit("/vao", **typed)


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/cua-toi").status_code == 200


def cookie(response: Response, name: str) -> str:
    """Return the line that sets a cookie, in small letters."""
    lines = [line.lower() for line in response.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    assert len(lines) == 1, response.headers
    return lines[0]


@pytest.mark.parametrize("staff_code", ["SKHCN-001", "skhcn-001", " skhcn - 001 "])
@pytest.mark.parametrize("typing", ["{0}", "{0}-{1}", "  {0} {1} "])
def test_both_codes_let_a_member_in_however_they_are_typed(desk: Desk, staff_code: str, typing: str) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    code = slip.access_code.lower()
    typed = typing.format(code[:4], code[4:]) if "{1}" in typing else code

    response = sign_in(visitor, slip, staff_code=staff_code, access_code=typed)

    assert (response.status_code, response.headers["location"]) == (303, "/cua-toi")
    assert "Nguyễn Văn An" in visitor.get("/cua-toi").text


def test_a_weaker_hash_of_an_access_code_is_renewed_at_the_next_sign_in(desk: Desk) -> None:
    slip = desk.slip()
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(slip.access_code)
    with desk.database.writing() as connection:
        connection.execute(update(schema.slip).values(code_hash=weak))

    assert sign_in(desk.visitor(), slip, access_code="AAAAAAAA").status_code == 401
    held = [row.code_hash for row in desk.everything()["slip"]]
    assert sign_in(desk.visitor(), slip).status_code == 303

    [renewed] = [row.code_hash for row in desk.everything()["slip"]]
    assert held == [weak]
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(desk.visitor(), slip).status_code == 303


def test_a_wrong_code_and_an_unknown_person_get_the_same_answer(desk: Desk) -> None:
    """Nothing reveals whether a staff code exists."""
    desk.slip("SKHCN-001")
    answers = []

    for staff_code in ("SKHCN-001", "SKHCN-002", "SKHCN-999"):  # with a slip, without one, not on the roster
        response = desk.visitor().submit("/vao", staff_code=staff_code, access_code="AAAA-AAAA")
        token = re.search('name="form_token" value="([^"]+)"', response.text)
        assert token is not None
        headers = [(name, value) for name, value in response.headers.items() if name != "set-cookie"]
        text = response.text.replace(staff_code, "MÃ").replace(token[1], "TOKEN")
        answers.append((response.status_code, headers, text))

    assert answers[0][0] == 401
    assert "Mã công chức hoặc mã truy cập chưa đúng." in answers[0][2]
    assert answers[0] == answers[1] == answers[2]


def test_a_wrong_code_opens_no_session(desk: Desk) -> None:
    desk.slip()
    visitor, before = desk.visitor(), desk.everything()

    visitor.submit("/vao", staff_code="SKHCN-001", access_code="AAAA-AAAA")

    assert desk.everything() | {"bucket": []} == before
    assert not is_in(visitor)


def test_the_typed_staff_code_stays_in_the_form_and_the_access_code_does_not(desk: Desk) -> None:
    response = desk.visitor().submit("/vao", staff_code='"><b>x', access_code="BIMAT234")

    assert 'value="&#34;&gt;&lt;B&gt;X"' in response.text
    assert "BIMAT234" not in response.text


def test_who_left_the_roster_is_not_let_in(desk: Desk) -> None:
    slip = desk.slip("SKHCN-001")
    enrol(desk.database, BINH)

    assert sign_in(desk.visitor(), slip).status_code == 401
    assert desk.visitor().get(f"/vao/phieu/{slip.token}").status_code == 404


def test_opening_a_qr_code_signs_nobody_in(desk: Desk) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    before = desk.everything()

    response = visitor.get(f"/vao/phieu/{slip.token}")

    assert "Nguyễn Văn An" in response.text
    assert desk.everything() == before
    assert not is_in(visitor)


@pytest.mark.parametrize("typed", ["{token}", "http://127.0.0.1:8000/vao/phieu#{token}", " {token} "])
def test_the_code_of_a_slip_is_sent_in_a_form_and_signs_nobody_in(desk: Desk, typed: str) -> None:
    """Without scripts its holder pastes what the QR code says."""
    slip, visitor = desk.slip(), desk.visitor()

    shown = visitor.submit("/vao/phieu", code=typed.format(token=slip.token))

    assert shown.status_code == 200
    assert "Nguyễn Văn An" in shown.text
    assert f'name="code" value="{slip.token}"' in shown.text
    assert visitor.get("/cua-toi").status_code == 303


def test_the_qr_code_holds_the_code_behind_the_fragment(desk: Desk) -> None:
    """So that no server in between, and no log, ever has it."""
    with desk.database.reading() as connection:
        prepared = prepare_slip(find_by_code(connection, "SKHCN-001"), make_slip())

    printed = print_slip(prepared, "https://x.example")

    assert printed.qr == draw_qr(f"https://x.example/vao/phieu#{prepared.slip.token}")


def test_the_button_on_the_qr_page_signs_in_and_leads_on(desk: Desk) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    page = f"/vao/phieu/{slip.token}?tiep=/xac-nhan/thong-bao-485"

    response = visitor.submit("/vao/phieu/vao", page=page)

    assert (response.status_code, response.headers["location"]) == (303, "/xac-nhan/thong-bao-485")
    assert is_in(visitor)


def test_a_qr_code_that_never_was_opens_nothing(desk: Desk) -> None:
    visitor = desk.visitor()

    shown = visitor.get("/vao/phieu/khong-co-that")
    pressed = visitor.send("/vao/phieu/vao", visitor.hidden("/vao") | {"code": "khong-co-that"})

    assert (shown.status_code, pressed.status_code) == (404, 404)
    assert "Mã QR này không còn dùng được." in pressed.text


def test_a_session_ends_with_the_browser_unless_it_is_to_be_remembered(desk: Desk) -> None:
    slip = desk.slip()

    until_closed = cookie(sign_in(desk.visitor(), slip), "campaign-reader")
    remembered = cookie(sign_in(desk.visitor(), slip, device="own"), "campaign-reader")

    assert "max-age" not in until_closed
    assert f"max-age={90 * 24 * 3600}" in remembered


@pytest.mark.parametrize(
    ("device", "lasts"), [("shared", timedelta(hours=1)), ("", timedelta(hours=1)), ("own", timedelta(days=90))]
)
def test_a_session_ends_on_the_server_when_its_time_is_over(desk: Desk, device: str, lasts: timedelta) -> None:
    visitor = desk.visitor()
    sign_in(visitor, desk.slip(), device=device)
    token = visitor.http.cookies["campaign-reader"]

    desk.clock.now += lasts - timedelta(seconds=1)
    assert is_in(visitor)
    desk.clock.now += timedelta(seconds=1)
    visitor.http.cookies.set("campaign-reader", token, domain="127.0.0.1")

    response = visitor.get("/cua-toi?x=1")

    assert (response.status_code, response.headers["location"]) == (303, "/vao?tiep=%2Fcua-toi%3Fx%3D1")


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    visitor = desk.reader()
    token = visitor.http.cookies["campaign-reader"]

    response = visitor.submit("/ra", page="/cua-toi")

    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "max-age=0" in cookie(response, "campaign-reader")
    assert "campaign-reader" not in visitor.http.cookies
    visitor.http.cookies.set("campaign-reader", token, domain="127.0.0.1")
    assert not is_in(visitor)


def test_signing_out_of_the_office_leaves_the_reader_signed_in(desk: Desk) -> None:
    visitor, office = desk.reader(), desk.office()
    visitor.http.cookies.set("campaign-office", office.http.cookies["campaign-office"], domain="127.0.0.1")

    visitor.submit("/van-phong/ra", page="/van-phong")

    assert is_in(visitor)
    assert visitor.get("/van-phong").status_code == 303


def test_a_new_slip_ends_the_old_one_and_its_sessions(desk: Desk) -> None:
    old, visitor = desk.slip(), desk.visitor()
    sign_in(visitor, old)
    assert is_in(visitor)

    new = desk.slip()

    assert not is_in(visitor)
    assert sign_in(desk.visitor(), old).status_code == 401
    assert desk.visitor().get(f"/vao/phieu/{old.token}").status_code == 404
    assert sign_in(desk.visitor(), new).status_code == 303


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(desk: Desk, address: str) -> None:
    slip = desk.slip()

    by_code = sign_in(desk.visitor(), slip, next=address)
    shown = desk.visitor().http.get("/vao", params={"tiep": address})

    assert by_code.headers["location"] == "/cua-toi"
    assert '<input type="hidden" name="next" value="/cua-toi">' in shown.text


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_qr_code_leads_to_no_other_site(desk: Desk, address: str) -> None:
    slip = desk.slip()

    by_qr = desk.visitor().submit("/vao/phieu/vao", f"/vao/phieu/{slip.token}", next=address)

    assert by_qr.headers["location"] == "/cua-toi"


@pytest.mark.parametrize("role", ["reader", "office"])
def test_a_session_opens_no_page_of_the_other_role(desk: Desk, role: str) -> None:
    """Even when the token stands in the other role's cookie."""
    owner = desk.reader() if role == "reader" else desk.office()
    other, page = ("office", "/van-phong") if role == "reader" else ("reader", "/cua-toi")
    visitor = desk.visitor()
    visitor.http.cookies.set(f"campaign-{other}", owner.http.cookies[f"campaign-{role}"], domain="127.0.0.1")

    assert visitor.get(page).status_code == 303


def test_cookies_are_closed_to_scripts_and_sibling_sites(desk: Desk) -> None:
    visitor = desk.visitor()
    page = visitor.get("/vao")
    response = sign_in(visitor, desk.slip())

    for line in (cookie(page, "campaign-visit"), cookie(response, "campaign-reader")):
        assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in line.split(";")}
        assert "secure" not in line
        assert "domain" not in line


def test_with_https_cookies_are_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path, address="https://xacnhan.example.vn"))
    visitor = desk.visitor()
    page = visitor.get("/vao")

    response = sign_in(visitor, desk.slip())
    out = visitor.submit("/ra", page="/cua-toi")

    for line in (
        cookie(page, "__Host-campaign-visit"),
        cookie(response, "__Host-campaign-reader"),
        cookie(out, "__Host-campaign-reader"),
    ):
        assert {"secure", "httponly", "path=/"} <= {part.strip() for part in line.split(";")}
        assert "domain" not in line
    desk.close()
