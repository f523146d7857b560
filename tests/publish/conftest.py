"""A small site for each test that wants one."""

from pathlib import Path

import pytest

from tests.rigs.sites import SampleSite


@pytest.fixture
def sample(tmp_path: Path) -> SampleSite:
    return SampleSite(tmp_path)
