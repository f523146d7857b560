"""The deadline: the first instant at which a confirmation is late."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import ONE_DAY, day_in_viet_nam, format_day, require_aware, start_of_day


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline by whole days in Viet Nam.

    "Trước ngày 05/11/2025" leaves out the day it names; "đến hết ngày 04/11/2025" takes it in (Civil Code 2015, art.
    148). Both end at the same instant. No grace, and no move when the day is a day off.

    Attributes:
        before: The first day that is late.
        named: How the notice says it, kept so that readers find the words of the notice again.
    """

    before: date
    named: str

    @classmethod
    def before_day(cls, day: date) -> "Deadline":
        """Return the deadline "trước ngày": *day* itself is late."""
        return cls(day, f"trước ngày {format_day(day)}")

    @classmethod
    def through_day(cls, day: date) -> "Deadline":
        """Return the deadline "đến hết ngày": *day* itself is still in time."""
        return cls(day + ONE_DAY, f"đến hết ngày {format_day(day)}")

    @property
    def ends_at(self) -> datetime:
        """The first late instant."""
        return start_of_day(self.before)

    @property
    def last_day(self) -> date:
        """The last day that is in time."""
        return self.before - ONE_DAY

    def is_met_at(self, instant: datetime) -> bool:
        """Say whether something that the server received at *instant* came in time.

        Raises:
            ValueError: *instant* is naive, so its day in Viet Nam is unknown.
        """
        return require_aware(instant) < self.ends_at

    def format(self) -> str:
        """Write the form that cannot be misread: ``24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)``."""
        return f"24 giờ 00 ngày {format_day(self.last_day)} (giờ Việt Nam)"

    def format_state(self, now: datetime) -> str:
        """Say how many days are left on the day of *now* in Viet Nam, or have gone by since the first late one."""
        today = day_in_viet_nam(now)
        if today < self.before:
            left = (self.last_day - today).days
            return f"Còn {left} ngày" if left else "Hôm nay là ngày cuối"
        overdue = (today - self.before).days
        return f"Đã hết hạn {overdue} ngày" if overdue else "Đã hết hạn (từ 0 giờ hôm nay)"
