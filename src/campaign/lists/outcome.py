"""What became of a list once it was read: its people, and everything that is wrong, doubtful or left out."""

from dataclasses import dataclass

from campaign.core.people.roster import Category, Member
from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.unit_names import looks_like_unit
from campaign.core.text import fold
from campaign.errors.base import CampaignError, Faults
from campaign.errors.roster import (
    DuplicateMemberError,
    RosterColumnError,
    RosterColumnRefusedError,
    RosterContentRefusedError,
    RosterValueError,
)
from campaign.lists.choices import Words
from campaign.lists.findings import Place
from campaign.lists.headings import Column
from campaign.lists.members import Person
from campaign.lists.privacy import Refusal
from campaign.lists.sheets import Sheet
from campaign.lists.tables import Table

UNTOUCHED = "Danh sách cũ vẫn giữ nguyên; chưa có dòng nào được lưu."


@dataclass(frozen=True, slots=True)
class CategoryWord:
    """A text that stands for a category, how many rows have it, and what it means; nothing when nobody knows."""

    text: str
    rows: int
    meant: Category | None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet of the file, and the list that was found on it.

    Attributes:
        table: The list; nothing when there is none, or it is not read.
        rows: How many rows are people.
        people: How many of them were read.
        absent: The columns that no row has in any form.
    """

    sheet: Sheet
    table: Table | None = None
    rows: int = 0
    people: int = 0
    absent: frozenset[Column] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read from a file.

    Attributes:
        notes: What was read and what was left out, a sentence each.
        doubts: What a person should look at.
        faults: Why it cannot be used as it is.
        words: The texts that stand for categories, other than the categories' own names.
        refused: The columns that must not be kept.
        hidden: The rows of people that are hidden.
        struck: The rows of people that are struck out.
    """

    file: str
    people: tuple[Person, ...]
    sheets: tuple[SheetReading, ...]
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    faults: tuple[CampaignError, ...]
    words: tuple[CategoryWord, ...]
    refused: tuple[Refusal, ...]
    hidden: tuple[Place, ...]
    struck: tuple[Place, ...]

    @property
    def body(self) -> str:
        """The body that the title above the list names; nothing when it names none."""
        above = [cell for reading in self.sheets if reading.table for row in reading.table.above for cell in row]
        return next((cell for cell in reversed(above) if looks_like_unit(cell)), "")

    @property
    def understood(self) -> Words:
        """What the texts of categories were understood as."""
        return Words(categories={fold(word.text): word.meant for word in self.words if word.meant is not None})

    @property
    def is_open(self) -> bool:
        """Whether choices can lift all that is wrong: columns, categories and what must not be kept."""
        unknown = sum(word.meant is None for word in self.words)
        values = sum(isinstance(fault, RosterValueError) for fault in self.faults)
        askable = RosterColumnError, RosterColumnRefusedError, RosterContentRefusedError, RosterValueError
        has_rows = any(any(map(any, reading.sheet.rows)) for reading in self.sheets)
        return has_rows and values <= unknown and all(isinstance(fault, askable) for fault in self.faults)

    def require_members(self) -> list[Member]:
        """Return the members.

        Raises:
            CampaignError: Why the list cannot be used; `Faults` when that is about rows or there are several reasons.
        """
        if len(self.faults) == 1 and not isinstance(self.faults[0], RosterValueError | DuplicateMemberError):
            raise self.faults[0]
        if self.faults:
            raise Faults(self.faults, UNTOUCHED)
        return [person.member for person in self.people]
