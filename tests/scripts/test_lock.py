import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what the check reads, to be spoilt."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def check(repository: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / "scripts/lock.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_lock_files_fit_the_project() -> None:
    assert check(ROOT).stderr == ""


def test_a_dependency_without_a_lock_is_found(repository: Path) -> None:
    edit(repository / "pyproject.toml", "dependencies = [\n", 'dependencies = [\n    "not-locked>=1",\n')

    done = check(repository)

    assert done.returncode == 1
    assert "requirements.lock: lacks not-locked>=1" in done.stderr


def test_a_version_that_the_project_no_longer_takes_is_found(repository: Path) -> None:
    edit(repository / "pyproject.toml", '"mkdocs>=1.6.1"', '"mkdocs>=99"')

    assert "is not mkdocs>=99" in check(repository).stderr


def test_a_requirement_without_a_hash_is_found(repository: Path) -> None:
    with (repository / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("unhashed==1.0\n")

    assert "requirements.lock: unhashed has no hash" in check(repository).stderr


def test_an_address_is_found(repository: Path) -> None:
    edit(repository / "requirements.lock", "#    python", "#    --index-url https://example.org/simple python")

    assert "requirements.lock: holds an address" in check(repository).stderr


def test_lock_files_that_disagree_are_found(repository: Path) -> None:
    """Both fill the same environment, so running the tests must not change what the program runs with."""
    edit(repository / "requirements-test.lock", "\nmkdocs==", "\nmkdocs==99.")

    assert "requirements-test.lock: mkdocs is not at" in check(repository).stderr
