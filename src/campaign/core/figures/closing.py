"""A closing: how a post stood when its time was over, as it was recorded then."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.figures.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing of a post.

    Attributes:
        sequence: The entry that records it.
        before: The first late day of the deadline that had passed.
        by_unit: The figures of each unit then.
    """

    sequence: int
    before: date
    closed_at: datetime
    by_unit: dict[str, Coverage]

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return sum(self.by_unit.values(), Coverage())
