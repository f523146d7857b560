"""Token buckets: how often something may be tried."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.limits import ACCOUNT_LIMITS, SENDER_LIMITS, Limit

NOW = datetime(2025, 11, 3, tzinfo=UTC)
FIVE = Limit("five", 5, timedelta(minutes=15))
LIMITS = st.builds(Limit, st.just("any"), st.integers(1, 50), st.timedeltas(timedelta(minutes=1), timedelta(days=1)))
GAPS = st.lists(st.timedeltas(timedelta(), timedelta(hours=2)), max_size=120)


def test_the_limits_are_those_of_the_plan() -> None:
    figures = [(one.tries, one.per) for one in (*ACCOUNT_LIMITS, *SENDER_LIMITS)]

    assert figures == [(5, timedelta(minutes=15)), (20, timedelta(days=1)), (60, timedelta(hours=1))]


def test_a_full_bucket_gives_its_tokens_at_once_and_then_one_by_one() -> None:
    full_at = NOW
    for _ in range(5):
        assert FIVE.wait(full_at, NOW) == timedelta()
        full_at = FIVE.take(full_at, NOW)

    assert FIVE.wait(full_at, NOW) == timedelta(minutes=3)
    assert FIVE.wait(full_at, NOW + timedelta(minutes=2, seconds=59)) == timedelta(seconds=1)
    assert FIVE.wait(full_at, NOW + timedelta(minutes=3)) == timedelta()
    assert full_at == NOW + timedelta(minutes=15)


def test_a_token_given_back_can_be_taken_again() -> None:
    full_at = NOW
    for _ in range(5):
        full_at = FIVE.take(full_at, NOW)

    assert FIVE.wait(FIVE.give_back(full_at, NOW), NOW) == timedelta()


@given(LIMITS, GAPS)
def test_in_no_time_span_are_there_more_tries_than_the_bucket_and_what_came_back(
    limit: Limit, gaps: list[timedelta]
) -> None:
    now = full_at = NOW
    taken = []
    for gap in gaps:
        now += gap
        if not limit.wait(full_at, now):
            full_at = limit.take(full_at, now)
            taken.append(now)

    for first, start in enumerate(taken):
        for count, end in enumerate(taken[first:], 1):
            # A microsecond for each try: a span is divided into whole ones.
            assert count <= limit.tries + (end - start) / (limit.per / limit.tries - timedelta(microseconds=1))


@given(LIMITS, st.timedeltas(timedelta(days=-30), timedelta(days=30)))
def test_a_clock_that_was_set_anyhow_makes_nobody_wait_for_longer_than_a_token_takes(
    limit: Limit, shift: timedelta
) -> None:
    assert limit.wait(NOW + shift, NOW) <= limit.per / limit.tries + timedelta(microseconds=1)
