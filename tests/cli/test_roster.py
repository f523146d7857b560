"""``campaign roster``."""

import json

import pytest

from campaign.store.roster.roster import read_roster
from tests.rigs.ledger_steps import employ
from tests.rigs.terminal import Terminal

AN = "SKHCN-001,Nguyễn Văn An,Văn phòng,công chức,an@so.example"
BINH = "SKHCN-002,Lò Thị Bình,Trung tâm Đổi mới Sáng tạo,viên chức,"
DUNG = "SKHCN-003,Vừ A Dũng,Văn phòng,người lao động,"
APPLY = ("--apply", "--by", "chi")


@pytest.fixture(autouse=True)
def _campaign(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt một")
    employ(terminal.database)


def listed(terminal: Terminal) -> list[str]:
    with terminal.database.reading() as connection:
        return list(read_roster(connection))


def test_a_preview_shows_what_would_change_and_writes_nothing(terminal: Terminal) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN, BINH))

    assert "│ thêm     │ SKHCN-001 │ Nguyễn Văn An │ Văn phòng " in said
    assert "│ thêm     │ SKHCN-002 │ Lò Thị Bình   │ Trung tâm Đổi mới " in said
    assert said.endswith(
        "Thêm 2, chuyển 0, sửa 0, bớt 0, giữ nguyên 0 người.\n"
        "Đây là bản xem trước, chưa có gì được ghi. Thêm --apply để ghi.\n"
    )
    assert listed(terminal) == []


def test_an_applied_list_is_the_roster(terminal: Terminal) -> None:
    said = terminal.done("roster", "import", terminal.roster(AN, BINH), *APPLY)

    assert said.endswith("Thêm 2, chuyển 0, sửa 0, bớt 0, giữ nguyên 0 người.\nĐã ghi thay đổi vào sổ.\n")
    assert listed(terminal) == ["SKHCN-001", "SKHCN-002"]


def test_what_changes_is_shown_beside_what_was(terminal: Terminal) -> None:
    terminal.done("roster", "import", terminal.roster(AN, BINH, DUNG), *APPLY)
    moved, renamed = AN.replace("Văn phòng", "Thanh tra"), DUNG.replace("Vừ A Dũng", "Vừ A Dùng")

    said = terminal.done("roster", "import", terminal.roster(moved, renamed))

    assert "│ chuyển   │ SKHCN-001 │ Nguyễn Văn An         │ Văn phòng → Thanh tra" in said
    assert "│ sửa      │ SKHCN-003 │ Vừ A Dũng → Vừ A Dùng │ Văn phòng" in said
    assert "│ bớt      │ SKHCN-002 │ Lò Thị Bình" in said
    assert "Thêm 0, chuyển 1, sửa 1, bớt 1, giữ nguyên 0 người." in said


def test_a_list_is_applied_in_the_name_of_an_account(terminal: Terminal) -> None:
    nobody = terminal.run("roster", "import", terminal.roster(AN), "--apply")
    unknown = terminal.run("roster", "import", terminal.roster(AN), "--apply", "--by", "ai")

    assert (nobody.exit_code, "--by vanphong" in nobody.stderr) == (2, True)
    assert (unknown.exit_code, "Không có tài khoản Văn phòng “ai”" in unknown.stderr) == (2, True)
    assert listed(terminal) == []


def test_a_doubt_is_asked_about_before_anything_is_written(terminal: Terminal) -> None:
    terminal.done("roster", "import", terminal.roster(AN, BINH, DUNG), *APPLY)
    file = terminal.roster(AN.replace("SKHCN-001", "SKHCN001"), BINH, DUNG)

    refused = terminal.run("roster", "import", file, *APPLY, typed="n\n")
    unchanged = listed(terminal)
    accepted = terminal.run("roster", "import", file, *APPLY, typed="y\n")

    assert "Nghi ngờ: Mã “SKHCN001” (Nguyễn Văn An) chỉ khác cách viết với mã “SKHCN-001” đang có." in refused.stdout
    assert (refused.exit_code, unchanged) == (1, ["SKHCN-001", "SKHCN-002", "SKHCN-003"])
    assert (accepted.exit_code, listed(terminal)) == (0, ["SKHCN-002", "SKHCN-003", "SKHCN001"])


def test_whoever_has_looked_is_not_asked(terminal: Terminal) -> None:
    terminal.done("roster", "import", terminal.roster(AN, BINH, DUNG), *APPLY)

    terminal.done("roster", "import", terminal.roster(AN), *APPLY, "--yes")

    assert listed(terminal) == ["SKHCN-001"]


def test_the_same_list_again_changes_nothing(terminal: Terminal) -> None:
    file = terminal.roster(AN, BINH)
    terminal.done("roster", "import", file, *APPLY)

    assert terminal.done("roster", "import", file, *APPLY) == (
        "Thêm 0, chuyển 0, sửa 0, bớt 0, giữ nguyên 2 người.\nDanh sách mới giống hệt danh sách đang có.\n"
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
    assert json.loads(said) == {
        "joined": [member],
        "changed": [],
        "left": [],
        "unchanged": 0,
        "doubts": [],
        "settled": [],
        "applied": False,
    }


def test_every_fault_is_told_at_once_and_nothing_is_written(terminal: Terminal) -> None:
    file = terminal.roster(AN, "SKHCN-001,Lò Thị Bình,,viên chức,", "SKHCN-003,Vừ A Hồng,Văn phòng,lao công,")

    assert terminal.refused("roster", "import", file, *APPLY) == (
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
