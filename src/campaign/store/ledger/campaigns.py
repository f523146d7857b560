"""The campaign that a database holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from campaign.core.ledger.entry import Kind
from campaign.core.ledger.note import Verifier
from campaign.errors.store import CampaignExistsError, NoCampaignError
from campaign.store.base import schema
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.ledger.ledger import OpenLedger


@dataclass(frozen=True, slots=True)
class Campaign:
    """The campaign.

    Attributes:
        sample: Whether its people and confirmations are made up.
    """

    title: str
    sample: bool


def open_campaign(ledger: OpenLedger, campaign: Campaign, at: datetime, key: Verifier | None) -> None:
    """Append that the campaign begins: the first entry of a ledger, which names the key that is the ledger's.

    Args:
        ledger: The empty ledger.
        campaign: The campaign.
        at: When it begins.
        key: The ledger's key; nothing only to make a ledger as programs before 0.3 made it.

    Raises:
        CampaignExistsError: The database has one.
    """
    require_no_campaign(ledger.connection)
    facts: dict[str, object] = {"title": campaign.title, "sample": campaign.sample}
    ledger.append(Kind.CAMPAIGN_OPENED, at, facts | ({"key": str(key)} if key else {}))


def require_no_campaign(connection: Connection) -> None:
    """Let a campaign be opened in an empty database only.

    Raises:
        CampaignExistsError: The database has one.
    """
    if has_campaign(connection):
        raise CampaignExistsError


def has_campaign(connection: Connection) -> bool:
    """Say whether the database has a campaign."""
    return connection.scalar(select(schema.campaign.c.id)) is not None


@once_a_snapshot
def read_campaign(connection: Connection) -> Campaign:
    """Return the campaign.

    Raises:
        NoCampaignError: The database has none.
    """
    row = connection.execute(select(schema.campaign.c.title, schema.campaign.c.sample)).one_or_none()
    if row is None:
        raise NoCampaignError(connection.engine.url.render_as_string(hide_password=True))
    return Campaign(row.title, row.sample)
