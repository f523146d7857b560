"""Kinds of files: each is read by its content, in a process that it cannot harm."""

from pathlib import Path

import pytest

from campaign.errors.roster import RosterFileError
from campaign.limited import run_limited
from campaign.lists.files import read_sheets, read_sheets_of
from campaign.lists.files.kinds import read_file
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.workbooks import (
    AN,
    BINH,
    DUNG,
    HEADINGS,
    PEOPLE,
    SPACES,
    doubts_of,
    far_cells,
    make_book,
    make_ods,
    make_xlsx,
    people_of,
    read,
)  # fmt: skip

OLD = Path(__file__).parent / "files/cu.xls"
TEXT = "\n".join(";".join(row) for row in [HEADINGS, *PEOPLE]) + "\n"


def ods_cell(text: str, extra: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {extra}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*texts: str, extra: str = "") -> str:
    return f"<table:table-row {extra}>{''.join(map(ods_cell, texts))}</table:table-row>"


def test_a_workbook_from_before_2007_is_read_as_it_is_shown() -> None:
    """It has codes with the format 000, a merged unit, a hidden row, a struck one and a hidden sheet."""
    found = read(OLD)

    assert [person[:3] for person in people_of(found)] == [
        ("001", "Nguyễn Văn An", OFFICE),
        ("002", "Lò Thị Bình", "Thanh tra"),
        ("003", "Đặng Thị Hoà", "Thanh tra"),
        ("004", "Vừ A Dũng", OFFICE),
        ("005", "Lường Văn Cương", OFFICE),
    ]
    assert doubts_of(found) == [
        "1 dòng đang ẩn (trang “Danh sách”, dòng 7: 004). Tính hay bỏ?",
        "1 dòng bị gạch ngang (trang “Danh sách”, dòng 8: 005). Còn trong danh sách không?",
    ]
    assert "Trang “Ẩn”: đang ẩn, không đọc." in found.notes


