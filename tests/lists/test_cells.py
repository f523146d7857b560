"""Single cells: a code is what Excel shows, an address one that works, letters those that were meant."""

from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from campaign.core.people.roster import Category
from campaign.lists.choices import Choices, Words
from campaign.lists.headings import Column
from tests.rigs.builders import OFFICE
from tests.rigs.workbooks import AN, HEADINGS, doubts_of, faults_of, make_book, people_of, read

CSV = ";".join(HEADINGS)


def with_codes(*codes: object) -> list[tuple[object, ...]]:
    names = ["Nguyễn Văn An", "Lò Thị Bình", "Vừ A Dũng", "Đặng Thị Hoà", "Quàng Văn Hải", "Cà Thị Én"]
    return [HEADINGS, *((code, name, OFFICE, "công chức") for code, name in zip(codes, names, strict=False))]


def formatted(style: str) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        for cell in sheet["A"][1:]:
            cell.number_format = style

    return change


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("General", ["7", "12", "1234"]),
        ("000", ["007", "012", "1234"]),
        ("00000", ["00007", "00012", "01234"]),
        ('"SK-"000', ["SK-007", "SK-012", "SK-1234"]),
        ("\\N\\V000", ["NV007", "NV012", "NV1234"]),
        ("00-00", ["00-07", "00-12", "12-34"]),
        ("[Red]000;[Blue]-000", ["007", "012", "1234"]),
        ("0", ["7", "12", "1234"]),
        ("#,##0", ["7", "12", "1234"]),
        ("@", ["7", "12", "1234"]),
    ],
)
def test_a_code_is_what_excel_shows(style: str, shown: list[str]) -> None:
    found = read(make_book(with_codes(7, 12, 1234), formatted(style)))

    assert [person[0] for person in people_of(found)] == shown


def test_codes_of_mixed_types_are_read_each_as_shown() -> None:
    found = read(make_book(with_codes("SK-01", 7, "008", 1024.0, "A 9")))

    assert [person[0] for person in people_of(found)] == ["SK-01", "7", "008", "1024", "A9"]
    assert doubts_of(found) == ["1 mã ngắn hơn 3 chữ số như các mã khác, có thể đã mất số 0 ở đầu: Lò Thị Bình (7)."]


@pytest.mark.parametrize(
    ("code", "style", "reason"),
    [
        (4.5, "General", "“4,5” là số lẻ, không phải mã."),
        (0.3, "0%", "“0,3” là số lẻ, không phải mã."),
        (1234567890123456, "General", "“1234567890123456” có nhiều chữ số hơn Excel giữ được; các chữ số cuối đã mất."),
        (123456, "0.00E+00", "“1.23456E+05” là mã bị Excel đổi thành dạng số mũ; các chữ số cuối đã mất."),
        (datetime(2025, 3, 5), "DD/MM/YYYY", "“2025-03-05” là ngày tháng mà Excel đã đổi từ mã."),
        ("1,23457E+11", "@", "“1,23457E+11” là mã bị Excel đổi thành dạng số mũ; các chữ số cuối đã mất."),
        ("#N/A", "General", "ô báo lỗi #N/A của Excel."),
        ("=A9", "General", "công thức chưa tính."),
    ],
)
def test_what_excel_made_of_a_code_is_refused(code: object, style: str, reason: str) -> None:
    found = read(make_book(with_codes(code), formatted(style)))

    assert faults_of(found) == [f"dòng 2, cột “Mã”: {reason}"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("'001", "001"), ('"=""002"""', "002"), ('="003"', "003"), ("’004", "004"), ("1E5", "1E5"), (" nv 05 ", "NV05")],
)
def test_a_code_that_was_forced_into_text_is_read_without_the_force(written: str, code: str) -> None:
    found = read(f"{CSV}\n{written};Nguyễn Văn An;{OFFICE};công chức\n")

    assert [person[0] for person in people_of(found)] == [code]


