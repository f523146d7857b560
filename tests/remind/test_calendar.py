"""Working days and quiet hours in Viet Nam."""

from datetime import date, datetime

import pytest

from campaign.core.clock import VIET_NAM
from campaign.remind.calendar import Calendar


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 11, 4), True),
        (date(2025, 11, 8), False),
        (date(2025, 9, 2), False),
        (date(2026, 2, 17), False),
        (date(2026, 4, 30), False),
    ],
)
def test_weekends_and_holidays_are_no_working_days(day: date, works: bool) -> None:  # noqa: FBT001 - a table
    assert Calendar().is_working_day(day) is works


@pytest.mark.parametrize(("hour", "minute", "quiet"), [(7, 29, True), (7, 30, False), (16, 59, False), (17, 0, True)])
def test_outside_of_office_hours_is_quiet(hour: int, minute: int, quiet: bool) -> None:  # noqa: FBT001 - a table
    assert Calendar().is_quiet(datetime(2025, 11, 4, hour, minute, tzinfo=VIET_NAM)) is quiet


def test_a_day_off_is_quiet_all_day() -> None:
    assert Calendar().is_quiet(datetime(2025, 11, 8, 9, tzinfo=VIET_NAM))


EXCHANGED = Calendar(days_off={date(2026, 1, 2)}, days_worked={date(2026, 1, 10)})


def test_a_department_exchanges_working_days() -> None:
    assert not EXCHANGED.is_working_day(date(2026, 1, 2))
    assert EXCHANGED.is_working_day(date(2026, 1, 10))
    assert not EXCHANGED.is_quiet(datetime(2026, 1, 10, 9, tzinfo=VIET_NAM))


@pytest.mark.parametrize(
    ("now", "why", "opens"),
    [
        (datetime(2026, 2, 16, 9, tzinfo=VIET_NAM), "nghỉ Giao thừa Tết Nguyên Đán", datetime(2026, 2, 23, 7, 30)),
        (datetime(2026, 1, 1, 18, tzinfo=VIET_NAM), "nghỉ Tết Dương lịch", datetime(2026, 1, 5, 7, 30)),
        (datetime(2026, 1, 2, 9, tzinfo=VIET_NAM), "nghỉ hoán đổi", datetime(2026, 1, 5, 7, 30)),
        (datetime(2026, 1, 9, 17, tzinfo=VIET_NAM), "ngoài giờ nhắc, 07:30–17:00", datetime(2026, 1, 10, 7, 30)),
        (datetime(2026, 1, 5, 6, tzinfo=VIET_NAM), "ngoài giờ nhắc, 07:30–17:00", datetime(2026, 1, 5, 7, 30)),
        (datetime(2026, 1, 11, 9, tzinfo=VIET_NAM), "ngày nghỉ hằng tuần", datetime(2026, 1, 12, 7, 30)),
        (datetime(2026, 1, 5, 9, tzinfo=VIET_NAM), "", datetime(2026, 1, 5, 9)),
    ],
)
def test_why_nothing_goes_out_and_when_it_goes_next(now: datetime, why: str, opens: datetime) -> None:
    assert (EXCHANGED.why_quiet(now), EXCHANGED.next_open(now)) == (why, opens.replace(tzinfo=VIET_NAM))
