from datetime import date, datetime
from itertools import starmap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import Coverage, MemberStanding, State, count_coverage, state_of
from campaign.core.people.roster import Category

DEADLINE = Deadline.before_day(date(2025, 11, 5))
IN_TIME = datetime(2025, 11, 4, 23, 59, 59, tzinfo=VIET_NAM)
TOO_LATE = datetime(2025, 11, 5, tzinfo=VIET_NAM)


def standing(member_id: int, unit: str, state: State) -> MemberStanding:
    return MemberStanding(
        member_id=member_id,
        staff_code=f"SKHCN-{member_id:03}",
        name="Nguyễn Văn An",
        unit=unit,
        category=Category.CIVIL_SERVANT,
        state=state,
        confirmed_at=None,
        reason=None,
    )


units = st.sampled_from(["Văn phòng", "Thanh tra", "Phòng Quản lý Công nghệ", "Trung tâm Đổi mới Sáng tạo"])
openings = st.dictionaries(st.integers(1, 30), units)
standings = st.dictionaries(st.integers(1, 30), st.tuples(units, st.sampled_from(State))).map(
    lambda members: [standing(member, unit, state) for member, (unit, state) in members.items()]
)


@pytest.mark.parametrize(
    ("confirmed_at", "exempt", "state"),
    [
        (IN_TIME, False, State.ON_TIME),
        (TOO_LATE, False, State.LATE),
        (None, False, State.OUTSTANDING),
        (None, True, State.EXEMPT),
    ],
)
def test_a_member_has_one_of_four_states(confirmed_at: datetime | None, exempt: bool, state: State) -> None:  # noqa: FBT001
    assert state_of(DEADLINE, confirmed_at, exempt=exempt) is state


@pytest.mark.parametrize(("confirmed_at", "state"), [(IN_TIME, State.ON_TIME), (TOO_LATE, State.LATE)])
def test_a_confirmation_outweighs_an_exemption(confirmed_at: datetime, state: State) -> None:
    assert state_of(DEADLINE, confirmed_at, exempt=True) is state


@given(opening=openings, now=standings)
def test_every_member_is_counted_exactly_once(opening: dict[int, str], now: list[MemberStanding]) -> None:
    total = count_coverage(opening, now).total

    assert total.on_time + total.late + total.outstanding + total.exempt == len(now)
    assert total.concerned == len(now)
    assert total.opening == len(opening)


@given(opening=openings, now=standings)
def test_the_numbers_of_every_unit_add_up(opening: dict[int, str], now: list[MemberStanding]) -> None:
    for unit, figures in count_coverage(opening, now).by_unit.items():
        here = [someone for someone in now if someone.unit == unit]

        assert figures.opening + figures.joined - figures.left == figures.concerned == len(here)
        assert figures.due == figures.on_time + figures.late + figures.outstanding
        assert figures.exempt == sum(someone.state is State.EXEMPT for someone in here)
        assert 0 <= figures.share_on_time <= figures.share_confirmed <= 1


@given(opening=openings, now=standings)
def test_gains_and_losses_of_all_are_who_came_and_went_and_transfers_are_told_apart(
    opening: dict[int, str], now: list[MemberStanding]
) -> None:
    after = {someone.member_id: someone.unit for someone in now}

    counted = count_coverage(opening, now)

    assert counted.total.joined == len(after.keys() - opening.keys())
    assert counted.total.left == len(opening.keys() - after.keys())
    assert counted.total.opening + counted.total.joined - counted.total.left == counted.total.concerned
    assert counted.transferred == sum(opening.get(member, unit) != unit for member, unit in after.items())


@given(opening=openings, now=standings, data=st.data())
def test_the_order_of_members_does_not_matter(
    opening: dict[int, str], now: list[MemberStanding], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(now))

    assert count_coverage(opening, shuffled) == count_coverage(opening, now)


def test_who_moves_to_another_unit_leaves_one_and_joins_the_other() -> None:
    counted = count_coverage({1: "Văn phòng"}, [standing(1, "Thanh tra", State.LATE)])

    assert counted.total == Coverage(opening=1, late=1)
    assert counted.limited_to({"Thanh tra"}).total == Coverage(joined=1, late=1)
    assert counted.by_unit == {
        "Văn phòng": Coverage(opening=1, left=1),
        "Thanh tra": Coverage(joined=1, late=1),
    }


def test_a_unit_with_nobody_due_has_a_share_of_nothing() -> None:
    figures = Coverage(opening=2, exempt=2)

    assert (figures.due, figures.share_on_time, figures.share_confirmed) == (0, 0.0, 0.0)


def test_shares_are_of_those_due() -> None:
    figures = Coverage(opening=5, exempt=1, on_time=1, late=2, outstanding=1)

    assert figures.confirmed == 3
    assert figures.share_on_time == 0.25
    assert figures.share_confirmed == 0.75


@given(groups=st.lists(st.builds(Coverage, *[st.integers(0, 99)] * 7), min_size=2, max_size=2))
def test_figures_of_groups_add_up_field_by_field(groups: list[Coverage]) -> None:
    first, second = groups

    total = first + second

    names = Coverage.__slots__
    pairs = ((getattr(first, name), getattr(second, name)) for name in names)
    assert [getattr(total, name) for name in names] == list(starmap(int.__add__, pairs))


def test_every_state_has_its_word() -> None:
    assert [state.label for state in State] == ["đúng hạn", "quá hạn", "chưa xác nhận", "miễn"]
