"""Aggregates for other programs."""

from typing import Any

import pytest
from httpx2 import Response

from campaign.core.post import RosterRule
from campaign.store.credentials.api_tokens import create_token, revoke_token
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE
from tests.rigs.ledger_steps import exempt, press
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk

PATH = "/api/bai/thong-bao-485"


@pytest.fixture
def token(desk: Desk) -> str:
    """The portal's token, after the deadline: one in time, one late, one exempt, one outstanding."""
    press(desk.database, "SKHCN-001", at=LAST_SECOND)
    press(desk.database, "SKHCN-002", at=FIRST_LATE)
    exempt(desk.database, "SKHCN-004", "Nghỉ ốm")
    desk.clock.now = FIRST_LATE
    with desk.database.writing() as connection:
        return create_token(connection, "cong-thong-tin", FIRST_LATE)


def ask(desk: Desk, path: str, token: str | None) -> Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return desk.visitor().http.get(path, headers=headers)


def data(response: Response) -> Any:  # noqa: ANN401 - JSON
    assert response.status_code == 200
    assert set(response.json()) == {"data"}
    return response.json()["data"]


def fault(response: Response, status: int) -> str:
    assert response.status_code == status
    [error] = response.json().values()
    assert set(error) == {"code", "problem", "remedy"}
    return str(error["code"])


def test_a_post_is_told_by_unit_and_adds_up(desk: Desk, token: str) -> None:
    found = data(ask(desk, PATH, token))

    assert found["total"] == {
        "opening": 4, "joined": 0, "left": 0, "exempt": 1, "due": 3, "on_time": 1, "late": 1, "outstanding": 1
    }  # fmt: skip
    assert [one["unit"] for one in found["units"]] == [OFFICE, CENTRE]
    assert sum(one["due"] for one in found["units"]) == 3
    assert found["deadline"]["late_from"] == "2025-11-05T00:00:00+07:00"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_of_the_token_has_any_case(desk: Desk, token: str, scheme: str) -> None:
    answer = desk.visitor().http.get(PATH, headers={"Authorization": f"{scheme} {token}"})

    assert answer.status_code == 200


def test_all_posts_are_listed(desk: Desk, token: str) -> None:
    assert {one["post"] for one in data(ask(desk, "/api/bai", token))} == {"thong-bao-485", "rieng-van-phong"}


def test_no_one_is_named(desk: Desk, token: str) -> None:
    text = ask(desk, PATH, token).text + ask(desk, "/api/bai", token).text

    assert not [one for one in (AN, BINH, DANG, HONG) if one.name in text or one.staff_code in text]


def test_without_a_token_in_force_nothing_is_told(desk: Desk, token: str) -> None:
    none, wrong = ask(desk, PATH, None), ask(desk, PATH, "x")
    with desk.database.writing() as connection:
        revoke_token(connection, "cong-thong-tin")
    revoked = ask(desk, PATH, token)

    assert [fault(one, 401) for one in (none, wrong, revoked)] == ["E-TOKEN"] * 3
    assert none.headers["www-authenticate"] == 'Bearer realm="campaign"'


def test_an_unknown_post_is_a_fault_in_the_same_shape(desk: Desk, token: str) -> None:
    assert fault(ask(desk, "/api/bai/khong-co", token), 404) == "E-POST-UNKNOWN"


def test_the_description_names_every_path_and_every_field(desk: Desk, token: str) -> None:
    described = desk.visitor().get("/api/openapi.json").json()

    assert set(described["paths"]) == {"/api/bai", "/api/bai/{post}"}
    post = data(ask(desk, PATH, token))
    assert set(post) == set(described["components"]["schemas"]["Post"]["properties"])
    assert set(post["total"]) == set(described["components"]["schemas"]["Figures"]["required"])
    assert set(described["components"]["schemas"]["Post"]["properties"]["roster"]["enum"]) == set(RosterRule)
