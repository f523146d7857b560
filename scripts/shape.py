"""Measure the shape of the code against its limits: ``python3 scripts/shape.py``. Exit code 1 above a limit.

The limits are what keeps the source readable as a whole; a change that raises one says in its commit what it earns.
"""

import ast
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src/campaign"

MOST_LINES = 48_000
"""Where campaigns, the desk, attachments, trees of units and evidence for others stand; it is to shrink."""

MOST_LINES_OF_A_MODULE = 300
MOST_MODULES_OF_A_FOLDER = 20
MOST_LINES_OF_THE_MEDIAN_FUNCTION = 10
MOST_USED_ONCE = 0.18
"""The share of private functions with a single use among all functions; 0.12 is the aim."""
MOST_FUNCTIONS_OF_A_PRESS = 9
MOST_MODULES_OF_A_PRESS = 6

PRESS: Sequence[tuple[str, str]] = (
    ("record/reader/confirming.py", "record_confirmation"),
    ("record/server/presses.py", "PressQueue.record"),
    ("record/server/presses.py", "PressQueue._hand_on"),
    ("record/server/presses.py", "PressProcess.record"),
    ("record/server/presses.py", "main"),
    ("record/server/presses.py", "record_together"),
    ("store/posts/confirmations.py", "confirm_all"),
    ("store/ledger/ledger.py", "OpenLedger.append_all"),
    ("store/ledger/projections/projections.py", "project_all"),
)
"""Each function that a press goes through, from the route to the entry: its module, and its name."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the source, read once."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """The number of its lines."""
        return len(self.text.splitlines())

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Its functions, methods and inner functions."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the most that it may be."""

    name: str
    value: float
    most: float
    where: str = ""


def main() -> int:
    """Print every figure beside its limit."""
    figures = list(measure([read(path) for path in sorted(SOURCE.rglob("*.py"))]))
    for figure in figures:
        print(f"{figure.name:42}{figure.value:10,.5g}{figure.most:10,.5g}  {figure.where}".rstrip())
    too_high = [figure.name for figure in figures if figure.value > figure.most]
    print(f"Above the limit: {', '.join(too_high)}" if too_high else "All within their limits.")
    return 1 if too_high else 0


def read(path: Path) -> Module:
    """Read the module at *path*."""
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text))


def measure(modules: Sequence[Module]) -> Iterator[Figure]:
    """Yield the figures of *modules*."""
    functions = [function for module in modules for function in module.functions]
    longest = max(modules, key=lambda module: module.lines)
    folder, most = Counter(module.path.parent for module in modules).most_common(1)[0]
    used_once = sum(1 for module in modules for _ in find_used_once(module))
    median = statistics.median((function.end_lineno or 0) - function.lineno + 1 for function in functions)
    yield Figure("lines of Python in src", sum(module.lines for module in modules), MOST_LINES)
    yield Figure("lines of the longest module", longest.lines, MOST_LINES_OF_A_MODULE, name_of(longest.path))
    yield Figure("modules of the largest folder", most, MOST_MODULES_OF_A_FOLDER, name_of(folder))
    yield Figure("lines of the median function", median, MOST_LINES_OF_THE_MEDIAN_FUNCTION)
    yield Figure("private functions used once, of all", round(used_once / len(functions), 3), MOST_USED_ONCE)
    yield Figure("functions of a press", len(PRESS), MOST_FUNCTIONS_OF_A_PRESS)
    yield Figure("modules of a press", len({module for module, _ in PRESS}), MOST_MODULES_OF_A_PRESS)
    gone = find_gone(modules)
    yield Figure("of these, not there any more", len(gone), 0, ", ".join(gone))


def find_used_once(module: Module) -> Iterator[str]:
    """Yield each private function whose name occurs in its module twice: where it is defined, and at one use."""
    for function in module.functions:
        is_private = function.name.startswith("_") and not function.name.startswith("__")
        if is_private and len(re.findall(rf"\b{function.name}\b", module.text)) == 2:  # noqa: PLR2004 -- as the sentence above says
            yield function.name


def find_gone(modules: Sequence[Module]) -> list[str]:
    """Return what of `PRESS` is not there any more."""
    found = {
        (name_of(module.path), f"{owner.name}.{function.name}" if isinstance(owner, ast.ClassDef) else function.name)
        for module in modules
        for owner in ast.walk(module.tree)
        if isinstance(owner, ast.Module | ast.ClassDef)
        for function in owner.body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return [f"{name} in {place}" for place, name in PRESS if (place, name) not in found]


def name_of(path: Path) -> str:
    """Return *path* as it stands in the source."""
    return path.relative_to(SOURCE).as_posix()


if __name__ == "__main__":
    sys.exit(main())
