from collections.abc import Sequence

import pytest

from campaign.core.people.roster import Member, plan_roster
from campaign.core.people.roster_doubts import find_doubts
from tests.rigs.builders import CENTRE, OFFICE, member

AN = member("SKHCN-001", "Nguyễn Văn An")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE)
OTHERS = [member(f"SKHCN-{number:03}", f"Người thứ {number}", CENTRE) for number in range(10, 30)]


def doubts(new: Sequence[Member], current: Sequence[Member] = (AN, BINH, *OTHERS)) -> list[str]:
    by_code = {one.staff_code: one for one in current}
    units = {one.unit for one in current}
    return [doubt.problem for doubt in find_doubts(by_code, plan_roster(by_code, new), units)]


def test_a_list_that_only_adds_a_stranger_raises_no_doubt() -> None:
    assert doubts([AN, BINH, *OTHERS, member("SKHCN-003", "Vừ A Dũng")]) == []


def test_the_first_list_of_all_raises_no_doubt() -> None:
    assert doubts([AN, BINH, *OTHERS], current=[]) == []


def test_who_comes_with_a_new_code_while_the_namesake_leaves_may_be_the_same() -> None:
    """The name counts without marks and case: such lists are typed anew."""
    new = member("SKHCN-099", "NGUYEN VAN AN")

    assert doubts([new, BINH, *OTHERS]) == [
        "NGUYEN VAN AN có mã mới “SKHCN-099”, còn mã “SKHCN-001” cùng tên thì vắng."
    ]


@pytest.mark.parametrize("code", ["SKHCN001", "SKHCN.001", "SKHCN_001"])
def test_a_code_that_is_written_in_another_way_may_be_the_same(code: str) -> None:
    assert doubts([member(code, "Nguyễn Văn An"), BINH, *OTHERS]) == [
        f"Mã “{code}” (Nguyễn Văn An) chỉ khác cách viết với mã “SKHCN-001” đang có."
    ]


def test_two_of_one_name_in_one_unit_may_be_one() -> None:
    twin = member("SKHCN-003", "Nguyễn Văn An")

    assert doubts([AN, twin, BINH, *OTHERS]) == [f"Nguyễn Văn An ({OFFICE}) có hai mã: “SKHCN-001” và “SKHCN-003”."]
    assert doubts([AN, member("SKHCN-003", "Nguyễn Văn An", CENTRE), BINH, *OTHERS]) == []


def test_two_newcomers_of_one_name_may_be_one() -> None:
    pair = [member("SKHCN-003", "Vừ A Dũng"), member("SKHCN-004", "Vừ A Dũng")]

    assert doubts([AN, BINH, *OTHERS, *pair]) == [f"Vừ A Dũng ({OFFICE}) có hai mã: “SKHCN-003” và “SKHCN-004”."]


def test_a_unit_that_is_written_in_another_way_may_be_the_same() -> None:
    assert doubts([member("SKHCN-001", "Nguyễn Văn An", "Văn Phòng"), BINH, *OTHERS]) == [
        "Đơn vị “Văn Phòng” chỉ khác cách viết với “Văn phòng” đang có."
    ]


def test_a_list_that_lacks_many_may_be_that_of_one_unit() -> None:
    assert doubts([AN]) == ["21 trên 22 người trong danh sách vắng ở tệp này."]
    assert doubts([AN, BINH, *OTHERS[4:]]) == []
