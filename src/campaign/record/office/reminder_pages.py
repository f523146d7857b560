"""The Office's pages of reminders: the plan, a round of it, what was sent, the texts to pass on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from campaign.core.post import Post
from campaign.core.reminder import HeadNotice, PostPlan, Reminder
from campaign.jobs.reminder_round import Tally
from campaign.remind.texts import Text
from campaign.store.figures.reminders import SentReminder


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Which page of a long list is shown.

    Attributes:
        number: Of the page, from 1.
        first: The place of the first of those shown.
        has_more: Whether another page follows.
    """

    number: int
    first: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A post with its days, and how many of those shown owe it."""

    plan: PostPlan
    outstanding: int


@dataclass(frozen=True, slots=True)
class UnitDebts:
    """A unit with the debts of its people: who owes two posts has two. ``due`` are those whose day has come."""

    name: str
    debts: int
    due: int


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """Who is reminded when, why, how, and until when.

    Attributes:
        units: All that the account may see.
        unit: The unit that is shown, or empty for all.
        is_bound: Whether the account sees that unit only.
        people: Those of this page who owe something; nothing when a unit must be chosen first.
        is_quiet: Whether nobody is disturbed now.
    """

    template: ClassVar[str] = "office_reminders.html"
    title: ClassVar[str] = "Đôn đốc"
    as_of: datetime
    lines: tuple[PlanLine, ...]
    units: tuple[UnitDebts, ...]
    unit: str
    is_bound: bool
    people: tuple[Reminder, ...] | None
    sheaf: Sheaf
    is_quiet: bool
    has_mail: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round of reminders before it is sent, and what became of it.

    Attributes:
        unit: One unit, or empty for all.
        extra: Whether those are reminded too whose day it is not.
        due: Who is reminded.
        idle: Who is not, by the reason.
        heads: The heads of units who are told.
        tally: What became of it; nothing while it is only looked at.
    """

    template: ClassVar[str] = "office_round.html"
    title: ClassVar[str] = "Lần nhắc hôm nay"
    as_of: datetime
    unit: str
    extra: bool
    due: tuple[Reminder, ...]
    idle: Mapping[str, tuple[Reminder, ...]]
    heads: tuple[HeadNotice, ...]
    is_quiet: bool
    tally: Tally | None = None

    @property
    def mails(self) -> int:
        """How many go by mail."""
        return sum(one.means.value == "mail" for one in self.due)


@dataclass(frozen=True, slots=True)
class SentLine:
    """A reminder that was sent, with how its reader stands now.

    Attributes:
        now: In words: reminded again when, or why no more.
        owes: Whether something is still owed.
    """

    sent: SentReminder
    now: str
    owes: bool


@dataclass(frozen=True, slots=True)
class RemindedPage:
    """The ledger of what was sent."""

    template: ClassVar[str] = "office_reminded.html"
    title: ClassVar[str] = "Đã nhắc"
    unit: str
    is_bound: bool
    lines: tuple[SentLine, ...]
    sheaf: Sheaf


@dataclass(frozen=True, slots=True)
class PersonText:
    """A text for somebody."""

    name: str
    staff_code: str
    unit: str
    text: Text


@dataclass(frozen=True, slots=True)
class TextsPage:
    """The texts that the Office passes on, and the letters to a unit.

    Attributes:
        for_head: The text for the head of the unit; nothing when nobody owes anything, or the list would be too long.
        texts: Those for people whose last reminder waits to be passed on.
        posts: Those for which the unit still owes something: a letter can be made of each.
    """

    template: ClassVar[str] = "office_texts.html"
    title: ClassVar[str] = "Lời nhắc để chuyển"
    unit: str
    is_bound: bool
    units: tuple[str, ...]
    for_head: Text | None
    texts: tuple[PersonText, ...]
    posts: tuple[Post, ...]
    sheaf: Sheaf
