from dataclasses import replace
from datetime import date, datetime

import pytest

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import State, judge
from campaign.core.people.special_case import CaseKind, SpecialCase, exemption_of, is_on_leave, own_deadline

NOON = datetime(2025, 10, 20, 12, tzinfo=VIET_NAM)
DEADLINE = Deadline.before_day(date(2025, 11, 5))
EXEMPT = SpecialCase(7, CaseKind.EXEMPTION, 1, "SKHCN-001", "thong-bao-485", NOON, None, None, "Nghỉ ốm", "chi")
LONGER = replace(EXEMPT, kind=CaseKind.EXTENSION, before=date(2025, 11, 21))
AWAY = replace(EXEMPT, kind=CaseKind.LEAVE, post=None, before=date(2025, 11, 1))
LATE = datetime(2025, 11, 5, tzinfo=VIET_NAM)


def test_without_an_extension_the_deadline_is_everyones() -> None:
    assert own_deadline(DEADLINE, (EXEMPT, AWAY)) is DEADLINE


def test_an_extension_names_its_own_last_day() -> None:
    own = own_deadline(DEADLINE, (LONGER, replace(LONGER, before=date(2025, 11, 11))))

    assert own.last_day == date(2025, 11, 10)
    assert own.named == "đến hết ngày 10/11/2025 (gia hạn riêng)"


@pytest.mark.parametrize(
    ("cases", "confirmed_at", "state"),
    [
        ((), LATE, State.LATE),
        ((LONGER,), LATE, State.ON_TIME),
        ((LONGER,), None, State.OUTSTANDING),
        ((EXEMPT,), None, State.EXEMPT),
        ((EXEMPT,), LATE, State.LATE),
        ((EXEMPT, LONGER), LATE, State.ON_TIME),
        ((AWAY,), None, State.OUTSTANDING),
    ],
)
def test_a_member_is_judged_by_what_sets_them_apart(
    cases: tuple[SpecialCase, ...], confirmed_at: datetime | None, state: State
) -> None:
    assert judge(DEADLINE, confirmed_at, cases) is state


def test_a_leave_ends_with_its_last_day() -> None:
    assert is_on_leave((AWAY,), date(2025, 10, 31))
    assert not is_on_leave((AWAY,), date(2025, 11, 1))
    assert not is_on_leave((EXEMPT, LONGER), date(2025, 10, 31))
    assert is_on_leave((replace(AWAY, before=None),), date(2099, 1, 1))


def test_the_last_exemption_stands() -> None:
    assert exemption_of((EXEMPT, LONGER, replace(EXEMPT, reason="Nghỉ thai sản"))) == replace(
        EXEMPT, reason="Nghỉ thai sản"
    )
    assert exemption_of((LONGER, AWAY)) is None


def test_each_case_says_what_it_is() -> None:
    assert EXEMPT.format() == "miễn xác nhận"
    assert LONGER.format() == "gia hạn riêng, đến hết ngày 20/11/2025"
    assert AWAY.format() == "đang nghỉ, không nhắc, đến hết ngày 31/10/2025"
