"""``campaign roster import``."""

import json

import pytest

from campaign.store.roster import read_roster
from tests.cli.terminal import Terminal

AN = "SKHCN-001,Nguyễn Văn An,Văn phòng,công chức,an@so.example"
BINH = "SKHCN-002,Lò Thị Bình,Trung tâm Đổi mới Sáng tạo,viên chức,"


@pytest.fixture(autouse=True)
def _campaign(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt một")


def listed(terminal: Terminal) -> list[str]:
    with terminal.database.reading() as connection:
        return list(read_roster(connection))


def test_a_preview_shows_what_would_change_and_writes_nothing(terminal: Terminal) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN, BINH))

    assert said == (
        "┏━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━┓\n"
        "┃ Thay đổi ┃ Mã        ┃ Họ và tên     ┃ Đơn vị                     ┃ Loại      ┃\n"
        "┡━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━┩\n"
        "│ thêm     │ SKHCN-001 │ Nguyễn Văn An │ Văn phòng                  │ công chức │\n"
        "│ thêm     │ SKHCN-002 │ Lò Thị Bình   │ Trung tâm Đổi mới Sáng tạo │ viên chức │\n"
        "└──────────┴───────────┴───────────────┴────────────────────────────┴───────────┘\n"
        "Thêm 2, sửa 0, bớt 0, giữ nguyên 0 người.\n"
        "Đây là bản xem trước, chưa có gì được ghi. Thêm --apply để ghi.\n"
    )
    assert listed(terminal) == []


def test_an_applied_list_is_the_roster(terminal: Terminal) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN, BINH), "--apply")

    assert said.endswith("Thêm 2, sửa 0, bớt 0, giữ nguyên 0 người.\nĐã ghi thay đổi vào sổ.\n")
    assert listed(terminal) == ["SKHCN-001", "SKHCN-002"]


def test_what_changes_is_shown_beside_what_was(terminal: Terminal) -> None:
    terminal.done("roster", "import", terminal.roster(AN, BINH), "--apply")

    said = terminal.done("roster", "import", terminal.roster(AN.replace("Văn phòng", "Phòng Chuyển đổi số")))

    assert "│ sửa      │ SKHCN-001 │ Nguyễn Văn An │ Văn phòng → Phòng Chuyển đổi số │ công chức │" in said
    assert "│ bớt      │ SKHCN-002 │ Lò Thị Bình   │ Trung tâm Đổi mới Sáng tạo      │ viên chức │" in said
    assert "Thêm 0, sửa 1, bớt 1, giữ nguyên 0 người." in said


def test_the_same_list_again_changes_nothing(terminal: Terminal) -> None:
    file = terminal.roster(AN, BINH)
    terminal.done("roster", "import", file, "--apply")

    assert terminal.done("roster", "import", file, "--apply") == (
        "Thêm 0, sửa 0, bớt 0, giữ nguyên 2 người.\nDanh sách mới giống hệt danh sách đang có.\n"
    )


def test_a_preview_as_json_holds_the_same(terminal: Terminal) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN), "--json")

    member = {
        "staff_code": "SKHCN-001",
        "name": "Nguyễn Văn An",
        "unit": "Văn phòng",
        "category": "civil_servant",
        "email": "an@so.example",
    }
    assert json.loads(said) == {"joined": [member], "changed": [], "left": [], "unchanged": 0, "applied": False}


def test_every_fault_is_told_at_once_and_nothing_is_written(terminal: Terminal) -> None:
    file = terminal.roster(AN, "SKHCN-001,Lò Thị Bình,,viên chức,", "SKHCN-003,Vừ A Hồng,Văn phòng,lao công,")

    assert terminal.refused("roster", "import", file, "--apply") == (
        "Lỗi: danh sách.csv, dòng 3, cột “Đơn vị”: ô đang trống.\n"
        "Cách sửa: Nhập đơn vị của người này. Danh sách cũ vẫn giữ nguyên.\n"
        "Mã lỗi: E-ROSTER-VALUE\n"
        "\n"
        "Lỗi: danh sách.csv, dòng 3: mã “SKHCN-001” đã có ở dòng 2.\n"
        "Cách sửa: Mỗi người chỉ một dòng, mỗi dòng một mã. Sửa hoặc xoá một trong hai dòng rồi nhập lại; danh sách cũ "
        "vẫn giữ nguyên.\n"
        "Mã lỗi: E-ROSTER-DUPLICATE\n"
        "\n"
        "Lỗi: danh sách.csv, dòng 4, cột “Loại”: không hiểu “lao công”.\n"
        "Cách sửa: Nhập một trong: công chức, viên chức, người lao động. Danh sách cũ vẫn giữ nguyên.\n"
        "Mã lỗi: E-ROSTER-VALUE\n"
        "\n"
        "Có 3 lỗi cần sửa. Danh sách cũ vẫn giữ nguyên; chưa có dòng nào được lưu.\n"
    )
    assert listed(terminal) == []


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    said = terminal.refused("roster", "import", "không có.xlsx")

    assert said.startswith("Lỗi: không có.xlsx: không đọc được danh sách (không tìm thấy tệp).\n")


@pytest.mark.parametrize("name", ["[bold]An[/bold]", "An [/lạ]", "An :smile:"])
def test_brackets_and_colons_in_a_name_are_shown_as_they_are(terminal: Terminal, name: str) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN.replace("Nguyễn Văn An", name)))

    assert name in said


def test_a_roster_needs_a_campaign(terminal: Terminal) -> None:
    file = terminal.roster(AN)

    said = terminal.refused("--set", "database=sqlite:///khac/moi.sqlite3", "roster", "import", file)

    assert said == (
        "Lỗi: Chưa có đợt tuyên truyền nào trong sqlite:///khac/moi.sqlite3.\n"
        "Cách sửa: Mở đợt mới bằng “campaign init”, hoặc “campaign init --sample” để xem dữ liệu minh hoạ.\n"
        "Mã lỗi: E-STORE-EMPTY\n"
    )
