"""The Office's page of the tokens by which programs read aggregates."""

import re
from datetime import timedelta

import pytest

from tests.rigs.recorder import Desk, Visitor

PAGE = "/van-phong/khoa-so-lieu"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def make(visitor: Visitor, name: str) -> str:
    found = re.search(r'<pre class="hash"[^>]*>([\w-]{43})</pre>', visitor.submit(PAGE, name=name).text)
    assert found is not None
    return found[1]


def revoke(visitor: Visitor, name: str) -> int:
    token = {"form_token": visitor.hidden(PAGE)["form_token"]}
    status: int = visitor.send(f"{PAGE}/thu-hoi", token | {"name": name}).status_code
    return status


def asks(desk: Desk, token: str) -> int:
    status: int = desk.visitor().http.get("/api/bai", headers={"Authorization": f"Bearer {token}"}).status_code
    return status


def test_a_token_is_shown_once_serves_and_is_revoked(desk: Desk, chi: Visitor) -> None:
    assert "Chưa có khoá nào" in chi.get(PAGE).text

    made = make(chi, "  Cổng   thông tin ")

    page = chi.get(PAGE).text
    assert "<strong>Cổng thông tin</strong>" in page
    assert made not in page
    assert asks(desk, made) == 200
    assert made not in str(desk.everything())
    assert revoke(chi, "Cổng thông tin") == 303
    assert asks(desk, made) == 401
    assert "Chưa có khoá nào" in chi.get(PAGE).text
    assert revoke(chi, "Cổng thông tin") == 303


def test_another_token_of_that_name_ends_the_first_and_no_other(desk: Desk, chi: Visitor) -> None:
    first, other, second = make(chi, "Cổng"), make(chi, "Bảng điện tử"), make(chi, "Cổng")

    assert [asks(desk, one) for one in (first, other, second)] == [401, 200, 200]


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_token_needs_a_name_that_can_be_shown(desk: Desk, chi: Visitor, name: str) -> None:
    answer = chi.submit(PAGE, name=name)

    assert (answer.status_code, "Khoá cần một tên" in answer.text) == (400, True)
    assert desk.everything()["api_token"] == []


def test_proof_is_asked_for_again_after_ten_minutes(desk: Desk, chi: Visitor) -> None:
    token = chi.hidden(PAGE)["form_token"]
    desk.clock.now += timedelta(minutes=11)

    looked, made = chi.get(PAGE), chi.send(PAGE, {"form_token": token, "name": "Cổng"})

    assert looked.headers["location"].startswith("/van-phong/xac-minh")
    assert made.status_code == 403
    assert desk.everything()["api_token"] == []


def test_the_menu_of_the_office_leads_there(chi: Visitor) -> None:
    assert f'href="{PAGE}"' in chi.get("/van-phong/so").text
