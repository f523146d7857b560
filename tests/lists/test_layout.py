"""Lists in the forms that offices have: merged cells, group rows, totals, signatures, several sheets."""

from collections.abc import Callable

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from campaign.core.people.roster import Category
from campaign.lists.choices import Choices
from campaign.lists.headings import Column
from campaign.lists.tables import SheetChoice
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.workbooks import (
    AN,
    BINH,
    DUNG,
    HEADINGS,
    PEOPLE,
    Rows,
    doubts_of,
    faults_of,
    make_book,
    people_of,
    read,
)

TITLE = [("UBND TỈNH SƠN LA",), ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), (), ("DANH SÁCH CÔNG CHỨC, VIÊN CHỨC",), ()]
NUMBERED = [(number, *person) for number, person in enumerate(PEOPLE, 1)]


def merge(*areas: str) -> Callable[[Worksheet], object]:
    return lambda sheet: [sheet.merge_cells(area) for area in areas]


def no_change(sheet: Worksheet) -> object:
    return sheet


FORMS: dict[str, tuple[Rows, Callable[[Worksheet], object]]] = {
    "a title above": ([*TITLE, ("STT", *HEADINGS), *NUMBERED], no_change),
    "a unit merged over its people": ([HEADINGS, AN, BINH, (*DUNG[:2], None, DUNG[3])], merge("C3:C4")),
    "a category merged over its people": (
        [HEADINGS, (*AN[:3], "công chức"), (*BINH[:3], "viên chức"), DUNG],
        no_change,
    ),
    "headings in two lines": (
        [
            ("Mã", "Họ và tên", None, "Đơn vị", "Loại"),
            (None, "Họ đệm", "Tên", None, None),
            *((code, *name.rsplit(" ", 1), unit, kind) for code, name, unit, kind in PEOPLE),
        ],
        merge("B1:C1", "A1:A2", "D1:D2", "E1:E2"),
    ),
    "headings in two lines without merged cells": (
        [
            ("TT", "Mã", "Họ và tên", None, "Công tác", None),
            (None, None, None, None, "Đơn vị", "Loại"),
            *((at, code, name, None, unit, kind) for at, (code, name, unit, kind) in enumerate(PEOPLE, 1)),
        ],
        no_change,
    ),
    "the parts of a unit's heading": (
        [
            ("Mã NV", "Họ và tên", "Đơn vị", None, "Loại"),
            (None, None, "Mã", "Tên", None),
            *((code, name, "X1", unit, kind) for code, name, unit, kind in PEOPLE),
        ],
        merge("C1:D1", "A1:A2", "B1:B2", "E1:E2"),
    ),
    "a line that numbers the columns": (
        [("STT", *HEADINGS), *[("(1)", "(2)", "(3)", "(4)", "(5)")], *NUMBERED],
        no_change,
    ),
    "letters and numbers of columns": ([("STT", *HEADINGS), ("A", "B", 1, 2, 3), *NUMBERED], no_change),
    "group rows without a column of units": (
        [
            ("Mã", "Họ và tên", "Loại"),
            ("I", OFFICE),
            (AN[0], AN[1], AN[3]),
            ("II", CENTRE.upper()),
            *((code, name, kind) for code, name, _, kind in (BINH, DUNG)),
        ],
        no_change,
    ),
    "group rows beside a column of units": (
        [("STT", *HEADINGS), ("I", None, OFFICE.upper()), NUMBERED[0], ("II", None, CENTRE.upper()), *NUMBERED[1:]],
        no_change,
    ),
    "group rows merged across": (
        [("STT", *HEADINGS), ("A. VĂN PHÒNG (01 người)",), NUMBERED[0], ("B. TRUNG TÂM",), *NUMBERED[1:]],
        merge("A2:E2", "A4:E4"),
    ),
    "group rows by category": (
        [
            ("STT", "Mã", "Họ và tên", "Đơn vị"),
            *[
                ("A", "CÔNG CHỨC"),
                (1, *AN[:3]),
                ("B", "VIÊN CHỨC"),
                (2, *BINH[:3]),
                ("C", "HỢP ĐỒNG 111"),
                (3, *DUNG[:3]),
            ],
        ],
        no_change,
    ),
    "ticks for categories": (
        [
            ("Mã", "Họ và tên", "Đơn vị", "Công chức", "Viên chức", "NLĐ"),
            *[(*AN[:3], "x", None, None), (*BINH[:3], None, "x", None), (*DUNG[:3], None, None, "X")],
        ],
        no_change,
    ),
    "a total and signatures": (
        [
            *TITLE,
            ("STT", *HEADINGS),
            *NUMBERED,
            (None, "Tổng cộng: 03 người"),
            (),
            (None, None, "Sơn La, ngày 20 tháng 10 năm 2025"),
            (None, None, "NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"),
            (None, None, "(Ký, ghi rõ họ tên)"),
            (None, None, "Lò Thị Hà", "Cầm Văn Kiên"),
        ],
        no_change,
    ),
    "totals of each group": (
        [
            ("STT", *HEADINGS),
            *[("I", None, OFFICE), NUMBERED[0], (None, None, "Cộng: 1 người"), ("II", None, CENTRE), *NUMBERED[1:]],
            *[(None, None, "Cộng", 2), (None, None, "Tổng số", 3), (None, None, "Ấn định danh sách có 03 người./.")],
        ],
        no_change,
    ),
    "headings again on each printed page": ([HEADINGS, AN, HEADINGS, BINH, DUNG], no_change),
    "rows that are only numbered": ([("STT", *HEADINGS), *NUMBERED, (4,), (5,)], no_change),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_list_in_each_form_is_read_whole(form: str) -> None:
    rows, change = FORMS[form]

    found = read(make_book(rows, change))

    assert faults_of(found) == []
    assert people_of(found) == PEOPLE
    assert doubts_of(found) == []


@pytest.mark.parametrize(
    ("form", "note"),
    [
        ("a total and signatures", "Không đọc dòng 10, là dòng tổng: “Tổng cộng: 03 người”"),
        ("a total and signatures", "Không đọc dòng 12, 13, 14 và 15, là chữ ký hoặc ghi chú cuối danh sách: “Sơn La,"),
        ("group rows beside a column of units", "Không đọc dòng 2 và 4, là dòng nhóm: “I VĂN PHÒNG”, …"),
        ("group rows without a column of units", "Không có cột Đơn vị: đơn vị được lấy từ các dòng nhóm."),
        ("headings again on each printed page", "Không đọc dòng 3, là dòng tiêu đề lặp lại"),
        ("rows that are only numbered", "Không đọc dòng 5 và 6, là dòng chỉ có số thứ tự: “4”, …"),
        (
            "headings in two lines without merged cells",
            "Cột được đọc: Mã = “Mã”, Họ và tên = “Họ và tên”, Đơn vị = “Công",
        ),
    ],
)
def test_what_is_left_out_is_named(form: str, note: str) -> None:
    assert any(told.startswith(note) for told in read(make_book(*FORMS[form])).notes)


def test_a_heading_merged_over_two_columns_is_that_of_both() -> None:
    rows = [("Mã", "Họ và tên", None, "Đơn vị", "Loại"), *((p[0], *p[1].rsplit(" ", 1), *p[2:]) for p in PEOPLE)]

    found = read(make_book(rows, merge("B1:C1")))

    assert people_of(found) == PEOPLE
    assert doubts_of(found) == ["Họ và tên được ghép từ hai cột B và C."]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ((None, "Quàng Văn Hải", OFFICE, None), ["“Mã”: ô đang trống.", "“Loại”: ô đang trống."]),
        (("A09", None, OFFICE, "công chức"), ["“Họ và tên”: ô đang trống."]),
        ((None, "Quàng Văn Hải", None, None), ["“Mã”", "“Đơn vị”", "“Loại”"]),
        ((None, "Tổng Văn Giám", OFFICE, "công chức"), []),
        ((None, "Tống Công Minh", OFFICE, "công chức"), ["“Mã”: ô đang trống."]),
    ],
)
def test_a_short_row_in_the_middle_may_be_a_person(row: tuple[object, ...], faults: list[str]) -> None:
    found = faults_of(read(make_book([HEADINGS, AN, row, BINH])))

    assert len(found) == len(faults)
    assert all(fault in told for fault, told in zip(faults, found, strict=True))


