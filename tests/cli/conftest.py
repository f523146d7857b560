"""A terminal for each test."""

from pathlib import Path

import pytest

from tests.rigs.editing import EditorsDesk
from tests.rigs.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditorsDesk:
    """An editor's terminal."""
    monkeypatch.chdir(tmp_path)
    return EditorsDesk(tmp_path)
