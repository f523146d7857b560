"""What posts are judged by, for whoever checks them: the commands of editors and their desk."""

from collections.abc import Collection
from datetime import datetime

from holidays import country_holidays

from campaign.posts.archive import Archive
from campaign.publish.check.checks import Surroundings
from campaign.store.base.units import read_headcounts
from campaign.store.ledger.database import Connection
from campaign.store.posts.confirmations import count_standing


def gather_surroundings(
    units: Collection[str], archive: Archive, now: datetime, connection: Connection | None = None
) -> Surroundings:
    """Gather what posts are judged by.

    Args:
        units: The units that posts can name.
        archive: What was published.
        now: The time of the check.
        connection: The database, if there is one with a campaign.
    """
    holidays = country_holidays("VN", language="vi")
    of_roster = frozenset(found.unit for found in read_headcounts(connection)) if connection else frozenset[str]()
    return Surroundings(
        units=tuple(dict.fromkeys([*units, *sorted(of_roster)])),
        archive=archive,
        now=now,
        name_of_holiday=lambda day: str(holidays.get(day, "")),
        roster_units=of_roster,
        confirmed=count_standing(connection) if connection else None,
    )
