"""Measure what a Word document keeps on its way to a post, ours beside pandoc, mammoth and markitdown.

``python3 scripts/bench/word.py FOLDER --scorer SCORER``: FOLDER holds documents with their references, SCORER is the
program that scores one converter over them (``SCORER 'COMMAND {in} {out}' FOLDER --json FILE``). Ours is the command
that editors use, with all its checks. The peers are installed into a folder that is thrown away.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import environment

Scores = Mapping[str, Mapping[str, Any]]
"""For each document: a share from 0 to 1 by column, seconds ``s``, megabytes ``mb``, ``legacy`` for old encodings."""

COLUMNS = ("rec", "num", "numx", "cnum", "cell", "row", "note", "box", "img", "hs", "bold", "nfc")
PEERS = ("pypandoc_binary", "mammoth", "markitdown[docx]")


def main() -> None:
    """Install the peers, score everyone, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="documents with their references")
    parser.add_argument("--scorer", type=Path, required=True, help="the program that scores a converter")
    parser.add_argument("--alone", action="store_true", help="measure ours only")
    arguments = parser.parse_args()
    environment.prepare(environment.TEST_LOCK)
    with tempfile.TemporaryDirectory() as scratch:
        commands = {"ours": f"{environment.PYTHON} -m campaign.cli.main post import {{in}} --yes --output {{out}}"}
        commands |= {} if arguments.alone else install_peers(Path(scratch, "peers"))
        scores = {name: score(arguments, command, Path(scratch, "scores")) for name, command in commands.items()}
    print_table(scores)


def install_peers(folder: Path) -> dict[str, str]:
    """Install the peers into *folder* and return their commands."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", *PEERS], check=True)
    pandoc = next(folder.glob("lib/python*/site-packages/pypandoc/files/pandoc"))
    return {
        "pandoc": f"{pandoc} {{in}} -t gfm -o {{out}}",
        "mammoth": f"{folder}/bin/mammoth --output-format=markdown {{in}} {{out}}",
        "markitdown": f"{folder}/bin/markitdown {{in}} -o {{out}}",
    }


def score(arguments: argparse.Namespace, command: str, out: Path) -> Scores:
    """Score one converter over the folder."""
    scorer = [sys.executable, arguments.scorer, command, arguments.folder, "--json", out]
    subprocess.run(scorer, check=True, stdout=subprocess.DEVNULL)
    found: Scores = json.loads(out.read_text(encoding="utf-8"))
    return found


def print_table(scores: Mapping[str, Scores]) -> None:
    """Print the means in percent over Unicode documents, then words of old encodings, the slowest and the largest."""
    print(f"{'':28}", *(f"{name:>11}" for name in scores))
    for column in COLUMNS:
        print_row(column, scores, partial(mean, column=column, is_legacy=False))
    print_row("letterhead, field by field", scores, fields_right)
    print_row("invented values", scores, lambda rows: sum(number(row["inv"]) for row in rows.values()), ".0f")
    print_row("refused", scores, lambda rows: sum(bool(row["rc"]) for row in rows.values()), ".0f")
    print_row("rec, TCVN3 and VNI", scores, lambda rows: mean(rows, "rec", is_legacy=True))
    print_row("rec, the lowest", scores, lambda rows: 100 * min(number(row["rec"]) for row in rows.values()))
    print_row("seconds, the slowest", scores, lambda rows: max(number(row["s"]) for row in rows.values()), ".2f")
    print_row("MB, the largest", scores, lambda rows: max(number(row["mb"]) for row in rows.values()), ".0f")
    slowest = max(scores["ours"], key=lambda name: number(scores["ours"][name]["s"]))
    print(f"\nOurs is slowest on {slowest}.")


def print_row(
    label: str, scores: Mapping[str, Scores], read: Callable[[Scores], float | None], form: str = ".1f"
) -> None:
    """Print one line, a dash where a converter has nothing of the kind."""
    cells = (read(rows) for rows in scores.values())
    print(f"{label:28}", *(f"{'-' if cell is None else format(cell, form):>11}" for cell in cells))


def mean(scores: Scores, column: str, *, is_legacy: bool) -> float | None:
    """Return the mean of a column in percent over the documents that have something of the kind."""
    rows = [row for row in scores.values() if bool(row["legacy"]) is is_legacy and row[column] is not None]
    return 100 * sum(number(row[column]) for row in rows) / len(rows) if rows else None


def fields_right(scores: Scores) -> float:
    """Return how many percent of the fields of all letterheads are right."""
    fields: list[Mapping[str, list[str]]] = [row["fields"] for row in scores.values()]
    right, wrong = (sum(len(found[name]) for found in fields) for name in ("right", "wrong"))
    return 100 * right / (right + wrong)


def number(value: float | str | None) -> float:
    """Return a score as a number; none counts as everything kept, for there was nothing to keep."""
    return 1.0 if value is None else float(value)


if __name__ == "__main__":
    main()
