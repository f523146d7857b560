"""The Office's pages of the roster."""

from dataclasses import dataclass
from typing import ClassVar

from campaign.core.roster import Member, RosterPlan
from campaign.core.roster_doubts import Doubt
from campaign.errors.base import CampaignError
from campaign.store.roster.changes import RosterChange


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The form for a new list, and the changes so far.

    Attributes:
        members: How many are on the roster.
        waiting: The name of a list that was handed in and not applied, or nothing.
        faults: Everything that was wrong with what was sent.
    """

    template: ClassVar[str] = "office_roster.html"
    title: ClassVar[str] = "Danh sách"
    members: int
    changes: tuple[RosterChange, ...]
    waiting: str | None
    faults: tuple[CampaignError, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What would change for one person: as it is, as it would be."""

    act: str
    old: Member | None
    new: Member | None

    @property
    def member(self) -> Member:
        """Whom it is about."""
        member = self.new or self.old
        assert member is not None  # noqa: S101 - a change has at least one side
        return member


@dataclass(frozen=True, slots=True)
class RosterPreviewPage:
    """What a list would change.

    Attributes:
        digest: The SHA-256 of the file, sent back so that no other is applied.
        rows: The first of the changes; the figures of *plan* count all.
        settled: Which units of the list are understood as others, a sentence each.
    """

    template: ClassVar[str] = "office_roster_preview.html"
    title: ClassVar[str] = "Xem trước danh sách"
    file: str
    digest: str
    plan: RosterPlan
    rows: tuple[PlanRow, ...]
    doubts: tuple[Doubt, ...]
    settled: tuple[str, ...] = ()
