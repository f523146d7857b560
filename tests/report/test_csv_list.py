"""Lists as CSV files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.coverage import MemberStanding, State
from campaign.core.people.paper import Paper
from campaign.core.people.roster import Category
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.core.text import to_cell
from campaign.report.csv_list import standings_to_csv
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
    content = standings_to_csv([AN, replace(AN, state=State.EXEMPT, confirmed_at=None, reason="Nghỉ, thai sản")])

    assert content.decode("utf-8") == (
        "\ufeffSTT,Mã,Họ và tên,Đơn vị,Đối tượng,Trạng thái,Xác nhận lúc (giờ Việt Nam),Lý do miễn,Ghi chú\r\n"
        "1,SKHCN-001,Nguyễn Văn An,Văn phòng,công chức,đúng hạn,04/11/2025 23:59:59,,\r\n"
        '2,SKHCN-001,Nguyễn Văn An,Văn phòng,công chức,miễn,,"Nghỉ, thai sản",\r\n'
    )


def test_an_extension_and_a_confirmation_on_paper_are_told() -> None:
    longer = SpecialCase(7, CaseKind.EXTENSION, 1, "A", "bai", OPENED, None, date(2025, 11, 21), "Công tác", "chi")
    on_paper = replace(AN, cases=(longer,), paper=Paper("chi", date(2025, 11, 3)))

    rows = list(csv.DictReader(io.StringIO(standings_to_csv([on_paper]).decode("utf-8-sig"))))

    assert rows[0]["Ghi chú"] == "gia hạn riêng, đến hết ngày 20/11/2025; ký trên giấy ngày 03/11/2025"


def test_a_list_of_nobody_has_its_headings() -> None:
    assert standings_to_csv([]).count(b"\r\n") == 1


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
    content = standings_to_csv([replace(AN, name=name)]).decode("utf-8-sig")

    row = list(csv.reader(io.StringIO(content)))[1]
    assert len(row) == 9
    assert row[2].removeprefix("'") == name.removeprefix("'")
    assert not row[2].startswith(("=", "+", "-", "@", "\t", "\r"))
