from datetime import date

import pytest

from campaign.core.ledger.erasure import Erasure, Erasures, erasable_from


@pytest.mark.parametrize(
    ("last_day", "months", "first"),
    [
        (date(2025, 11, 4), 12, date(2026, 11, 5)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2025, 11, 30), 1, date(2025, 12, 31)),
        (date(2025, 11, 4), 0, date(2025, 11, 5)),
    ],
)
def test_the_time_ends_on_the_same_day_of_a_later_month_or_its_last(last_day: date, months: int, first: date) -> None:
    assert erasable_from(last_day, months) == first


def test_an_erasure_covers_earlier_entries_of_its_member_only() -> None:
    erasures = Erasures([Erasure(7, 1), Erasure(4, 1)])

    assert erasures.cover(6, b'{"member":1}')
    assert not erasures.cover(8, b'{"member":1}')
    assert not erasures.cover(6, b'{"member":2}')
    assert not erasures.cover(6, b"{}")


def test_an_erasure_of_everyone_covers_all_earlier_entries() -> None:
    erasures = Erasures([Erasure(7, None), Erasure(3, 1)])

    assert erasures.cover(6, b'{"member":1}')
    assert erasures.cover(6, b"{}")
    assert not erasures.cover(8, b'{"member":1}')