def test_a_workbook_of_libreoffice_is_read_as_it_is_shown() -> None:
    number = '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>'
    merged = ods_cell(CENTRE, 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    first = number + ods_cell("Nguyễn<text:s/>Văn An") + merged + ods_cell("công chức")
    second = f"{ods_cell('A8')}{ods_cell('Lò Thị Bình')}<table:covered-table-cell/>{ods_cell('viên chức')}"
    rows = [
        ods_row(*HEADINGS),
        f"<table:table-row>{first}</table:table-row>",
        f"<table:table-row>{second}</table:table-row>",
        ods_row(*DUNG, extra='table:visibility="filter"'),
        '<table:table-row table:number-rows-repeated="1048000"></table:table-row>',
    ]

    found = read(make_ods("".join(rows)), "ds.ods")

    assert people_of(found) == [
        ("007", "Nguyễn Văn An", CENTRE, "công chức"),
        ("A8", "Lò Thị Bình", CENTRE, "viên chức"),
        DUNG,
    ]
    assert doubts_of(found) == ["1 dòng đang ẩn (dòng 4: A03). Tính hay bỏ?"]


def test_what_is_struck_out_in_libreoffice_is_doubted() -> None:
    style = (
        '<style:style style:name="gach" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    cells = "".join(ods_cell(text, 'table:style-name="gach"') for text in AN)

    found = read(make_ods(f"{ods_row(*HEADINGS)}<table:table-row>{cells}</table:table-row>", style), "ds.ods")

    assert doubts_of(found) == ["1 dòng bị gạch ngang (dòng 2: A01). Còn trong danh sách không?"]


def test_numbers_that_libreoffice_made_of_codes_are_refused() -> None:
    def cell(kind: str, value: str, shown: str) -> str:
        return (
            f'<table:table-cell office:value-type="{kind}" office:{value}><text:p>{shown}</text:p></table:table-cell>'
        )

    codes = [
        *[cell("float", 'value="1.5"', "1,5"), cell("float", 'value="123456789012"', "1,23E+11")],
        *[cell("date", 'date-value="2025-03-05"', "05/03/25"), cell("float", 'value="1234567890123456"', "12345")],
    ]
    rows = "".join(f"<table:table-row>{code}{''.join(map(ods_cell, AN[1:]))}</table:table-row>" for code in codes)

    assert len(read(make_ods(ods_row(*HEADINGS) + rows), "ds.ods").faults) == 4


@pytest.mark.parametrize("name", ["ds.xlsx", "ds.xlsm", "ds.xls", "DS.XLSX", "ds.csv"])
def test_a_workbook_is_known_by_its_content(name: str) -> None:
    assert people_of(read(make_book([HEADINGS, *PEOPLE]), name)) == PEOPLE
    assert len(people_of(read(OLD.read_bytes(), name))) == 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ds.csv", TEXT.replace("\n", "\r").encode("utf-8-sig")),
        ("ds.csv", TEXT.replace("\n", ";;;\r\n").encode()),
        ("ds.csv", ("sep=|\r\n" + TEXT.replace(";", "|")).encode()),
        ("ds.csv", ("Kèm theo Công văn số 1, ngày 2/3, gửi các phòng, đơn vị, trung tâm\n" + TEXT).encode()),
        ("ds.txt", TEXT.replace(";", "\t").encode("utf-16")),
        ("ds.tsv", TEXT.replace(";", "\t").encode()),
        ("ds.xls", TEXT.replace(";", "\t").encode()),
        ("ds.csv", TEXT.replace("Họ và tên", '"Họ và\r\ntên"').encode()),
    ],
    ids=["Mac", "separators behind", "sep=", "commas in the title", "Unicode text", "tsv", "text as xls", "two lines"],
)  # fmt: skip
def test_each_kind_of_text_is_read(name: str, content: bytes) -> None:
    assert people_of(read(content, name)) == PEOPLE


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"<html><table><tr><td>M\xc3\xa3</td></tr></table></html>", "là trang web, XML hoặc PDF"),
        ("a.csv", b"%PDF-1.7", "là trang web, XML hoặc PDF"),
        ("a.xlsx", b"M\xc3\xa3;T\xc3\xaan", "không phải tệp Excel"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "có mật khẩu"),
        ("a.xlsx", make_book([HEADINGS])[:-200], "bị hỏng"),
        ("a.ods", make_ods("<table:table-row>"), "bị hỏng"),
    ],
)
def test_what_is_no_spreadsheet_is_told(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(RosterFileError, match=reason):
        read_file(name, content)


def test_a_program_may_leave_out_where_cells_are_and_split_texts() -> None:
    texts = "".join(
        ["<si><t>Mã</t></si>", "<si><r><t>Họ và </t></r><r><t>tên</t></r></si>"]
        + [f"<si><t>{heading}</t></si>" for heading in HEADINGS[2:]]
    )
    head = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    row = "".join(f'<c t="str"><v>{text}</v></c>' for text in AN)

    content = make_xlsx(
        f"<sheetData><row>{head}</row><row>{row}</row></sheetData>",
        texts=f'<sst xmlns="{SPACES}/spreadsheetml/2006/main">{texts}</sst>',
    )

    assert people_of(read(content)) == [AN]


@pytest.mark.parametrize(("column", "row"), [("XFD", 1048576), ("Z", 1048576), ("XFD", 1)])
def test_a_stray_cell_far_out_is_named(column: str, row: int) -> None:
    with pytest.raises(RosterFileError, match=f"trang “a” có ô ở tận cột {column}, dòng {row}") as raised:
        read_sheets("lạc.xlsx", far_cells(column, row))

    assert "Ctrl+End" in raised.value.remedy


def test_a_list_of_thirty_thousand_people_is_read() -> None:
    rows = [HEADINGS, *((f"A{number:05}", *AN[1:]) for number in range(30_000))]

    (sheet,) = read_sheets("lớn.xlsx", make_book(rows))

    assert len(sheet.rows) == 30_001
    assert sheet.rows[-1] == ["A29999", *AN[1:]]


def test_a_file_is_read_in_another_process_the_same(tmp_path: Path) -> None:
    (tmp_path / "cũ.xls").write_bytes(OLD.read_bytes())

    assert list(read_sheets_of(tmp_path / "cũ.xls")) == read_file("cũ.xls", OLD.read_bytes())


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    """Its one cell is repeated as often as the format allows; the reader would need more than it may have."""
    text = "x" * 9_999
    cell = f'<table:table-cell table:number-columns-repeated="199"><text:p>{text}</text:p></table:table-cell>'
    content = make_ods(f'<table:table-row table:number-rows-repeated="9999">{cell}</table:table-row>')

    with pytest.raises(RosterFileError, match="quá nhiều bộ nhớ hoặc thời gian"):
        read_sheets("nặng.ods", content)


def test_what_breaks_in_the_other_process_is_told_whole() -> None:
    with pytest.raises(RuntimeError, match=r"No module named campaign\.lists\.nothing"):
        run_limited("campaign.lists.nothing")


def test_people_of_all_sheets_keep_their_order() -> None:
    assert people_of(read(make_book({"Một": [HEADINGS, BINH], "Hai": [HEADINGS, AN]}))) == [BINH, AN]
