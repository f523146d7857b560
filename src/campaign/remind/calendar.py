"""The calendar: working days in Viet Nam, and the hours in which people are reminded."""

from datetime import date, datetime, time
from functools import cache

from holidays import HolidayBase, country_holidays

from campaign.core.clock import VIET_NAM, day_in_viet_nam

_SATURDAY = 5
FROM, TO = time(7, 30), time(17, 0)
"""Outside of these hours nobody is disturbed."""


def is_working_day(day: date) -> bool:
    """Say whether *day* is neither a weekend nor a holiday; a Saturday worked in exchange is not known here."""
    return day.weekday() < _SATURDAY and day not in _holidays()


def is_quiet(now: datetime) -> bool:
    """Say whether *now* is outside of office hours in Viet Nam."""
    is_open = FROM <= now.astimezone(VIET_NAM).time() < TO
    return not is_open or not is_working_day(day_in_viet_nam(now))


@cache
def _holidays() -> HolidayBase:
    return country_holidays("VN")
