"""Run every check that needs no running program: ``python3 scripts/check.py``. Exit code 1 if any fails."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import environment
from environment import PYTHON, ROOT

LINT_IMPORTS = "import importlinter.cli as cli; cli.lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended."""

    name: str
    passed: bool
    seconds: float
    output: str


def main() -> int:
    """Run the checks, as many at a time as there are cores on the smallest machine, and show what each found."""
    environment.prepare(environment.TEST_LOCK)
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(lambda check: run(*check), list_checks().items()):
            print(f"{'ok' if outcome.passed else 'FAILED':8}{outcome.name:14}{outcome.seconds:5.1f} s", flush=True)
            outcomes.append(outcome)
            if outcome.passed and outcome.name == "shape":
                print(outcome.output, flush=True)
    failures = [outcome for outcome in outcomes if not outcome.passed]
    for failure in failures:
        print(f"\n== {failure.name}\n{failure.output}")
    return 1 if failures else 0


def list_checks() -> dict[str, list[str]]:
    """Return the arguments of Python for each check, the longest check first."""
    checks = {
        "mypy": ["-m", "mypy"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "ruff check": ["-m", "ruff", "check"],
        "import-linter": ["-c", LINT_IMPORTS],
        "interrogate": ["-m", "interrogate", "src"],
        "deptry": ["-m", "deptry", "src"],
        "lock": ["scripts/lock.py", "--check"],
        "pip check": ["-m", "pip", "check"],
        "unused code": ["scripts/unused.py"],
        "shape": ["scripts/shape.py"],
    }
    generated = find_generated_pages()
    return checks | ({"cog": ["-m", "cogapp", "--check", "--diff", *generated]} if generated else {})


def find_generated_pages() -> list[str]:
    """List the pages that are made, in part, from the program."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("content/**/*.md")]
    return sorted(str(page) for page in pages if "[[[cog" in page.read_text(encoding="utf-8"))


def run(name: str, arguments: list[str]) -> Outcome:
    """Run one check and keep what it says."""
    start = time.monotonic()
    done = subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Outcome(name, done.returncode == 0, time.monotonic() - start, done.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
