from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline

DEADLINE = Deadline.before_day(date(2025, 11, 5))
LAST = datetime(2025, 11, 4, 23, 59, 59, 999999, tzinfo=VIET_NAM)
FIRST_LATE = datetime(2025, 11, 5, 0, 0, 0, tzinfo=VIET_NAM)
ZONES = [timezone(timedelta(hours=hours)) for hours in (-12, -5, 0, 7, 9, 14)]

aware_times = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.sampled_from(ZONES))


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_microsecond_of_04_11_is_in_time_in_every_zone(zone: timezone) -> None:
    assert DEADLINE.is_met_at(LAST.astimezone(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_midnight_of_05_11_is_late_in_every_zone(zone: timezone) -> None:
    assert not DEADLINE.is_met_at(FIRST_LATE.astimezone(zone))


@given(instant=aware_times)
def test_in_time_means_before_17_00_utc_of_04_11(instant: datetime) -> None:
    assert DEADLINE.is_met_at(instant) == (instant < datetime(2025, 11, 4, 17, tzinfo=UTC))


def test_the_fifth_itself_is_late_though_it_is_still_the_fourth_in_utc() -> None:
    assert not DEADLINE.is_met_at(datetime(2025, 11, 4, 20, tzinfo=UTC))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a time without a zone"):
        DEADLINE.is_met_at(datetime(2025, 11, 4, 12))


def test_before_a_day_and_through_the_day_before_end_at_the_same_instant() -> None:
    through = Deadline.through_day(date(2025, 11, 4))

    assert through.ends_at == DEADLINE.ends_at == FIRST_LATE
    assert through.last_day == DEADLINE.last_day == date(2025, 11, 4)


def test_each_keeps_the_words_of_its_notice() -> None:
    assert DEADLINE.named == "trước ngày 05/11/2025"
    assert Deadline.through_day(date(2025, 11, 4)).named == "đến hết ngày 04/11/2025"


@pytest.mark.parametrize("deadline", [DEADLINE, Deadline.through_day(date(2025, 11, 4))])
def test_readers_see_the_form_that_cannot_be_misread(deadline: Deadline) -> None:
    assert deadline.format() == "24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)"


def test_a_deadline_on_a_sunday_does_not_move() -> None:
    through_sunday = Deadline.through_day(date(2025, 11, 2))

    assert not through_sunday.is_met_at(datetime(2025, 11, 3, 0, tzinfo=VIET_NAM))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2025, 11, 2, 0, tzinfo=VIET_NAM), "Còn 2 ngày"),
        (datetime(2025, 11, 2, 23, 59, 59, tzinfo=VIET_NAM), "Còn 2 ngày"),
        (datetime(2025, 11, 3, 0, tzinfo=VIET_NAM), "Còn 1 ngày"),
        (datetime(2025, 11, 4, 0, tzinfo=VIET_NAM), "Hôm nay là ngày cuối"),
        (LAST, "Hôm nay là ngày cuối"),
        (LAST.astimezone(UTC), "Hôm nay là ngày cuối"),
        (FIRST_LATE, "Đã hết hạn (từ 0 giờ hôm nay)"),
        (datetime(2025, 11, 5, 23, 59, 59, tzinfo=VIET_NAM), "Đã hết hạn (từ 0 giờ hôm nay)"),
        (datetime(2025, 11, 6, 0, tzinfo=VIET_NAM), "Đã hết hạn 1 ngày"),
        (datetime(2025, 11, 6, 12, tzinfo=VIET_NAM), "Đã hết hạn 1 ngày"),
        (datetime(2025, 11, 15, 12, tzinfo=VIET_NAM), "Đã hết hạn 10 ngày"),
    ],
)
def test_days_left_are_counted_by_days_in_viet_nam(now: datetime, words: str) -> None:
    assert DEADLINE.format_state(now) == words


@given(instant=aware_times)
def test_the_words_say_expired_exactly_when_a_confirmation_would_be_late(instant: datetime) -> None:
    assert DEADLINE.format_state(instant).startswith("Đã hết hạn") != DEADLINE.is_met_at(instant)
