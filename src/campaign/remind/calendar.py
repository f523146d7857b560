"""The calendar: working days in Viet Nam, with those that a department exchanges, and the hours of reminders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from holidays import HolidayBase, country_holidays

from campaign.core.clock import ONE_DAY, VIET_NAM, day_in_viet_nam
from campaign.core.department import Department

_SATURDAY = 5
FROM, TO = time(7, 30), time(17, 0)
"""Outside of these hours nobody is disturbed."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a department.

    Attributes:
        days_off: Working days that it has off in exchange.
        days_worked: Days off on which it works in exchange.
    """

    days_off: Collection[date] = ()
    days_worked: Collection[date] = ()

    def is_working_day(self, day: date) -> bool:
        """Say whether people work on *day*."""
        return day in self.days_worked or (
            day.weekday() < _SATURDAY and day not in _holidays() and day not in self.days_off
        )

    def is_quiet(self, now: datetime) -> bool:
        """Say whether *now* is outside of office hours in Viet Nam."""
        is_open = FROM <= now.astimezone(VIET_NAM).time() < TO
        return not is_open or not self.is_working_day(day_in_viet_nam(now))

    def next_open(self, now: datetime) -> datetime:
        """Return when reminders go out next: now, or at the beginning of the next office hours."""
        if not self.is_quiet(now):
            return now
        day = day_in_viet_nam(now)
        if now.astimezone(VIET_NAM).time() >= TO or not self.is_working_day(day):
            day += ONE_DAY
        while not self.is_working_day(day):
            day += ONE_DAY
        return datetime.combine(day, FROM, VIET_NAM)

    def why_quiet(self, now: datetime) -> str:
        """Say why nothing goes out *now*; empty when something may."""
        day = day_in_viet_nam(now)
        if not self.is_quiet(now):
            return ""
        if self.is_working_day(day):
            return f"ngoài giờ nhắc, {FROM:%H:%M}–{TO:%H:%M}"
        if day in self.days_off:
            return "nghỉ hoán đổi"
        return f"nghỉ {_holidays()[day]}" if day in _holidays() else "ngày nghỉ hằng tuần"


def calendar_for(department: Department) -> Calendar:
    """Return the working days of a department, with those that it exchanges."""
    return Calendar(frozenset(department.days_off), frozenset(department.days_worked))


@cache
def _holidays() -> HolidayBase:
    return country_holidays("VN", language="vi")
