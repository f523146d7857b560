"""The roster: who is in the campaign, in which unit and category, and what a new list changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from campaign.core.labelled import Labelled
from campaign.core.text import fold, name_key


class Category(Labelled):
    """What a member is employed as."""

    CIVIL_SERVANT = "civil_servant", "công chức"
    PUBLIC_EMPLOYEE = "public_employee", "viên chức"
    WORKER = "worker", "người lao động"


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roster.

    Attributes:
        staff_code: The code by which the department knows the person; never reused, compared in capitals.
        name: The full name, NFC.
        unit: The name of the unit.
        category: What the person is employed as.
        email: The work address, or nothing: many have none.
    """

    staff_code: str
    name: str
    unit: str
    category: Category
    email: str | None = None


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a new list would change, shown before anything is written.

    Attributes:
        joined: Members who are new, in the order of the list.
        changed: Members whose name, unit, category or address differs: as they are, as they will be.
        left: Members who are no longer on the list, in the order of names.
        unchanged: How many stay as they are.
    """

    joined: tuple[Member, ...]
    changed: tuple[tuple[Member, Member], ...]
    left: tuple[Member, ...]
    unchanged: int

    @property
    def moved(self) -> tuple[tuple[Member, Member], ...]:
        """Those of the changed who are in another unit."""
        return tuple(pair for pair in self.changed if pair[0].unit != pair[1].unit)

    @property
    def edited(self) -> tuple[tuple[Member, Member], ...]:
        """Those of the changed who stay in their unit."""
        return tuple(pair for pair in self.changed if pair[0].unit == pair[1].unit)

    @property
    def is_empty(self) -> bool:
        """Whether applying the plan would change nothing."""
        return not (self.joined or self.changed or self.left)


def keep_addresses(current: Mapping[str, Member], new: Iterable[Member]) -> list[Member]:
    """Return the new list with the addresses known so far, when it has none at all: it then says nothing of them."""
    listed = list(new)
    if any(member.email for member in listed):
        return listed
    known = {code: member.email for code, member in current.items()}
    return [replace(member, email=known.get(member.staff_code)) for member in listed]


def plan_roster(current: Mapping[str, Member], new: Iterable[Member]) -> RosterPlan:
    """Compare the roster with a new list.

    Args:
        current: The roster by staff code.
        new: The members of the new list, each staff code once.
    """
    listed = {member.staff_code: member for member in new}
    both = [(current[code], member) for code, member in listed.items() if code in current]
    return RosterPlan(
        joined=tuple(member for code, member in listed.items() if code not in current),
        changed=tuple((old, member) for old, member in both if old != member),
        left=_by_name(member for code, member in current.items() if code not in listed),
        unchanged=sum(old == member for old, member in both),
    )


CODE_SIGNS = " -._/"
"""What parts a staff code, and may be left out or be another sign in a search."""


def is_found(typed: str, name: str, staff_code: str) -> bool:
    """Say whether somebody is found by a part of the name or code: “skhcn 031” finds SKHCN-031."""
    key = fold(f"{name} {staff_code}")
    folded, joined = to_search_forms(typed)
    return folded in key or bool(joined and joined in _join(key))


def to_search_forms(typed: str) -> tuple[str, str]:
    """Return what was typed folded, and where it has digits also without the signs that part codes."""
    folded = fold(" ".join(typed.split()))
    return folded, _join(folded) if re.search(r"\d", folded) else ""


def _join(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, CODE_SIGNS)))


def _by_name(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (name_key(member.name), member.staff_code)))
