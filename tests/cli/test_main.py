"""The ``campaign`` command itself: settings, help, faults."""

import re
import subprocess
import sys

import pytest

from tests.rigs.terminal import Terminal


def test_an_unknown_setting_stops_the_program(terminal: Terminal) -> None:
    said = terminal.refused("--set", "databse=sqlite:///x", "ledger", "verify")

    assert said.startswith(
        "Lỗi: tuỳ chọn dòng lệnh: không có thiết lập nào tên “databse”.\n"
        "Cách sửa: Sửa tên hoặc xoá dòng đó. Các tên dùng được: database, site, address, listen, "
    )
    assert said.endswith(". Chương trình chưa khởi động.\nMã lỗi: E-SETTING-UNKNOWN\n")


@pytest.mark.parametrize("given", ["listen", "listen=", "listen=127.0.0.1", "listen=127.0.0.1:http"])
def test_a_malformed_setting_stops_the_program(terminal: Terminal, given: str) -> None:
    value = given.partition("=")[2]

    assert terminal.refused("--set", given, "ledger", "verify") == (
        f"Lỗi: tuỳ chọn dòng lệnh: thiết lập “listen” có giá trị “{value}” không dùng được.\n"
        "Cách sửa: Giá trị cho phép: máy:cổng. Chương trình chưa khởi động.\n"
        "Mã lỗi: E-SETTING-VALUE\n"
    )


def test_an_option_outweighs_the_environment_and_that_the_file(terminal: Terminal) -> None:
    (terminal.folder / "campaign.toml").write_text('database = "sqlite:///tep.sqlite3"\n', "utf-8")

    from_file = terminal.run("init", "--title", "Đợt")
    from_environment = terminal.run("init", "--title", "Đợt", CAMPAIGN_DATABASE="sqlite:///moi-truong.sqlite3")
    from_option = terminal.run("--set", "database=sqlite:///tuy-chon.sqlite3", "init", "--title", "Đợt")

    assert (from_file.exit_code, from_environment.exit_code, from_option.exit_code) == (0, 0, 0)
    assert {file.name for file in terminal.folder.glob("*.sqlite3")} == {
        "tep.sqlite3",
        "moi-truong.sqlite3",
        "tuy-chon.sqlite3",
    }


def test_an_unreachable_database_is_told_with_exit_code_1(terminal: Terminal) -> None:
    (terminal.folder / "data/campaign.sqlite3").mkdir(parents=True)

    said = terminal.refused("ledger", "verify")

    assert said.endswith("Mã lỗi: E-STORE-UNREACHABLE\n")


def test_wrong_usage_has_exit_code_2(terminal: Terminal) -> None:
    assert terminal.run("coverage").exit_code == 2
    assert terminal.run("khong-co").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        "",
        "start",
        "record",
        "init",
        "coverage",
        "ledger verify",
        "ledger checkpoint",
        "ledger rebuild",
        "office add",
        "roster import",
    ],
)
def test_every_command_has_help_with_an_example(terminal: Terminal, command: str) -> None:
    said = terminal.done(*command.split(), "--help")

    assert re.search(r"Ví dụ: campaign \w+", said)
    assert f"Usage: campaign {command}".strip() in said


def test_the_version_is_told(terminal: Terminal) -> None:
    assert re.fullmatch(r"campaign, version \d+\.\d+\.\d+\S*\n", terminal.done("--version"))


def test_a_command_loads_what_it_needs_itself() -> None:
    """The commands together load for a second; building a site needs neither a database nor a web server."""
    shown = "import sys; from campaign.cli.main import cli; cli(['site', 'build', '--help'], standalone_mode=False); "
    shown += "print(sorted({'mkdocs', 'sqlalchemy', 'starlette', 'authlib', 'docx'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "['mkdocs']"
