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
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator, NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"

WHEELS = ROOT / "wheels"  # What a release brings along, for machines without the internet.

CAUSES = (
    ("No space left", "đĩa đã đầy; dọn chỗ (cần khoảng 500 MB) rồi chạy lại lệnh này."),
    (
        "Permission denied|Read-only file system|Access is denied",
        "tài khoản này không ghi được vào thư mục của chương trình; chép cả thư mục vào nơi ghi được rồi chạy lại.",
    ),
    (
        "DO NOT MATCH THE HASHES",
        "tệp tải về khác với tệp khai trong requirements.lock nên không dùng; kiểm tra proxy rồi chạy lại lệnh này.",
    ),
    (
        "resolution|resolve|not known|Connection|timed out|Could not find a version|ProxyError|SSLError|unreachable",
        "lần chạy đầu cần kết nối mạng; kiểm tra mạng (và proxy, nếu cơ quan dùng) rồi chạy lại lệnh này.",
    ),
    (
        "",
        "chạy lại lệnh này; vẫn lỗi thì gửi các dòng dưới đây cho người phụ trách.",
    ),
)

# What other packages are built with must be there before them: feedgen comes only as source.
BUILD_TOOLS = ("flit-core==", "setuptools==")


def prepare(lock: Path) -> None:
    """Make the environment hold what *lock* names, and the program itself. Instant when it holds them already.

    Every file that is installed must have a hash that stands in *lock*, and nothing else is installed. Where there is a
    folder ``wheels``, they come from there, without the internet. An environment without a mark was begun and not
    finished, whatever ended that run: it is made again from nothing. Of several that come at once, one makes it and the
    others wait.
    """
    if _is_ready(lock):
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "Máy thiếu gói python3-venv, cần để cài chương trình.\n"
            "Cách sửa: chạy “sudo apt install python3-venv” rồi chạy lại lệnh này. Chưa có gì thay đổi."
        )
    try:
        with _one_at_a_time():
            if not _is_ready(lock):
                _make(lock)
    except OSError as error:
        _give_up(str(error))


def _is_ready(lock: Path) -> bool:
    return PYTHON.exists() and _mark(lock).exists() and _mark(lock).read_text() == _fingerprint(lock)


def _mark(lock: Path) -> Path:
    return VENV / (lock.name + ".installed")


def _make(lock: Path) -> None:
    marks = list(VENV.glob("*.installed"))
    if VENV.exists() and not marks:
        say("Lần cài trước chưa xong, nên cài lại từ đầu.")
    say("Đang chuẩn bị môi trường, mất khoảng một đến ba phút…")
    for mark in marks:
        mark.unlink()
    _run(sys.executable, "-m", "venv", *([] if marks and PYTHON.exists() else ["--clear"]), str(VENV))
    tools = VENV / "build-tools.txt"
    tools.write_text("".join(part for part in _requirements(lock) if part.startswith(BUILD_TOOLS)))
    _pip_install("--require-hashes", "--requirement", str(tools))
    _pip_install("--require-hashes", "--no-build-isolation", "--requirement", str(lock))
    _pip_install("--no-build-isolation", "--editable", str(ROOT))
    for held in {lock, RUN_LOCK}:  # What the tests need holds what the program needs.
        _mark(held).write_text(_fingerprint(held))


def hand_over(*command: str) -> NoReturn:
    """Become the program: ``campaign`` with the arguments of this process, such as ``--set``, then *command*."""
    try:
        prepare(RUN_LOCK)
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(ROOT)
    arguments = [str(PYTHON), "-m", "campaign.cli.main", *sys.argv[1:], *command]
    if os.name != "nt":
        os.execve(PYTHON, arguments, own_surroundings())  # noqa: S606 -- no shell is what we want
    # On Windows, execve would give the prompt back while the program still runs.
    process = subprocess.Popen(arguments, env=own_surroundings())
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


def own_surroundings() -> "dict[str, str]":
    """Return the environment variables without those that would bring in modules of somebody else."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the turn to make the environment; it is given back when the process ends, however that is."""
    with (ROOT / ".venv.lock").open("w") as file:
        if not _take(file):
            say("Một lần cài khác đang chạy, đang đợi…")
            while not _take(file):
                time.sleep(0.5)
        yield


def _take(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _pip_install(*arguments: str) -> None:
    """Install without looking for dependencies: the lock names them all."""
    quietly = ["--disable-pip-version-check", "--no-input", "install", "--progress-bar=off", "--no-deps"]
    offline = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    _run(str(PYTHON), "-m", "pip", *quietly, *offline, *arguments)


def _run(*command: str) -> None:
    """Run a step; tell which package it is at, and when it fails what a person can do."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=own_surroundings()
    )
    lines = []
    total = len(re.findall(r"(?m)^[^\s#]", RUN_LOCK.read_text(encoding="utf-8")))
    for line in process.stdout or ():
        lines.append(line)
        package = re.match("Collecting ([^=<> ]+)=", line)
        if package and sys.stderr.isatty():
            count = sum(text.startswith("Collecting ") for text in lines)
            say(f"\r\x1b[KĐang lấy {min(count, total)}/{total}: {package.group(1)}", end="")
        elif line.startswith("Installing collected") and sys.stderr.isatty():
            say("\r\x1b[KĐang cài…", end="")
    if sys.stderr.isatty() and lines:
        say("\r\x1b[K", end="")
    if process.wait():
        _give_up("".join(lines))


def _give_up(told: str) -> NoReturn:
    """End with what a person can do about the cause, as pip or the system tells it."""
    advice = next(advice for pattern, advice in CAUSES if re.search(pattern, told))
    details = "\n  ".join(told.strip().splitlines()[-5:])
    sys.exit(
        f"Không cài được các thư viện mà chương trình cần.\nCách sửa: {advice}\n"
        f"Chương trình chưa chạy; dữ liệu không thay đổi.\nChi tiết:\n  {details}"
    )


def say(text: str, end: str = "\n") -> None:
    """Tell the one who waits."""
    print(text, file=sys.stderr, end=end, flush=True)


if __name__ == "__main__":
    prepare(RUN_LOCK)
