"""Dispatches: recorded once, withdrawn by another entry, as of any instant."""

from datetime import date, timedelta

import pytest

from campaign.core.clock import start_of_day
from campaign.core.dispatch import Channel, Dispatch
from campaign.core.ledger.entry import Kind
from campaign.errors.confirming import PostUnknownError
from campaign.errors.dispatch import DispatchFutureError, DispatchUnknownError
from campaign.store.base.facts import FactReader, read_blocks
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.projections.projections import project_all
from campaign.store.posts.dispatches import dispatches_by_post, read_dispatches, record_dispatch, withdraw_dispatch
from campaign.store.proofs.mirror import compare_projections, open_mirror
from tests.rigs.builders import OPENED, post
from tests.rigs.ledger_steps import begin, kinds, publish

SENT = Dispatch(Channel.DOCUMENT_SYSTEM, date(2025, 10, 1), "45/SKHCN-VP", "các phòng, đơn vị", "ab" * 32)
HOUR = timedelta(hours=1)


@pytest.fixture
def campaign(database: Database) -> Database:
    """A campaign with one post."""
    begin(database)
    publish(database, post())
    return database


def send(database: Database, dispatch: Dispatch = SENT, key: str = "thong-bao-485") -> int:
    with appending(database) as ledger:
        return record_dispatch(ledger, key, dispatch, "chi", OPENED + HOUR)


def withdraw(database: Database, sequence: int) -> None:
    with appending(database) as ledger:
        withdraw_dispatch(ledger, "thong-bao-485", sequence, "chi", OPENED + 2 * HOUR)


def test_a_dispatch_is_read_back_as_it_was_recorded(campaign: Database) -> None:
    sequence = send(campaign)

    with campaign.reading() as connection:
        [found] = read_dispatches(connection, "thong-bao-485", OPENED + HOUR)
        before = read_dispatches(connection, "thong-bao-485", start_of_day(SENT.sent_on) - timedelta(microseconds=1))
    assert (found.sequence, found.dispatch, found.recorded_at, found.actor) == (sequence, SENT, OPENED + HOUR, "chi")
    assert before == ()


def test_what_was_sent_counts_from_its_day_on_however_late_it_was_recorded(campaign: Database) -> None:
    send(campaign)

    with campaign.reading() as connection:
        [found] = read_dispatches(connection, "thong-bao-485", start_of_day(SENT.sent_on))
    assert found.recorded_at == OPENED + HOUR


def test_the_same_dispatch_twice_is_one_entry(campaign: Database) -> None:
    first = send(campaign)

    assert send(campaign) == first
    assert kinds(campaign).count(Kind.DISPATCH) == 1


def test_a_withdrawn_dispatch_is_told_no_more_of_any_day_and_can_be_recorded_again(campaign: Database) -> None:
    first = send(campaign)

    withdraw(campaign, first)

    with campaign.reading() as connection:
        before = read_dispatches(connection, "thong-bao-485", OPENED + HOUR)
        after = read_dispatches(connection, "thong-bao-485", OPENED + 2 * HOUR)
    assert before == after == ()
    assert send(campaign) > first


def test_the_dispatches_of_all_posts_are_those_of_each(campaign: Database) -> None:
    publish(campaign, post(id="bai-khac"), post(id="chua-gui"))
    withdraw(campaign, send(campaign))
    send(campaign)
    send(campaign, Dispatch(Channel.WEBSITE, date(2025, 10, 1)))
    send(campaign, key="bai-khac")

    for as_of in (OPENED, OPENED + HOUR, OPENED + 3 * HOUR):
        with campaign.reading() as connection:
            each = {key: read_dispatches(connection, key, as_of) for key in ("thong-bao-485", "bai-khac", "chua-gui")}
            assert dispatches_by_post(connection, as_of) == {key: found for key, found in each.items() if found}


def test_what_does_not_stand_cannot_be_withdrawn(campaign: Database) -> None:
    sequence = send(campaign)
    withdraw(campaign, sequence)

    with pytest.raises(DispatchUnknownError):
        withdraw(campaign, sequence)
    with pytest.raises(DispatchUnknownError):
        withdraw(campaign, 1)


def test_a_day_to_come_and_an_unknown_post_are_refused(campaign: Database) -> None:
    with pytest.raises(DispatchFutureError):
        send(campaign, Dispatch(Channel.WEBSITE, date(2025, 10, 2)))
    with pytest.raises(PostUnknownError):
        send(campaign, key="khong-co")
    assert Kind.DISPATCH not in kinds(campaign)


def test_the_table_is_made_again_from_the_entries(campaign: Database) -> None:
    withdraw(campaign, send(campaign))
    send(campaign, Dispatch(Channel.WEBSITE, date(2025, 10, 1)))

    with campaign.reading() as connection, open_mirror() as mirror:
        for rows in read_blocks(connection):
            project_all(mirror, map(FactReader().read, rows))
        assert compare_projections(mirror, connection) == []
