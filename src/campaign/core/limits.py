"""Rate limits: token buckets.

A bucket holds a number of tokens; each try takes a token, and tokens come back evenly over a period. The instant at
which a bucket is full again is all of its state; a full bucket needs no state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """A kind of bucket.

    Attributes:
        name: Tells its buckets from those of other limits.
        tries: How many tokens it holds.
        per: How long it takes to fill an empty bucket.
    """

    name: str
    tries: int
    per: timedelta

    def take(self, full_at: datetime, now: datetime) -> datetime:
        """Return when a bucket is full again after another try."""
        return self._seen_at(full_at, now) + self.per / self.tries

    def give_back(self, full_at: datetime, now: datetime) -> datetime:
        """Return when a bucket is full again after a try that does not count."""
        return self._seen_at(full_at, now) - self.per / self.tries

    def wait(self, full_at: datetime, now: datetime) -> timedelta:
        """Return how long it takes until a bucket holds a token; zero when it holds a token now."""
        return max(self.take(full_at, now) - now - self.per, timedelta())

    def _seen_at(self, full_at: datetime, now: datetime) -> datetime:
        """Return *full_at* as far as it can be: a clock that was set back must not make anyone wait for longer."""
        return max(now, min(full_at, now + self.per))


ACCOUNT_LIMITS = (
    Limit("account-quarter", 5, timedelta(minutes=15)),
    Limit("account-day", 20, timedelta(days=1)),
)
"""For each staff code or account that is typed, whether it exists or not."""
SENDER_LIMITS = (Limit("sender-hour", 60, timedelta(hours=1)),)
"""For each address of a machine. Only wrong tries count, because a whole office may come from one address."""