@pytest.mark.parametrize("code", ["1,23457E+11", "1.23457E+11", "1E+15", "4,5"])
def test_the_same_is_refused_in_csv(code: str) -> None:
    assert len(faults_of(read(f"{CSV}\n{code};Nguyễn Văn An;{OFFICE};công chức\n"))) == 1


@pytest.mark.parametrize("code", ["05/03/2025", "2025-03-05", "5-Mar", "5-Thg3", "Mar-05", "4.5", "1234567890123450"])
def test_a_code_that_excel_may_have_changed_is_doubted(code: str) -> None:
    assert len(doubts_of(read(f"{CSV}\n{code};Nguyễn Văn An;{OFFICE};công chức\n"))) == 1


def test_an_error_is_named_wherever_it_is() -> None:
    found = read(make_book([HEADINGS, ("A01", "#VALUE!", "#REF!", "công chức")]))

    assert faults_of(found) == [
        "dòng 2, cột “Họ và tên”: ô báo lỗi #VALUE! của Excel.",
        "dòng 2, cột “Đơn vị”: ô báo lỗi #REF! của Excel.",
    ]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("b@so.example", "b@so.example"),
        ("mailto:b@so.example", "b@so.example"),
        ("<b@so.example>", "b@so.example"),
        ("Lò Bình <b@so.example>", "b@so.example"),
        ("không có", None),
        ("Chưa có", None),
        ("-", None),
        ("x", None),
    ],
)
def test_an_address_is_read_out_of_what_is_around_it(written: str, address: str | None) -> None:
    found = read(f"{CSV};Email\nA01;An;{OFFICE};công chức;{written}\n")

    assert [person.member.email for person in found.people] == [address]
    assert faults_of(found) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("a@so.example, b@so.example", "có hai địa chỉ; giữ một."),
        ("a@so.example/b@so.example", "có hai địa chỉ; giữ một."),
        ("a@so.example.", "không phải địa chỉ thư."),
        ("a..b@so.example", "không phải địa chỉ thư."),
        ("a@so", "không phải địa chỉ thư."),
        ("a so@so.example", "không phải địa chỉ thư."),
        ("Đ@so.example", "có chữ có dấu, thư không gửi đến được."),
    ],
)
def test_an_address_that_cannot_work_is_refused(written: str, reason: str) -> None:
    found = read(f"{CSV};Email\nA01;An;{OFFICE};công chức;{written}\n")

    assert faults_of(found) == [f"dòng 2, cột “Thư điện tử”: “{written}” {reason}"]


def test_an_address_of_two_people_is_doubted() -> None:
    lines = [f"A0{number};Người {number};{OFFICE};công chức;Chung@so.example" for number in (1, 2)]

    assert doubts_of(read("\n".join([f"{CSV};Email", *lines]))) == [
        "2 người chung địa chỉ “chung@so.example”: Người 1 (A01), Người 2 (A02)."
    ]


def test_both_letters_that_look_like_d_with_a_stroke_are_one() -> None:
    found = read(make_book([HEADINGS, ("A01", "Ðặng Văn Ðức", OFFICE, "công chức")]))

    assert people_of(found)[0][1] == "Đặng Văn Đức"


@pytest.mark.parametrize(
    ("name", "unit", "font"),
    [("NguyÔn V¨n An", "V¨n phßng", "TCVN3 (.VnTime)"), ("Nguyeãn Vaên An", "Vaên phoøng", "VNI")],
)
def test_letters_from_before_unicode_are_converted_and_doubted(name: str, unit: str, font: str) -> None:
    found = read(make_book([HEADINGS, ("A01", name, unit, "công chức")]))

    assert people_of(found) == [AN]
    assert doubts_of(found) == [
        f"Cột “Họ và tên”: 1 ô viết bằng phông {font}, đã chuyển sang Unicode, ví dụ “{name}” thành “Nguyễn Văn An”.",
        f"Cột “Đơn vị”: 1 ô viết bằng phông {font}, đã chuyển sang Unicode, ví dụ “{unit}” thành “Văn phòng”.",
    ]


