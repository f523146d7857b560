"""What a new list would change: compared with the roster and the units of now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from campaign.core.people.roster import Member, RosterPlan, keep_addresses, plan_roster
from campaign.core.people.roster_codes import propose_codes
from campaign.core.people.roster_doubts import Doubt, find_doubts
from campaign.core.people.roster_units import doubt_units, settle_units, tell_settled
from campaign.store.base.units import read_units
from campaign.store.roster.roster import read_codes, read_roster


@dataclass(frozen=True, slots=True)
class PlannedList:
    """What a new list would change.

    Attributes:
        members: How many are on the roster now.
        doubts: What a person should look at before it is applied.
        settled: Which of its units are understood as others, a sentence each.
    """

    plan: RosterPlan
    members: int
    doubts: tuple[Doubt, ...]
    settled: tuple[str, ...]


def plan_list(
    connection: Connection,
    listed: Sequence[Member],
    prefix: str = "",
    site_units: Collection[str] = (),
    accepted: Collection[str] = (),
) -> PlannedList:
    """Compare the roster with the people of a new list.

    Args:
        connection: One state of the database.
        listed: Everyone on the list; who has no staff code gets one.
        prefix: What new codes begin with when there is none to follow.
        site_units: Units that the site names.
        accepted: New units of which somebody has said that they are units of their own.
    """
    current = {code: one.member for code, one in read_roster(connection).items()}
    units = read_units(connection)
    settled = settle_units(listed, units)
    if not all(member.staff_code for member in settled):
        settled = propose_codes(current, settled, read_codes(connection), prefix)
    plan = plan_roster(current, keep_addresses(current, settled))
    known = dict.fromkeys([*units.by_name, *site_units])
    doubts = (*doubt_units(listed, units), *find_doubts(current, plan, known, accepted))
    return PlannedList(plan, len(current), doubts, tuple(tell_settled(listed, units)))
