"""``campaign seen``."""

import json

import pytest
from openpyxl import Workbook

from tests.rigs.builders import post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH, DANG, HONG
from tests.rigs.terminal import Terminal

POST = "thong-bao-485"


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH, DANG, HONG)
    publish(database, post())
    press(database)
    database.close()


def write(terminal: Terminal, *rows: tuple[str, ...]) -> str:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(terminal.folder / "đã xem.xlsx")
    return "đã xem.xlsx"


def test_who_has_seen_it_stands_beside_and_is_not_counted(terminal: Terminal) -> None:
    file = write(
        terminal,
        ("Danh sách cán bộ đã xem văn bản",),
        ("STT", "Họ tên", "Đơn vị", "Trạng thái"),
        ("1", "nguyen van an", "", "Đã xem"),
        ("2", DANG.name, DANG.unit, "Đã xem lúc 8:00"),
        ("3", BINH.name, BINH.unit, "Chưa xem"),
        ("4", "Người Lạ", "", "Đã xem"),
    )
    before = terminal.done("coverage", POST, "--json")

    said = terminal.done("seen", POST, file)
    facts = json.loads(terminal.done("seen", POST, file, "--json"))

    assert [(one["name"], one["state"]) for one in facts["seen"]] == [(AN.name, "on_time"), (DANG.name, "outstanding")]
    assert [line["number"] for line in facts["unmatched"]] == [6]
    assert "Dòng 6, Người Lạ: không khớp ai." in said
    assert "không được tính là xác nhận đã đọc" in said
    assert json.loads(terminal.done("coverage", POST, "--json"))["total"] == json.loads(before)["total"]


def test_people_are_found_by_code_first(terminal: Terminal) -> None:
    file = write(terminal, ("Mã cán bộ", "Họ và tên"), ("skhcn-004", "tên ghi sai"))

    facts = json.loads(terminal.done("seen", POST, file, "--json"))

    assert [one["staff_code"] for one in facts["seen"]] == ["SKHCN-004"]


def test_namesakes_are_told_apart_by_unit_or_named_as_doubtful(terminal: Terminal) -> None:
    database = terminal.database
    twin = type(AN)("SKHCN-009", AN.name, BINH.unit, AN.category)
    enrol(database, AN, BINH, DANG, HONG, twin)
    database.close()
    file = write(terminal, ("Họ và tên", "Đơn vị"), (AN.name, BINH.unit.upper()), (AN.name, ""))

    facts = json.loads(terminal.done("seen", POST, file, "--json"))

    assert [one["staff_code"] for one in facts["seen"]] == ["SKHCN-009"]
    assert [line["number"] for line in facts["ambiguous"]] == [3]


def test_a_file_without_names_is_refused(terminal: Terminal) -> None:
    said = terminal.refused("seen", POST, write(terminal, ("Tên máy", "Giờ"), ("a", "b")))

    assert "Mã lỗi: E-ROSTER-COLUMN" in said
