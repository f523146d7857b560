from dataclasses import replace

from campaign.core.people.roster import Member
from campaign.core.people.roster_codes import make_prefix, propose_codes
from tests.rigs.builders import CENTRE, member

AN = member("SKHCN-001", "Nguyễn Văn An")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE)


def propose(*listed: Member, current: tuple[Member, ...] = (AN, BINH), former: tuple[str, ...] = ()) -> list[str]:
    by_code = {person.staff_code: person for person in current}
    bare = [replace(person, staff_code="") for person in listed]
    return [person.staff_code for person in propose_codes(by_code, bare, {*by_code, *former}, "SKHCN")]


def test_the_first_list_is_numbered_from_one() -> None:
    assert propose(AN, BINH, current=()) == ["SKHCN-001", "SKHCN-002"]


def test_who_is_on_the_roster_keeps_the_code_in_whatever_order() -> None:
    assert propose(BINH, member("", "Vừ A Dũng"), AN) == ["SKHCN-002", "SKHCN-003", "SKHCN-001"]


def test_a_code_of_somebody_who_left_is_not_given_again() -> None:
    assert propose(AN, member("", "Vừ A Dũng"), former=("SKHCN-017",)) == ["SKHCN-001", "SKHCN-018"]


def test_new_codes_have_the_form_of_those_in_use() -> None:
    old = [member("NV0007", "Lò Thị Bình"), member("NV0008", "Vì Thị Chi")]

    assert propose(*old, member("", "Vừ A Dũng"), current=tuple(old)) == ["NV0007", "NV0008", "NV0009"]


def test_who_moved_keeps_the_code_when_nobody_else_has_the_name() -> None:
    assert propose(replace(AN, unit=CENTRE), BINH) == ["SKHCN-001", "SKHCN-002"]


def test_namesakes_are_told_apart_by_unit_and_address() -> None:
    there = member("SKHCN-005", "Nguyễn Văn An", CENTRE)
    twin = replace(AN, staff_code="SKHCN-006", email="an2@so.example")

    assert propose(there, AN, current=(AN, there)) == ["SKHCN-005", "SKHCN-001"]
    assert propose(twin, AN, current=(AN, twin)) == ["SKHCN-006", "SKHCN-001"]
    assert propose(member("", "Nguyễn Văn An", "Thanh tra"), current=(AN, there)) == ["SKHCN-006"]


def test_a_body_is_known_by_its_first_letters() -> None:
    assert make_prefix("SỞ KHOA HỌC VÀ CÔNG NGHỆ") == "SKHCN"
    assert make_prefix("Đài Phát thanh") == "DPT"
    assert make_prefix("") == "NV"
