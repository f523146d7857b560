"""What the editors' commands work on: the content folder, the archive, and what a database knows of both, if any."""

from datetime import datetime
from pathlib import Path

from campaign.errors.store import StoreUnreachableError
from campaign.jobs.checking import gather_surroundings
from campaign.posts.archive import read_archive
from campaign.publish.check.checks import Surroundings
from campaign.publish.mkdocs.project import Project
from campaign.settings import Settings
from campaign.store.ledger.campaigns import has_campaign
from campaign.store.ledger.database import Database

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
    units, archive = project.options.units, read_archive(project.options.archive)
    if database is None:
        return gather_surroundings(units, archive, now)
    with database.reading() as connection:
        return gather_surroundings(units, archive, now, connection)
