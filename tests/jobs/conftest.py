"""A recorder at work for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.recorder import Desk, fill_desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A recorder with two posts and four members, on the day of the opening."""
    opened = fill_desk(open_desk(tmp_path))
    yield opened
    opened.close()
