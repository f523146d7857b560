from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.people.roster import Category, Member, is_found, keep_addresses, plan_roster
from tests.rigs.builders import member

members = st.builds(
    Member,
    staff_code=st.integers(1, 12).map("SKHCN-{:03}".format),
    name=st.sampled_from(["Nguyễn Văn An", "Trần Thanh Bình", "Lê Thị Chi", "Đinh Văn Dũng", "Giàng A Pó"]),
    unit=st.sampled_from(["Văn phòng", "Thanh tra"]),
    category=st.sampled_from(Category),
    email=st.sampled_from([None, "hop-thu@example.vn"]),
)
rosters = st.lists(members, unique_by=lambda someone: someone.staff_code)


def by_code(people: list[Member]) -> dict[str, Member]:
    return {someone.staff_code: someone for someone in people}


@given(current=rosters, new=rosters)
def test_applying_the_plan_gives_the_new_list(current: list[Member], new: list[Member]) -> None:
    plan = plan_roster(by_code(current), new)

    applied = by_code(current)
    for gone in plan.left:
        del applied[gone.staff_code]
    for old, changed in plan.changed:
        assert applied[changed.staff_code] == old
        applied[changed.staff_code] = changed
    for joined in plan.joined:
        assert joined.staff_code not in applied
        applied[joined.staff_code] = joined
    assert applied == by_code(new)


@given(current=rosters, new=rosters)
def test_every_line_of_the_new_list_is_counted_exactly_once(current: list[Member], new: list[Member]) -> None:
    plan = plan_roster(by_code(current), new)

    assert len(plan.joined) + len(plan.changed) + plan.unchanged == len(new)
    assert len(plan.left) + len(plan.changed) + plan.unchanged == len(current)


@given(current=rosters)
def test_the_same_list_again_changes_nothing(current: list[Member]) -> None:
    plan = plan_roster(by_code(current), reversed(current))

    assert plan.is_empty
    assert plan.unchanged == len(current)


@given(current=rosters, new=rosters)
def test_a_plan_is_empty_only_when_nothing_differs(current: list[Member], new: list[Member]) -> None:
    assert plan_roster(by_code(current), new).is_empty == (by_code(current) == by_code(new))


def test_a_list_without_any_address_keeps_those_that_are_known() -> None:
    an, binh = member("SKHCN-001", email="an@example.vn"), member("SKHCN-002", "Lò Thị Bình")
    bare = [replace(an, email=None, unit="Thanh tra"), binh, member("SKHCN-003")]

    kept = keep_addresses(by_code([an, binh]), bare)

    assert [one.email for one in kept] == ["an@example.vn", None, None]
    assert kept[0].unit == "Thanh tra"
    assert (
        keep_addresses(by_code([an]), [replace(an, email=None), replace(binh, email="b@example.vn")])[0].email is None
    )


def test_a_plan_tells_what_was_and_what_will_be() -> None:
    an = member("SKHCN-001", unit="Văn phòng")
    moved = replace(an, unit="Thanh tra")

    plan = plan_roster({"SKHCN-001": an}, [moved])

    assert plan.changed == ((an, moved),)


def test_who_joins_is_listed_as_in_the_file_and_who_leaves_by_name_then_code() -> None:
    listed = [member("A", "Đinh Văn Dũng"), member("C", "Đặng Văn An"), member("B", "Đặng Văn An")]

    joining = plan_roster({}, listed)
    leaving = plan_roster(by_code(listed), [])

    assert [one.staff_code for one in joining.joined] == ["A", "C", "B"]
    assert [one.staff_code for one in leaving.left] == ["B", "C", "A"]


def test_every_category_has_its_word() -> None:
    assert [category.label for category in Category] == ["công chức", "viên chức", "người lao động"]


@pytest.mark.parametrize("typed", ["skhcn 031", "SKHCN-031", "skhcn.031", "skhcn031", "đặng  thi", "dang", "031", ""])
def test_a_person_is_found_by_a_part_of_name_or_code_however_it_is_typed(typed: str) -> None:
    assert is_found(typed, "Đặng Thị Ánh", "SKHCN-031")


@pytest.mark.parametrize("typed", ["skhcn 31", "danganh", "thianh", "%", "_"])
def test_a_person_is_not_found_by_what_only_looks_alike(typed: str) -> None:
    assert not is_found(typed, "Đặng Thị Ánh", "SKHCN-031")
