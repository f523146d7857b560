from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import (
    VIET_NAM,
    day_in_viet_nam,
    format_day,
    format_document_day,
    format_instant,
    from_microseconds,
    read_as_of,
    read_day,
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


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2025, 11, 5), "ngày 05 tháng 11 năm 2025"),
        (date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
        (date(2025, 3, 1), "ngày 01 tháng 3 năm 2025"),
    ],
)
def test_documents_write_a_zero_before_days_below_ten_and_the_first_two_months(day: date, written: str) -> None:
    """Decree 30/2020, annex I."""
    assert format_document_day(day) == written


@pytest.mark.parametrize("typed", ["05/11/2025", "5/11/2025", " 05/11/2025 ", "2025-11-05"])
def test_a_typed_day_is_read_day_first(typed: str) -> None:
    assert read_day(typed) == date(2025, 11, 5)


@pytest.mark.parametrize(
    "typed", ["", "11/13/2025", "31/02/2025", "05/11", "05/11/25", "hôm nay", "2025-11-05T00:00", "31/12/9999"]
)
def test_what_is_no_day_is_refused_and_never_guessed(typed: str) -> None:
    """Of the last day of all nobody can say when it is over."""
    with pytest.raises(DayError) as caught:
        read_day(typed)

    assert f"“{typed}”" in caught.value.problem


def test_figures_are_those_of_the_end_of_a_typed_day_in_viet_nam_or_of_now() -> None:
    last = datetime(2025, 11, 4, 23, 59, 59, 999999, tzinfo=VIET_NAM)
    second = timedelta(seconds=1)

    assert read_as_of("04/11/2025", last + second) == last
    assert read_as_of("04/11/2025", last - second) == last - second
    assert read_as_of("", last) == read_as_of(None, last) == last
    with pytest.raises(DayError):
        read_as_of("hôm nay", last)
