"""Scenes on SQLite and PostgreSQL, and the note of how each fault went."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.rigs.machine import Cluster, do_without, empty_postgres, running_cluster
from tests.rigs.scene import Note, Outcome, Scene, set_scene


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    """Keep for the report how often a fault was made and what became of what was acknowledged."""

    def note(fault: str, runs: int, outcome: Outcome) -> None:
        record_property("fault", fault)
        record_property("runs", runs)
        record_property("acknowledged", outcome.acknowledged)
        record_property("lost", len(outcome.lost))
        record_property("duplicated", len(outcome.twice))
        record_property("verifies", "no" if outcome.findings else "yes")

    return note


@pytest.fixture
def sqlite_scene(tmp_path: Path) -> Scene:
    """A campaign in an SQLite file, alone in its folder."""
    (tmp_path / "csdl").mkdir()
    return set_scene(f"sqlite:///{tmp_path / 'csdl' / 'campaign.sqlite3'}", tmp_path)


@pytest.fixture
def postgres_scene(tmp_path: Path, postgres_url: str) -> Scene:
    """A campaign in PostgreSQL."""
    empty_postgres(postgres_url)
    return set_scene(postgres_url, tmp_path)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that the test may stop."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster_scene(cluster: Cluster, tmp_path: Path) -> Scene:
    """A campaign in it."""
    return set_scene(cluster.url, tmp_path)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def scene(request: pytest.FixtureRequest) -> Scene:
    """A campaign in either."""
    name = {"SQLite": "sqlite_scene", "PostgreSQL": "postgres_scene"}[request.param]
    found: Scene = request.getfixturevalue(name)
    return found


@pytest.fixture
def strace() -> None:
    """Need strace, with which a disk is watched and made to fail."""
    if shutil.which("strace") is None:
        do_without("strace")
