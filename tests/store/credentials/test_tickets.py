"""Tickets, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from campaign.store.base import schema
from campaign.store.credentials.tickets import Purpose, Ticket, find_ticket, issue_ticket, use_ticket
from campaign.store.ledger.database import Database
from tests.rigs.builders import OPENED

FOR_AN = Ticket(Purpose.MAIL_LINK, 1)
LASTS = timedelta(minutes=10)
MOMENT = timedelta(microseconds=1)


def issue(database: Database) -> str:
    with database.writing() as connection:
        return issue_ticket(connection, FOR_AN, OPENED, LASTS)


def test_a_ticket_serves_once(database: Database) -> None:
    token = issue(database)

    with database.writing() as connection:
        looked = [find_ticket(connection, Purpose.MAIL_LINK, token, OPENED) for _ in range(2)]
        used = [use_ticket(connection, Purpose.MAIL_LINK, token, OPENED) for _ in range(2)]

    assert looked == [FOR_AN, FOR_AN]
    assert used == [FOR_AN, None]


def test_a_ticket_serves_until_its_time_is_over(database: Database) -> None:
    token = issue(database)

    with database.reading() as connection:
        found = [find_ticket(connection, Purpose.MAIL_LINK, token, OPENED + after) for after in (LASTS - MOMENT, LASTS)]

    assert found == [FOR_AN, None]


def test_a_token_that_was_never_issued_is_good_for_nothing(database: Database) -> None:
    issue(database)

    with database.writing() as connection:
        assert use_ticket(connection, Purpose.MAIL_LINK, "x" * 43, OPENED) is None


def test_only_hashes_are_kept_and_no_longer_than_they_serve(database: Database) -> None:
    token = issue(database)

    with database.writing() as connection:
        kept = repr(connection.execute(select(schema.ticket)).all())
        issue_ticket(connection, FOR_AN, OPENED + LASTS, LASTS)
        left = connection.execute(select(schema.ticket)).all()

    assert token not in kept
    assert len(left) == 1
