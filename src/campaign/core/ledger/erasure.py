"""Erasing personal fields: why, when it may be done, and which entries it covers."""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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
        posts: When a campaign's time was over: the posts whose entries it covers, and no others; else nothing.
        leaves: The leaves that went with them.
    """

    sequence: int
    member: int | None
    posts: frozenset[str] | None = None
    leaves: frozenset[int] = frozenset()


def erasure_from_facts(sequence: int, facts: Mapping[str, Any]) -> Erasure:
    """Return what the entry *sequence* says.

    Raises:
        KeyError: It lacks a field.
        TypeError: A field is of another type.
    """
    if facts["member"] is not None and not isinstance(facts["member"], int):
        raise TypeError(facts["member"])
    posts = frozenset(facts["posts"]) if "posts" in facts else None
    return Erasure(sequence, facts["member"], posts, frozenset(facts.get("leaves", ())))


class Erasures:
    """The erasures of a ledger, which are asked about each entry."""

    def __init__(self, erasures: Iterable[Erasure]) -> None:
        """Keep the last one that covers each member."""
        self._last: dict[object, int] = {}
        for erasure in erasures:
            posts = (("post", post) for post in erasure.posts or ())
            covered = [*posts, *(("leave", leave) for leave in erasure.leaves)]
            whose = None if erasure.member is None else str(erasure.member)
            for key in [whose] if erasure.posts is None else covered:
                self._last[key] = max(erasure.sequence, self._last.get(key, 0))

    def cover(self, sequence: int, facts: bytes) -> bool:
        """Say whether the personal fields of the entry *sequence*, whose other fields are *facts*, were erased.

        Raises:
            ValueError: *facts* are not JSON.
        """
        if not self._last:  # As in most ledgers; reading the fields takes time.
            return False
        fields = json.loads(facts)
        keys = (None, ("leave", sequence), ("post", str(fields.get("post"))), str(fields.get("member")))
        return sequence < max(self._last.get(key, 0) for key in keys)


def erasable_from(last_day: date, months: int) -> date:
    """Return the first day on which everyone's personal fields may be erased: *months* after *last_day* have gone by.

    A month that is too short for the day ends on its last (Civil Code 2015, art. 148).
    """
    year, month = divmod(last_day.year * 12 + last_day.month - 1 + months, 12)
    day = min(last_day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + ONE_DAY
