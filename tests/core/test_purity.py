"""The core asks nobody anything: a guard walks its syntax trees."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src/campaign/core"
MODULES = sorted(CORE.glob("**/*.py"))

ASKING = {"environ", "getenv", "input", "now", "open", "today", "urandom", "utcnow"}
MACHINE = {
    "asyncio",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
}
MACHINE |= {"sys", "threading", "time", "urllib", "uuid"}


def breaches_of(source: str) -> list[str]:
    """List what *source* imports or calls that the core may not."""
    return [breach for node in ast.walk(ast.parse(source)) for breach in _breaches_of_node(node)]


def _breaches_of_node(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names if not _may_import(alias.name))
        case ast.ImportFrom(module=module, level=level) if level or not _may_import(module or ""):
            yield module or "."
        case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)) if name in ASKING:
            yield name


def _may_import(module: str) -> bool:
    first = module.split(".", maxsplit=1)[0]
    if first == "campaign":
        return module == "campaign.core" or module.startswith(("campaign.core.", "campaign.errors."))
    return first in sys.stdlib_module_names - MACHINE


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(MODULES[0].parent).as_posix())
def test_the_core_asks_for_no_time_no_file_no_chance_and_no_package(module: Path) -> None:
    assert breaches_of(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "import os.path",
        "import yaml",
        "from time import time",
        "from . import text",
        "from campaign.store import ledger",
        "from campaign.settings import Settings",
        "import campaign.publish",
        "from campaign import errors",
        "import campaign.core_of_another",
        "datetime.now(UTC)",
        "read = datetime.now",
        "date.today()",
        "open('file')",
        "def f():\n    return path.open()",
        "os.getenv('HOME')",
        "os.environ['HOME']",
    ],
)
def test_the_guard_finds(source: str) -> None:
    assert breaches_of(source)


def test_the_guard_lets_an_instant_be_called_now() -> None:
    assert (
        breaches_of("from datetime import time\nimport campaign.core.text\ndef f(now):\n    return now < later") == []
    )
