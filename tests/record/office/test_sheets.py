"""Sheets on which people sign."""

import re
from collections.abc import Mapping
from hashlib import sha256

import pytest
from httpx2 import Response

from campaign.core.figures.coverage import State
from campaign.store.posts.paper import member_papers
from tests.rigs.builders import LAST_SECOND, OFFICE, member
from tests.rigs.ledger_steps import enrol, press, states
from tests.rigs.recorder import AN, BINH, DANG, Desk, Visitor

PAGE = "/van-phong/bai/thong-bao-485/phieu-ky"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office, in the last second of the deadline."""
    desk.clock.now = LAST_SECOND
    return desk.office()


def print_for(visitor: Visitor, unit: str) -> str:
    """Print the sheets of a unit, and return where they are shown."""
    return str(visitor.submit(PAGE, unit=unit).headers["location"])


def enter(visitor: Visitor, sheet: str, fields: Mapping[str, str]) -> Response:
    response: Response = visitor.http.post(
        sheet,
        data={"form_token": visitor.hidden(sheet)["form_token"], "day": "03/10/2025", "witness": "", **fields},
        files={"file": ("phiếu.pdf", b"%PDF")},
        headers={"Origin": visitor.address},
    )
    return response


def test_a_sheet_names_those_of_the_unit_who_are_outstanding(desk: Desk, chi: Visitor) -> None:
    press(desk.database, "SKHCN-001")

    page = chi.get(print_for(chi, OFFICE)).text

    assert (DANG.name in page, AN.name in page, BINH.name in page) == (True, False, False)
    code = re.search(r'<p class="mono">(PK-\d+)</p>', page)
    assert code is not None
    assert "Chữ ký" in page
    assert code[1] in chi.get(PAGE).text


def test_long_units_fill_several_sheets(desk: Desk, chi: Visitor) -> None:
    enrol(desk.database, *(member(f"SKHCN-{number:03}", f"Người {number}") for number in range(1, 35)))

    page = chi.get(print_for(chi, OFFICE)).text

    assert page.count('<section class="signsheet"') == 3
    assert page.count("<tr><td>15</td>") == 2


def test_a_unit_without_anyone_outstanding_gets_no_sheet(desk: Desk, chi: Visitor) -> None:
    before = desk.entries()

    assert print_for(chi, "Không có") == PAGE
    assert desk.entries() == before


def test_who_signed_is_recorded_with_the_scan_of_the_sheet(desk: Desk, chi: Visitor) -> None:
    sheet = print_for(chi, OFFICE).partition("/in")[0]

    answer = enter(chi, sheet, {"line-1": "1", "witness": "Lò Thị Bình"})

    assert (answer.status_code, answer.headers["location"]) == (303, sheet)
    assert states(desk.database, LAST_SECOND)["SKHCN-001"] is State.ON_TIME
    assert states(desk.database, LAST_SECOND)["SKHCN-003"] is State.OUTSTANDING
    with desk.database.reading() as connection:
        [recorded] = member_papers(connection, 1)
    assert recorded.paper.scan == sha256(b"%PDF").hexdigest()
    assert (recorded.paper.witness, recorded.paper.actor) == ("Lò Thị Bình", "chi")
    assert f"phieu-ky/{recorded.paper.sheet}" in sheet
    page = chi.get(sheet).text
    assert "đã xác nhận lúc" in page
    assert page.count('type="checkbox"') == 1


def test_entering_a_sheet_twice_records_nobody_twice(desk: Desk, chi: Visitor) -> None:
    sheet = print_for(chi, OFFICE).partition("/in")[0]
    enter(chi, sheet, {"line-1": "1"})
    before = desk.entries()

    assert enter(chi, sheet, {"line-1": "1"}).status_code == 303
    assert desk.entries() == before


@pytest.mark.parametrize("day", ["hôm qua", "01/01/2050"])
def test_a_day_that_cannot_be_records_nobody(desk: Desk, chi: Visitor, day: str) -> None:
    sheet = print_for(chi, OFFICE).partition("/in")[0]
    before = desk.entries()

    answer = enter(chi, sheet, {"line-1": "1", "line-2": "1", "day": day, "witness": "Lò Thị Bình"})

    assert answer.status_code == 400
    assert 'value="Lò Thị Bình"' in answer.text
    assert desk.entries() == before


@pytest.mark.parametrize("sheet", ["/van-phong/phieu-ky/1", "/van-phong/phieu-ky/x", "/van-phong/phieu-ky/1/in"])
def test_a_sheet_that_was_not_printed_is_not_found(chi: Visitor, sheet: str) -> None:
    assert chi.get(sheet).status_code == 404
