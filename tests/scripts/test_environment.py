import ast
import fcntl
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


def test_an_environment_that_was_left_half_made_is_made_from_nothing(repository: Path) -> None:
    """Pip ended while it exchanged setuptools leaves a folder that no later run of pip can repair."""
    fill_by_hand(repository)
    (repository / ".venv/requirements.lock.installed").unlink()
    (repository / ".venv/~etuptools").mkdir()

    done = start(repository)

    assert "Lần cài trước chưa xong, nên cài lại từ đầu." in done.stderr
    assert not (repository / ".venv/~etuptools").exists()


def test_a_second_start_waits_for_the_first_and_finds_the_environment_ready(repository: Path) -> None:
    with (repository / ".venv.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        command = [sys.executable, str(repository / "scripts/start.py")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr is not None
            said = second.stderr.readline()
            fill_by_hand(repository)
            fcntl.flock(first, fcntl.LOCK_UN)
            out, rest = second.communicate(timeout=60)

    assert said == "Một lần cài khác đang chạy, đang đợi…\n"
    assert (out.splitlines()[-1], rest) == ("start", "")


def test_the_program_runs_without_modules_of_somebody_else(repository: Path) -> None:
    fill_by_hand(repository)
    (repository / ".venv/bin/python").write_text('#!/bin/sh\necho "${PYTHONPATH-none}"\n')
    foreign = os.environ | {"PYTHONPATH": str(repository)}

    done = subprocess.run(
        [sys.executable, repository / "scripts/start.py"], capture_output=True, text=True, check=True, env=foreign
    )

    assert done.stdout == "none\n"


@pytest.mark.parametrize(
    ("told", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "đĩa đã đầy"),
        ("[Errno 13] Permission denied: '.venv'", "không ghi được vào thư mục"),
        ("[Errno 30] Read-only file system: '.venv.lock'", "không ghi được vào thư mục"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "khác với tệp khai trong requirements.lock"),
        ("Temporary failure in name resolution", "cần kết nối mạng"),
        (
            "ERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)",
            "cần kết nối mạng",
        ),
        ("error: subprocess-exited-with-error", "vẫn lỗi thì gửi"),
    ],
)
def test_the_advice_names_the_cause(told: str, advice: str) -> None:
    command = [sys.executable, "-c", "import environment, sys; environment._give_up(sys.argv[1])", told]

    done = subprocess.run(command, cwd=ROOT / "scripts", capture_output=True, text=True, check=False)

    assert (done.returncode, advice in done.stderr, told in done.stderr) == (1, True, True)
