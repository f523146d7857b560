"""Campaigns and the department in the ledger: as they are, and as they were."""

from dataclasses import replace
from datetime import timedelta

from campaign.core.campaign import Campaign
from campaign.core.department import Department
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.declarations import campaign_of, declare, read_campaigns, read_department
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import OPENED, post
from tests.rigs.ledger_steps import begin, publish

FIRST = Campaign("dot-mot", "Phổ biến Thông báo 485")
SECOND = Campaign("dot-hai", "Phổ biến Luật Bảo vệ dữ liệu cá nhân")
LATER = OPENED + timedelta(days=10)


def test_a_state_is_an_entry_only_when_it_is_new(database: Database) -> None:
    begin(database)
    with appending(database) as ledger:
        counts = [
            declare(ledger, [FIRST, SECOND], Department("Sở Nội vụ"), OPENED),
            declare(ledger, [FIRST, SECOND], Department("Sở Nội vụ"), LATER),
            declare(ledger, [replace(FIRST, closed=True), SECOND], Department("Sở A", heads={"P": "a@b.vn"}), LATER),
            declare(ledger, [], None, LATER),
        ]

    assert counts == [3, 0, 2, 0]


def test_a_campaign_is_told_as_it_was_and_one_declared_later_as_it_was_first(database: Database) -> None:
    begin(database)
    with appending(database) as ledger:
        declare(ledger, [FIRST], Department("Sở Nội vụ"), LATER)
        declare(ledger, [replace(FIRST, title="Tên mới")], Department("Sở mới"), LATER + timedelta(days=1))

    with database.reading() as connection:
        titles = [campaign_of(connection, post(), at).title for at in (OPENED, LATER, LATER + timedelta(days=1), None)]
        names = [read_department(connection, at).name for at in (OPENED, LATER, None)]

    assert titles == [FIRST.title, FIRST.title, "Tên mới", "Tên mới"]
    assert names == ["Sở Nội vụ", "Sở Nội vụ", "Sở mới"]


def test_a_post_from_before_campaigns_belongs_to_the_first(database: Database) -> None:
    begin(database)
    publish(database, post())
    with database.reading() as connection:
        alone = campaign_of(connection, post())
        assert read_department(connection).name == "…"
    with appending(database) as ledger:
        declare(ledger, [FIRST], None, LATER)
        declare(ledger, [replace(SECOND, id="a-dau-bang-chu-cai")], None, LATER)

    with database.reading() as connection:
        assert (alone.id, alone.title) == ("", "Phổ biến Thông báo 485")
        assert campaign_of(connection, post()) == FIRST
        assert campaign_of(connection, post(campaign="a-dau-bang-chu-cai")).title == SECOND.title
        assert [campaign.id for campaign in read_campaigns(connection)] == ["dot-mot", "a-dau-bang-chu-cai"]


def test_the_ledger_verifies_with_declarations(database: Database) -> None:
    begin(database)
    with appending(database) as ledger:
        declare(ledger, [FIRST], Department("Sở Nội vụ"), OPENED)

    with database.reading() as connection:
        assert verify_ledger(connection, None).findings == ()