def test_a_total_that_is_not_the_number_of_people_is_doubted() -> None:
    found = read(make_book([("STT", *HEADINGS), *NUMBERED, (None, "Tổng cộng: 04 người")]))

    assert doubts_of(found) == ["Dòng 5 ghi 4 người, nhưng đọc được 3 người ở trên."]


def test_a_person_in_a_group_of_another_unit_is_doubted() -> None:
    rows = [("STT", *HEADINGS), ("I", None, OFFICE), NUMBERED[0], NUMBERED[1], ("II", None, CENTRE), NUMBERED[2]]

    assert doubts_of(read(make_book(rows))) == [f"Dòng 4 ở nhóm “{OFFICE}” nhưng cột Đơn vị ghi “{CENTRE}”."]


@pytest.mark.parametrize("lower", ["Phòng", "Bộ phận", "Tổ, đội"])
@pytest.mark.parametrize("is_lower_first", [True, False])
def test_of_two_columns_of_units_one_is_above_the_other(lower: str, *, is_lower_first: bool) -> None:
    body = "Sở Khoa học và Công nghệ"
    units = (lower, "Đơn vị") if is_lower_first else ("Đơn vị", lower)
    rows = [
        (code, name, *((unit, body) if is_lower_first else (body, unit)), kind) for code, name, unit, kind in PEOPLE
    ]

    found = read(make_book([("Mã", "Họ và tên", *units, "Loại"), *rows]))

    assert people_of(found) == PEOPLE
    assert [person.upper for person in found.people] == [body] * 3
    assert doubts_of(found) == [f"Cột “{lower}” là đơn vị; cột “Đơn vị” ({body}) là cấp trên."]


