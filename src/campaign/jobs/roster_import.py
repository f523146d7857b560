"""Importing a list: looked at first, then made the roster of that very moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.core.roster import RosterPlan
from campaign.core.roster_codes import make_prefix
from campaign.core.roster_doubts import Doubt
from campaign.errors.roster import DoubtsUnseenError
from campaign.lists.choices import Choices
from campaign.lists.people import ReadList, read_list
from campaign.lists.privacy import Refusal
from campaign.lists.sheets import Sheet
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.plans import plan_list
from campaign.store.roster.roster import Advance, RosterSource, apply_roster, refuse_erased
from campaign.store.roster.words import read_words


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
class ListPreview:
    """What a list would change, and all that is told about it.

    Attributes:
        doubts: What a person should look at before the list is applied.
        notes: What was read, what was left out and what was understood, a sentence each.
    """

    plan: RosterPlan
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]


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
    return ListPreview(planned.plan, (*new.read.doubts, *planned.doubts), (*new.read.notes, *planned.settled))


def import_list(
    ledger: OpenLedger,
    new: NewList,
    source: RosterSource,
    at: datetime,
    *,
    doubts_seen: bool,
    advance: Advance = lambda _count: None,
) -> None:
    """Make a list the roster: compared with the one of this moment, which may have changed since the preview.

    What was chosen about its words is kept for the lists to come.

    Args:
        ledger: The ledger, open for appending.
        new: The list.
        source: Who imports it, from which file.
        at: When the server received it.
        doubts_seen: Whether a person has looked at the doubtful points.
        advance: Told now and then how many more people are done.

    Raises:
        DoubtsUnseenError: There are doubtful points, and nobody has looked at them.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    preview = preview_list(ledger.connection, new)
    if preview.doubts and not doubts_seen:
        raise DoubtsUnseenError
    words = (new.choices.words | new.read.understood).minus(read_words(ledger.connection))
    apply_roster(ledger, preview.plan, at, replace(source, words=words), advance)
