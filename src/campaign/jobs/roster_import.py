"""Importing a list: looked at first, then made the roster of that very moment."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.core.people.roster import RosterPlan
from campaign.core.people.roster_codes import make_prefix
from campaign.core.people.roster_doubts import Doubt
from campaign.errors.roster import DoubtsUnseenError, RosterCountError
from campaign.lists.choices import Choices
from campaign.lists.outcome import ReadList
from campaign.lists.people import read_list
from campaign.lists.privacy import Refusal
from campaign.lists.sheets import Sheet
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.plans import plan_list
from campaign.store.roster.reorganisations import place_listed
from campaign.store.roster.roster import Advance, RosterSource, apply_roster, refuse_erased
from campaign.store.roster.words import read_words

LARGE = 0.2
"""When more than this part of the roster comes or goes, somebody types how many people will be on it."""


@dataclass(frozen=True, slots=True)
class NewList:
    """A list that was handed in, as it was read.

    Attributes:
        choices: What people decided about it, and about the words of lists before.
        site_units: The units that the site names.
    """

    read: ReadList
    choices: Choices
    site_units: Collection[str]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person did with a preview.

    Attributes:
        doubts_seen: Whether the doubtful points were looked at.
        people: How many people will be on the roster, as it was typed; nothing where nobody is asked.
    """

    doubts_seen: bool
    people: str | None = None


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a list would change, and all that is told about it.

    Attributes:
        members: How many people are on the roster now.
        doubts: What a person should look at before the list is applied.
        notes: What was read, what was left out and what was understood, a sentence each.
    """

    plan: RosterPlan
    members: int
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many people will be on the roster."""
        return self.members + len(self.plan.joined) - len(self.plan.left)

    @property
    def is_large(self) -> bool:
        """Whether so many come or go that the number is to be typed; the first list of all only adds."""
        return self.members > 0 and len(self.plan.joined) + len(self.plan.left) > self.members * LARGE


def read_new_list(
    connection: Connection,
    file: str,
    sheets: Sequence[Sheet],
    choices: Choices | None = None,
    refused: Sequence[Refusal] = (),
    site_units: Collection[str] = (),
) -> NewList:
    """Read a list by what was chosen for it and before it.

    Args:
        connection: One state of the database.
        file: The name of the file.
        sheets: Its sheets.
        choices: What a person decided about it.
        refused: Columns that were dropped already, because they must not be kept.
        site_units: The units that the site names.
    """
    choices = choices or Choices()
    choices = replace(choices, words=read_words(connection) | choices.words)
    units = [*read_units(connection).by_name, *site_units]
    return NewList(read_list(file, sheets, choices, units, refused), choices, site_units)


def preview_list(connection: Connection, new: NewList) -> ListPreview:
    """Return what a list would change now.

    Raises:
        CampaignError: Why the list cannot be used.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    members = new.read.require_members()
    refuse_erased(connection)
    units = new.choices.words.units
    accepted = [unit for unit, meant in units.items() if unit == meant]
    planned = plan_list(connection, members, make_prefix(new.read.body), new.site_units, accepted)
    doubts, notes = (*new.read.doubts, *planned.doubts), (*new.read.notes, *planned.settled)
    return ListPreview(planned.plan, planned.members, doubts, notes)


def import_list(
    ledger: OpenLedger,
    new: NewList,
    source: RosterSource,
    at: datetime,
    review: Review,
    advance: Advance = lambda _count: None,
) -> None:
    """Make a list the roster: compared with the one of this moment, which may have changed since the preview.

    What was chosen about its words is kept for the lists to come.

    Args:
        ledger: The ledger, open for appending.
        new: The list.
        source: Who imports it, from which file.
        at: When the server received it.
        review: What a person did with the preview.
        advance: Told now and then how many more people are done.

    Raises:
        DoubtsUnseenError: There are doubtful points, and nobody has looked at them.
        RosterCountError: Very much would change, and the number that was typed is another.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    preview = preview_list(ledger.connection, new)
    if preview.doubts and not review.doubts_seen:
        raise DoubtsUnseenError
    if preview.is_large and review.people not in (None, str(preview.people)):
        raise RosterCountError(preview.members, preview.people)
    words = (new.choices.words | new.read.understood).minus(read_words(ledger.connection))
    apply_roster(ledger, preview.plan, at, replace(source, words=words), advance)
    place_listed(ledger, _find_parents(new), source.actor, at)


def _find_parents(new: NewList) -> dict[str, str]:
    """Return the unit above, by the unit, where the list names one for all of its people."""
    units, above = new.choices.words.units, defaultdict[str, set[str]](set)
    for person in new.read.people:
        above[person.member.unit].add(units.get(person.upper, person.upper))
    return {unit: parents.pop() for unit, parents in above.items() if len(parents) == 1 and not parents & {"", unit}}
