"""Buckets of tries in the database: shared, and gone when they are full."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from campaign.core.limits import Limit
from campaign.store.base import schema
from campaign.store.credentials.limits import Bucket, give_back_try, take_try
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import OPENED

FIVE = Bucket(Limit("five", 5, timedelta(minutes=15)), b"an")
TWO = Bucket(Limit("two", 2, timedelta(hours=1)), b"machine")
NONE = timedelta()


def take(database: Database, *buckets: Bucket, after: timedelta = NONE) -> timedelta:
    with database.writing() as connection:
        return take_try(connection, buckets, OPENED + after)


def rows(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(schema.bucket)).all())


def test_two_recorders_share_a_bucket(database: Database, other: Database) -> None:
    waits = [take(one, FIVE) for one in (database, other, database, other, database, other)]

    assert waits == [NONE] * 5 + [timedelta(minutes=3)]


def test_tries_at_the_same_instant_take_a_token_each(database: Database, other: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        waits = [*pool.map(lambda recorder: [take(recorder, FIVE) for _ in range(10)], (database, other))]

    assert sum(waits_of_one.count(NONE) for waits_of_one in waits) == 5


def test_an_empty_bucket_spares_the_others(database: Database) -> None:
    for _ in range(2):
        take(database, TWO)

    assert take(database, FIVE, TWO) == timedelta(minutes=30)
    assert [take(database, FIVE) for _ in range(6)] == [NONE] * 5 + [timedelta(minutes=3)]


def test_a_right_try_gives_its_token_back(database: Database) -> None:
    for _ in range(5):
        take(database, FIVE)
    with database.writing() as connection:
        give_back_try(connection, [FIVE], OPENED)

    assert [take(database, FIVE), take(database, FIVE)] == [NONE, timedelta(minutes=3)]


def test_a_bucket_that_is_full_again_is_not_kept(database: Database) -> None:
    take(database, TWO)
    assert rows(database) == 1

    take(database, FIVE, after=timedelta(minutes=30))
    assert rows(database) == 1
    with database.writing() as connection:
        give_back_try(connection, [FIVE], OPENED + timedelta(minutes=30))

    assert rows(database) == 0


def test_only_who_has_the_key_finds_whom_a_bucket_is_for(key: LedgerKey) -> None:
    one, other = key.fingerprint("sender-hour:10.0.0.1"), key.fingerprint("sender-hour:10.0.0.2")

    assert one == key.fingerprint("sender-hour:10.0.0.1")
    assert one != other
    assert b"10.0.0" not in one
    assert len(one) == 32
