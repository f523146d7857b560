"""The Office's pages on which a person is moved to another unit, or taken off the roster."""

from dataclasses import dataclass
from typing import ClassVar

from campaign.jobs.membership import MemberChange


@dataclass(frozen=True, slots=True)
class MovePage:
    """A move of a person to another unit.

    Attributes:
        path: The person's page.
        units: Where the person can be moved.
        change: What the move to the chosen unit would change; nothing before one was chosen.
        reason: What was typed and could not be recorded.
    """

    template: ClassVar[str] = "office_move.html"
    title: ClassVar[str] = "Chuyển đơn vị"
    path: str
    name: str
    staff_code: str
    unit: str
    units: tuple[str, ...]
    change: MemberChange | None = None
    reason: str = ""
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """The end of a person's membership of the roster.

    Attributes:
        path: The person's page.
        change: What it would change.
    """

    template: ClassVar[str] = "office_removal.html"
    title: ClassVar[str] = "Đưa ra khỏi danh sách"
    path: str
    change: MemberChange
    problem: str | None = None
    remedy: str | None = None
