import pytest

from campaign.core.ledger.entry import Kind
from campaign.errors.store import CampaignExistsError, NoCampaignError
from campaign.store.ledger.campaigns import Campaign, has_campaign, open_campaign, read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from tests.rigs.builders import OPENED
from tests.rigs.ledger_steps import begin, kinds

SAMPLE = Campaign("Dữ liệu minh hoạ", sample=True)


def test_a_campaign_begins_the_ledger(database: Database) -> None:
    with appending(database) as ledger:
        open_campaign(ledger, SAMPLE, OPENED, None)

    assert kinds(database) == [Kind.CAMPAIGN_OPENED]
    with database.reading() as connection:
        assert has_campaign(connection)
        assert read_campaign(connection) == SAMPLE


def test_a_database_holds_one_campaign(database: Database) -> None:
    begin(database)

    with pytest.raises(CampaignExistsError):
        begin(database)

    assert kinds(database) == [Kind.CAMPAIGN_OPENED]


def test_an_empty_database_has_no_campaign(database: Database) -> None:
    with database.reading() as connection:
        assert not has_campaign(connection)
        with pytest.raises(NoCampaignError):
            read_campaign(connection)
