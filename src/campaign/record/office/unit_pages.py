"""The Office's page of units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from campaign.core.unit import Unit, UnitChange


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the page shows it.

    Attributes:
        members: How many people are in it now.
        end: Until when it was one, and which took over; empty while it lasts.
    """

    unit: Unit
    members: int
    end: str

    @property
    def is_left_behind(self) -> bool:
        """Whether people are in a unit that is one no more."""
        return bool(self.end and self.members)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change that was recorded, in words."""

    change: UnitChange
    words: str


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The units, what was recorded about them, and a form to record more.

    Attributes:
        typed: What was entered and could not be recorded, by field; empty texts at first.
    """

    template: ClassVar[str] = "office_units.html"
    title: ClassVar[str] = "Phòng, đơn vị"
    units: tuple[UnitRow, ...]
    changes: tuple[ChangeLine, ...]
    typed: Mapping[str, str]
    problem: str | None = None
    remedy: str | None = None
