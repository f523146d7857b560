from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import (
    VIET_NAM,
    day_in_viet_nam,
    end_of_day,
    format_day,
    format_instant,
    from_microseconds,
    parse_day,
    require_aware,
    start_of_day,
    to_microseconds,
    to_rfc3339,
)
from campaign.errors.access import DayError

NAIVE = datetime(2025, 11, 4, 12)

aware_times = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@pytest.mark.parametrize(
    "function",
    [require_aware, day_in_viet_nam, to_microseconds, to_rfc3339, format_instant],
    ids=lambda f: f.__name__,
)
def test_a_time_without_a_zone_is_refused(function: object) -> None:
    assert callable(function)
    with pytest.raises(ValueError, match="a time without a zone"):
        function(NAIVE)


def test_the_day_begins_in_viet_nam_seven_hours_before_utc() -> None:
    assert day_in_viet_nam(datetime(2025, 11, 4, 16, 59, 59, 999999, tzinfo=UTC)) == date(2025, 11, 4)
    assert day_in_viet_nam(datetime(2025, 11, 4, 17, tzinfo=UTC)) == date(2025, 11, 5)
    assert start_of_day(date(2025, 11, 5)) == datetime(2025, 11, 4, 17, tzinfo=UTC)


@given(instant=aware_times)
def test_microseconds_keep_the_instant_exactly(instant: datetime) -> None:
    kept = from_microseconds(to_microseconds(instant))

    assert kept == instant
    assert kept.tzinfo is UTC


@given(first=aware_times, second=aware_times)
def test_microseconds_keep_the_order(first: datetime, second: datetime) -> None:
    assert (to_microseconds(first) < to_microseconds(second)) == (first < second)


@given(instant=aware_times)
def test_the_written_instant_reads_back_as_the_same_in_utc(instant: datetime) -> None:
    written = to_rfc3339(instant)

    assert written.endswith("Z")
    assert datetime.fromisoformat(written) == instant


def test_an_instant_is_written_with_six_decimals() -> None:
    instant = datetime(2025, 11, 4, 23, 59, 59, tzinfo=VIET_NAM)

    assert to_rfc3339(instant) == "2025-11-04T16:59:59.000000Z"


def test_days_and_instants_are_shown_as_people_in_viet_nam_write_them() -> None:
    assert format_day(date(2025, 11, 5)) == "05/11/2025"
    assert format_instant(datetime(2025, 11, 4, 20, 5, 7, tzinfo=UTC)) == "03:05:07 ngày 05/11/2025"


@pytest.mark.parametrize("typed", ["05/11/2025", "5/11/2025", " 05/11/2025 ", "2025-11-05"])
def test_a_typed_day_is_read_day_first(typed: str) -> None:
    assert parse_day(typed) == date(2025, 11, 5)


@pytest.mark.parametrize("typed", ["", "11/13/2025", "31/02/2025", "05/11", "05/11/25", "hôm nay", "2025-11-05T00:00"])
def test_what_is_no_day_is_refused_and_never_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        parse_day(typed)


def test_a_typed_day_lasts_to_its_last_microsecond_in_viet_nam() -> None:
    assert end_of_day("04/11/2025") == datetime(2025, 11, 4, 23, 59, 59, 999999, tzinfo=VIET_NAM)


@pytest.mark.parametrize("typed", ["hôm nay", "31/12/9999"])
def test_a_day_that_cannot_be_is_told_as_a_person_can_mend_it(typed: str) -> None:
    with pytest.raises(DayError) as caught:
        end_of_day(typed)

    assert typed in caught.value.problem