def test_every_sheet_with_a_list_is_read_and_the_others_are_named() -> None:
    found = read(
        make_book(
            {
                "Hướng dẫn": [("HƯỚNG DẪN",), ("Điền vào các trang sau",)],
                "Văn phòng": [HEADINGS, AN],
                "TT ĐMST": [HEADINGS, BINH, DUNG],
                "Sheet4": [],
            }
        )
    )

    assert people_of(found) == PEOPLE
    assert list(found.notes) == [
        "Trang “Hướng dẫn”: không có dòng tiêu đề của danh sách, không đọc.",
        "Trang “Văn phòng”: 1 người.",
        "Trang “TT ĐMST”: 2 người.",
        "Trang “Sheet4”: trống.",
    ]


def test_a_hidden_sheet_is_not_read_and_named() -> None:
    content = make_book({"Cũ": [HEADINGS, AN, BINH], "Mới": [HEADINGS, DUNG]}, hide_sheet)

    found = read(content)

    assert people_of(found) == [DUNG]
    assert "Trang “Cũ”: đang ẩn, không đọc." in found.notes


def hide_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def test_a_code_on_two_sheets_is_refused_with_both_named() -> None:
    found = read(make_book({"Một": [HEADINGS, AN, BINH], "Hai": [HEADINGS, DUNG, ("a01", *AN[1:])]}))

    assert faults_of(found) == ["trang “Hai”, dòng 3: mã “A01” đã có ở trang “Một”, dòng 2."]


def test_a_sheet_twice_is_one_cause() -> None:
    rows = [HEADINGS, *((f"A{number:02}", *AN[1:]) for number in range(20))]

    found = faults_of(read(make_book({"Một": rows, "Một (2)": rows})))

    assert found == [
        "20 dòng (trang “Một (2)”, dòng 2, 3, 4, 5, 6, …), cột “Mã”: “A00”, “A01”, “A02”, … đã có ở dòng khác."
    ]


def test_the_name_of_a_sheet_is_the_unit_when_nothing_else_says_it() -> None:
    rows = [(code, name, kind) for code, name, _, kind in (BINH, DUNG)]

    found = read(make_book({CENTRE: [("Mã", "Họ và tên", "Loại"), *rows]}))

    assert people_of(found) == [BINH, DUNG]
    assert doubts_of(found) == [f"Trang “{CENTRE}” không có cột Đơn vị: tên trang được lấy làm đơn vị."]


def hide(row: int) -> Callable[[Worksheet], object]:
    return lambda sheet: sheet.row_dimensions.group(row, row, hidden=True)


def strike(row: int) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[row]:
            cell.font = Font(strike=True)

    return change


