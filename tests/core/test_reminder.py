"""Who is reminded on which day: the first campaign ends before Wednesday 05/11/2025."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.core.deadline import Deadline
from campaign.core.reminder import Debtor, Means, Owed, plan_head_notices, plan_reminders, reminder_days
from tests.rigs.builders import CENTRE, OFFICE

OWED = Owed("thong-bao-485", "Thông báo 485", Deadline.before_day(date(2025, 11, 5)), date(2025, 10, 1))
AN = Debtor(1, "SKHCN-001", "Nguyễn Văn An", OFFICE, "an@example.vn", (OWED,))
DAYS = ["2025-10-28", "2025-10-31", "2025-11-04", "2025-11-05", "2025-11-07", "2025-11-13", "2025-11-25"]


def is_working(day: date) -> bool:
    return day.weekday() < 5


def plan(debtor: Debtor, day: str, **options: bool) -> tuple[str | None, str]:
    [one] = plan_reminders([debtor], date.fromisoformat(day), is_working, **({"has_mail": True} | options))
    return one.day.isoformat() if one.day else None, one.why


def test_the_days_are_working_days_closer_before_and_further_apart_after() -> None:
    assert [day.isoformat() for day in reminder_days(OWED, is_working)] == DAYS


def test_nobody_is_reminded_before_the_day_after_the_opening() -> None:
    late = replace(OWED, opened_on=date(2025, 10, 31))

    assert [day.isoformat() for day in reminder_days(late, is_working)] == DAYS[2:]


def test_a_holiday_moves_the_day_before_it() -> None:
    days = reminder_days(OWED, lambda day: is_working(day) and day != date(2025, 11, 4))

    assert max(day for day in days if day < OWED.deadline.before) == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-10-29", "còn 4 ngày làm việc"),
        ("2025-11-03", "còn 1 ngày làm việc"),
        ("2025-11-04", "ngày làm việc cuối cùng trước khi hết hạn"),
        ("2025-11-05", "quá hạn 1 ngày làm việc"),
        ("2025-11-08", "quá hạn 3 ngày làm việc"),
    ],
)
def test_how_near_the_deadline_is_is_counted_on_the_day_of_sending(day: str, words: str) -> None:
    assert plan(AN, day)[1] == words


def test_a_message_of_which_nobody_knows_holds_the_next_back_until_another_day_of_the_plan() -> None:
    held = replace(AN, held_for=date(2025, 10, 31))

    assert plan(held, "2025-10-31") == (None, "lời nhắc trước đang gửi, hoặc không rõ đã đến hay chưa")
    assert plan(held, "2025-11-04")[0] == "2025-11-04"


@pytest.mark.parametrize("day", DAYS)
def test_on_a_day_of_the_plan_a_person_is_reminded_once(day: str) -> None:
    assert plan(AN, day)[0] == day
    assert plan(replace(AN, reminded_for=date.fromisoformat(day)), day)[0] is None


def test_a_missed_day_is_made_up_once_and_soon() -> None:
    assert plan(AN, "2025-10-29")[0] == "2025-10-28"
    assert plan(replace(AN, reminded_for=date(2025, 10, 28)), "2025-10-29")[0] is None
    assert plan(AN, "2025-12-02")[0] == "2025-11-25"
    assert plan(AN, "2025-12-03") == (None, "đã hết lịch nhắc")


def test_who_is_away_is_not_reminded() -> None:
    assert plan(replace(AN, is_away=True), "2025-11-04") == (None, "đang nghỉ")
    assert plan(replace(AN, is_away=True), "2025-11-04", extra=True)[0] is None


def test_an_extra_reminder_comes_once_a_day() -> None:
    assert plan(AN, "2026-03-02", extra=True) == ("2026-03-02", "nhắc ngoài lịch")
    assert plan(replace(AN, reminded_for=date(2026, 3, 2)), "2026-03-02", extra=True)[0] is None


def test_an_own_deadline_has_days_of_its_own_and_one_message_tells_all() -> None:
    extended = replace(OWED, post="khac", deadline=Deadline.through_day(date(2025, 11, 20)))
    both = replace(AN, owed=(OWED, extended))

    [one] = plan_reminders([both], date(2025, 11, 18), is_working, has_mail=True)

    assert (one.day, one.why) == (date(2025, 11, 18), "còn 2 ngày làm việc")
    assert (one.next_on, len(one.debtor.owed)) == (date(2025, 11, 20), 2)


def test_without_mail_or_address_the_office_passes_it_on() -> None:
    [no_address] = plan_reminders([replace(AN, email=None)], date(2025, 11, 4), is_working, has_mail=True)
    [no_mail] = plan_reminders([AN], date(2025, 11, 4), is_working, has_mail=False)

    assert (no_address.means, no_mail.means) == (Means.OUTBOX, Means.OUTBOX)


def test_the_head_of_a_unit_is_told_near_the_deadline_of_that_unit_only() -> None:
    binh = replace(AN, member_id=2, unit=CENTRE)
    heads = {OFFICE: "truong@example.vn"}

    far = plan_head_notices([AN, binh], date(2025, 10, 30), is_working, heads, {})
    near = plan_head_notices([AN, binh], date(2025, 10, 31), is_working, heads, {CENTRE: date(2025, 10, 31)})
    over = plan_head_notices([AN, binh], date(2025, 11, 4) + timedelta(days=8), is_working, heads, {})

    assert (far, over) == ([], [])
    assert [(one.unit, one.email, one.debtors) for one in near] == [(OFFICE, "truong@example.vn", (AN,))]
