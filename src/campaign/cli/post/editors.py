"""What the editors' commands work on: the content folder, the archive, and what a database knows of both, if any."""

from datetime import datetime
from pathlib import Path

from holidays import country_holidays

from campaign.errors.store import StoreUnreachableError
from campaign.posts.archive import read_archive
from campaign.publish.check.checks import Surroundings
from campaign.publish.mkdocs.project import Project
from campaign.settings import Settings
from campaign.store.ledger.campaigns import has_campaign
from campaign.store.ledger.database import Database
from campaign.store.posts.confirmations import count_standing
from campaign.store.roster.roster import read_roster

_SQLITE = "sqlite:///"


def find_database(settings: Settings) -> Database | None:
    """Return the database with its campaign, or nothing: publishing needs none, and looking for one makes none."""
    if settings.database.startswith(_SQLITE) and not Path(settings.database.removeprefix(_SQLITE)).exists():
        return None
    database = Database(settings.database)
    try:
        with database.reading() as connection:
            return database if has_campaign(connection) else None
    except StoreUnreachableError:
        return None


def read_surroundings(project: Project, database: Database | None, now: datetime) -> Surroundings:
    """Gather what posts are judged by."""
    units, confirmed, holidays = frozenset[str](), None, country_holidays("VN", language="vi")
    if database:
        with database.reading() as connection:
            units = frozenset(listed.member.unit for listed in read_roster(connection).values())
            confirmed = count_standing(connection)
    return Surroundings(
        units=project.options.units,
        archive=read_archive(project.options.archive),
        now=now,
        name_of_holiday=lambda day: str(holidays.get(day, "")),
        roster_units=units,
        confirmed=confirmed,
    )
