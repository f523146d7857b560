"""Change the program in small ways, one at a time, and see whether the tests notice: ``mutate.py [MODULE …]``.

For the modules of ledger, deadline and sign-in, each with the tests that are for it. A child of a process that has
loaded everything but the program runs them with one change, so that most take less than a second. Exit code 1 when
fewer than 90 in 100 changes are noticed; every other one is printed.
"""

import argparse
import ast
import importlib
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/campaign"
ENOUGH = 0.90
SECONDS = 120
RECORD = (
    "tests/record/access/test_sign_in.py",
    "tests/record/web/test_limits.py",
    "tests/record/access/test_slips.py",
)
VERIFIERS = ("tests/report/test_evidence.py", "tests/cli/ledger/test_attacks.py", "tests/cli/ledger/test_command.py")
MODULES: Mapping[str, Sequence[str]] = {
    "core/deadline.py": ["tests/core/test_deadline.py"],
    "core/limits.py": ["tests/core/test_limits.py"],
    "core/ledger/merkle.py": ["tests/core/ledger/test_merkle.py"],
    "core/ledger/entry.py": ["tests/core/ledger/test_entry.py"],
    "core/ledger/note.py": [
        "tests/core/ledger/test_note.py",
        "tests/core/ledger/test_checkpoint.py",
        "tests/core/ledger/test_receipt.py",
        "tests/core/ledger/test_witnessing.py",
    ],
    "core/ledger/witnessing.py": ["tests/core/ledger/test_witnessing.py"],
    "core/ledger/keyring.py": ["tests/core/ledger/test_keyring.py", *VERIFIERS],
    "core/ledger/policy.py": ["tests/core/ledger/test_policy.py", *VERIFIERS],
    "core/ledger/receipt.py": ["tests/core/ledger/test_receipt.py", "tests/cli/ledger/test_receipt.py"],
    "core/ledger/verdict.py": VERIFIERS,
    "core/ledger/audit.py": VERIFIERS,
    "core/ledger/erasure.py": ["tests/core/ledger/test_erasure.py", *VERIFIERS],
    "core/ledger/checkpoint.py": ["tests/core/ledger/test_checkpoint.py", "tests/core/ledger/test_note.py"],
    "store/ledger/ledger.py": ["tests/store/ledger/test_ledger.py"],
    "store/credentials/limits.py": ["tests/store/credentials/test_limits.py"],
    "store/credentials/sessions.py": [
        "tests/store/credentials/test_sessions.py",
        "tests/record/access/test_sign_in.py",
    ],
    "store/base/hashing.py": ["tests/store/base/test_hashing.py", "tests/store/credentials/test_slips.py"],
    "record/web/rate_limits.py": ["tests/record/web/test_limits.py"],
    "record/access/slips.py": RECORD,
    "record/access/accounts.py": [
        "tests/record/access/test_accounts.py",
        "tests/record/web/test_limits.py",
        "tests/record/web/test_hosts.py",
    ],
}
LOADED = (
    *(
        "pytest",
        "hypothesis",
        "sqlalchemy",
        "starlette.testclient",
        "httpx2",
        "argon2",
        "cryptography",
        "yaml",
        "jinja2",
    ),
    *("playwright.sync_api", "psycopg", "uvicorn", "markdown", "nh3", "openpyxl", "docx", "segno", "authlib"),
)
SWAPS: Mapping[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A module with one thing changed."""

    module: str
    line: int
    what: str
    source: str


def main() -> int:
    """Try the changes and say which nobody noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", nargs="*", default=list(MODULES), help=f"among {', '.join(MODULES)}")
    parser.add_argument("--most", type=int, default=40, help="how many changes of a module, chosen by chance")
    arguments = parser.parse_args()
    prepare()
    noticed = tried = 0
    for module in arguments.module:
        changes = list(find_changes(module))
        chosen = random.Random(485).sample(changes, min(arguments.most, len(changes)))  # noqa: S311 - not a secret
        start = time.monotonic()
        if not passes(Change(module, 0, "nothing", (SOURCE / module).read_text()), MODULES[module]):
            print(f"{module}: its tests fail without a change")
            return 1
        unnoticed = [one for one in chosen if passes(one, MODULES[module])]
        noticed, tried = noticed + len(chosen) - len(unnoticed), tried + len(chosen)
        took = time.monotonic() - start
        print(
            f"{module:24}{len(chosen) - len(unnoticed):4} of {len(chosen):3} (of {len(changes)}), {took:.0f} s",
            flush=True,
        )
        for one in unnoticed:
            print(f"    line {one.line}: {one.what}", flush=True)
    print(f"{noticed} of {tried} noticed: {noticed / tried:.1%}")
    return 0 if noticed / tried >= ENOUGH else 1


def prepare() -> None:
    """Load what the tests need but the program itself."""
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    sys.dont_write_bytecode = True
    for name in LOADED:
        with suppress(ImportError):
            importlib.import_module(name)


def passes(change: Change, tests: Sequence[str]) -> bool:
    """Run the tests with the change in a child; one that takes too long has noticed it."""
    child = os.fork()
    if child == 0:
        os._exit(run(change, tests))
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def run(change: Change, tests: Sequence[str]) -> int:
    """Run the tests here, where the changed module takes the place of its file."""
    import pytest  # noqa: PLC0415 - loaded by the parent

    place = str(SOURCE / change.module)
    read = SourceFileLoader.get_data

    def get_data(loader: SourceFileLoader, path: str) -> bytes:
        if os.fspath(path) == place:
            return change.source.encode()
        if path.endswith(".pyc") and Path(change.module).stem in Path(path).name:
            raise OSError(path)  # Whatever was compiled before is not what is tried.
        return read(loader, path)

    SourceFileLoader.get_data = get_data  # type: ignore[assignment, method-assign]  # in a child that ends with the tests
    silent = os.open(os.environ.get("MUTATE_SAYS", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    existing = [test for test in tests if Path(test).exists()]
    options = ["-x", "-q", "--no-cov", "-p", "no:randomly", "-p", "no:cacheprovider", "-k", "not postgresql"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # loaded by the parent
    return int(pytest.main([*options, *existing]))


def find_changes(module: str) -> Iterator[Change]:
    """Yield every small change of a module."""
    text = (SOURCE / module).read_text()
    tree = ast.parse(text)
    decorators = [one for node in ast.walk(tree) for one in getattr(node, "decorator_list", [])]
    outers = [*decorators, *filter(_says_only, ast.walk(tree))]
    skipped = {id(inner) for outer in outers for inner in ast.walk(outer)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for what in _ways(node):
            copy = deepcopy(tree)
            changed = next(one for place, one in enumerate(ast.walk(copy)) if place == number)
            _apply(changed, what)
            yield Change(
                module,
                getattr(node, "lineno", 0),
                f"{what}: {ast.unparse(node)[:90]}",
                ast.unparse(ast.fix_missing_locations(copy)),
            )


def _says_only(node: ast.AST) -> bool:
    """Say whether a node holds words for people or types: nothing that a test should hold fast."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr | ast.arguments | ast.Import | ast.ImportFrom | ast.Assert):
        return True
    names = (
        [target.id for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else []
    )
    return "message" in names or "_log" in names


def _ways(node: ast.AST) -> Iterator[str]:
    """Name the changes that a node can have."""
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() if _operator(node) in SWAPS:
            yield "swap"
        case ast.UnaryOp(op=ast.Not()):
            yield "keep"
        case ast.Constant(value=bool() | int() | bytes()):
            yield "alter"
        case ast.If() | ast.IfExp():
            yield "negate"
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield "return nothing"
        case ast.Expr() | ast.AugAssign() | ast.Raise():
            yield "leave out"


def _operator(node: ast.Compare | ast.BoolOp | ast.BinOp) -> type[ast.AST]:
    return type(node.ops[0] if isinstance(node, ast.Compare) else node.op)


def _apply(node: ast.AST, what: str) -> None:
    """Change a node where it stands."""
    match node:
        case ast.Compare():
            node.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[call-overload]  # an operator of the same kind
        case ast.BoolOp() | ast.BinOp():
            node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]  # the same
        case ast.UnaryOp():
            node.op, node.operand = ast.UAdd(), ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.Constant():
            node.value = _alter(node.value)
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Return():
            node.value = None
        case _ if what == "leave out":
            node.__class__ = ast.Pass


def _alter(value: object) -> bool | int | bytes:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    assert isinstance(value, bytes)  # noqa: S101 - `_ways` names no other
    return b"XX" + value


if __name__ == "__main__":
    sys.exit(main())
