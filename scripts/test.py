"""Set up what the tests need and run all checks and tests: ``scripts/test.py [--quick] [-- OPTIONS OF PYTEST]``.

Exit code 1 when a check or a test failed, and when a program was missing that some tests need.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import environment
from environment import PYTHON, ROOT

PYTEST = ["-m", "pytest", "--numprocesses=2", "--dist=worksteal"]
COVERAGE = ["--cov", "--cov-report=term"]
APT_IS_AWAITED = 600
"""For how many seconds another run of apt, such as a fresh machine's own update, is waited for."""


def main() -> int:
    """Run all the steps, also after one has failed, and end with one line that says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only what needs no browser, server or second program")
    parser.add_argument("pytest", nargs="*", help="after --: passed on to pytest")
    arguments = parser.parse_args()
    start = time.monotonic()
    missing = [] if arguments.quick else install_programs()
    environment.prepare(environment.TEST_LOCK)
    extent = ["-m", "not machine"] if arguments.quick else COVERAGE
    steps: dict[str, Callable[[], bool]] = {
        "checks": lambda: run(PYTHON, "scripts/check.py"),
        "tests": lambda: run(PYTHON, *PYTEST, *extent, *arguments.pytest),
    }
    if not arguments.quick:
        steps |= {"wheel": try_wheel, "release": try_release}
    failed = [name for name, step in steps.items() if not announce(name, step)]
    took = f"{time.monotonic() - start:.0f} s"
    if missing:
        print(f"\nNot everything was tested: {explain(missing)}")
    ended = (
        f"FAILED after {took}: {', '.join(failed)}." if failed else f"All checks and tests that ran passed in {took}."
    )
    print(f"\n{ended}")
    return 1 if failed or missing else 0


def install_programs() -> list[str]:
    """Install the Debian packages that the tests need, when we may; return those that are still missing.

    In CI, an incomplete machine is a failure and not a reason to test less.
    """
    missing = find_missing()
    if missing and os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' '.join(missing)} from Debian …", flush=True)
        run_apt("update")
        run_apt("install", "--no-install-recommends", *missing)
        missing = find_missing()
    if missing and (os.environ.get("CI") or "python3-venv" in missing):
        sys.exit(f"FAILED: {explain(missing)}")
    return missing


def run_apt(*arguments: str) -> None:
    """Run apt-get; while another apt is at work, wait for it: its own time-out does not serve ``update``."""
    command = ["apt-get", "-qq", f"--option=DPkg::Lock::Timeout={APT_IS_AWAITED}", *arguments]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    until = time.monotonic() + APT_IS_AWAITED
    while True:
        done = subprocess.run(
            command, env=quiet, check=False, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        if "Could not get lock" not in done.stderr or time.monotonic() > until:
            print(done.stderr, end="", file=sys.stderr)
            return
        print("Another apt is at work; waiting for it …", flush=True)
        time.sleep(5)


def find_missing() -> list[str]:
    """Name the Debian packages that the tests need and that are not here."""
    present = {
        "faketime": shutil.which("faketime"),
        "chromium": shutil.which("chromium"),
        "default-jre-headless": shutil.which("java"),
        "golang-go": shutil.which("go"),
        "golang-golang-x-mod-dev": Path("/usr/share/gocode/src/golang.org/x/mod/sumdb").exists(),
        "haproxy": shutil.which("haproxy", path="/usr/sbin:/usr/bin"),
        "libreoffice-writer": shutil.which("soffice"),
        "libxml2-utils": shutil.which("xmllint"),
        "newsboat": shutil.which("newsboat"),
        "nginx": shutil.which("nginx", path="/usr/sbin:/usr/bin"),
        "nodejs": shutil.which("node"),
        "npm": shutil.which("npm"),
        "pgbouncer": shutil.which("pgbouncer", path="/usr/sbin:/usr/bin"),
        "postgresql": list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "python3-venv": importlib.util.find_spec("ensurepip"),
        "strace": shutil.which("strace"),
        "systemd": shutil.which("systemd-analyze"),
    }
    return [package for package, found in present.items() if not found]


def explain(missing: list[str]) -> str:
    """Say what is missing and how to get it."""
    names = " ".join(missing)
    return f"missing {names}. On Debian: sudo apt-get install --no-install-recommends {names}"


def announce(name: str, step: Callable[[], bool]) -> bool:
    """Run *step* under a heading."""
    print(f"\n== {name}", flush=True)
    return step()


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run *command* in the repository and say whether it succeeded; when *quiet*, speak only if it did not."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    out, err = (subprocess.PIPE, subprocess.STDOUT) if quiet else (None, None)
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=False, text=True, stdout=out, stderr=err)
    if quiet and done.returncode:
        print(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.returncode == 0


def try_wheel() -> bool:
    """Build the wheel, install it alone, call its command and build the site with it.

    The throw-away environment sees the locked packages, but not ``src``: whatever the wheel lacks is missing there.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = folder / "environment"
        python = alone / PYTHON.relative_to(environment.VENV)
        pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet")
        return (
            run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, quiet=True)
            and is_complete(next(folder.glob("*.whl")))
            and run(PYTHON, "-m", "venv", "--without-pip", alone, quiet=True)
            and lend_packages(alone)
            and run(*pip, "--python", python, "install", "--no-deps", *folder.glob("*.whl"), quiet=True)
            and run(python.parent / "campaign", "--help", quiet=True)
            and run(python, "-m", "mkdocs", "build", "--strict", "--site-dir", folder / "site", quiet=True)
        )


def try_release() -> bool:
    """Make a release, set it up in a folder of its own without any network, and call its command."""
    if not (ROOT / ".git").exists() or os.geteuid() != 0:
        print("Not tried: this is no work tree, or only root can take the network away.")
        return True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = folder / "alone"
        alone.mkdir()
        return (
            run(PYTHON, "scripts/release.py", folder, quiet=True)
            and run("tar", "-xf", *folder.glob("*.tar.gz"), "-C", alone, "--strip-components=1")
            and run("unshare", "--net", sys.executable, alone / "scripts/environment.py", quiet=True)
            and run("unshare", "--net", alone / ".venv/bin/campaign", "--version")
        )


def is_complete(wheel: Path) -> bool:
    """Say whether *wheel* holds every file of the package: templates, styles and all."""
    source = ROOT / "src"
    files = {path.relative_to(source).as_posix() for path in source.glob("campaign/**/*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        lacking = {file for file in files if "__pycache__" not in file} - set(archive.namelist())
    print(f"{wheel.name} lacks {', '.join(sorted(lacking))}" if lacking else f"{wheel.name} is complete")
    return not lacking


def lend_packages(alone: Path) -> bool:
    """Let the environment *alone* see the packages of ours; what is only linked in ours (``src``) stays unseen."""
    ours, theirs = (
        sysconfig.get_path("purelib", "venv", {"base": str(base), "installed_base": str(base)})
        for base in (environment.VENV, alone)
    )
    Path(theirs, "lent.pth").write_text(f"{ours}\n", encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
