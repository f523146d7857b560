import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from campaign.core.people.roster import Category, Member
from campaign.errors.base import Faults
from campaign.errors.roster import (
    DuplicateMemberError,
    RosterColumnError,
    RosterColumnRefusedError,
    RosterContentRefusedError,
    RosterFileError,
    RosterValueError,
)
from campaign.lists.files import read_sheets_of
from campaign.lists.files.kinds import read_file
from campaign.lists.headings import NEEDED
from campaign.lists.people import read_list
from tests.rigs.builders import CENTRE, OFFICE

HEADINGS = ("Mã", "Họ và tên", "Đơn vị", "Loại", "Thư điện tử")
AN = ("SKHCN-001", "Nguyễn Văn An", OFFICE, "công chức", "an@example.vn")
BINH = ("SKHCN-002", "Lò Thị Bình", CENTRE, "Người lao động", None)
MEMBERS = [
    Member("SKHCN-001", "Nguyễn Văn An", OFFICE, Category.CIVIL_SERVANT, "an@example.vn"),
    Member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.WORKER),
]

Rows = Sequence[Sequence[object]]
Write = Callable[[Path, Rows], Path]


def write_csv(folder: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path = folder / "danh sách.csv"
    path.write_text(
        "".join(delimiter.join(str(cell or "") for cell in row) + "\r\n" for row in rows), encoding, newline=""
    )
    return path


def write_excel(folder: Path, rows: Rows) -> Path:
    path, book = folder / "danh sách.xlsx", Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def read_roster_file(path: Path) -> list[Member]:
    """Return the members of a file, read in this process to spare the tests the time of another."""
    return read_list(path.name, read_file(path.name, path.read_bytes())).require_members()


def faults_of(path: Path) -> list[str]:
    with pytest.raises(Faults) as raised:
        read_roster_file(path)
    return [error.problem.removeprefix(f"{path.name}, ") for error in raised.value.errors]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_file_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """With and without Excel's byte order mark, with the separators of either list setting."""
    assert read_roster_file(write_csv(tmp_path, [HEADINGS, AN, BINH], delimiter, encoding)) == MEMBERS


def test_an_excel_file_is_read(tmp_path: Path) -> None:
    assert read_roster_file(write_excel(tmp_path, [HEADINGS, AN, BINH])) == MEMBERS


def test_a_file_ending_in_capitals_is_read(tmp_path: Path) -> None:
    path = write_excel(tmp_path, [HEADINGS, AN, BINH])

    assert read_roster_file(path.rename(tmp_path / "DS.XLSX")) == MEMBERS


@pytest.mark.parametrize("write", [write_csv, write_excel])
@pytest.mark.parametrize(
    "headings",
    [
        ("MÃ", "HỌ VÀ TÊN", "ĐƠN VỊ", "LOẠI", "EMAIL"),
        ("ma", " ho  ten ", "Phòng", "doi tuong", "e-mail"),
        ("Staff code", "Full name", "Unit", "Category", "Email"),
        tuple(unicodedata.normalize("NFD", heading) for heading in HEADINGS),
    ],
)
def test_headings_are_recognised_however_they_are_written(
    tmp_path: Path, write: Write, headings: tuple[str, ...]
) -> None:
    assert read_roster_file(write(tmp_path, [headings, AN, BINH])) == MEMBERS


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    rows = [(row[3], "ghi chú", row[1], row[0], row[2], row[4]) for row in (HEADINGS, AN, BINH)]

    assert read_roster_file(write_csv(tmp_path, rows)) == MEMBERS


def test_the_address_column_may_be_missing(tmp_path: Path) -> None:
    (found,) = read_roster_file(write_csv(tmp_path, [HEADINGS[:4], AN[:4]]))

    assert found.email is None


def test_a_category_may_be_written_in_both_tongues(tmp_path: Path) -> None:
    written = ["Công chức", "VIÊN CHỨC", "người lao động", "worker", "public_employee"]
    rows = [(f"SKHCN-{number}", "An", OFFICE, category) for number, category in enumerate(written)]

    categories = [one.category for one in read_roster_file(write_csv(tmp_path, [HEADINGS[:4], *rows]))]

    assert categories == [
        Category.CIVIL_SERVANT,
        Category.PUBLIC_EMPLOYEE,
        Category.WORKER,
        Category.WORKER,
        Category.PUBLIC_EMPLOYEE,
    ]


@pytest.mark.parametrize("write", [write_csv, write_excel])
def test_text_becomes_nfc_and_single_spaced(tmp_path: Path, write: Write) -> None:
    decomposed = unicodedata.normalize("NFD", "  Đặng\N{NO-BREAK SPACE}Thị   Hoà ")

    (found,) = read_roster_file(write(tmp_path, [HEADINGS, (" skhcn - 001", decomposed, OFFICE, "viên chức", "")]))

    assert found == Member("SKHCN-001", "Đặng Thị Hoà", OFFICE, Category.PUBLIC_EMPLOYEE)


def test_a_code_that_excel_took_for_a_number_stays_as_it_is_shown(tmp_path: Path) -> None:
    (found,) = read_roster_file(write_excel(tmp_path, [HEADINGS, (1024, *AN[1:])]))

    assert found.staff_code == "1024"


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    blank = ("", " ", "", "", "")

    assert read_roster_file(write_csv(tmp_path, [HEADINGS, blank, AN, blank, (), BINH, blank])) == MEMBERS
    assert read_roster_file(write_excel(tmp_path, [HEADINGS, (None,) * 5, AN, BINH, blank])) == MEMBERS


def test_what_looks_like_a_formula_is_read_as_text(tmp_path: Path) -> None:
    (found,) = read_roster_file(write_csv(tmp_path, [HEADINGS, ("SKHCN-001", "=1+1", OFFICE, "công chức", "")]))

    assert found.name == "=1+1"


def test_a_formula_that_no_program_has_calculated_is_named(tmp_path: Path) -> None:
    path = write_excel(tmp_path, [HEADINGS, ("SKHCN-001", '=A2&" An"', OFFICE, "công chức", "")])

    assert faults_of(path) == ["dòng 2, cột “Họ và tên”: công thức chưa tính."]


def test_all_faults_are_named_at_once_with_their_rows(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        AN,
        ("", "Lò Thị Bình", "", "công chức", ""),
        ("SKHCN-003", "Đặng Thị Hoà", OFFICE, "lao công", "hoa@"),
        ("skhcn-001", "Vừ A Dũng", OFFICE, "công chức", ""),
    ]

    assert faults_of(write_csv(tmp_path, rows)) == [
        "dòng 3, cột “Mã”: ô đang trống.",
        "dòng 3, cột “Đơn vị”: ô đang trống.",
        "dòng 4, cột “Loại”: không hiểu “lao công”.",
        "dòng 4, cột “Thư điện tử”: “hoa@” không phải địa chỉ thư.",
        "dòng 5: mã “SKHCN-001” đã có ở dòng 2.",
    ]


def test_a_fault_says_what_to_enter_and_that_nothing_changed(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        read_roster_file(write_csv(tmp_path, [HEADINGS, ("", *AN[1:])]))

    (error,) = raised.value.errors
    assert isinstance(error, RosterValueError)
    assert error.remedy == "Nhập mã của người này. Danh sách cũ vẫn giữ nguyên."
    assert "chưa có dòng nào được lưu" in raised.value.remedy


def test_one_code_for_two_people_is_refused_whatever_its_case(tmp_path: Path) -> None:
    path = write_excel(tmp_path, [HEADINGS, AN, ("Skhcn-001", *BINH[1:])])

    with pytest.raises(Faults) as raised:
        read_roster_file(path)

    assert [type(error) for error in raised.value.errors] == [DuplicateMemberError]


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_column_is_named(tmp_path: Path, name: str) -> None:
    headings = ["khác" if heading == name else heading for heading in HEADINGS]

    with pytest.raises(RosterColumnError, match=f"thiếu cột “{name}”"):
        read_roster_file(write_csv(tmp_path, [headings, AN]))


@pytest.mark.parametrize(
    "heading",
    [
        "Số CCCD",
        "CMND",
        "Căn cước công dân",
        "Ngày sinh",
        "Năm sinh",
        "DÂN TỘC",
        "Tôn giáo",
        "Date of birth",
        "Số định danh",
    ],
)
def test_a_column_that_must_not_be_kept_is_refused(tmp_path: Path, heading: str) -> None:
    path = write_excel(tmp_path, [(*HEADINGS, heading), (*AN, "x")])

    with pytest.raises(RosterColumnRefusedError, match=heading):
        read_roster_file(path)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(RosterFileError, match=f"{name}: .*không tìm thấy tệp"):
        read_sheets_of(tmp_path / name)


def test_a_folder_is_no_roster(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()

    with pytest.raises(RosterFileError, match="không mở được tệp"):
        read_sheets_of(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["danh sách.pdf", "danh sách.docx", "danh sách"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")

    with pytest.raises(RosterFileError, match=r"đuôi \.xlsx, .*\.csv"):
        read_sheets_of(tmp_path / name)


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(RosterColumnError):
        read_roster_file(write_csv(tmp_path, []))
    with pytest.raises(RosterColumnError):
        read_roster_file(write_excel(tmp_path, []))


def test_a_file_with_headings_only_lists_nobody(tmp_path: Path) -> None:
    """An empty roster would take everyone off the list."""
    with pytest.raises(RosterFileError, match="không có dòng nào dưới dòng tiêu đề"):
        read_roster_file(write_csv(tmp_path, [HEADINGS]))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_excel_saves_in_viet_nam_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """As “Unicode text” it is UTF-16 with tabs, as “CSV” CP1258, which writes tones as letters of their own."""
    rows = [[to_cp1258(str(cell or "")) for cell in row] for row in (HEADINGS, AN, BINH)]

    assert read_roster_file(write_csv(tmp_path, rows, delimiter, encoding)) == MEMBERS


def to_cp1258(text: str) -> str:
    """Return *text* in the form that CP1258 can hold: letters whole, tones apart."""
    tones = "\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
    tones += "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"
    split = [unicodedata.normalize("NFD", letter) for letter in text]
    return "".join(
        unicodedata.normalize("NFC", letter.translate(dict.fromkeys(map(ord, tones))))
        + "".join(mark for mark in letter if mark in tones)
        for letter in split
    )


def test_a_line_that_tells_excel_the_separator_is_no_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADINGS, AN, ("", *BINH[1:])], ";")
    path.write_text("sep=;\r\n" + path.read_text("utf-8"), "utf-8", newline="")

    assert faults_of(path) == ["dòng 4, cột “Mã”: ô đang trống."]


def test_letters_that_could_not_be_read_are_a_fault(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADINGS, ("SKHCN-001", "Nguyễn \N{REPLACEMENT CHARACTER}n", OFFICE, "công chức", "")])

    assert "ký tự không nhìn thấy" in faults_of(path)[0]


@pytest.mark.parametrize("write", [write_csv, write_excel])
def test_a_title_may_stand_above_the_headings(tmp_path: Path, write: Write) -> None:
    title = [("UBND TỈNH SƠN LA",), ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), (), ("DANH SÁCH CÔNG CHỨC, VIÊN CHỨC",)]

    assert read_roster_file(write(tmp_path, [*title, HEADINGS, AN, BINH])) == MEMBERS
    assert faults_of(write(tmp_path, [*title, HEADINGS, ("", *AN[1:])])) == ["dòng 6, cột “Mã”: ô đang trống."]


def test_a_name_in_two_columns_is_put_together(tmp_path: Path) -> None:
    rows = [("STT", "Mã", "Họ đệm", "Tên", "Phòng", "Loại"), (1, "SKHCN-001", "Nguyễn Văn", "An", OFFICE, "công chức")]

    (found,) = read_roster_file(write_excel(tmp_path, rows))

    assert found.name == "Nguyễn Văn An"


def test_both_unicode_forms_of_a_name_are_one_member(tmp_path: Path) -> None:
    decomposed = [tuple(unicodedata.normalize("NFD", str(cell or "")) for cell in row) for row in (HEADINGS, AN, BINH)]

    assert read_roster_file(write_csv(tmp_path, decomposed)) == MEMBERS


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (("014085001234", "014185004321"), "số định danh"),
        ((14085001234567, "050912345"), "số chứng minh"),
        (("05/03/1985", "1990"), "ngày sinh"),
        ((datetime(1985, 3, 5, tzinfo=None), "1-2-1999"), "ngày sinh"),
        (("Thái", "H'Mông"), "dân tộc"),
        (("KINH", ""), "dân tộc"),
    ],
)
def test_a_column_is_refused_for_what_stands_in_it(tmp_path: Path, cells: Sequence[object], what: str) -> None:
    """The message names the column and never repeats a cell."""
    path = write_excel(tmp_path, [(*HEADINGS, "Ghi chú"), (*AN, cells[0]), (*BINH, cells[1])])

    with pytest.raises(RosterContentRefusedError, match=f"“Ghi chú” có nội dung giống .*{what}") as raised:
        read_roster_file(path)
    assert str(cells[1] or cells[0]) not in str(raised.value).replace("Ghi chú", "")


