"""Figures by unit as the tree of units has them: each unit with all that are below it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaign.core.figures.coverage import Coverage, Figures
from campaign.core.people.unit import Units


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A unit with the figures of it and of all units below it.

    Attributes:
        depth: How many units are above it.
    """

    unit: str
    depth: int
    figures: Coverage


def roll_up(
    figures: Figures, units: Units, names: Mapping[int, str], seen: Collection[str] | None = None
) -> tuple[RolledUp, ...]:
    """Return a line for each unit that has somebody, or below which somebody is; each after the one above it.

    Who went from one unit to another below the same is neither a gain nor a loss of the one above.

    Args:
        figures: Of each unit alone.
        units: The units with their tree.
        names: What each unit was called on the day of the figures.
        seen: The names of those that are shown; nothing for all.
    """
    lines = []
    for unit, depth in units.walk():
        name = names[unit.id]
        below = {names[number] for number in units.below(unit.name)} & figures.by_unit.keys()
        if below and (seen is None or name in seen):
            lines.append(RolledUp(name, depth, figures.limited_to(below).total))
    return tuple(lines)
