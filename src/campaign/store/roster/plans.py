"""What a new list would change: compared with the roster and the units of now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from campaign.core.roster import Member, RosterPlan, keep_addresses, plan_roster
from campaign.core.roster_doubts import Doubt, find_doubts
from campaign.core.roster_units import doubt_units, settle_units, tell_settled
from campaign.store.base.units import read_units
from campaign.store.roster.roster import read_roster


@dataclass(frozen=True, slots=True)
class PlannedList:
    """What a new list would change.

    Attributes:
        doubts: What a person should look at before it is applied.
        settled: Which of its units are understood as others, a sentence each.
    """

    plan: RosterPlan
    doubts: tuple[Doubt, ...]
    settled: tuple[str, ...]


def plan_list(connection: Connection, listed: Sequence[Member]) -> PlannedList:
    """Compare the roster with the people of a new list."""
    current = {code: one.member for code, one in read_roster(connection).items()}
    units = read_units(connection)
    plan = plan_roster(current, keep_addresses(current, settle_units(listed, units)))
    doubts = (*doubt_units(listed, units), *find_doubts(current, plan, units.by_name))
    return PlannedList(plan, doubts, tuple(tell_settled(listed, units)))
