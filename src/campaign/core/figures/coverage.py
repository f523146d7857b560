"""Coverage: the state of a post, every member due counted exactly once.

    opening + joined - left = concerned, concerned - exempt = due, due = on time + late + outstanding

A confirmation outweighs an exemption: a member who confirmed is on time or late, whether exempt or not.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from campaign.core.deadline import Deadline
from campaign.core.labelled import Labelled
from campaign.core.people.paper import Paper
from campaign.core.people.roster import Category
from campaign.core.people.special_case import SpecialCase, exemption_of, own_deadline
from campaign.core.post import Post, RosterRule

INSTANT = timedelta(microseconds=1)


class State(Labelled):
    """The state of one member for one post."""

    ON_TIME = "on_time", "đúng hạn"
    LATE = "late", "quá hạn"
    OUTSTANDING = "outstanding", "chưa xác nhận"
    EXEMPT = "exempt", "miễn"


def state_of(deadline: Deadline, confirmed_at: datetime | None, *, exempt: bool) -> State:
    """Return the state of a member who confirmed at *confirmed_at*, or did not."""
    if confirmed_at is not None:
        return State.ON_TIME if deadline.is_met_at(confirmed_at) else State.LATE
    return State.EXEMPT if exempt else State.OUTSTANDING


def judge(deadline: Deadline, confirmed_at: datetime | None, cases: Sequence[SpecialCase]) -> State:
    """Return the state of a member for a post with that *deadline*, given the member's *cases* in force."""
    if not cases:  # As for nearly everyone.
        return state_of(deadline, confirmed_at, exempt=False)
    return state_of(own_deadline(deadline, cases), confirmed_at, exempt=exemption_of(cases) is not None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of one unit, or of all.

    Attributes:
        opening: Members concerned when the post was opened to them.
        joined: Members who have come since and are concerned.
        left: Members concerned at the opening who no longer are.
        exempt: Members who need not confirm and did not.
        on_time: Members whose confirmation came in time.
        late: Members whose confirmation came late.
        outstanding: Members who have not confirmed.
    """

    opening: int = 0
    joined: int = 0
    left: int = 0
    exempt: int = 0
    on_time: int = 0
    late: int = 0
    outstanding: int = 0

    @property
    def concerned(self) -> int:
        """Everyone whom the post is for."""
        return self.opening + self.joined - self.left

    @property
    def due(self) -> int:
        """Everyone who must confirm."""
        return self.concerned - self.exempt

    @property
    def confirmed(self) -> int:
        """Everyone who did."""
        return self.on_time + self.late

    @property
    def share_on_time(self) -> float:
        """The part of those due that confirmed in time, from 0 to 1; 0 when nobody is due."""
        return self.on_time / self.due if self.due else 0.0

    @property
    def share_confirmed(self) -> float:
        """The part of those due that confirmed at all, from 0 to 1; 0 when nobody is due."""
        return self.confirmed / self.due if self.due else 0.0

    def __add__(self, other: "Coverage") -> "Coverage":
        """Return the figures of two groups of members together."""
        return Coverage(*(getattr(self, figure.name) + getattr(other, figure.name) for figure in fields(self)))


@dataclass(frozen=True, slots=True)
class Transfer:
    """How many were concerned in one unit at the opening, and are in another now."""

    source: str
    target: str
    count: int


def to_transfers(moved: Mapping[tuple[str, str], int]) -> tuple[Transfer, ...]:
    """Return the transfers that were counted by the units left and entered, in the order of their names."""
    return tuple(Transfer(*units, count) for units, count in sorted(moved.items()))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a post by unit, in the order in which units were added.

    Attributes:
        transfers: Who went from one of the units to another: a loss of the one and a gain of the other, and neither
            for all together.
    """

    by_unit: Mapping[str, Coverage] = field(default_factory=dict)
    transfers: tuple[Transfer, ...] = ()

    @property
    def transferred(self) -> int:
        """How many went from one of the units to another."""
        return sum(transfer.count for transfer in self.transfers)

    @property
    def total(self) -> Coverage:
        """The figures of all units together, with the gains and losses of all together."""
        counted = sum(self.by_unit.values(), Coverage())
        joined, left = counted.joined - self.transferred, counted.left - self.transferred
        return replace(counted, joined=joined, left=left)

    def limited_to(self, units: Collection[str] | None) -> "Figures":
        """Return the figures of some units, whose head sees no others; the whole for nothing."""
        if units is None:
            return self
        by_unit = {name: figures for name, figures in self.by_unit.items() if name in units}
        return Figures(by_unit, tuple(move for move in self.transfers if {move.source, move.target} <= set(units)))


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member and a post: the state, and what it comes from.

    Attributes:
        confirmed_at: When the confirmation that counts was received, or nothing.
        reason: Why the member is exempt, or nothing.
        cases: What sets the member apart: exemptions, extensions, leaves.
        is_on_leave: Whether the member is away: counted, but not reminded.
        paper: What the Office knows of the confirmation, when it recorded it.
        has_left: Whether the member is off the roster, and counted because the post's list is fixed.
    """

    member_id: int
    staff_code: str
    name: str
    unit: str
    category: Category
    state: State
    confirmed_at: datetime | None
    reason: str | None
    cases: tuple[SpecialCase, ...] = ()
    is_on_leave: bool = False
    paper: Paper | None = None
    has_left: bool = False


def list_instant(post: Post, opened: datetime, at: datetime) -> datetime:
    """Return the instant whose roster a post counts as of *at*; once the deadline is over, its list changes no more.

    Args:
        post: The post, in the revision of then.
        opened: When it was opened to people; a fixed list is that of this instant.
        at: The instant of the figures.
    """
    if post.roster is RosterRule.FIXED:
        return min(opened, at)
    return min(at, max(post.deadline.ends_at - INSTANT, opened)) if post.deadline else at


def count_coverage(opening: Mapping[int, str], standings: Iterable[MemberStanding]) -> Figures:
    """Count the states by unit.

    Args:
        opening: The unit of each member concerned at the opening, by member.
        standings: Each member concerned now, once.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missing, moved = dict(opening), Counter[tuple[str, str]]()
    for unit in opening.values():
        counts[unit]["opening"] += 1
    for standing in standings:
        counts[standing.unit][standing.state.value] += 1
        before = missing.get(standing.member_id)
        if before == standing.unit:
            del missing[standing.member_id]
        else:
            counts[standing.unit]["joined"] += 1
            moved.update([(before, standing.unit)] if before else [])
    for unit in missing.values():
        counts[unit]["left"] += 1
    return Figures({unit: Coverage(**figures) for unit, figures in counts.items()}, to_transfers(moved))
