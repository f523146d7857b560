"""The ``campaign`` command itself: settings, help, faults."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from campaign import __version__
from campaign.cli.version import find_commit
from tests.rigs.handbook import ROOT
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

    said = terminal.refused("coverage", "thong-bao-485")

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


def test_the_version_is_told_with_the_commit_of_the_work_tree(terminal: Terminal) -> None:
    said = re.fullmatch(
        r"campaign, version (\d+\.\d+\.\d+\S*) \(([0-9a-f]{7,})(-dirty)?\)\n", terminal.done("--version")
    )

    assert said is not None
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert (said[1], head.startswith(said[2])) == (__version__, True)


def make_work_tree(folder: Path) -> Path:
    """Make a repository with the package as it lies here, and return the package in it."""
    package = folder / "src/campaign"
    package.mkdir(parents=True)
    for name in ("src/campaign/commit.txt", ".gitattributes"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=An", "-c", "user.email=an@so.example", "commit", "-q", "-m", "First")
    return package


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_an_archive_of_a_release_knows_its_commit_without_git(tmp_path: Path) -> None:
    make_work_tree(tmp_path / "kho")
    archive = tmp_path / "phát hành.tar"
    git(tmp_path / "kho", "archive", f"--output={archive}", "HEAD")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "giải nén", filter="data")

    found = find_commit(tmp_path / "giải nén/src/campaign")

    assert found == git(tmp_path / "kho", "rev-parse", "--short", "HEAD")


def test_a_changed_work_tree_says_so_and_a_folder_without_one_says_nothing(tmp_path: Path) -> None:
    package = make_work_tree(tmp_path / "kho")
    clean = find_commit(package)
    (tmp_path / "kho/.gitattributes").write_text("", "utf-8")
    changed = find_commit(package)
    bare = shutil.copytree(tmp_path / "kho/src", tmp_path / "bare/src") / "campaign"

    assert (changed, find_commit(bare)) == (f"{clean}-dirty", "")


def test_a_command_loads_what_it_needs_itself() -> None:
    """The commands together load for a second; building a site needs neither a database nor a web server."""
    shown = "import sys; from campaign.cli.main import cli; cli(['site', 'build', '--help'], standalone_mode=False); "
    shown += "print(sorted({'mkdocs', 'sqlalchemy', 'starlette', 'authlib', 'docx'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "['mkdocs']"


@pytest.mark.parametrize("code_page", ["cp1252", "cp1258", "ascii"])
def test_what_is_written_into_a_file_or_pipe_is_utf_8_whatever_the_code_page(code_page: str) -> None:
    """On Windows the code page of files cannot say "đ", and ended the program."""
    surroundings = os.environ | {"PYTHONIOENCODING": code_page, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "campaign.cli.main", "--help"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60, env=surroundings)

    assert "Phổ biến văn bản, ghi nhận xác nhận đã đọc và theo dõi kết quả." in done.stdout.decode("utf-8")
