"""``campaign case``."""

import json

import pytest

from tests.rigs.builders import FIRST_LATE, post
from tests.rigs.ledger_steps import begin, employ, enrol, press, publish
from tests.rigs.recorder import AN, BINH, DANG, HONG
from tests.rigs.terminal import Terminal

POST = "thong-bao-485"
BY = ("--by", "chi")


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """An confirmed in the first late second; Chi works in the office."""
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH, DANG, HONG)
    publish(database, post())
    press(database, "SKHCN-001", at=FIRST_LATE)
    employ(database)
    database.close()


def total(terminal: Terminal) -> dict[str, int]:
    figures: dict[str, int] = json.loads(terminal.done("coverage", POST, "--json"))["total"]
    return figures


def cases(terminal: Terminal) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(terminal.done("case", "list", "--json"))
    return found


def test_an_exemption_is_counted_until_it_is_withdrawn(terminal: Terminal) -> None:
    said = terminal.done("case", "exempt", POST, "skhcn-003", "--reason", " Nghỉ thai sản ", *BY)
    exempt = total(terminal)
    [case] = cases(terminal)
    terminal.done("case", "withdraw", str(case["sequence"]), "--reason", "Ghi nhầm", *BY)

    assert said == f"Đã ghi vào sổ, dòng ghi {case['sequence']}.\n"
    assert (case["staff_code"], case["reason"], case["actor"]) == ("SKHCN-003", "Nghỉ thai sản", "chi")
    assert (exempt["exempt"], exempt["outstanding"]) == (1, 2)
    assert (total(terminal)["exempt"], total(terminal)["outstanding"]) == (0, 3)


def test_an_extension_makes_a_late_confirmation_one_in_time(terminal: Terminal) -> None:
    late = total(terminal)
    terminal.done("case", "extend", POST, "SKHCN-001", "--through", "20/11/2025", "--reason", "Đi công tác", *BY)

    assert (late["on_time"], late["late"]) == (0, 1)
    assert (total(terminal)["on_time"], total(terminal)["late"]) == (1, 0)


def test_the_list_tells_what_holds_and_what_was_withdrawn(terminal: Terminal) -> None:
    terminal.done("case", "leave", "SKHCN-002", "--through", "30/11/2025", "--reason", "Nghỉ phép năm", *BY)
    terminal.done("case", "leave", "SKHCN-003", "--reason", "Nghỉ ốm", *BY)
    number = str(cases(terminal)[1]["sequence"])
    terminal.done("case", "withdraw", number, "--reason", "Đã đi làm lại", *BY)

    said = " ".join(terminal.done("case", "list").split())

    assert "SKHCN-002" in said
    assert "Nghỉ phép năm" in said
    assert "(đã rút lúc" in said


@pytest.mark.parametrize(
    "arguments",
    [("exempt", POST, "SKHCN-099"), ("extend", POST, "SKHCN-099", "--through", "20/11/2025"), ("leave", "SKHCN-099")],
)
def test_who_is_not_on_the_roster_is_named(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    said = terminal.refused("case", *arguments, "--reason", "Nghỉ ốm", *BY)

    assert "Không có mã “SKHCN-099” trong danh sách." in said


def test_a_case_needs_a_post_a_reason_and_an_account(terminal: Terminal) -> None:
    unknown_post = terminal.refused("case", "exempt", "khong-co", "SKHCN-003", "--reason", "Nghỉ ốm", *BY)
    no_reason = terminal.run("case", "exempt", POST, "SKHCN-003", "--reason", " ", *BY)
    no_account = terminal.run("case", "exempt", POST, "SKHCN-003", "--reason", "Nghỉ ốm", "--by", "ai")

    assert "Mã lỗi: E-POST-UNKNOWN" in unknown_post
    assert (no_reason.exit_code, "Nhập lý do" in no_reason.stderr) == (2, True)
    assert (no_account.exit_code, "Không có tài khoản Văn phòng “ai”" in no_account.stderr) == (2, True)
    assert cases(terminal) == []


def test_what_cannot_be_done_says_what_to_do_instead(terminal: Terminal) -> None:
    early = terminal.refused("case", "extend", POST, "SKHCN-001", "--through", "4/11/2025", "--reason", "Bận", *BY)
    no_day = terminal.refused("case", "extend", POST, "SKHCN-001", "--through", "mai", "--reason", "Bận", *BY)
    unknown = terminal.refused("case", "withdraw", "1", "--reason", "Nhầm", *BY)

    assert "Nhập ngày sau 04/11/2025." in early
    assert "Mã lỗi: E-DAY" in no_day
    assert "Dòng ghi 1 không phải trường hợp riêng đang có hiệu lực." in unknown
