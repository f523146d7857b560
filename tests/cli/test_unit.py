"""``campaign unit``."""

import json

import pytest

from tests.rigs.builders import CENTRE, OFFICE, member
from tests.rigs.ledger_steps import begin, employ, enrol
from tests.rigs.terminal import Terminal

BY = ("--by", "chi")


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """A terminal with a campaign, two units and Chi's account."""
    begin(terminal.database)
    enrol(terminal.database, member("SKHCN-001"), member("SKHCN-002", unit=CENTRE))
    employ(terminal.database)
    return terminal


def test_units_are_renamed_ended_listed_and_restored(office: Terminal) -> None:
    office.done("unit", "rename", OFFICE, "Văn phòng Sở", "--from", "01/11/2025", *BY)
    told = office.done("unit", "end", CENTRE, "--successor", "Trung tâm mới", "--from", "01/11/2025", *BY)

    assert f"Còn 1 người ở “{CENTRE}”" in told
    first, second, third = json.loads(office.done("unit", "list", "--json"))
    assert (first["name"], first["names"]) == ("Văn phòng Sở", [OFFICE, "Văn phòng Sở"])
    assert (second["valid_to"], second["successors"], second["members"]) == ("2025-10-31", ["Trung tâm mới"], 1)
    assert (third["name"], third["valid_from"]) == ("Trung tâm mới", "2025-11-01")
    assert "đến hết 31/10/2025" in office.done("unit", "list")

    office.done("unit", "withdraw", str(second["entries"][0]), "--reason", "Ghi nhầm", *BY)

    assert json.loads(office.done("unit", "list", "--json"))[1]["valid_to"] is None


def test_nobody_is_moved_into_a_unit_that_has_ended_and_its_successor_takes_its_place(office: Terminal) -> None:
    office.done("unit", "end", CENTRE, "--from", "01/11/2025", *BY)

    move = ("roster", "move", "SKHCN-001", "--unit", CENTRE, "--reason", "Điều động", *BY)

    assert "đã kết thúc" in office.refused(*move)


def test_a_day_that_is_none_is_asked_for(office: Terminal) -> None:
    assert "31/02/2025" in office.refused("unit", "end", CENTRE, "--from", "31/02/2025", *BY)