def test_a_whole_file_from_before_unicode_is_converted() -> None:
    content = "M·;Hä vµ tªn;§¬n vÞ;Lo¹i\nA01;NguyÔn V¨n An;V¨n phßng;c«ng chøc\n".encode("latin-1")

    found = read(content, "cũ.csv")

    assert people_of(found) == [AN]
    assert len(doubts_of(found)) == 4


def test_unicode_beside_old_letters_stays() -> None:
    rows = [HEADINGS, ("A01", "Lß A Sïng", OFFICE, "công chức"), ("A02", "Lò Thị Bưởi", OFFICE, "công chức")]

    assert [person[1] for person in people_of(read(make_book(rows)))] == ["Lò A Sùng", "Lò Thị Bưởi"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nguyá»…n VÄƒn An", "đã bị đọc sai bảng mã trước khi lưu."),
        ("Nguy?n V?n An", "có dấu ? ở chỗ chữ đã mất."),
        ("Nguyễn V\N{CYRILLIC SMALL LETTER A}n", "có chữ của bảng chữ cái khác, trông giống chữ Việt."),
    ],
)
def test_spoilt_letters_are_refused(name: str, reason: str) -> None:
    found = read(make_book([HEADINGS, ("A01", name, OFFICE, "công chức")]))

    assert faults_of(found) == [f"dòng 2, cột “Họ và tên”: “{name}” {reason}"]


def test_a_file_whose_headings_are_spoilt_is_refused_whole() -> None:
    content = "Mã;Họ và tên;Đơn vị;Loại\nA01;Nguyễn Văn An;Văn phòng;công chức\n".encode().decode("latin-1")

    assert faults_of(read(content)) == ["không đọc được danh sách (tệp đã bị lưu sai bảng mã)."]


@pytest.mark.parametrize(
    ("written", "category"),
    [
        *[(word, Category.CIVIL_SERVANT) for word in ("CC", "Công chức lãnh đạo", "công chức loại A")],
        *[(word, Category.PUBLIC_EMPLOYEE) for word in ("VC", "viên chức quản lý", "Biên chế viên chức")],
        *[(word, Category.WORKER) for word in ("NLĐ", "Hợp đồng", "HĐ 111", "HĐ68", "HĐLĐ", "lao động hợp đồng")],
        *[(word, Category.WORKER) for word in ("Hợp đồng NĐ 111", "HĐ 68/2000/NĐ-CP", "NV hợp đồng")],
    ],
)
def test_the_forms_of_a_category_are_known_and_shown(written: str, category: Category) -> None:
    found = read(make_book([HEADINGS, ("A01", "An", OFFICE, written)]))

    assert [person.member.category for person in found.people] == [category]
    assert doubts_of(found) == [f"Chữ trong cột Loại được hiểu: “{written}” (1 dòng) là {category.label}."]


@pytest.mark.parametrize("written", ["Biên chế", "hợp đồng làm việc", "Cán bộ", "lạ"])
def test_a_category_that_nobody_knows_is_asked_about_once(written: str) -> None:
    rows = [(f"A{number}", "An", OFFICE, written) for number in range(2000)]

    found = read(make_book([HEADINGS, *rows]))

    assert faults_of(found) == [f"2000 dòng (dòng 2, 3, 4, 5, 6, …), cột “Loại”: không hiểu “{written}”."]
    assert [(word.text, word.rows, word.meant) for word in found.words] == [(written, 2000, None)]


def test_what_was_chosen_before_is_neither_asked_nor_doubted() -> None:
    rows = [HEADINGS, ("A01", "An", "VP", "Biên chế"), ("A02", "Bình", OFFICE, "CC")]
    words = Words(
        headings={"ma": Column.CODE},
        categories={"bien che": Category.PUBLIC_EMPLOYEE, "cc": Category.CIVIL_SERVANT},
        units={"VP": OFFICE},
    )

    found = read(make_book(rows), choices=Choices(words=words))

    assert people_of(found) == [("A01", "An", OFFICE, "viên chức"), ("A02", "Bình", OFFICE, "công chức")]
    assert doubts_of(found) == []
    assert Words.from_facts(words.to_facts()) == words
