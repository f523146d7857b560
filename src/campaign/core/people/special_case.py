"""Special cases: exemptions, extensions, leaves. Each has a reason, and can be withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import ONE_DAY, format_day
from campaign.core.deadline import Deadline
from campaign.core.labelled import Labelled


class CaseKind(Labelled):
    """What is special: the names are those of the entries that record it."""

    EXEMPTION = "exemption", "miễn xác nhận"
    EXTENSION = "extension", "gia hạn riêng"
    LEAVE = "leave", "đang nghỉ, không nhắc"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something about a person is recorded, by which office account, and when the server received it."""

    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """Something that sets a member apart.

    Attributes:
        sequence: The entry that records it, by which it is withdrawn.
        staff_code: That of the member; nothing once erased.
        post: The post that it is about; nothing for a leave, which is about all.
        since: When it was recorded.
        until: When it was withdrawn, or nothing.
        before: An extension's first late day, or the first day after a leave; nothing when the leave has no end yet.
        reason: Why; nothing once erased.
        actor: The office account that recorded it; empty for entries of the first release, which did not say.
    """

    sequence: int
    kind: CaseKind
    member_id: int
    staff_code: str | None
    post: str | None
    since: datetime
    until: datetime | None
    before: date | None
    reason: str | None
    actor: str

    def format(self) -> str:
        """Say what it is, without the reason: ``gia hạn riêng đến hết ngày 20/11/2025``."""
        if self.before is None:
            return self.kind.label
        return f"{self.kind.label}, đến hết ngày {format_day(self.before - ONE_DAY)}"


def own_deadline(deadline: Deadline, cases: Iterable[SpecialCase]) -> Deadline:
    """Return the deadline of a member: that of the last extension in force, else the post's.

    Args:
        deadline: The post's.
        cases: The member's cases in force, in the order of their entries.
    """
    days = [case.before for case in cases if case.kind is CaseKind.EXTENSION and case.before is not None]
    if not days:
        return deadline
    return Deadline(days[-1], f"{Deadline.through_day(days[-1] - ONE_DAY).named} (gia hạn riêng)")


def is_on_leave(cases: Iterable[SpecialCase], day: date) -> bool:
    """Say whether a member with these *cases* in force is away on *day*: counted all the same, but not reminded."""
    return any(case.kind is CaseKind.LEAVE and (case.before is None or day < case.before) for case in cases)


def exemption_of(cases: Iterable[SpecialCase]) -> SpecialCase | None:
    """Return the last exemption in force, or nothing."""
    return next((case for case in reversed(tuple(cases)) if case.kind is CaseKind.EXEMPTION), None)
