"""The curve of a post: how many had confirmed at the end of each day, and where that is in a picture."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from campaign.core.clock import ONE_DAY, day_in_viet_nam

_DAYS_AFTER = 2
"""Days drawn after the last one on which something happened: nothing is learned from a year without a change."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How many had confirmed at the end of a day in Viet Nam."""

    day: date
    confirmed: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The confirmations of a post, added up day by day.

    Attributes:
        points: A point for each day, without a gap; never empty.
        due: How many must confirm: the top of the picture, unless more have confirmed.
        late_from: The first day that is late; it is in the picture, also while it is still to come.
    """

    points: tuple[CurvePoint, ...]
    due: int
    late_from: date

    @property
    def first(self) -> date:
        """The day at the left edge of the picture."""
        return self.points[0].day

    @property
    def last(self) -> date:
        """The day at the right edge of the picture."""
        return max(self.points[-1].day, self.late_from)

    @property
    def top(self) -> int:
        """The number at the upper edge of the picture, at least 1."""
        return max(self.due, self.points[-1].confirmed, 1)

    def across(self, day: date) -> float:
        """Return where the beginning of *day* is, from 0 at the left edge to 1 at the right."""
        return (day - self.first) / (self.last + ONE_DAY - self.first)

    def up(self, count: int) -> float:
        """Return how high *count* is, from 0 to 1."""
        return count / self.top

    def at(self, day: date) -> int:
        """Return how many had confirmed at the end of *day*, which may be outside of the picture."""
        return max((point.confirmed for point in self.points if point.day <= day), default=0)

    def line(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the curve from left to right, as `across` and `up`; a day's count is at its end."""
        return ((0.0, 0.0), *((self.across(point.day + ONE_DAY), self.up(point.confirmed)) for point in self.points))


def draw_curve(confirmed_at: Iterable[datetime], due: int, late_from: date, first: date, last: date) -> Curve:
    """Add up the confirmations from *first* to *last*, or to shortly after the last change when that is earlier."""
    return draw_counted(Counter(map(day_in_viet_nam, confirmed_at)), due, late_from, first, last)


def draw_counted(counts: Mapping[date, int], due: int, late_from: date, first: date, last: date) -> Curve:
    """Do as `draw_curve` does, from how many confirmations each day brought."""
    first = min([first, late_from, *counts])
    changed = max([first, late_from, *counts])
    end = max(first, min(last, changed + _DAYS_AFTER * ONE_DAY))
    days = [first + number * ONE_DAY for number in range((end - first).days + 1)]
    sums = accumulate(counts.get(day, 0) for day in days)
    return Curve(tuple(map(CurvePoint, days, sums)), due, late_from)
