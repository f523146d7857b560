"""The workbook, opened again as Excel would."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from campaign.core.figures.coverage import State
from campaign.report.chart import draw_chart
from campaign.report.workbook import write_workbook
from tests.rigs.builders import OFFICE
from tests.rigs.outcomes import PEOPLE, outcome, standing


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(outcome(tmp_path))))


def rows(book: Workbook, name: str) -> list[list[object]]:
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def test_the_sheets_have_fixed_headings_and_filters(book: Workbook) -> None:
    assert book.sheetnames == ["Tóm tắt", "Theo đơn vị", "Theo đối tượng", "Danh sách", "Lịch sử"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert [sheet.auto_filter.ref for sheet in book][1:] == ["A1:K3", None, "A1:I5", "A1:D39"]


def test_each_sheet_prints_on_a4_across_as_wide_as_the_page_with_its_heading_on_every_page(book: Workbook) -> None:
    for sheet in book:
        setup, fits = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
        assert (str(setup.paperSize), setup.orientation) == ("9", "landscape")
        assert fits is not None
        assert (fits.fitToPage, setup.fitToWidth, setup.fitToHeight) == (True, 1, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_the_history_has_the_picture_of_the_report(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(outcome(tmp_path)))) as archive:
        picture, place = archive.read("xl/media/image1.png"), archive.read("xl/drawings/drawing1.xml").decode()

    assert picture == draw_chart(outcome(tmp_path.joinpath()).curve)
    assert f'cx="{720 * 9525}" cy="{336 * 9525}"' in place


def test_groups_add_up_to_everyone(book: Workbook) -> None:
    assert rows(book, "Theo đối tượng")[1][:6] == ["công chức", 4, 1, 3, 1, 1]


def test_the_summary_tells_the_figures_as_numbers(book: Workbook) -> None:
    found = {str(row[0]): row[1] for row in rows(book, "Tóm tắt")}

    assert (found["Phải xác nhận"], found["Đúng hạn"], found["Chưa xác nhận"]) == (3, 1, 1)
    assert found["Tỷ lệ đúng hạn"] == pytest.approx(1 / 3)
    assert "tại Công văn số 45/SKHCN-VP ngày 05 tháng 10 năm 2025" in str(found["Đăng, gửi"])
    assert found["Số dòng ghi khi lập"] == 1043


def test_the_units_add_up_to_the_last_row(book: Workbook) -> None:
    _, *units, total = rows(book, "Theo đơn vị")

    assert total[1:9] == [sum(int(str(unit[column])) for unit in units) for column in range(1, 9)]


def test_everyone_is_on_the_list_with_real_times_in_viet_nam(book: Workbook) -> None:
    found = {str(row[1]): row for row in rows(book, "Danh sách")[1:]}

    assert len(found) == len(PEOPLE)
    assert found["SKHCN-002"][6] == datetime(2025, 11, 5)
    assert found["SKHCN-003"][7] == "Nghỉ thai sản"
    assert found["SKHCN-004"][8] == "đang nghỉ, không nhắc, đến hết ngày 30/11/2025"
    assert book["Danh sách"]["G3"].number_format == "dd/mm/yyyy hh:mm:ss"


def test_the_history_counts_day_by_day(book: Workbook) -> None:
    found = rows(book, "Lịch sử")[1:]

    assert (found[0][0], found[-1][0]) == (datetime(2025, 10, 1), datetime(2025, 11, 7))
    by_day = {row[0].date(): row[1:] for row in found if isinstance(row[0], datetime)}
    assert by_day[date(2025, 11, 4)] == [3, 1, 2]
    assert by_day[date(2025, 11, 5)] == [3, 2, 1]


@pytest.mark.parametrize("name", ["=1+1", "+CMD|' /C calc'!A0", "-2", "@SUM(A1)", "\tAn", "Lò \x0b Thị"])
def test_no_text_runs_as_a_formula(tmp_path: Path, name: str) -> None:
    people = (standing(1, name, OFFICE, State.OUTSTANDING),)

    book = openpyxl.load_workbook(io.BytesIO(write_workbook(outcome(tmp_path, people))))

    cell = book["Danh sách"]["C2"]
    assert (cell.data_type, cell.value) == ("s", name.replace("\x0b", "\ufffd"))


def test_made_up_data_is_called_so(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(outcome(tmp_path, sample=True))))

    assert "MINH HOẠ" in str(book["Tóm tắt"]["B2"].value)
