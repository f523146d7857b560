"""The curve of a post: how many had confirmed, and had to, at the end of each day, and where that is in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from campaign.core.clock import ONE_DAY

_DAYS_LISTED = 2
"""Days listed after the last one on which something changed."""
_DAYS_DRAWN = 15
"""Days drawn after the last one that is in time: nothing is learned from a year without a change."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How a post stood at the end of a day in Viet Nam: how many had confirmed, of how many who had to."""

    day: date
    confirmed: int
    due: int


@dataclass(frozen=True, slots=True)
class Curve:
    """How a post stood day by day.

    Attributes:
        points: A point for each day, without a gap; never empty.
        late_from: The first day that is late; it is in the picture, also while it is still to come.
    """

    points: tuple[CurvePoint, ...]
    late_from: date

    @property
    def drawn(self) -> tuple[CurvePoint, ...]:
        """The points that are in the picture."""
        return self.points[: max(1, (self.late_from - self.first).days + _DAYS_DRAWN)]

    @property
    def due(self) -> int:
        """How many must confirm at the right edge of the picture."""
        return self.drawn[-1].due

    @property
    def later(self) -> int:
        """How many more have confirmed since the right edge of the picture; fewer when negative."""
        return self.points[-1].confirmed - self.drawn[-1].confirmed

    @property
    def first(self) -> date:
        """The day at the left edge of the picture."""
        return self.points[0].day

    @property
    def last(self) -> date:
        """The day at the right edge of the picture."""
        return max(self.drawn[-1].day, self.late_from)

    @property
    def top(self) -> int:
        """The number at the upper edge of the picture, at least 1."""
        return max(1, *(max(point.due, point.confirmed) for point in self.drawn))

    def across(self, day: date) -> float:
        """Return where the beginning of *day* is, from 0 at the left edge to 1 at the right."""
        return (day - self.first) / (self.last + ONE_DAY - self.first)

    def up(self, count: int) -> float:
        """Return how high *count* is, from 0 to 1."""
        return count / self.top

    def at(self, day: date) -> CurvePoint:
        """Return how the post stood at the end of *day*, which may be outside of the picture."""
        known = [point for point in self.points if point.day <= day]
        return known[-1] if known else CurvePoint(day, 0, 0)

    def ticks(self, at_most: int) -> tuple[date, ...]:
        """Return the days that are named below the picture, evenly spaced, so many at most."""
        step = -(-((self.last - self.first).days + 1) // at_most)
        return tuple(
            self.first + number * ONE_DAY for number in range(0, (self.last - self.first).days + 1, max(step, 1))
        )

    def line(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the curve from left to right, as `across` and `up`; a day's count is at its end."""
        return ((0.0, 0.0), *((self.across(point.day + ONE_DAY), self.up(point.confirmed)) for point in self.drawn))

    def due_line(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the line of all who had to confirm, in steps."""
        corners = ((point, self.up(point.due)) for point in self.drawn)
        steps = tuple((self.across(day), up) for point, up in corners for day in (point.day, point.day + ONE_DAY))
        return (*steps, (1.0, self.up(self.due)))


def draw_curve(points: Sequence[CurvePoint], late_from: date) -> Curve:
    """Return the curve without the days at its end on which nothing changed any more."""
    changed = [now.day for before, now in pairwise(points) if _counts(now) != _counts(before)]
    end = max([points[0].day, late_from, *changed]) + _DAYS_LISTED * ONE_DAY
    return Curve(tuple(point for point in points if point.day <= end), late_from)


def _counts(point: CurvePoint) -> tuple[int, int]:
    return point.confirmed, point.due
