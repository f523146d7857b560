import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", ["environment.py", "record_confirmations.py", "start.py"])
def test_an_old_python_can_read_the_script_far_enough_to_say_that_it_is_too_old(script: str) -> None:
    source = (ROOT / "scripts" / script).read_text(encoding="utf-8")

    assert isinstance(ast.parse(source, feature_version=(3, 6)), ast.Module)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a lock that names nothing, in a folder with a Vietnamese name, as staff keep them."""
    repository = tmp_path / "Đợt tuyên truyền"
    shutil.copytree(ROOT / "scripts", repository / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (repository / "requirements.lock").write_text("# nothing\n")
    (repository / "pyproject.toml").write_text("[project]\n")
    return repository


def start(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / "scripts/start.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def fill_by_hand(repository: Path) -> None:
    """Stand in for an environment that was made before: a Python, a program, and the mark of what was installed."""
    python = repository / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n')
    python.chmod(0o755)
    mark = subprocess.run(
        [sys.executable, "-c", "import environment as e; print(e._fingerprint(e.RUN_LOCK), end='')"],
        cwd=repository / "scripts",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (repository / ".venv/requirements.lock.installed").write_text(mark)


def test_a_ready_environment_is_handed_the_settings_and_the_command(repository: Path) -> None:
    """The settings first: they belong to the program, not to its command."""
    fill_by_hand(repository)

    done = start(repository, "--set", "listen=127.0.0.1:8001")

    handed = ["-m", "campaign.cli.main", "--set", "listen=127.0.0.1:8001", "start"]
    assert done.stdout.splitlines() == [str(repository), *handed]
    assert done.stderr == ""


def test_a_changed_lock_makes_the_environment_again(repository: Path) -> None:
    fill_by_hand(repository)
    (repository / "requirements.lock").write_text("# something else\n")

    done = start(repository)

    assert "Đang chuẩn bị môi trường" in done.stderr


def test_what_cannot_be_installed_is_told_with_a_remedy_and_leaves_no_mark(repository: Path) -> None:
    (repository / "requirements.lock").write_text("khong-co==1.0 --hash=sha256:" + "0" * 64 + "\n")
    offline = os.environ | {"PIP_NO_INDEX": "1"}

    done = subprocess.run(
        [sys.executable, repository / "scripts/start.py"], capture_output=True, text=True, check=False, env=offline
    )

    assert done.returncode == 1
    assert "Cách sửa: lần chạy đầu cần kết nối mạng" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (repository / ".venv/requirements.lock.installed").exists()
