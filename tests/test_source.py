"""Limits that hold for all of the source."""

from pathlib import Path

MOST_LINES = 400

SOURCE = Path(__file__).parents[1] / "src"


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    modules = sorted(SOURCE.glob("**/*.py"))

    lengths = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}

    assert lengths
    assert {module: length for module, length in lengths.items() if length > MOST_LINES} == {}
