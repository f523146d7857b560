"""Staff codes for a list that has none: the same person has the same code from list to list."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from campaign.core.people.roster import Member
from campaign.core.people.unit_names import to_unit_key
from campaign.core.text import fold

_NUMBERED = re.compile(r"(.*?)(\d+)")
DIGITS = 3


def propose_codes(
    current: Mapping[str, Member], listed: Sequence[Member], used: Collection[str], prefix: str
) -> list[Member]:
    """Return the list with a staff code for everyone who has none.

    Who is on the roster with the same name, best in the same unit or with the same address, keeps that code; anyone
    else gets the next number that was never used.

    Args:
        current: The roster by staff code.
        listed: The new list.
        used: Every code that was ever used; none is used again.
        prefix: What new codes begin with when no code in use tells.
    """
    free = {code: member for code, member in current.items() if code not in {one.staff_code for one in listed}}
    codes: dict[int, str] = {}
    for sameness in (_who_and_address, _who_and_unit, _who):
        by_person: dict[object, list[str]] = defaultdict(list)
        for code, member in free.items():
            by_person[sameness(member)].append(code)
        for at, member in enumerate(listed):
            same = by_person.get(sameness(member), [])
            if not member.staff_code and at not in codes and same and (sameness is not _who or len(same) == 1):
                codes[at] = same.pop(0)
                del free[codes[at]]
    following = _count_up(used, prefix)
    return [
        member if member.staff_code else replace(member, staff_code=codes.get(at) or next(following))
        for at, member in enumerate(listed)
    ]


def make_prefix(body: str) -> str:
    """Return the first letters of a body's name: SKHCN for “Sở Khoa học và Công nghệ”; NV without one."""
    words = re.findall(r"\w+", fold(body).upper())
    return "".join(word[0] for word in words if word != "VA") or "NV"


def _who(member: Member) -> object:
    return fold(member.name)


def _who_and_unit(member: Member) -> object:
    return fold(member.name), to_unit_key(member.unit)


def _who_and_address(member: Member) -> object:
    return fold(member.name), member.email or object()


def _count_up(used: Collection[str], prefix: str) -> Iterator[str]:
    """Give codes that were never used, in the form of most of those that were."""
    numbered = [found.groups() for code in used if (found := _NUMBERED.fullmatch(code))]
    prefixes = Counter(start for start, _ in numbered)
    start = max(prefixes, key=prefixes.__getitem__, default=f"{prefix}-")
    numbers = [number for other, number in numbered if other == start]
    digits = max(map(len, numbers), default=DIGITS)
    number = max(map(int, numbers), default=0)
    while True:
        number += 1
        yield f"{start}{number:0{digits}}"
