"""No statement is put together as text: what varies in it is an expression or a value."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/campaign/store"
TAKE_STATEMENTS = {"text", "literal_column", "execute", "scalar", "scalars", "exec_driver_sql"}
COMMAND = re.compile(r"(PRAGMA|SHOW|VACUUM) ")
"""Commands that take no values; each is given a constant of ours."""
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|JOIN|GROUP BY|ORDER BY)\b")


def find_composed(tree: ast.AST) -> Iterator[ast.expr]:
    """Give what is composed of text in *tree* and taken for a statement, or reads like a part of one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in TAKE_STATEMENTS:
            yield from (argument for argument in node.args[:1] if is_composed(argument))
        elif isinstance(node, ast.expr) and is_composed(node) and SQL.search(ast.unparse(node)):
            yield node


def name_of(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def is_composed(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        first = node.values[0] if node.values else None
        return not (isinstance(first, ast.Constant) and COMMAND.match(str(first.value)))
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
    return isinstance(node, ast.Call) and name_of(node.func) == "format"


def test_no_statement_of_the_store_is_made_of_text_with_holes() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}

    found = [f"{path.name}:{node.lineno}" for path, tree in trees.items() for node in find_composed(tree)]

    assert trees
    assert found == []


def test_such_a_statement_would_be_found() -> None:
    wrong = """
connection.execute(text(f"SELECT {column} FROM post"))
connection.execute(text("DELETE FROM {table}".format(table=name)))
connection.exec_driver_sql("SELECT %s" % name)
_PAGE = f"{_LIST} WHERE m.until IS NULL"
text(_PAGE.format(which=which))
"""

    assert {node.lineno for node in find_composed(ast.parse(wrong))} == {2, 3, 4, 5, 6}
