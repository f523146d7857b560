"""The Office's pages that move a person to another unit, or take one off the roster."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from campaign.core.post import RosterRule
from campaign.store.base import schema
from campaign.store.roster.changes import read_roster_changes
from campaign.store.roster.roster import read_roster
from tests.rigs.builders import CENTRE, LAST_SECOND, OFFICE, OPENED
from tests.rigs.ledger_steps import corrected, decide, end, enrol, press, publish, rename
from tests.rigs.recorder import BINH, DANG, FOR_OFFICE, HONG, NOTICE, Desk, Visitor

PERSON = "/van-phong/nguoi/1"
MOVE, REMOVAL = f"{PERSON}/chuyen-don-vi", f"{PERSON}/ra-khoi-danh-sach"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def units(desk: Desk) -> dict[str, str]:
    with desk.database.reading() as connection:
        return {code: listed.member.unit for code, listed in read_roster(connection).items()}


def last_payload(desk: Desk) -> str:
    """Return the personal fields of the last entry that has some."""
    with desk.database.reading() as connection:
        query = select(schema.personal.c.payload).order_by(schema.personal.c.sequence.desc()).limit(1)
        return bytes(connection.scalars(query).one()).decode()


def test_a_person_leads_to_both(chi: Visitor) -> None:
    page = chi.get(PERSON).text

    assert f'href="{MOVE}"' in page
    assert f'href="{REMOVAL}"' in page


def test_a_move_is_looked_at_and_then_written_with_its_reason(desk: Desk, chi: Visitor) -> None:
    before = desk.entries()
    chosen = chi.http.get(MOVE, params={"don-vi": CENTRE}).text
    looked = desk.entries()

    answer = chi.submit(MOVE, f"{MOVE}?don-vi={CENTRE}", reason="Điều động")

    assert f"Từ {OFFICE} sang {CENTRE}" in chosen
    assert looked == before
    assert (answer.status_code, answer.headers["location"]) == (303, PERSON)
    assert units(desk)["SKHCN-001"] == CENTRE
    assert '"reason":"Điều động"' in last_payload(desk)
    page = chi.get(PERSON).text
    assert f"{CENTRE}, công chức: từ" in page
    assert "chi ghi: Điều động" in page


def test_what_a_move_does_to_duties_is_said_before(desk: Desk, chi: Visitor) -> None:
    away = chi.http.get(MOVE, params={"don-vi": CENTRE}).text
    back = chi.http.get("/van-phong/nguoi/2/chuyen-don-vi", params={"don-vi": OFFICE}).text
    publish(desk.database, replace(corrected(), roster=RosterRule.FIXED))
    fixed = chi.http.get(MOVE, params={"don-vi": CENTRE}).text

    assert "Không còn phải xác nhận" in away
    assert f"<li>{FOR_OFFICE.title}</li>" in away
    assert NOTICE.title not in away
    assert "Phải xác nhận thêm" in back
    assert f"<li>{FOR_OFFICE.title}</li>" in back
    assert "Vẫn được tính như cũ" in fixed
    assert f"<li>{NOTICE.title}</li>" in fixed


def test_an_ended_unit_stands_for_the_one_that_took_over(desk: Desk, chi: Visitor) -> None:
    end(desk.database, CENTRE, ["Trung tâm mới"], decide())

    page = chi.http.get(MOVE, params={"don-vi": CENTRE}).text

    assert "<option selected>Trung tâm mới</option>" in page
    assert f">{CENTRE}</option>" not in page


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("Van phong", "Không có đơn vị “Van phong”."),
        (CENTRE, "đã kết thúc"),
        ("Văn phòng Sở", "người này đang ở “Văn phòng Sở” rồi"),
        (OFFICE, "người này đang ở “Văn phòng Sở” rồi"),
    ],
)
def test_nobody_is_moved_where_nobody_can_be(desk: Desk, chi: Visitor, unit: str, words: str) -> None:
    rename(desk.database, OFFICE, "Văn phòng Sở", decide())
    end(desk.database, CENTRE, [], decide())
    before, token = units(desk), {"form_token": chi.hidden(MOVE)["form_token"]}

    looked = chi.http.get(MOVE, params={"don-vi": unit})
    answer = chi.send(MOVE, token | {"unit": unit, "reason": "Điều động"})

    assert [(one.status_code, words in one.text) for one in (looked, answer)] == [(400, True)] * 2
    assert units(desk) == before


def test_who_leaves_keeps_the_confirmations_and_owes_nothing(desk: Desk, chi: Visitor) -> None:
    press(desk.database, "SKHCN-001", at=OPENED)
    reader = desk.reader()
    before = chi.get(REMOVAL).text

    answer = chi.submit(REMOVAL, reason="Nghỉ hưu")

    assert "Không còn phải xác nhận" in before
    assert f"<li>{NOTICE.title}</li>" in before
    assert (answer.status_code, answer.headers["location"]) == (303, PERSON)
    assert list(units(desk)) == ["SKHCN-002", "SKHCN-003", "SKHCN-004"]
    page = chi.get(PERSON).text
    assert "đã ra khỏi danh sách" in page
    assert "đưa ra khỏi danh sách, chi: Nghỉ hưu" in page
    assert "biên nhận số" in page
    assert "chuyen-don-vi" not in page
    assert reader.get("/cua-toi").status_code == 303


def test_a_fixed_list_goes_on_counting_who_leaves(desk: Desk) -> None:
    publish(desk.database, replace(corrected(), roster=RosterRule.FIXED))
    desk.clock.now = LAST_SECOND
    chi = desk.office()

    before = chi.get(REMOVAL).text
    chi.submit(REMOVAL, reason="Nghỉ hưu")

    assert "Vẫn được tính như cũ, vì danh sách đã chốt khi đăng bài" in before
    assert NOTICE.title in chi.get(PERSON).text


@pytest.mark.parametrize("path", [f"{MOVE}?don-vi={CENTRE}", REMOVAL])
def test_without_a_reason_nothing_is_written(desk: Desk, chi: Visitor, path: str) -> None:
    fields, before = chi.hidden(path), desk.entries()

    answer = chi.send(path.partition("?")[0], fields | {"reason": "  "})

    assert (answer.status_code, "Chưa có lý do" in answer.text) == (400, True)
    assert desk.entries() == before


@pytest.mark.parametrize("path", [f"{MOVE}?don-vi={CENTRE}", REMOVAL])
def test_it_is_one_change_of_the_roster_and_can_be_undone(desk: Desk, chi: Visitor, path: str) -> None:
    before = units(desk)
    chi.submit(path.partition("?")[0], path, reason="Ghi nhầm người")
    with desk.database.reading() as connection:
        [change] = read_roster_changes(connection)

    chi.submit("/van-phong/danh-sach/hoan-tac", "/van-phong/danh-sach", sequence=str(change.sequence), reason="Nhầm")

    assert (change.actor, change.entries) == ("chi", 1)
    assert units(desk) == before


@pytest.mark.parametrize("path", [MOVE, REMOVAL])
def test_who_is_off_the_roster_is_neither_moved_nor_removed(desk: Desk, chi: Visitor, path: str) -> None:
    token = {"form_token": chi.hidden(path)["form_token"]}
    enrol(desk.database, BINH, DANG, HONG)
    before = desk.entries()

    assert chi.get(path).status_code == 404
    assert chi.send(path, token | {"unit": CENTRE, "reason": "Nghỉ hưu"}).status_code == 404
    assert desk.entries() == before
