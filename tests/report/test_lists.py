"""Lists as CSV files and workbooks, and how they come in again."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from campaign.core.figures.coverage import MemberStanding, State
from campaign.core.people.access import to_staff_code
from campaign.core.people.paper import Paper
from campaign.core.people.roster import Category, Member
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.core.text import to_cell
from campaign.lists.files.kinds import read_file
from campaign.lists.people import read_list
from campaign.report.excel import write_form, write_xlsx
from campaign.report.lists import list_roster, list_standings, write_csv
from tests.rigs.builders import OPENED

AN = MemberStanding(
    member_id=1,
    staff_code="SKHCN-001",
    name="Nguyễn Văn An",
    unit="Văn phòng",
    category=Category.CIVIL_SERVANT,
    state=State.ON_TIME,
    confirmed_at=datetime(2025, 11, 4, 16, 59, 59, tzinfo=UTC),
    reason=None,
)


def test_a_list_opens_in_excel_with_its_headings() -> None:
    leave = replace(AN, state=State.EXEMPT, confirmed_at=None, reason="Nghỉ; thai sản")

    content = write_csv(list_standings([AN, leave]))

    assert content.decode("utf-8") == (
        "\ufeffSTT;Mã;Họ và tên;Đơn vị;Đối tượng;Trạng thái;Xác nhận lúc;Lý do miễn;Ghi chú\r\n"
        "1;SKHCN-001;Nguyễn Văn An;Văn phòng;công chức;đúng hạn;04/11/2025 23:59:59;;\r\n"
        '2;SKHCN-001;Nguyễn Văn An;Văn phòng;công chức;miễn;;"Nghỉ; thai sản";\r\n'
    )


def test_an_extension_and_a_confirmation_on_paper_are_told() -> None:
    longer = SpecialCase(7, CaseKind.EXTENSION, 1, "A", "bai", OPENED, None, date(2025, 11, 21), "Công tác", "chi")
    on_paper = replace(AN, cases=(longer,), paper=Paper("chi", date(2025, 11, 3)))

    rows = list(csv.DictReader(io.StringIO(write_csv(list_standings([on_paper])).decode("utf-8-sig")), delimiter=";"))

    assert rows[0]["Ghi chú"] == "gia hạn riêng, đến hết ngày 20/11/2025 (Công tác); ký trên giấy ngày 03/11/2025"


def test_a_list_of_nobody_has_its_headings() -> None:
    assert write_csv(list_standings([])).count(b"\r\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_cell_that_would_run_is_made_text(start: str) -> None:
    assert to_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("before", [" ", "\xa0", "\ufeff", "\u200b", "\u3000", "\u2060", "\x00", "\ufe0f", " \t\u200d"])
def test_a_sign_that_nobody_sees_does_not_hide_a_formula(before: str) -> None:
    assert to_cell(f"{before}=1+1") == f"'{before}=1+1"


def test_other_cells_stay_as_they_are() -> None:
    assert to_cell(" Lò Thị Bình-Minh") == " Lò Thị Bình-Minh"
    assert to_cell("\u200b") == "\u200b"
    assert to_cell("") == ""


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=20))
def test_no_name_can_run_or_leave_its_cell(name: str) -> None:
    content = write_csv(list_standings([replace(AN, name=name)])).decode("utf-8-sig")

    row = list(csv.reader(io.StringIO(content), delimiter=";"))[1]
    assert len(row) == 9
    assert row[2].removeprefix("'") == name.removeprefix("'")
    assert not row[2].startswith(("=", "+", "-", "@", "\t", "\r"))


CODES = ["0002", "1E5", "=A1", "1-2", "00012345678901234567", "A 1", "3.10", "SKHCN-001"]
STAFF = [
    Member(to_staff_code(code), "Nguyễn Văn An", "Văn phòng", Category.WORKER, None if number else "an@so.example")
    for number, code in enumerate(CODES)
]


@pytest.mark.parametrize("separator", [";", ","])
def test_a_list_that_went_out_as_csv_comes_in_unchanged(separator: str) -> None:
    content = write_csv(list_roster(STAFF), separator)

    assert read_list("a.csv", read_file("a.csv", content)).require_members() == STAFF
    assert {line.count(separator) for line in content.decode().splitlines()} == {4}


def test_a_list_that_went_out_as_a_workbook_comes_in_unchanged() -> None:
    content = write_xlsx(list_roster(STAFF, ("Danh sách", "Văn phòng")))

    assert read_list("a.xlsx", read_file("a.xlsx", content)).require_members() == STAFF


def test_the_codes_of_a_workbook_stay_text_also_when_they_are_typed_over() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(list_roster(STAFF)))).worksheets[0]

    assert {(cell.data_type, cell.number_format) for cell in sheet["A"][1:]} == {("s", "@")}


def test_a_form_that_was_filled_in_is_read() -> None:
    book = load_workbook(
        io.BytesIO(write_form(list_roster(STAFF[:1]), {"Đơn vị": ["Văn phòng"], "Loại": ["viên chức"]}))
    )
    for cell, value in zip(book.worksheets[0][2], ("0002", "Lò Thị Bình", "Văn phòng", "viên chức", None), strict=True):
        cell.value = value
    file = io.BytesIO()
    book.save(file)

    read = read_list("a.xlsx", read_file("a.xlsx", file.getvalue()))

    assert read.require_members() == [Member("0002", "Lò Thị Bình", "Văn phòng", Category.PUBLIC_EMPLOYEE)]
    assert [str(choice.sqref) for choice in book.worksheets[0].data_validations.dataValidation] == [
        "C2:C500",
        "D2:D500",
    ]


def test_a_sheet_says_above_its_headings_which_people_were_asked_for() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(list_standings([AN], ("Bài", "quá hạn"))))).worksheets[0]

    assert [row[0].value for row in sheet.iter_rows(max_row=3)] == ["Bài", "quá hạn", "STT"]
    assert sheet["G4"].value == datetime(2025, 11, 4, 23, 59, 59)
    assert sheet.auto_filter.ref == "A3:I4"
