"""Working days and quiet hours in Viet Nam."""

from datetime import date, datetime

import pytest

from campaign.core.clock import VIET_NAM
from campaign.remind.calendar import is_quiet, is_working_day


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
    assert is_working_day(day) is works


@pytest.mark.parametrize(("hour", "minute", "quiet"), [(7, 29, True), (7, 30, False), (16, 59, False), (17, 0, True)])
def test_outside_of_office_hours_is_quiet(hour: int, minute: int, quiet: bool) -> None:  # noqa: FBT001 - a table
    assert is_quiet(datetime(2025, 11, 4, hour, minute, tzinfo=VIET_NAM)) is quiet


def test_a_day_off_is_quiet_all_day() -> None:
    assert is_quiet(datetime(2025, 11, 8, 9, tzinfo=VIET_NAM))
