"""The state of a deadline when a site is built."""

from datetime import datetime
from enum import StrEnum

from campaign.core.clock import day_in_viet_nam
from campaign.core.deadline import Deadline


class DeadlineState(StrEnum):
    """The state of a deadline at the time of the build."""

    OPEN = "open"
    LAST_DAY = "last-day"
    CLOSED = "closed"


def find_deadline_state(deadline: Deadline, now: datetime) -> DeadlineState:
    """Return the state of *deadline* at *now*."""
    if not deadline.is_met_at(now):
        return DeadlineState.CLOSED
    return DeadlineState.LAST_DAY if day_in_viet_nam(now) == deadline.last_day else DeadlineState.OPEN
