"""The list of who has seen a document in the document system: beside the confirmations, never a confirmation.

Opening a document is not reading it, and the system's list says nothing of which revision was on screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.core.figures.coverage import MemberStanding
from campaign.core.text import fold


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of the list: whom the document system names; what it does not say is empty.

    Attributes:
        number: The row in the file.
    """

    number: int
    staff_code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class SeenList:
    """The list held against those whom a post is for.

    Attributes:
        seen: Those who are on the list, in the order given.
        unmatched: Lines that name none of them.
        ambiguous: Lines that could name several of them, who are namesakes.
    """

    seen: tuple[MemberStanding, ...]
    unmatched: tuple[SeenLine, ...]
    ambiguous: tuple[SeenLine, ...]


@dataclass(frozen=True, slots=True)
class SeenPeople:
    """Who is on a list.

    Attributes:
        members: The numbers of those whom the post is for.
        missed: How many lines named none of them, or could name several.
        digest: The SHA-256 of the file.
    """

    members: tuple[int, ...]
    missed: int
    digest: str


@dataclass(frozen=True, slots=True)
class RecordedSeen:
    """A list that the Office recorded, and the entry that records it."""

    sequence: int
    people: SeenPeople
    recorded_at: datetime
    actor: str


def match_seen(lines: Iterable[SeenLine], standings: Sequence[MemberStanding]) -> SeenList:
    """Find the people of a list: by staff code, else by the name without marks, in the unit when it is given."""
    by_code = {member.staff_code: member for member in standings if member.staff_code}
    by_name = defaultdict[str, list[MemberStanding]](list)
    for member in standings:
        by_name[fold(member.name)].append(member)
    seen = set[int]()
    unmatched: list[SeenLine] = []
    ambiguous: list[SeenLine] = []
    for line in lines:
        found = [by_code[line.staff_code]] if line.staff_code in by_code else by_name.get(fold(line.name), [])
        same_unit = [member for member in found if fold(member.unit) == fold(line.unit)]
        found = same_unit if len(found) > 1 and same_unit else found
        if len(found) == 1:
            seen.add(found[0].member_id)
        else:
            (ambiguous if found else unmatched).append(line)
    return SeenList(
        tuple(member for member in standings if member.member_id in seen), tuple(unmatched), tuple(ambiguous)
    )
