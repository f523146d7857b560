"""The Office's page of who has seen a post in the document system."""

from dataclasses import dataclass
from typing import ClassVar

from campaign.core.coverage import MemberStanding, State
from campaign.core.post import Post
from campaign.core.seen import RecordedSeen, SeenLine


@dataclass(frozen=True, slots=True)
class SeenFigures:
    """How many of those in a state stand on a list."""

    state: State
    seen: int
    all: int


@dataclass(frozen=True, slots=True)
class SeenPreview:
    """What was found in a list that is not recorded yet.

    Attributes:
        members: The numbers of those who stand on it, which go back with the form.
        missed: How many lines name nobody, or could name several.
        unmatched: The first of those that name nobody.
        ambiguous: The first of those that could name several.
    """

    file: str
    digest: str
    members: str
    missed: int
    unmatched: tuple[SeenLine, ...]
    ambiguous: tuple[SeenLine, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """Who stands on the lists of a post, or on the one that is looked at, beside how they stand to it.

    Attributes:
        outstanding: The first of those who have seen it and not confirmed.
    """

    template: ClassVar[str] = "office_seen.html"
    title: ClassVar[str] = "Đã xem trên hệ thống QLVB&ĐH"
    post: Post
    recorded: tuple[RecordedSeen, ...]
    figures: tuple[SeenFigures, ...]
    outstanding: tuple[MemberStanding, ...]
    preview: SeenPreview | None = None
    problem: str | None = None
    remedy: str | None = None
