"""Where checkpoints went, on the pages of the Office."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from campaign.core.ledger.policy import Policy
from campaign.core.people.access import Role
from campaign.jobs.checkpoint_round import Outlets
from campaign.settings import Place
from tests.rigs.recorder import Desk

PAGE, SEND = "/van-phong/so", "/van-phong/so/gui-moc"
NEVER, NOWHERE = "Chưa có mốc kiểm chứng nào rời máy này.", "Chưa đặt nơi nào nhận mốc kiểm chứng"


def sending_to(desk: Desk, folder: Path) -> Desk:
    """Return the same recorder, started with a place for checkpoints."""
    found = Outlets(Policy(desk.recorder.key.verifier), (Place("folder", str(folder)),))
    return Desk(replace(desk.recorder, outlets=found), desk.clock, desk.watch)


def test_without_a_place_the_office_and_an_auditor_are_told(desk: Desk) -> None:
    pages = [desk.office().get("/van-phong"), desk.office().get(PAGE), desk.staff(Role.AUDITOR).get(PAGE)]

    assert [NOWHERE in page.text for page in pages] == [True] * 3
    assert NOWHERE not in desk.staff(Role.UNIT_HEAD).get("/van-phong").text


def test_the_office_sends_the_checkpoint_and_sees_where_it_arrived(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "nơi khác").mkdir()
    desk = sending_to(desk, tmp_path / "nơi khác")
    office = desk.office()
    before = office.get("/van-phong").text

    answer = office.submit(SEND, page=PAGE)

    assert answer.status_code == 303
    assert [file.name for file in (tmp_path / "nơi khác").iterdir()] == [f"moc-{desk.entries():09}.txt"]
    page = office.get(PAGE).text
    assert "Đã đến" in page
    assert [NEVER in text for text in (before, page, office.get("/van-phong").text)] == [True, False, False]


def test_after_two_days_without_one_it_is_told_with_the_last(desk: Desk, tmp_path: Path) -> None:
    desk = sending_to(desk, tmp_path / "nơi khác")
    (tmp_path / "nơi khác").mkdir()
    desk.office().submit(SEND, page=PAGE)
    (tmp_path / "nơi khác").rename(tmp_path / "đi mất")
    desk.clock.now += timedelta(days=2, microseconds=1)
    office = desk.office()

    office.submit(SEND, page=PAGE)

    page = office.get(PAGE).text
    told = "Đã 2 ngày không có mốc kiểm chứng nào rời máy này; lần gần nhất lúc"
    assert [told in text for text in (page, office.get("/van-phong").text)] == [True, True]
    assert "Chưa đến: không có thư mục này (ổ mạng chưa gắn?)" in page


def test_an_auditor_has_no_button(desk: Desk, tmp_path: Path) -> None:
    desk = sending_to(desk, tmp_path)

    assert SEND in desk.office().get(PAGE).text
    assert SEND not in desk.staff(Role.AUDITOR).get(PAGE).text
