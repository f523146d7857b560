"""The curve of confirmations."""

from datetime import date, datetime, timedelta

import pytest

from campaign.core.curve import draw_curve
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, OPENED

LATE_FROM = date(2025, 11, 5)
FIRST, LAST = date(2025, 11, 1), date(2025, 11, 7)


def test_each_day_counts_all_up_to_its_end_in_viet_nam() -> None:
    confirmed = [OPENED.replace(month=11), LAST_SECOND, FIRST_LATE]

    curve = draw_curve(confirmed, due=4, late_from=LATE_FROM, first=FIRST, last=LAST)

    assert [one.confirmed for one in curve.points] == [1, 1, 1, 2, 3, 3, 3]
    assert (curve.points[0].day, curve.points[-1].day) == (FIRST, LAST)


def test_the_curve_ends_shortly_after_the_last_change() -> None:
    curve = draw_curve([LAST_SECOND], due=4, late_from=LATE_FROM, first=FIRST, last=date(2026, 11, 5))

    assert curve.last == LATE_FROM + timedelta(days=2)


def test_a_deadline_to_come_is_in_the_picture_though_the_curve_ends_today() -> None:
    curve = draw_curve([], due=4, late_from=LATE_FROM, first=FIRST, last=date(2025, 11, 2))

    assert [one.day.day for one in curve.points] == [1, 2]
    assert curve.line() == ((0.0, 0.0), (0.2, 0.0), (0.4, 0.0))
    assert curve.across(LATE_FROM) == 0.8


def test_nobody_due_and_more_confirmed_than_due_stay_in_the_picture() -> None:
    assert draw_curve([], 0, LATE_FROM, FIRST, LAST).up(0) == 0.0
    assert draw_curve([LAST_SECOND, LAST_SECOND], 1, LATE_FROM, FIRST, LAST).line()[-1] == (1.0, 1.0)


def test_what_was_confirmed_before_the_first_day_is_drawn_from_its_day_on() -> None:
    early = datetime(2025, 10, 30, 8, tzinfo=OPENED.tzinfo)

    assert draw_curve([early], 1, LATE_FROM, FIRST, LAST).first == date(2025, 10, 30)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        draw_curve([datetime(2025, 11, 1)], 1, LATE_FROM, FIRST, LAST)
