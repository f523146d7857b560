"""Remake the lock files, or check them: ``.venv/bin/python scripts/lock.py [--check | --upgrade]``.

Remaking keeps every version that still fits; ``--upgrade`` takes the newest of each.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, RUN_LOCK, TEST_LOCK
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

UV_COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate", "--python-version=3.11"),
    *("--custom-compile-command=python scripts/lock.py", "pyproject.toml", "--group=build"),
]


@dataclass(frozen=True, slots=True)
class Pin:
    """One requirement of a lock file."""

    name: str
    version: str
    hashes: int


def main() -> None:
    """Remake or check the lock files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say what is wrong with the lock files; change nothing")
    parser.add_argument("--upgrade", action="store_true", help="take the newest version of each package")
    arguments = parser.parse_args()
    if not arguments.check:
        remake(["--upgrade"] if arguments.upgrade else [])
    faults = list(find_faults())
    sys.exit("\n".join(faults) if faults else 0)


def remake(options: list[str]) -> None:
    """Resolve the dependencies again with uv, which is fetched for this alone."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "uv"], check=True)
        uv = [str(Path(folder, "bin", UV_COMPILE[0])), *UV_COMPILE[1:], *options]
        for extra in (["-o", RUN_LOCK.name], ["--group=test", "-c", RUN_LOCK.name, "-o", TEST_LOCK.name]):
            subprocess.run([*uv, *extra], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def find_faults() -> Iterator[str]:
    """Say in what the lock files fail the project, without asking any registry."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run, test = read_pins(RUN_LOCK), read_pins(TEST_LOCK)
    direct = [*project["project"]["dependencies"], *groups["build"]]
    yield from _faults_of_lock(RUN_LOCK, run, direct)
    yield from _faults_of_lock(TEST_LOCK, test, [*direct, *groups["test"]])
    for name, pin in run.items():
        if name not in test or test[name].version != pin.version:
            yield f"{TEST_LOCK.name}: {name} is not at {pin.version} as in {RUN_LOCK.name}"


def read_pins(lock: Path) -> dict[str, Pin]:
    """Read the requirements of *lock* by canonical name."""
    pins: dict[str, Pin] = {}
    for head, hashes in re.findall(r"(?m)^([^\s#][^\\\n]*)((?:\\\n +--hash=sha256:[0-9a-f]{64} ?)*)", lock.read_text()):
        requirement = Requirement(head.strip())
        name = canonicalize_name(requirement.name)
        pins[name] = Pin(name, str(requirement.specifier).removeprefix("=="), hashes.count("--hash="))
    return pins


def _faults_of_lock(lock: Path, pins: dict[str, Pin], direct: list[str]) -> Iterator[str]:
    if "://" in lock.read_text():
        yield f"{lock.name}: holds an address; a lock names packages and hashes only"
    for pin in pins.values():
        if not pin.hashes:
            yield f"{lock.name}: {pin.name} has no hash"
    for requirement in map(Requirement, direct):
        found = pins.get(canonicalize_name(requirement.name))
        if found is None:
            yield f"{lock.name}: lacks {requirement}; run scripts/lock.py"
        elif not requirement.specifier.contains(found.version, prereleases=True):
            yield f"{lock.name}: {found.name} {found.version} is not {requirement}; run scripts/lock.py"


if __name__ == "__main__":
    main()
