"""The outcome of a post: everything that a report tells; `sentences` has the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from campaign.core.campaign import Campaign
from campaign.core.deadline import Deadline
from campaign.core.department import Department
from campaign.core.dispatch import Channel, RecordedDispatch
from campaign.core.figures.closing import Closing
from campaign.core.figures.coverage import Coverage, Figures, MemberStanding, State
from campaign.core.figures.curve import Curve
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.note import Verifier
from campaign.core.people.roster import Category
from campaign.core.post import Post
from campaign.core.text import fold

_LEADERSHIP = ("ban giam doc", "lanh dao", "ban lanh dao")
"""How the unit of the leaders is called: they are not urged by letter, and are counted as a group of their own."""


@dataclass(frozen=True)
class Outcome:
    """How a post stood, with what supports it.

    Attributes:
        sample: Whether its people are made up.
        opened_on: The day on which the post was first published.
        as_of: The instant that the figures are of.
        made_on: The day on which the paper is made.
        figures: The figures, by unit.
        standings: Everyone concerned, in the Vietnamese order of names; nobody where only figures are wanted.
        dispatches: Where the post had been sent out by the day of the figures.
        closing: How the post stood when its time was over, as it was recorded then; nothing before.
        files: The files that the post shows, by their digest.
        doubts: Closings that the entries contradict, and entries that are dated back.
        verifier_digest: The SHA-256 of the stand-alone verifier, in hexadecimal.
        note: The signed checkpoint of the ledger, made after the figures were read.
        address: Where people read and confirm.
    """

    department: Department
    campaign: Campaign
    sample: bool
    post: Post
    deadline: Deadline
    opened_on: date
    as_of: datetime
    made_on: date
    figures: Figures
    standings: Sequence[MemberStanding]
    curve: Curve
    dispatches: Sequence[RecordedDispatch]
    note: bytes
    verifier: Verifier
    address: str
    closing: Closing | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    verifier_digest: str = ""

    @cached_property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return self.figures.total

    @cached_property
    def by_unit(self) -> Mapping[str, Coverage]:
        """The figures of the units with somebody concerned: one that has ended is no row of zeros."""
        return {unit: figures for unit, figures in self.figures.by_unit.items() if figures.concerned}

    @cached_property
    def by_group(self) -> Mapping[str, Coverage]:
        """The figures of the leaders, and of everyone else by category; without groups that nobody belongs to."""
        groups = {"lãnh đạo": Coverage()} | {category.label: Coverage() for category in Category}
        for person in self.standings:
            group = "lãnh đạo" if is_leadership(person.unit) else person.category.label
            figures = groups[group]
            counted = {person.state.value: getattr(figures, person.state.value) + 1}
            groups[group] = replace(figures, opening=figures.opening + 1, **counted)
        return {group: figures for group, figures in groups.items() if figures.concerned}

    @cached_property
    def extended(self) -> Sequence[MemberStanding]:
        """Those who confirmed after the time of all, and within their own."""
        own = (person for person in self.those(State.ON_TIME) if person.confirmed_at)
        return [person for person in own if person.confirmed_at and not self.deadline.is_met_at(person.confirmed_at)]

    @property
    def checkpoint(self) -> Checkpoint:
        """What the signed note says."""
        return self.verifier.read(self.note)

    def those(self, state: State) -> list[MemberStanding]:
        """Return everyone in a state."""
        return [standing for standing in self.standings if standing.state is state]

    def sent_on(self, channel: Channel) -> list[RecordedDispatch]:
        """Return what was sent on a channel."""
        return [sent for sent in self.dispatches if sent.dispatch.channel is channel]

    def to_be_urged(self) -> list[str]:
        """Return the units in which somebody is outstanding, without the leaders and the Office that urges them."""
        units = (unit for unit, figures in self.by_unit.items() if figures.outstanding)
        return [unit for unit in units if not is_leadership(unit) and not is_office(unit, self.department)]


def is_leadership(unit: str) -> bool:
    """Say whether a unit is that of the department's leaders."""
    return fold(unit).startswith(_LEADERSHIP)


def is_office(unit: str, department: Department) -> bool:
    """Say whether a unit is the Office, in whose name people are urged: "Văn phòng" of "Văn phòng Sở"."""
    return fold(department.office).startswith(fold(unit))
