"""How long the personal fields of each campaign are kept, and what goes with it."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from campaign.core.campaign import Campaign
from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.ledger.erasure import ErasureReason
from campaign.errors.privacy import CampaignUnknownError, RetentionError
from campaign.store.base import schema
from campaign.store.credentials.sessions import Reader
from campaign.store.figures.privacy import ErasedBy
from campaign.store.figures.retention import (
    count_kept,
    erase_campaign,
    find_retention,
    read_retentions,
    require_over,
)
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.confirmations import Press, confirm
from campaign.store.posts.declarations import declare
from campaign.store.proofs.verification import verify_ledger
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import LAST_SECOND, OPENED, member, post
from tests.rigs.keys import KEY
from tests.rigs.ledger_steps import begin, enrol, exempt, leave, press, publish
from tests.store.ledger.test_projections import read_projections, rebuild_all

AN, BINH, DUNG = member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình"), member("SKHCN-009", "Vừ A Dũng")
OLD = Campaign("dot-cu", "Đợt cũ", deadline=Deadline.before_day(date(2025, 11, 5)))
NEW = Campaign("dot-moi", "Đợt mới", deadline=Deadline.before_day(date(2026, 12, 20)), retention_months=24)
LAW = post(id="luat", title="Luật mới", campaign="dot-moi", deadline=NEW.deadline)
LEFT, PUBLISHED, TODAY = (datetime(*day, 8, tzinfo=VIET_NAM) for day in ((2025, 12, 31), (2026, 10, 1), (2026, 11, 5)))


@pytest.fixture
def both(database: Database) -> Database:
    """Two campaigns: in the first An, Bình and Dũng confirmed; then Dũng left; An confirmed in the second."""
    begin(database)
    with appending(database) as ledger:
        declare(ledger, [OLD, NEW], None, OPENED)
    enrol(database, AN, BINH, DUNG)
    publish(database, post())
    exempt(database, "SKHCN-002", "Nghỉ thai sản")
    leave(database, "SKHCN-001", date(2025, 10, 20))
    for staff_code in ("SKHCN-001", "SKHCN-002", "SKHCN-009"):
        press(database, staff_code)
    enrol(database, AN, BINH, at=LEFT)
    publish(database, LAW, at=PUBLISHED)
    with appending(database) as ledger:
        reader = Reader(find_by_code(ledger.connection, "SKHCN-001"), "")
        confirm(ledger, reader, Press("", "luat", 1, LAW.digest, PUBLISHED))
    return database


def erase(database: Database, campaign: str = "dot-cu") -> int:
    with appending(database) as ledger:
        retention = find_retention(ledger.connection, campaign)
        return erase_campaign(ledger, KEY, retention, ErasedBy(ErasureReason.EXPIRED, "chi", TODAY))


def test_each_campaign_ends_on_its_own_day_whatever_is_published_later(both: Database) -> None:
    with both.reading() as connection:
        found = {retention.campaign.id: retention for retention in read_retentions(connection)}

        assert {name: retention.first for name, retention in found.items()} == {
            "dot-cu": date(2026, 11, 5),
            "dot-moi": date(2028, 12, 20),
        }
        assert [found["dot-cu"].is_due(day) for day in (date(2026, 11, 4), date(2026, 11, 5))] == [False, True]
        assert not found["dot-moi"].is_due(date(2026, 11, 5))
        require_over(found["dot-cu"], date(2026, 11, 5))
        with pytest.raises(RetentionError, match="20/12/2028"):
            require_over(found["dot-moi"], date(2026, 11, 5))
        with pytest.raises(CampaignUnknownError):
            find_retention(connection, "khong-co")


def test_what_is_erased_goes_and_the_other_campaign_stays(both: Database) -> None:
    """Three confirmations, an exemption, a leave that is over, and Dũng, who came and left before the second."""
    assert erase(both) == 7

    with both.reading() as connection:
        names = list(connection.scalars(select(schema.member.c.name).order_by(schema.member.c.id)))
        assert names == [AN.name, BINH.name, None]
        assert set(connection.scalars(select(schema.special_case.c.reason))) == {None}
        kept = {retention.campaign.id: count_kept(connection, retention) for retention in read_retentions(connection)}
        assert kept == {"dot-cu": 0, "dot-moi": 1}
        erased = {retention.campaign.id: retention.erased_at for retention in read_retentions(connection)}
        assert erased == {"dot-cu": TODAY, "dot-moi": None}
        assert not find_retention(connection, "dot-cu").is_due(date(2030, 1, 1))


def test_after_an_erasure_the_ledger_verifies_and_is_rebuilt_the_same(both: Database) -> None:
    erase(both)
    before = read_projections(both)

    rebuild_all(both)

    assert read_projections(both) == before
    with both.reading() as connection:
        assert verify_ledger(connection, None).findings == ()


def test_a_leave_that_reaches_into_a_campaign_that_is_kept_keeps_its_reason(both: Database) -> None:
    leave(both, "SKHCN-001", date(2026, 10, 20), at=LAST_SECOND)

    erase(both)

    with both.reading() as connection:
        reasons = list(
            connection.scalars(select(schema.special_case.c.reason).order_by(schema.special_case.c.sequence))
        )
    assert [reason is None for reason in reasons] == [True, True, False]


def test_a_campaign_without_posts_and_deadline_is_never_due(database: Database) -> None:
    begin(database)
    with appending(database) as ledger:
        declare(ledger, [replace(OLD, deadline=None)], None, OPENED)

    with database.reading() as connection:
        (retention,) = read_retentions(connection)
    assert not retention.is_due(date(2100, 1, 1))
