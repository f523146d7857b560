"""A unit over time: its names, the unit above it, the day on which it ended, and the units that took over from it.

A name belongs to one unit for ever, so that a unit is found by any of its names.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import ONE_DAY, format_day


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What changed about a unit: its name, the unit above, or else that it ended, with one that took over if there is.

    Attributes:
        sequence: The entry that records it.
        unit: The number of the unit.
        first_day: The first day on which it holds.
        name: What the unit is called from then on, or nothing.
        successor: The number of the unit that took over; a unit that was split has a change for each.
        basis: The decision behind it; empty when it was not named.
        actor: The office account that recorded it.
        parent: The number of the unit above from then on, 0 when none is any more; nothing when it is not about that.
    """

    sequence: int
    unit: int
    first_day: date
    name: str | None
    successor: int | None
    basis: str
    actor: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    parent: int | None = None

    @property
    def is_ending(self) -> bool:
        """Whether the unit is one no more."""
        return self.name is None and self.parent is None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the changes that hold.

    Attributes:
        first_name: What it was called when it was added.
        valid_from: Its first day; nothing for a unit that came with a list.
        changes: In the order of their first days.
    """

    id: int
    first_name: str
    valid_from: date | None = None
    changes: tuple[UnitChange, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it had, the present name last."""
        return (self.first_name, *(change.name for change in self.changes if change.name is not None))

    @property
    def name(self) -> str:
        """What it is called now: no change is recorded before its first day."""
        return self.names[-1]

    def name_on(self, day: date) -> str:
        """Return what it was called on *day*."""
        return (
            [change.name for change in self.changes if change.name and change.first_day <= day] or [self.first_name]
        )[-1]

    @property
    def endings(self) -> tuple[UnitChange, ...]:
        """The changes by which it ended; empty while it lasts."""
        return tuple(change for change in self.changes if change.is_ending)

    @property
    def parent(self) -> int:
        """The number of the unit above, as recorded; 0 for none."""
        return ([change.parent for change in self.changes if change.parent is not None] or [0])[-1]

    @property
    def valid_to(self) -> date | None:
        """Its last day; nothing while it lasts."""
        return min(change.first_day for change in self.endings) - ONE_DAY if self.endings else None

    @property
    def successors(self) -> tuple[int, ...]:
        """The numbers of the units that took over."""
        return tuple(change.successor for change in self.endings if change.successor is not None)


@dataclass(frozen=True, slots=True)
class Units:
    """All units, in the order in which they were added."""

    all: tuple[Unit, ...]

    @property
    def by_id(self) -> Mapping[int, Unit]:
        """The units by number."""
        return {unit.id: unit for unit in self.all}

    @property
    def by_name(self) -> Mapping[str, Unit]:
        """The units by every name that they ever had."""
        return {name: unit for unit in reversed(self.all) for name in unit.names}

    @property
    def parents(self) -> Mapping[int, int]:
        """The number of the unit above, by that of each unit that has one; for one that ended, its heir stands."""
        units, parents = self.by_id, dict[int, int]()
        for unit in self.all:
            if unit.parent in units:
                recorded = units[unit.parent]
                above = parent = (self.heir_of(recorded) or recorded).id if recorded.endings else recorded.id
                while above in parents and above != unit.id:
                    above = parents[above]
                if above != unit.id:  # A heir may be below the unit itself, which then stands alone.
                    parents[unit.id] = parent
        return parents

    def names_on(self, day: date) -> dict[int, str]:
        """Return what each was called on *day*, by number."""
        return {unit.id: unit.name_on(day) for unit in self.all}

    def meant_by(self, names: Collection[str], then: "Units") -> frozenset[int]:
        """Return the numbers of the units with those *names*, of all their successors, and of all units below these.

        Without names, all are meant.

        Args:
            names: As a post has them.
            then: The units as they were known when the post was published: a name may have been given to another since.
        """
        if not names:
            return frozenset(self.by_id)
        known = {**self.by_name, **then.by_name}
        named = [known[name].id for name in names if name in known]
        return self._follow(self._follow(named, {unit.id: unit.successors for unit in self.all}), self._children())

    def find(self, names: str) -> list[Unit]:
        """Return the units of a head: one by its name, or several by `join_units`."""
        known = self.by_name
        return [known[name] for name in split_units(names) if name in known]

    def below(self, names: str) -> frozenset[int]:
        """Return the numbers of the units that are named and of all units below; none for what nobody knows."""
        return self._follow([unit.id for unit in self.find(names)], self._children())

    def names_below(self, names: str) -> frozenset[str]:
        """Return every name of the units that are named and of all units below; the names themselves, too."""
        units = self.by_id
        return frozenset(name for number in self.below(names) for name in units[number].names) | set(split_units(names))

    def family_of(self, names: str) -> tuple[Unit, ...]:
        """Return the units that are named, all units below, and all from which these took over."""
        ways = self._children()
        for unit in self.all:
            for successor in unit.successors:
                ways.setdefault(successor, []).append(unit.id)
        numbers = self._follow([unit.id for unit in self.find(names)], ways)
        return tuple(unit for unit in self.all if unit.id in numbers)

    def names_seen_from(self, names: str) -> frozenset[str]:
        """Return every name, past ones too, of the units that the head of those named sees (`family_of`)."""
        return frozenset(seen for unit in self.family_of(names) for seen in unit.names) | set(split_units(names))

    def heir_of(self, unit: Unit) -> Unit | None:
        """Return *unit* while it lasts, else the only unit that took over, if there is just one."""
        units = self.by_id
        while unit.endings:
            if len(unit.successors) != 1:
                return None
            unit = units[unit.successors[0]]
        return unit

    def walk(self) -> Iterator[tuple[Unit, int]]:
        """Give all units, each after the one above it, with how many are above."""
        units, children, parents = self.by_id, self._children(), self.parents
        waiting = [(unit.id, 0) for unit in reversed(self.all) if unit.id not in parents]
        while waiting:
            number, depth = waiting.pop()
            yield units[number], depth
            waiting += [(child, depth + 1) for child in reversed(children.get(number, []))]

    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for number, parent in self.parents.items():
            children.setdefault(parent, []).append(number)
        return children

    @staticmethod
    def _follow(start: Iterable[int], ways: Mapping[int, Collection[int]]) -> frozenset[int]:
        found, waiting = set[int](), list(start)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += ways.get(number, ())
        return frozenset(found)


def join_units(names: Iterable[str]) -> str:
    """Write the units of a head in one line."""
    return "; ".join(names)


def split_units(names: str) -> list[str]:
    """Return the names that `join_units` wrote in one line."""
    return [name.strip() for name in names.split(";") if name.strip()]


def format_end(unit: Unit, units: Units) -> str:
    """Say until when a unit lasted, and which units took over: ``đến hết 30/12/2025, nay là Trung tâm B``."""
    names = ", ".join(units.by_id[number].name for number in unit.successors)
    until = f"đến hết {format_day(unit.valid_to)}" if unit.valid_to else ""
    return f"{until}, nay là {names}" if names else until
