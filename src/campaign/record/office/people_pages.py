"""The Office's pages of single people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from campaign.store.figures.people import FoundPerson, PersonHistory


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Whom a search found."""

    template: ClassVar[str] = "office_people.html"
    title: ClassVar[str] = "Tìm người"
    search: str
    found: tuple[FoundPerson, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What was recorded about a person, and forms to record more.

    Attributes:
        typed: What was entered and could not be recorded, by field; empty texts at first.
        seen: The posts that the person has seen in the document system.
    """

    template: ClassVar[str] = "office_person.html"
    title: ClassVar[str] = "Hồ sơ xác nhận"
    history: PersonHistory
    typed: Mapping[str, str]
    problem: str | None = None
    remedy: str | None = None
    seen: frozenset[str] = frozenset()
