from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from campaign.core.clock import VIET_NAM
from campaign.store.base import schema
from campaign.store.base.types import as_kept
from campaign.store.ledger.database import Database

CLAIM = {"subject": "member:1", "day": date(2025, 11, 4), "claimed_at": datetime(2025, 11, 4, 7, 0, 0, 1, VIET_NAM)}


def test_an_instant_and_a_day_are_kept_as_a_number_and_as_text(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(schema.reminder_claim), CLAIM)

    with database.reading() as connection:
        kept = connection.execute(text("SELECT subject, day, claimed_at FROM reminder_claim")).one()
        assert tuple(kept) == ("member:1", "2025-11-04", 1_762_214_400_000_001)
        assert connection.execute(select(as_kept(schema.reminder_claim))).one() == kept
        assert connection.execute(select(schema.reminder_claim)).mappings().one() == CLAIM


def test_an_instant_is_read_in_utc(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(schema.reminder_claim), CLAIM)
        [read] = connection.scalars(select(schema.reminder_claim.c.claimed_at))

    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "wrong",
    [
        {"claimed_at": datetime(2025, 11, 4)},
        {"claimed_at": 1_762_214_400_000_001},
        {"day": datetime(2025, 11, 4, tzinfo=UTC)},
        {"day": "2025-11-04"},
    ],
    ids=["a naive instant", "a number", "an instant as a day", "a day as text"],
)
def test_what_is_no_value_of_the_type_is_refused(database: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(StatementError), database.writing() as connection:
        connection.execute(insert(schema.reminder_claim), CLAIM | wrong)


def test_a_naive_instant_is_refused_in_a_comparison_too(database: Database) -> None:
    naive = datetime(2025, 11, 4)

    with pytest.raises(StatementError), database.reading() as connection:
        connection.execute(select(schema.reminder_claim).where(schema.reminder_claim.c.claimed_at <= naive))


def test_a_value_of_json_is_read_as_it_was_written(database: Database) -> None:
    post = {"id": 1, "key": "bai", "revision": 1, "asks_since": 1, "opened_at": CLAIM["claimed_at"]}
    units = {"Văn phòng": {"late": 1, "exempt": 0}}
    with database.writing() as connection:
        connection.execute(insert(schema.post), post)
        closing = {"sequence": 1, "post_id": 1, "before": CLAIM["day"], "units": units, "closed_at": post["opened_at"]}
        connection.execute(insert(schema.closing), closing)
        seen = {"sequence": 2, "post_id": 1, "members": [2, 1], "missed": 0, "digest": "", "actor": "chi"}
        connection.execute(insert(schema.seen_list), seen | {"recorded_at": post["opened_at"]})

    with database.reading() as connection:
        assert connection.scalar(select(schema.closing.c.units)) == units
        assert connection.scalar(select(schema.seen_list.c.members)) == [2, 1]
        kept = connection.scalar(select(as_kept(schema.closing).c.units))
        assert kept == '{"Văn phòng":{"exempt":0,"late":1}}'.encode()
        assert connection.scalar(select(as_kept(schema.seen_list).c.members)) == "[2, 1]"
