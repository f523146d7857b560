"""The curve of a post."""

from datetime import date, timedelta

import pytest

from campaign.core.figures.curve import Curve, CurvePoint, draw_curve

LATE_FROM = date(2025, 11, 5)
FIRST = date(2025, 11, 1)


def points(*counts: int, due: int = 4) -> list[CurvePoint]:
    return [CurvePoint(FIRST + timedelta(days=number), count, due) for number, count in enumerate(counts)]


def test_the_list_of_days_ends_shortly_after_the_last_change() -> None:
    assert [one.confirmed for one in draw_curve(points(1, 1, 1, 2, 3, 3, 3, *[3] * 300), LATE_FROM).points] == [
        1, 1, 1, 2, 3, 3, 3
    ]  # fmt: skip
    assert len(draw_curve([*points(1, 1), *[CurvePoint(FIRST, 1, 4)] * 2], LATE_FROM).points) == 4


def test_the_picture_ends_fifteen_days_after_the_last_one_in_time_and_tells_the_rest() -> None:
    curve = draw_curve(points(1, *[2] * 29, 3), LATE_FROM)

    assert (curve.last, curve.drawn[-1].confirmed) == (date(2025, 11, 19), 2)
    assert (curve.points[-1].day, curve.later) == (date(2025, 12, 1), 1)


def test_a_deadline_to_come_is_in_the_picture_though_the_curve_ends_today() -> None:
    curve = draw_curve(points(0, 0), LATE_FROM)

    assert [one.day.day for one in curve.points] == [1, 2]
    assert curve.line() == ((0.0, 0.0), (0.2, 0.0), (0.4, 0.0))
    assert curve.across(LATE_FROM) == 0.8


def test_nobody_due_and_more_confirmed_than_due_stay_in_the_picture() -> None:
    assert Curve(tuple(points(0, due=0)), LATE_FROM).up(0) == 0.0
    assert Curve(tuple(points(2, due=1)), LATE_FROM).line()[-1] == (0.2, 1.0)


def test_the_line_of_all_due_goes_in_steps() -> None:
    curve = Curve((*points(0, due=4), CurvePoint(FIRST + timedelta(days=1), 0, 2)), FIRST)

    assert curve.due_line() == ((0.0, 1.0), (0.5, 1.0), (0.5, 0.5), (1.0, 0.5), (1.0, 0.5))


def test_a_day_outside_of_the_list_is_as_the_last_before_it() -> None:
    curve = draw_curve(points(1, 2), LATE_FROM)

    assert [curve.at(FIRST + timedelta(days=number)).confirmed for number in (-1, 0, 9)] == [0, 1, 2]


@pytest.mark.parametrize(("at_most", "days"), [(5, [1, 2, 3, 4, 5]), (3, [1, 3, 5]), (2, [1, 4])])
def test_ticks_are_evenly_spaced_days(at_most: int, days: list[int]) -> None:
    assert [day.day for day in draw_curve(points(0, 0), LATE_FROM).ticks(at_most)] == days