@pytest.mark.parametrize(
    ("change", "doubt", "choice"),
    [
        (hide(4), "1 dòng đang ẩn (dòng 4: A03). Tính hay bỏ?", {"counts_hidden": False}),
        (strike(4), "1 dòng bị gạch ngang (dòng 4: A03). Còn trong danh sách không?", {"counts_struck": False}),
    ],
)
def test_rows_that_nobody_sees_or_that_are_struck_out_are_doubted(
    change: Callable[[Worksheet], object], doubt: str, choice: dict[str, bool]
) -> None:
    content = make_book([HEADINGS, *PEOPLE], change)

    assert people_of(read(content)) == PEOPLE
    assert doubts_of(read(content)) == [doubt]
    assert people_of(read(content, choices=Choices(**choice))) == [AN, BINH]  # type: ignore[arg-type]  # one of two
    assert doubts_of(read(content, choices=Choices(**choice))) == []  # type: ignore[arg-type]  # the same


def hide_codes(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].hidden = True


def test_a_hidden_column_that_is_read_is_doubted() -> None:
    content = make_book([HEADINGS, *PEOPLE], hide_codes)

    assert doubts_of(read(content)) == ["Cột “Mã” đang ẩn trong tệp nhưng vẫn được đọc."]


def test_what_stands_in_the_way_is_told_at_once() -> None:
    rows = [
        ("TT", "Họ và tên", "Ngày sinh", "Phòng, đơn vị", "Ngạch/CDNN"),
        *((at, p[1], "01/02/1980", p[2], p[3]) for at, p in enumerate(PEOPLE, 1)),
    ]

    found = read(make_book([*TITLE, *rows]))

    assert [fault.code for fault in found.faults] == ["E-ROSTER-REFUSED", "E-ROSTER-COLUMN"]
    assert faults_of(found) == [
        "có cột “Ngày sinh” là dữ liệu cá nhân mà đợt tuyên truyền không được giữ.",
        (
            "thiếu cột “Mã”, “Loại”. Tìm thấy ở dòng 6: “TT”, “Họ và tên”, “Ngày sinh”, “Phòng, đơn vị”, “Ngạch/CDNN”."
            " Cột “Ngạch/CDNN” có thể là “Loại”."
        ),
    ]


def test_a_person_decides_how_a_sheet_is_read() -> None:
    rows = [("Người", "Số", "Nơi", "Kiểu"), *((p[1], p[0], p[2], p[3]) for p in PEOPLE)]
    columns = {Column.NAME: 0, Column.CODE: 1, Column.UNIT: 2, Column.CATEGORY: 3}
    choice = SheetChoice(heading=0, columns=columns)

    assert faults_of(read(make_book(rows))) == [
        "thiếu cột “Mã”, “Họ và tên”, “Đơn vị”, “Loại”. Tìm thấy ở dòng 1: “Người”, “Số”, “Nơi”, “Kiểu”."
    ]
    assert people_of(read(make_book(rows), choices=Choices(sheets={"Sheet": choice}))) == PEOPLE


def test_a_person_may_say_the_unit_and_category_of_all() -> None:
    rows = [("Mã", "Họ và tên"), (AN[0], AN[1])]
    choice = SheetChoice(unit=OFFICE, category=Category.CIVIL_SERVANT)

    assert people_of(read(make_book(rows), choices=Choices(sheets={"Sheet": choice}))) == [AN]


def test_a_sheet_may_be_left_out() -> None:
    content = make_book({"Một": [HEADINGS, AN], "Hai": [HEADINGS, AN]})

    found = read(content, choices=Choices(sheets={"Hai": SheetChoice(is_read=False)}))

    assert people_of(found) == [AN]
    assert "Trang “Hai”: không đọc, theo lựa chọn." in found.notes


def test_a_list_without_codes_is_read_when_codes_are_to_be_made() -> None:
    rows = [("STT", *HEADINGS[1:]), *((at, *p[1:]) for at, p in enumerate(PEOPLE, 1))]

    assert faults_of(read(make_book(rows)))[0].startswith("thiếu cột “Mã”.")
    assert people_of(read(make_book(rows), choices=Choices(makes_codes=True))) == [("", *p[1:]) for p in PEOPLE]
