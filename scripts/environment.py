"""The environment of the program: made beside the repository from a lock file, with the standard library alone.

This module must parse on Python 3.6, so that an older Python ends with a kind sentence and not with a syntax error.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Chương trình cần Python 3.11 trở lên; máy đang dùng Python {}.{}.\n"
        "Cách sửa: cài Python mới hơn (python.org, hoặc kho phần mềm của hệ điều hành) rồi chạy lại lệnh này.".format(
            *sys.version_info
        )
    )

import hashlib
import importlib.util
import os
import re
import subprocess
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"

# What other packages are built with must be there before them: feedgen comes only as source.
BUILD_TOOLS = ("flit-core==", "setuptools==")


def prepare(lock: Path) -> None:
    """Make the environment hold what *lock* names, and the program itself. Instant when it holds them already.

    Every file that is installed must have a hash that stands in *lock*, and nothing else is installed.
    """
    mark = VENV / (lock.name + ".installed")
    fingerprint = _fingerprint(lock)
    if PYTHON.exists() and mark.exists() and mark.read_text() == fingerprint:
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "Máy thiếu gói python3-venv, cần để cài chương trình.\n"
            "Cách sửa: chạy “sudo apt install python3-venv” rồi chạy lại lệnh này. Chưa có gì thay đổi."
        )
    print("Đang chuẩn bị môi trường, mất khoảng một đến hai phút…", file=sys.stderr, flush=True)
    _run(sys.executable, "-m", "venv", *([] if PYTHON.exists() else ["--clear"]), str(VENV))
    tools = VENV / "build-tools.txt"
    tools.write_text("".join(part for part in _requirements(lock) if part.startswith(BUILD_TOOLS)))
    _pip_install("--require-hashes", "--requirement", str(tools))
    _pip_install("--require-hashes", "--no-build-isolation", "--requirement", str(lock))
    _pip_install("--no-build-isolation", "--editable", str(ROOT))
    mark.write_text(fingerprint)


def hand_over(*command: str) -> NoReturn:
    """Become the program: ``campaign`` with the arguments of this process, such as ``--set``, then *command*."""
    try:
        prepare(RUN_LOCK)
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(ROOT)
    arguments = [str(PYTHON), "-m", "campaign.cli.main", *sys.argv[1:], *command]
    if os.name != "nt":
        os.execv(PYTHON, arguments)  # noqa: S606 -- no shell is what we want
    # On Windows, execv would give the prompt back while the program still runs.
    process = subprocess.Popen(arguments)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            continue  # The program got Ctrl-C too, and ends by itself.


def _fingerprint(lock: Path) -> str:
    """Return what changes whenever the environment must be made again: the lock, the package's facts, its place."""
    facts = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + os.fsencode(ROOT)
    return hashlib.sha256(facts).hexdigest()


def _requirements(lock: Path) -> list[str]:
    """Return the requirements of *lock*, each with its hashes, as they are written."""
    return re.split(r"(?m)^(?=\S)", lock.read_text(encoding="utf-8"))


def _pip_install(*arguments: str) -> None:
    """Install without looking for dependencies: the lock names them all."""
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install", "--no-deps"]
    _run(str(PYTHON), *pip, *arguments)


def _run(*command: str) -> None:
    """Run a step silently; when it fails, say what a person can do, and the last lines of what the step said."""
    done = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if done.returncode:
        sys.exit(
            "Không cài được các thư viện mà chương trình cần.\n"
            "Cách sửa: lần chạy đầu cần kết nối mạng; kiểm tra mạng (và proxy, nếu cơ quan dùng) rồi chạy lại lệnh "
            "này, phần đã cài được giữ lại.\n"
            "Chi tiết:\n  {}".format("\n  ".join(done.stdout.strip().splitlines()[-5:]))
        )


if __name__ == "__main__":
    prepare(RUN_LOCK)
