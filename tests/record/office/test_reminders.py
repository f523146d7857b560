"""The Office's pages of reminders: the plan, sending what is due, what was sent, the texts to pass on."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document

from campaign.core.clock import VIET_NAM
from campaign.core.ledger.entry import Kind
from campaign.core.people.access import Role
from campaign.jobs.reminder_round import Round
from campaign.record.application import create_application
from campaign.remind.mail import MailServer
from campaign.remind.texts import Sender
from campaign.store.figures.reminders import Subject, claim
from tests.rigs.builders import CENTRE, OFFICE, member
from tests.rigs.ledger_steps import decide, enrol, exempt, extend, kinds, leave, press, rename
from tests.rigs.mail_sink import running_sink
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor

PLAN, ROUND, SENT, TEXTS = (f"/van-phong/nhac{rest}" for rest in ("", "/gui", "/da-gui", "/loi-nhac"))
LAST_DAY = datetime(2025, 11, 4, 9, tzinfo=VIET_NAM)


@pytest.fixture
def outbox(desk: Desk, tmp_path: Path) -> Path:
    """The folder for what the Office passes on; on the last day, when Hồng has confirmed everything."""
    press(desk.database, "SKHCN-004", at=LAST_DAY)
    desk.clock.now = LAST_DAY
    folder = tmp_path / "hộp chờ"
    desk.recorder = replace(desk.recorder, outbox=folder)
    desk.application = create_application(desk.recorder)
    return folder


@pytest.fixture
def chi(desk: Desk, outbox: Path) -> Visitor:
    assert not outbox.exists()
    return desk.office()


def test_the_plan_says_who_why_how_when_next_and_until_when(desk: Desk, chi: Visitor) -> None:
    leave(desk.database, "SKHCN-003")
    page = chi.get(PLAN).text

    assert "đến lượt: ngày làm việc cuối cùng trước khi hết hạn" in page
    assert "Văn phòng chuyển" in page
    assert '<td data-label="Lần sau">05/11/2025</td>' in page
    assert '<td data-label="Dừng sau ngày">25/11/2025</td>' in page
    assert "đang nghỉ" in page
    assert "Nguyễn Văn An" in page
    assert "Vừ A Hồng" not in page


def test_looking_at_a_round_sends_nothing(desk: Desk, chi: Visitor, outbox: Path) -> None:
    before = desk.everything()

    page = chi.get(ROUND).text

    assert "Sẽ nhắc 3 người: 0 bằng thư điện tử, 3 qua hộp chờ để Văn phòng chuyển. Chưa gửi gì." in page
    assert desk.everything() == before
    assert not outbox.exists()


def test_what_is_due_is_sent_once_however_often_the_button_is_pressed(desk: Desk, chi: Visitor, outbox: Path) -> None:
    first = chi.submit(ROUND).text
    second = chi.submit(ROUND).text

    assert "5 lời nhắc vào hộp chờ" in first  # Three people, and the heads of both units.
    assert "lời nhắc vào hộp chờ" not in second
    assert len(list(outbox.iterdir())) == 1
    assert kinds(desk.database).count(Kind.REMINDER) == 5


def test_the_button_and_the_command_never_both_send(desk: Desk, chi: Visitor, outbox: Path) -> None:
    worker = Round(desk.database, desk.clock, Sender("Văn phòng Sở", desk.recorder.address), outbox)
    held = worker.plan()
    chi.submit(ROUND)

    tally = worker.send(held)

    assert (tally.taken, tally.passed_on, tally.file) == (5, 0, None)


def test_people_with_an_address_get_mail(desk: Desk, outbox: Path) -> None:
    enrol(desk.database, replace(AN, email="an@example.vn"), BINH, DANG, HONG, at=LAST_DAY)
    with running_sink() as sink:
        desk.recorder = replace(desk.recorder, mail=MailServer(sink.address, "vp@example.vn"))
        desk.application = create_application(desk.recorder)
        visitor = desk.office()
        page = visitor.submit(ROUND).text

    assert [str(one["To"]) for one in sink.taken] == ["an@example.vn"]
    assert outbox.exists()
    assert "Đã gửi 1 thư." in page
    assert '<td data-label="Bằng">thư điện tử</td>' in visitor.get(SENT).text


def test_an_address_that_there_is_not_is_told_to_the_office_only(desk: Desk, outbox: Path) -> None:
    enrol(desk.database, replace(AN, email="an@example.vn"), BINH, DANG, HONG, at=LAST_DAY)
    with running_sink({"an@example.vn": "550 5.1.1 No such user"}) as sink:
        desk.recorder = replace(desk.recorder, mail=MailServer(sink.address, "vp@example.vn"))
        desk.application = create_application(desk.recorder)
        visitor = desk.office()
        sent = visitor.submit(ROUND).text

    told = f'<a href="/van-phong/nguoi/1/sua">{AN.name}</a> (SKHCN-001): an@example.vn'
    assert outbox.exists()
    assert f"Không có địa chỉ thư của: {AN.name}: an@example.vn." in sent
    assert told in visitor.get("/van-phong/nhac").text
    assert "an@example.vn" not in desk.staff(Role.UNIT_HEAD).get("/van-phong/nhac").text
    assert "máy chủ thư báo không có địa chỉ này" in visitor.get("/van-phong/nguoi/1").text


def test_outside_of_office_hours_nothing_is_sent(desk: Desk, outbox: Path) -> None:
    desk.clock.now = LAST_DAY + timedelta(hours=9)
    before = desk.entries()

    pages = (desk.office().get(ROUND).text, desk.office().submit(ROUND, PLAN).text)

    assert all("ngoài giờ nhắc, 07:30–17:00" in page and "Nhắc ngay" not in page for page in pages)
    assert (desk.entries(), outbox.exists()) == (before, False)


def test_on_a_day_off_the_page_says_why_and_when_the_next_round_goes_out(desk: Desk, outbox: Path) -> None:
    desk.clock.now = datetime(2025, 11, 8, 9, tzinfo=VIET_NAM)

    page = desk.office().get(ROUND).text

    assert "Bây giờ không gửi (ngày nghỉ hằng tuần). Lần gửi tới:" in page
    assert "07:30:00 ngày 10/11/2025" in page
    assert not outbox.exists()


def test_a_message_of_which_nobody_knows_is_shown_and_settled(desk: Desk, chi: Visitor, outbox: Path) -> None:
    claim(desk.database, Subject(member_id=1), LAST_DAY.date(), LAST_DAY - timedelta(hours=1))
    assert "Không rõ đã gửi hay chưa" in chi.get(ROUND).text

    chi.submit("/van-phong/nhac/khong-ro", ROUND, subject="member:1", day="2025-11-04", act="again")

    assert "Không rõ đã gửi hay chưa" not in chi.get(ROUND).text
    assert "Sẽ nhắc 3 người" in chi.get(ROUND).text
    assert not outbox.exists()


def test_one_unit_is_reminded_alone(chi: Visitor, outbox: Path) -> None:
    assert "Sẽ nhắc 1 người" in chi.http.get(ROUND, params={"don-vi": CENTRE}).text

    chi.submit(ROUND, unit=CENTRE)

    assert "Lò Thị Bình" in (text := next(outbox.iterdir()).read_text("utf-8-sig"))
    assert "Nguyễn Văn An" not in text
    assert "Sẽ nhắc 2 người" in chi.get(ROUND).text


def test_those_whose_day_it_is_not_are_reminded_only_when_asked_for(desk: Desk, outbox: Path) -> None:
    desk.clock.now = LAST_DAY + timedelta(days=64)
    visitor = desk.office()

    assert "Không nhắc: đã hết lịch nhắc" in visitor.get(ROUND).text
    assert "Sẽ nhắc 3 người" in visitor.get(f"{ROUND}?them=1").text
    assert "lời nhắc vào hộp chờ" in visitor.submit(ROUND, f"{ROUND}?them=1").text
    assert outbox.exists()


def test_what_was_sent_tells_why_it_stopped(desk: Desk, chi: Visitor) -> None:
    chi.submit(ROUND)
    press(desk.database, "SKHCN-002", at=LAST_DAY)
    leave(desk.database, "SKHCN-003", at=LAST_DAY)
    enrol(desk.database, BINH, DANG, HONG, at=LAST_DAY)  # An is not on the list any more.

    page = chi.get(SENT).text

    assert "dừng: đã xác nhận đủ, hoặc được miễn" in page
    assert "còn nợ 2 bài; dừng: đang nghỉ" in page
    assert "dừng: đã ra khỏi danh sách" in page
    assert f"Người đứng đầu {CENTRE}" in page


def test_the_texts_are_of_those_who_still_owe_something(desk: Desk, chi: Visitor) -> None:
    assert "Không có lời nhắc nào chờ chuyển" in chi.get(TEXTS).text
    chi.submit(ROUND)
    press(desk.database, "SKHCN-002", at=LAST_DAY)

    page = chi.get(TEXTS).text
    of_office = chi.http.get(TEXTS, params={"don-vi": OFFICE}).text

    assert "Kính gửi anh/chị Nguyễn Văn An" in page
    assert "Kính gửi anh/chị Lò Thị Bình" not in page
    assert "Kính gửi: Đồng chí Chánh Văn phòng" in of_office
    assert "- Đặng Thị Ánh (SKHCN-003):\n  + " in of_office
    assert page.count("data-copy>") == page.count("<textarea")


def test_a_letter_goes_to_one_unit(chi: Visitor) -> None:
    page = f"{TEXTS}?don-vi={OFFICE}"
    answer = chi.submit("/van-phong/nhac/cong-van", page, post="thong-bao-485", unit=OFFICE)
    unknown = chi.submit("/van-phong/nhac/cong-van", page, post="thong-bao-485", unit="Phòng Không Có")

    text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert f"Kính gửi: {OFFICE}" in text
    assert unknown.status_code == 404


def test_the_head_of_a_unit_sees_that_unit_and_sends_nothing(desk: Desk, chi: Visitor) -> None:
    chi.submit(ROUND)
    head = desk.staff(Role.UNIT_HEAD)

    pages = [head.http.get(path, params={"don-vi": OFFICE}).text for path in (PLAN, SENT, TEXTS)]

    assert all("Lò Thị Bình" in page and "Nguyễn Văn An" not in page for page in pages)
    assert all("Nhắc hôm nay</h2>" not in page and "Lập công văn" not in page for page in pages)


def test_the_head_of_a_renamed_unit_still_sees_it(desk: Desk, chi: Visitor) -> None:
    head = desk.staff(Role.UNIT_HEAD)
    rename(desk.database, CENTRE, "Trung tâm Mới", decide(LAST_DAY))

    page = head.get(PLAN).text

    assert "Đôn đốc: Trung tâm Mới" in page
    assert "Lò Thị Bình" in page
    assert "Nguyễn Văn An" not in page
    assert "Lò Thị Bình" in chi.http.get(ROUND, params={"don-vi": CENTRE}).text


def test_an_extension_moves_the_plan_of_its_member_and_an_exemption_ends_it(desk: Desk, chi: Visitor) -> None:
    extend(desk.database, "SKHCN-002", LAST_DAY.date() + timedelta(days=40), at=LAST_DAY)
    exempt(desk.database, "SKHCN-003", at=LAST_DAY)

    page = chi.get(ROUND).text

    assert "Sẽ nhắc 2 người" in page  # An owes both posts, Ánh the other one.
    assert "Không nhắc: chưa đến ngày" in page


def test_long_lists_have_pages(desk: Desk, outbox: Path) -> None:
    crowd = [member(f"SKHCN-{number:03}", f"Nguyễn Thị {number}") for number in range(1, 211)]
    enrol(desk.database, *crowd, at=LAST_DAY)
    chi = desk.office()

    first, second = chi.get(PLAN).text, chi.get(f"{PLAN}?trang=2").text

    assert (first.count('<td data-label="Dừng sau ngày">'), second.count('<td data-label="STT">')) == (202, 10)
    assert "Trang sau" in first
    assert "Trang trước" in second
    assert "Trang sau" not in second
    assert outbox is not None
