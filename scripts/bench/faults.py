"""Run the fault suite in its large version and print what was lost: ``.venv/bin/python scripts/bench/faults.py``.

It takes about ten minutes on two cores. What each fault is stands in ``tests/faults``.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("fault", "runs", "acknowledged", "lost", "duplicated", "verifies")


def main() -> int:
    """Run it, and print a table in Markdown, a row a fault."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        pytest = [sys.executable, "-m", "pytest", "tests/faults", "-q", "--numprocesses=2", f"--junitxml={report}"]
        done = subprocess.run(pytest, cwd=ROOT, env=os.environ | {"FAULTS": "large"}, check=False)
        rows = sorted(read_rows(report))
    for row in (COLUMNS, ("---",) * len(COLUMNS), *rows):
        print(f"| {' | '.join(row)} |")
    return done.returncode


def read_rows(report: Path) -> Iterator[tuple[str, ...]]:
    """Give what each test noted."""
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        noted = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
        if noted:
            yield tuple(noted[column] for column in COLUMNS)


if __name__ == "__main__":
    sys.exit(main())
