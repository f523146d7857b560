"""``campaign remind``, and a round of reminders by hand of a clock that a test moves."""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from campaign.core.clock import VIET_NAM
from campaign.core.ledger.entry import Kind
from campaign.errors.reminders import MailServerError
from campaign.jobs.reminder_round import Round
from campaign.remind.mail import MailServer
from campaign.remind.texts import Sender
from campaign.store.figures.refused import find_refused
from campaign.store.figures.reminders import Subject, claim, read_unsure, settle_unsure
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from tests.rigs.builders import OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import begin, decide, enrol, kinds, leave, press, publish, rename
from tests.rigs.mail_sink import Sink, running_sink
from tests.rigs.terminal import Terminal

MORNING = datetime(2025, 11, 4, 8, tzinfo=VIET_NAM)
AN = member("SKHCN-001", "Nguyễn Văn An", email="an@example.vn")
BINH = member("SKHCN-002", "Lò Thị Bình")
HOA = member("SKHCN-003", "Đặng Thị Hoà", email="hoa@example.vn")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An and Hoà have addresses, Bình has none; all owe the post."""
    database = Database(f"sqlite:///{tmp_path / 'c.sqlite3'}")
    begin(database)
    enrol(database, AN, BINH, HOA)
    publish(database, post())
    return database


def round_of(
    database: Database, folder: Path, sink: Sink | None = None, heads: Mapping[str, str] | None = None, day: int = 0
) -> Round:
    server = MailServer(sink.address, "vp@example.vn") if sink else None
    sender = Sender("Văn phòng Sở", "http://127.0.0.1:8000")
    now = MORNING + timedelta(days=day)
    return Round(database, lambda: now, sender, folder / "hộp chờ", server, heads or {})


def read_outbox(file: Path | None) -> list[dict[str, str]]:
    assert file is not None
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines(keepends=True), delimiter=";"))


def test_everyone_gets_one_message_and_a_second_round_sends_none(database: Database, tmp_path: Path) -> None:
    with running_sink() as sink:
        round_ = round_of(database, tmp_path, sink, {OFFICE: "truong@example.vn"})
        first = round_.send(round_.plan())
        second = round_.send(round_.plan())

    assert sorted(str(message["To"]) for message in sink.taken) == [
        "an@example.vn",
        "hoa@example.vn",
        "truong@example.vn",
    ]
    assert (first.mailed, first.passed_on) == (3, 1)
    [waiting] = read_outbox(first.file)
    assert (waiting["Gửi đến"], waiting["Mã"]) == ("Lò Thị Bình", "SKHCN-002")
    assert (second.mailed, second.passed_on, second.file) == (0, 0, None)
    assert kinds(database).count(Kind.REMINDER) == 4


def test_the_head_of_a_unit_is_found_by_an_earlier_name_of_it(database: Database, tmp_path: Path) -> None:
    rename(database, OFFICE, "Văn phòng Sở", decide())

    [head] = round_of(database, tmp_path, heads={OFFICE: "truong@example.vn"}).plan().heads

    assert (head.unit, head.email) == ("Văn phòng Sở", "truong@example.vn")


def test_the_message_leads_to_the_page_and_never_confirms(database: Database, tmp_path: Path) -> None:
    with running_sink() as sink:
        round_ = round_of(database, tmp_path, sink)
        round_.send(round_.plan())

    text = next(one.get_content() for one in sink.taken if one["To"] == "an@example.vn")
    assert "Nguyễn Văn An" in text
    assert "http://127.0.0.1:8000/xac-nhan/thong-bao-485\n" in text
    assert "(hạn cuối: hết ngày 04/11/2025)" in text


def test_the_subject_names_sender_document_and_deadline_and_no_two_ledgers_name_a_message_alike(
    database: Database, tmp_path: Path
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    begin(other, at=OPENED + timedelta(minutes=1))
    enrol(other, AN)
    publish(other, post())
    with running_sink() as sink:
        for each, folder in ((database, tmp_path), (other, tmp_path / "other")):
            round_ = round_of(each, folder, sink)
            round_.send(round_.plan())

    ours, *_, theirs = (message for message in sink.taken if message["To"] == "an@example.vn")
    assert ours["Subject"] == "Văn phòng Sở: xác nhận đã đọc văn bản số 485/TB-VPCP, hạn cuối 04/11/2025"
    assert ours["Message-ID"] != theirs["Message-ID"]


def test_the_head_of_a_unit_reads_who_owes_what(database: Database, tmp_path: Path) -> None:
    publish(database, post(id="khac", title="Bài khác"), at=OPENED)
    press(database, "SKHCN-001", at=MORNING)
    with running_sink() as sink:
        round_ = round_of(database, tmp_path, sink, {OFFICE: "truong@example.vn"})
        round_.send(round_.plan())

    text = next(one.get_content() for one in sink.taken if one["To"] == "truong@example.vn").replace("\r\n", "\n")
    assert text.startswith("Kính gửi: Đồng chí Chánh Văn phòng\n")
    assert "- Nguyễn Văn An (SKHCN-001):\n  + Bài khác (hạn cuối: hết ngày 04/11/2025)\n- " in text
    assert text.count("+ Bài khác") == 3


def test_a_message_whose_worker_died_is_named_and_sent_once_when_released(database: Database, tmp_path: Path) -> None:
    claim(database, Subject(member_id=1), MORNING.date(), MORNING - timedelta(minutes=20))
    with running_sink() as sink:
        round_ = round_of(database, tmp_path, sink)
        before = {each.debtor.staff_code: each.day for each in round_.plan().reminders}
        round_.send(round_.plan())
        with database.reading() as connection:
            [unsure] = read_unsure(connection, MORNING)
        with appending(database) as ledger:
            settle_unsure(ledger, unsure.subject, unsure.day, MORNING, as_sent=False)
        for _ in range(2):
            round_.send(round_.plan())

    assert (unsure.name, unsure.staff_code, before["SKHCN-001"]) == ("Nguyễn Văn An", "SKHCN-001", None)
    assert [str(one["To"]) for one in sink.taken].count("an@example.vn") == 1


def test_a_message_whose_worker_died_can_count_as_sent_but_not_while_it_may_be_on_its_way(
    database: Database, tmp_path: Path
) -> None:
    an = Subject(member_id=1)
    claim(database, an, MORNING.date(), MORNING)
    for minutes in (0, 10):
        with appending(database) as ledger:
            settle_unsure(ledger, an, MORNING.date(), MORNING + timedelta(minutes=minutes), as_sent=True)
        assert kinds(database).count(Kind.REMINDER) == minutes // 10

    assert round_of(database, tmp_path).plan().reminders[0].day is None


def test_a_plan_that_two_workers_hold_is_sent_once(database: Database, tmp_path: Path) -> None:
    with running_sink() as sink:
        round_ = round_of(database, tmp_path, sink)
        held = round_.plan()
        round_.send(round_.plan())
        tally = round_.send(held)

    assert (tally.mailed, tally.taken, tally.file) == (0, 4, None)
    assert len(sink.taken) == 2


def test_who_confirmed_or_is_away_is_left_in_peace(database: Database, tmp_path: Path) -> None:
    press(database, "SKHCN-001", at=MORNING)
    leave(database, "SKHCN-003")

    round_ = round_of(database, tmp_path)
    tally = round_.send(round_.plan())

    assert [one["Mã"] for one in read_outbox(tally.file) if one["Mã"]] == ["SKHCN-002"]


def test_a_refused_address_goes_to_the_outbox_and_a_delayed_one_is_tried_again(
    database: Database, tmp_path: Path
) -> None:
    with running_sink({"an@example.vn": "550 Unknown", "hoa@example.vn": "451 Later"}) as sink:
        round_ = round_of(database, tmp_path, sink)
        tally = round_.send(round_.plan())
        sink.answers = {}
        again = round_.send(round_.plan())

    assert (tally.mailed, tally.delayed) == (0, 1)
    assert "SKHCN-001" in {one["Mã"] for one in read_outbox(tally.file)}
    assert (again.mailed, [str(one["To"]) for one in sink.taken]) == (1, ["hoa@example.vn"])


def test_a_refused_address_is_told_and_not_tried_again_until_it_is_changed(database: Database, tmp_path: Path) -> None:
    with running_sink({"an@example.vn": "550 Unknown"}) as sink:
        told = round_of(database, tmp_path, sink).send(round_of(database, tmp_path, sink).plan()).refused
        sink.answers = {}
        next_day = round_of(database, tmp_path, sink, day=1)
        before = {each.debtor.staff_code: each.debtor for each in next_day.plan().reminders}
        with database.reading() as connection:
            shown = [listed.member.email for listed in find_refused(connection)]
        enrol(database, replace(AN, email="an.moi@example.vn"), BINH, HOA)
        after = {each.debtor.staff_code: each.debtor for each in next_day.plan().reminders}

    assert len(told) == 1
    assert told[0].endswith(": an@example.vn")
    assert shown == ["an@example.vn"]
    assert (before["SKHCN-001"].email, before["SKHCN-001"].is_refused) == (None, True)
    assert (after["SKHCN-001"].email, after["SKHCN-001"].is_refused) == ("an.moi@example.vn", False)


def test_a_server_that_refuses_us_says_nothing_of_the_address(database: Database, tmp_path: Path) -> None:
    with running_sink({"an@example.vn": "550 5.7.1 Relaying denied"}) as sink:
        round_ = round_of(database, tmp_path, sink)
        tally = round_.send(round_.plan())

    with database.reading() as connection:
        assert (tally.refused, find_refused(connection)) == ([], [])


def test_a_mail_server_that_is_down_sends_nothing_and_the_next_round_makes_up(
    database: Database, tmp_path: Path
) -> None:
    with running_sink() as gone:
        down = round_of(database, tmp_path, gone)
    with pytest.raises(MailServerError):
        down.send(down.plan())
    with running_sink() as sink:
        later = round_of(database, tmp_path, sink, day=0)
        tally = later.send(later.plan())

    assert tally.mailed == 2


def test_a_missed_day_is_made_up_once(database: Database, tmp_path: Path) -> None:
    round_ = round_of(database, tmp_path, day=-3)
    assert round_.plan().reminders[0].day == MORNING.date() - timedelta(days=4)

    round_.send(round_.plan())

    assert all(one.day is None for one in round_.plan().reminders)


def test_the_command_only_shows_the_plan_unless_told_to_send(terminal: Terminal) -> None:
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    database.close()

    said = terminal.done("remind", "--extra")
    plan = json.loads(terminal.done("remind", "--extra", "--json"))

    assert said.endswith("Sẽ nhắc 2 người. Đây là xem trước, chưa gửi gì; thêm --send để nhắc.\n")
    assert "nhắc ngoài lịch" in said
    assert {one["staff_code"]: one["means"] for one in plan["reminders"]} == {
        "SKHCN-001": "outbox",
        "SKHCN-002": "outbox",
    }
    assert "Không nhắc 2 người: đã hết lịch nhắc.\n" in terminal.done("remind")
    assert Kind.REMINDER not in kinds(terminal.database)


def test_mail_needs_a_sender_and_a_password_that_can_be_read(terminal: Terminal) -> None:
    begin(terminal.database)
    smtp = ("--set", "smtp=smtp://vp@mail.example.vn")

    assert "smtp_from" in terminal.refused(*smtp, "remind")
    assert "smtp_password_file" in terminal.refused(
        *smtp, "--set", "smtp_from=vp@example.vn", "--set", "smtp_password_file=khong-co", "remind"
    )
    assert "smtp" in terminal.refused("--set", "smtp=smtp://vp:matkhau@mail.example.vn", "remind")
