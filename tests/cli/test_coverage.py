"""``campaign coverage``."""

import itertools
import json
import re

import pytest

from tests.rigs.builders import LAST_SECOND, post
from tests.rigs.ledger_steps import begin, enrol, exempt, press, publish
from tests.rigs.recorder import AN, BINH, DANG, HONG
from tests.rigs.terminal import Terminal

HEADINGS = "Đơn vị Đầu kỳ Tăng Giảm Miễn Phải xác nhận Đúng hạn Quá hạn Chưa xác nhận"
TABLE = [
    ["Văn phòng", "2", "0", "0", "0", "2", "1", "0", "1"],
    ["Trung tâm Đổi mới Sáng tạo", "2", "0", "0", "1", "1", "0", "0", "1"],
    ["Tổng số", "4", "0", "0", "1", "3", "1", "0", "2"],
]


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """An confirmed in the last second, Hồng is exempt, two are outstanding."""
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH, DANG, HONG)
    publish(database, post())
    exempt(database, "SKHCN-004")
    press(database, "SKHCN-001", at=LAST_SECOND)
    database.close()


def rows(said: str) -> list[list[str]]:
    """Return the cells of each line, whatever lines are drawn between them."""
    bare = re.sub("[\N{BOX DRAWINGS LIGHT HORIZONTAL}-\N{BOX DRAWINGS HEAVY LEFT AND LIGHT RIGHT}]", "  ", said)
    return [re.split(r"\s{2,}", line.strip()) for line in bare.splitlines() if line.strip()]


def test_the_figures_of_a_past_day_stand_by_unit(terminal: Terminal) -> None:
    said = terminal.done("coverage", "thong-bao-485", "--as-of", "04/11/2025")

    head = "Hạn cuối: 24 giờ 00 ngày 04/11/2025 (giờ Việt Nam). Tính đến 23:59:59 ngày 04/11/2025."
    shown = rows(said)
    assert shown[:2] == [["Thông báo 485/TB-VPCP về phòng cháy, chữa cháy"], [head]]
    assert shown[2][0].startswith("Tính theo danh sách hiện tại: ai vào danh sách sau khi đăng cũng phải xác nhận;")
    assert sorted(" ".join(itertools.chain(*shown[3:-3])).split()) == sorted(HEADINGS.split())
    assert shown[-3:] == TABLE


def test_without_a_day_it_is_now(terminal: Terminal) -> None:
    now = terminal.done("coverage", "thong-bao-485")
    future = terminal.done("coverage", "thong-bao-485", "--as-of", "01/01/9999")

    assert rows(now)[-3:] == TABLE
    assert "9999" not in future


def test_json_holds_the_same_figures(terminal: Terminal) -> None:
    said = json.loads(terminal.done("coverage", "thong-bao-485", "--as-of", "2025-11-03", "--json"))

    office = {"opening": 2, "joined": 0, "left": 0, "exempt": 0, "on_time": 0, "late": 0, "outstanding": 2}
    centre = office | {"exempt": 1, "outstanding": 1}
    assert said == {
        "post": "thong-bao-485",
        "revision": 1,
        "roster": "following",
        "as_of": "2025-11-03T23:59:59.999999+07:00",
        "total": office | {"opening": 4, "exempt": 1, "outstanding": 3},
        "units": {"Văn phòng": office, "Trung tâm Đổi mới Sáng tạo": centre},
        "transfers": [],
    }


def test_an_unknown_post_is_named(terminal: Terminal) -> None:
    assert terminal.refused("coverage", "khong-co") == (
        "Lỗi: Không có bài đăng nào mang mã “khong-co” cần xác nhận.\n"
        "Cách sửa: Mở lại bài từ trang chủ rồi bấm “Xác nhận đã đọc”. Chưa có gì được ghi nhận.\n"
        "Mã lỗi: E-POST-UNKNOWN\n"
    )


def test_what_is_no_day_is_shown_with_a_good_one(terminal: Terminal) -> None:
    assert terminal.refused("coverage", "thong-bao-485", "--as-of", "hôm qua") == (
        "Lỗi: Không hiểu ngày “hôm qua”.\nCách sửa: Nhập ngày dạng 05/11/2025 hoặc 2025-11-05.\nMã lỗi: E-DAY\n"
    )