def test_an_identity_number_is_no_staff_code(tmp_path: Path) -> None:
    with pytest.raises(RosterContentRefusedError, match="“Mã”"):
        read_roster_file(write_csv(tmp_path, [HEADINGS, ("014085001234", *AN[1:])]))


def test_what_only_happens_to_look_so_is_let_in(tmp_path: Path) -> None:
    """A note with a year here, a family name that is also an ethnic group there, a code of nine digits."""
    rows = [
        ("Mã", "Họ", "Tên", "Đơn vị", "Loại", "Ghi chú", "Điện thoại"),
        ("123456789", "Lò", "Thái", OFFICE, "công chức", "1999", "0912345678"),
        ("123456780", "Quàng", "Hoa", OFFICE, "công chức", "trưởng phòng", "0912345679"),
        ("123456781", "Cầm", "Lao", OFFICE, "công chức", "phó phòng", "0912345670"),
    ]

    assert [one.name for one in read_roster_file(write_csv(tmp_path, rows))] == ["Lò Thái", "Quàng Hoa", "Cầm Lao"]


def make_archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"M\xc3\xa3;H\xe1\xbb\x8d v\xc3\xa0 t\xc3\xaan", b"PK\x03\x04 and no more", make_archive({"a.txt": b"a"})],
    ids=["empty", "csv", "broken archive", "other archive"],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)

    with pytest.raises(RosterFileError, match=r"không phải tệp Excel"):
        read_roster_file(tmp_path / "a.xlsx")


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    path = write_excel(tmp_path, [HEADINGS, AN])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-60]
    path.write_bytes(make_archive(parts))

    with pytest.raises(RosterFileError, match=r"không phải tệp Excel"):
        read_roster_file(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(make_archive({"xl/workbook.xml": bytes(65 << 20)}))

    with pytest.raises(RosterFileError, match="64 MiB"):
        read_roster_file(tmp_path / "a.xlsx")


def test_a_workbook_whose_stated_size_is_wrong_is_read_whole(tmp_path: Path) -> None:
    """Some programs write that every sheet has one cell."""
    path = write_excel(tmp_path, [HEADINGS, AN, BINH])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<dimension ref="A1:E3"', b'<dimension ref="A1"')
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    path.write_bytes(make_archive(parts))

    assert read_roster_file(path) == MEMBERS


@pytest.mark.parametrize("write", [write_csv, write_excel])
@pytest.mark.parametrize("name", ["An" * 101, "Nguyễn\N{ZERO WIDTH SPACE}An", "Nguyễn \N{DELETE}An"])
def test_a_cell_that_no_name_can_be_is_a_fault(tmp_path: Path, write: Write, name: str) -> None:
    path = write(tmp_path, [HEADINGS, ("SKHCN-001", name, OFFICE, "công chức", "")])

    assert faults_of(path) == ["dòng 2, cột “Họ và tên”: dài quá 200 ký tự hoặc có ký tự không nhìn thấy."]


def test_a_quote_that_never_ends_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Mã,Họ và tên,Đơn vị,Loại\nSKHCN-001,"An\n' + "x" * 200_000)

    with pytest.raises(RosterFileError, match="dấu ngoặc kép"):
        read_roster_file(path)


def test_the_file_is_free_again_after_reading(tmp_path: Path) -> None:
    """Windows would not let the Office save a workbook that is still open here; an open file warns, so it fails."""
    path = write_excel(tmp_path, [HEADINGS, AN])

    read_roster_file(path)

    path.unlink()
