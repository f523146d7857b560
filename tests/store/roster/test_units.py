"""Units that are renamed, merged and split."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.core.clock import day_in_viet_nam
from campaign.core.figures.coverage import Coverage
from campaign.core.people.unit import format_end, join_units
from campaign.core.post import Audience
from campaign.errors.units import UnitChangeError, UnitChangeUnknownError, UnknownUnitError
from campaign.store.base.units import read_units
from campaign.store.credentials.accounts import find_account
from campaign.store.figures.coverage import read_coverage
from campaign.store.figures.figures import read_figures
from campaign.store.figures.reminders import read_debtors
from campaign.store.ledger.database import Database
from campaign.store.roster.plans import plan_list
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import CENTRE, FIRST_LATE, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import HEAD, decide, employ, end, enrol, place, publish, rename, restore

DAY = timedelta(days=1)
NEW = "Trung tâm Hỗ trợ đổi mới sáng tạo và chuyển đổi số"


@pytest.fixture
def campaign(database: Database) -> Database:
    """An and Bình, in two units, with a post for the centre and one for all."""
    enrol(database, member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình", CENTRE))
    publish(database, post(), post(id="rieng", audience=Audience(units=(CENTRE,))))
    return database


def figures(database: Database, key: str = "thong-bao-485") -> dict[str, int]:
    with database.reading() as connection:
        found = read_figures(connection, key).get(key)
        return {unit: one.due for unit, one in found.by_unit.items()} if found else {}


def test_each_day_has_the_name_of_that_day(campaign: Database) -> None:
    rename(campaign, CENTRE, NEW, decide(OPENED + 5 * DAY, day_in_viet_nam(OPENED + 2 * DAY)))

    with campaign.reading() as connection:
        names = [list(read_coverage(connection, post().id, OPENED + days * DAY).by_unit)[1] for days in range(4)]
        assert names == [CENTRE, CENTRE, NEW, NEW]
        assert find_by_code(connection, "SKHCN-002").member.unit == NEW
    assert figures(campaign) == {OFFICE: 1, NEW: 1}
    assert figures(campaign, "rieng") == {NEW: 1}


def test_a_list_that_names_a_unit_of_before_is_understood(campaign: Database) -> None:
    rename(campaign, CENTRE, "Trung tâm Đổi mới", decide())
    end(campaign, CENTRE, [NEW], decide(OPENED + DAY))

    with campaign.reading() as connection:
        found = plan_list(connection, [member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình", CENTRE)])

    assert [(old.unit, new.unit) for old, new in found.plan.moved] == [("Trung tâm Đổi mới", NEW)]
    assert found.settled == (f"1 người ghi ở “{CENTRE}” được hiểu là ở “{NEW}”.",)
    assert found.doubts == ()


@pytest.mark.parametrize("successors", [[], [NEW, OFFICE]])
def test_a_list_that_names_a_unit_without_one_successor_is_doubted(campaign: Database, successors: list[str]) -> None:
    end(campaign, CENTRE, successors, decide())

    with campaign.reading() as connection:
        found = plan_list(connection, [member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình", CENTRE)])

    assert found.plan.is_empty
    assert [doubt.problem.partition(",")[0] for doubt in found.doubts] == [f"1 người ghi ở “{CENTRE}”"]


def test_who_was_not_moved_is_still_counted_and_a_post_for_a_unit_is_for_its_successor(campaign: Database) -> None:
    end(campaign, CENTRE, [OFFICE], decide(OPENED + DAY))
    assert figures(campaign, "rieng") == {OFFICE: 1, CENTRE: 1}

    enrol(campaign, member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình", CENTRE), at=OPENED + 2 * DAY)

    assert figures(campaign, "rieng") == {OFFICE: 2}
    with campaign.reading() as connection:
        totals = [read_coverage(connection, "rieng", OPENED + days * DAY).total for days in range(3)]
    both = Coverage(opening=2, outstanding=2)  # Who moved between the two is no gain and no loss of both together.
    assert totals == [Coverage(opening=1, outstanding=1), both, both]


def test_a_change_is_taken_back_by_another_entry(campaign: Database) -> None:
    entries = end(campaign, CENTRE, [OFFICE], decide(OPENED + DAY))
    restore(campaign, entries, OPENED + 2 * DAY)

    assert figures(campaign, "rieng") == {CENTRE: 1}
    with campaign.reading() as connection:
        assert not read_units(connection).by_name[CENTRE].endings
        assert read_coverage(connection, "rieng", OPENED + DAY).total.due == 2
    with pytest.raises(UnitChangeUnknownError):
        restore(campaign, entries)


def test_a_head_sees_what_the_own_unit_took_over(campaign: Database) -> None:
    employ(campaign, HEAD)
    rename(campaign, OFFICE, "Văn phòng Sở", decide())
    end(campaign, CENTRE, [OFFICE], decide())

    with campaign.reading() as connection:
        dung = find_account(connection, HEAD.name)
        assert dung is not None
        assert dung.unit == "Văn phòng Sở"
        assert read_units(connection).names_seen_from(dung.unit) == {"Văn phòng Sở", OFFICE, CENTRE}


def test_a_unit_tells_its_first_and_last_day(campaign: Database) -> None:
    end(campaign, CENTRE, [NEW], decide(FIRST_LATE))

    with campaign.reading() as connection:
        units = read_units(connection)
    assert units.by_name[NEW].valid_from == date(2025, 11, 5)
    assert units.by_name[CENTRE].valid_to == date(2025, 11, 4)
    assert format_end(units.by_name[CENTRE], units) == f"đến hết 04/11/2025, nay là {NEW}"


def test_what_cannot_be_is_refused(campaign: Database) -> None:
    with pytest.raises(UnknownUnitError):
        rename(campaign, "Phòng lạ", NEW, decide())
    with pytest.raises(UnitChangeError, match="chưa đến"):
        rename(campaign, CENTRE, NEW, decide(OPENED, date(2025, 10, 2)))
    with pytest.raises(UnitChangeError, match="đã là của một đơn vị"):
        rename(campaign, CENTRE, OFFICE, decide())
    with pytest.raises(UnitChangeError, match="chưa nhập tên mới"):
        rename(campaign, CENTRE, "", decide())
    with pytest.raises(UnitChangeError, match="không kế thừa được"):
        end(campaign, CENTRE, [CENTRE], decide())
    end(campaign, CENTRE, [], decide())
    with pytest.raises(UnitChangeError, match="đã kết thúc"):
        rename(campaign, CENTRE, NEW, decide())
    rename(campaign, OFFICE, "Văn phòng Sở", decide(OPENED + DAY))
    with pytest.raises(UnitChangeError, match="đã có thay đổi từ ngày 02/10/2025"):
        rename(campaign, OFFICE, "Văn phòng 2", decide(OPENED + DAY, date(2025, 10, 1)))


def test_a_post_for_a_unit_is_for_those_below_it_and_its_head_sees_them(campaign: Database) -> None:
    enrol(campaign, member("SKHCN-001"), member("SKHCN-002", unit=CENTRE), member("SKHCN-003", unit="Tổ Truyền thông"))
    below = place(campaign, "Tổ Truyền thông", CENTRE, decide())
    placed = figures(campaign, "rieng")
    place(campaign, CENTRE, OFFICE, decide())

    with campaign.reading() as connection:
        units = read_units(connection)
    restore(campaign, below)

    assert placed == {CENTRE: 1, "Tổ Truyền thông": 1}
    assert units.names_seen_from(OFFICE) == {OFFICE, CENTRE, "Tổ Truyền thông"}
    assert units.names_seen_from("Tổ Truyền thông") == {"Tổ Truyền thông"}
    assert [(unit.name, depth) for unit, depth in units.walk()] == [(OFFICE, 0), (CENTRE, 1), ("Tổ Truyền thông", 2)]
    assert figures(campaign, "rieng") == {CENTRE: 1}


def test_a_head_of_several_units_sees_each_by_its_name_of_now(campaign: Database) -> None:
    employ(campaign, replace(HEAD, unit=join_units([OFFICE, CENTRE])))
    enrol(campaign, member("SKHCN-001"), member("SKHCN-002", unit=CENTRE), member("SKHCN-003", unit="Thanh tra"))
    rename(campaign, CENTRE, NEW, decide())

    with campaign.reading() as connection:
        dung = find_account(connection, HEAD.name)
        assert dung is not None
        assert dung.unit == f"{OFFICE}; {NEW}"
        assert read_units(connection).names_seen_from(dung.unit) == {OFFICE, CENTRE, NEW}
        assert [debtor.staff_code for debtor in read_debtors(connection, OPENED, dung.unit)] == [
            "SKHCN-001",
            "SKHCN-002",
        ]


def test_the_heir_of_a_unit_is_above_what_was_below_it(campaign: Database) -> None:
    enrol(campaign, member("SKHCN-001"), member("SKHCN-002", unit=CENTRE), member("SKHCN-003", unit="Tổ A"))
    place(campaign, "Tổ A", CENTRE, decide())
    end(campaign, CENTRE, [NEW], decide())

    with campaign.reading() as connection:
        of_new = read_units(connection).below(NEW)
    end(campaign, NEW, ["Tổ A"], decide())
    with campaign.reading() as connection:
        units = read_units(connection)

    assert of_new == {units.by_name[NEW].id, units.by_name["Tổ A"].id}
    assert units.parents == {}
    assert {unit.name for unit, _ in units.walk()} == {OFFICE, CENTRE, "Tổ A", NEW}


def test_no_unit_is_below_itself(campaign: Database) -> None:
    place(campaign, CENTRE, OFFICE, decide())

    for unit, parent in ((OFFICE, CENTRE), (OFFICE, OFFICE)):
        with pytest.raises(UnitChangeError, match="thuộc"):
            place(campaign, unit, parent, decide())
    end(campaign, OFFICE, [], decide())
    with pytest.raises(UnitChangeError, match="đã kết thúc"):
        place(campaign, CENTRE, OFFICE, decide())
    place(campaign, CENTRE, "", decide())
    with campaign.reading() as connection:
        assert read_units(connection).parents == {}
