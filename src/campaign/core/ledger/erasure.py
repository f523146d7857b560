"""Erasing personal fields: why, when it may be done, and which entries it covers."""

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.core.clock import ONE_DAY
from campaign.core.labelled import Labelled

MONTHS_KEPT = 12
"""How long personal fields are kept after the campaign's last deadline, unless the Office says otherwise."""


class ErasureReason(Labelled):
    """Why personal fields were erased: one of a few, because words about a person could not be erased themselves."""

    REQUEST = "request", "theo yêu cầu của người đó"
    MISTAKE = "mistake", "nhập nhầm người"
    EXPIRED = "expired", "hết thời hạn lưu giữ"


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry that says that personal fields were erased: those of all earlier entries about somebody.

    Attributes:
        sequence: The entry that says so.
        member: Whose fields, or nothing: everyone's.
    """

    sequence: int
    member: int | None


class Erasures:
    """The erasures of a ledger, which are asked about each entry."""

    def __init__(self, erasures: Iterable[Erasure]) -> None:
        """Keep the last one that covers each member."""
        self._last: dict[int | None, int] = {}
        for erasure in erasures:
            self._last[erasure.member] = max(erasure.sequence, self._last.get(erasure.member, 0))

    def cover(self, sequence: int, facts: bytes) -> bool:
        """Say whether the personal fields of the entry *sequence*, whose other fields are *facts*, were erased.

        Raises:
            ValueError: *facts* are not JSON.
        """
        if not self._last:  # As in most ledgers; reading the fields takes time.
            return False
        member = json.loads(facts).get("member")
        of_member = self._last.get(member, 0) if isinstance(member, int) else 0
        return sequence < max(of_member, self._last.get(None, 0))


def erasable_from(last_day: date, months: int) -> date:
    """Return the first day on which everyone's personal fields may be erased: *months* after *last_day* have gone by.

    A month that is too short for the day ends on its last (Civil Code 2015, art. 148).
    """
    year, month = divmod(last_day.year * 12 + last_day.month - 1 + months, 12)
    day = min(last_day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + ONE_DAY
