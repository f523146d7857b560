"""A disk that fails, is full, or takes no more writes."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.faults.readers import UNCERTAIN, Readers, press_once
from tests.rigs.programs import PATIENCE, RecorderProgram, failing_calls
from tests.rigs.scene import Note, Scene, set_scene

DISK = 24 << 20
"""The size of the small disk, in bytes."""
needs_strace = pytest.mark.usefixtures("strace")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    folder = tmp_path / "csdl"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def small_scene(small_disk: Path, tmp_path: Path) -> Scene:
    """A campaign on the small disk."""
    return set_scene(f"sqlite:///{small_disk / 'campaign.sqlite3'}", tmp_path)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill the disk up to the last byte while the block lasts."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    yield
    ballast.unlink()


@needs_strace
@pytest.mark.parametrize(
    ("fault", "calls", "error"),
    [
        ("failing sync", "fsync,fdatasync", "EIO"),
        ("failing write", "pwrite64", "EIO"),
        ("disk turned read-only", "pwrite64", "EROFS"),
    ],
)
def test_a_recorder_whose_disk_fails_says_that_it_does_not_know_and_ends(
    sqlite_scene: Scene, fault: str, calls: str, error: str, note: Note
) -> None:
    """Else it would go on, on what the system takes for written and the disk never got."""
    recorder = RecorderProgram(sqlite_scene)

    with Readers(sqlite_scene.presses, [recorder.address]) as readers:
        recorder.start()
        readers.wait_for_receipts(50)
        with failing_calls(recorder, calls, f"error={error}"):
            exit_code = recorder.wait()
        told = len(readers.refused)
        with recorder.running():
            readers.finish()

    outcome = sqlite_scene.judge(readers.acknowledged)
    note(fault, 1, outcome)
    assert exit_code == 1
    assert (
        '"level": "CRITICAL", "logger": "campaign.store.ledger.writer", "message": "the disk has failed'
        in recorder.said
    )
    assert any(UNCERTAIN in one.text for one in readers.refused)
    assert told > 0
    assert all(answer.is_right for answer in readers.refused)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(sqlite_scene.presses)


@needs_strace
def test_a_disk_that_is_full_for_a_while_loses_nothing(sqlite_scene: Scene, note: Note) -> None:
    """The recorder goes on by itself: nothing was written that could be doubted."""
    recorder = RecorderProgram(sqlite_scene)

    with recorder.running(), Readers(sqlite_scene.presses, [recorder.address]) as readers:
        for _ in range(3):
            readers.wait_for_receipts(50)
            with failing_calls(recorder, "pwrite64", "error=ENOSPC"):
                readers.wait_for_refusal()
        readers.finish()

    outcome = sqlite_scene.judge(readers.acknowledged)
    note("disk full under load (ENOSPC)", 3, outcome)
    assert all(answer.is_right for answer in readers.refused)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(sqlite_scene.presses)


def test_a_full_disk_is_told_to_readers_and_works_again_when_there_is_space(
    small_disk: Path, small_scene: Scene, note: Note
) -> None:
    recorder = RecorderProgram(small_scene)

    with recorder.running(), Readers(small_scene.presses, [recorder.address]) as readers:
        readers.wait_for_receipts(50)
        with full(small_disk):
            readers.wait_for_refusal()
        readers.finish()

    outcome = small_scene.judge(readers.acknowledged)
    note("disk full (small disk)", 1, outcome)
    assert all(answer.is_right for answer in readers.refused)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(small_scene.presses)


def test_on_a_read_only_disk_the_site_is_served_and_recording_begins_when_it_can_be_written(
    small_disk: Path, small_scene: Scene, note: Note
) -> None:
    recorder, press = RecorderProgram(small_scene), small_scene.presses[0]
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    with recorder.running():
        asset = requests.get(f"{recorder.address}/giao-dien/x/campaign.css", timeout=PATIENCE)
        refused = press_once(recorder.address, press)
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
        with Readers(small_scene.presses, [recorder.address]) as readers:
            readers.finish()

    outcome = small_scene.judge(readers.acknowledged)
    note("read-only disk", 1, outcome)
    assert (asset.status_code, refused.status, refused.is_right) == (200, 503, True)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(small_scene.presses)
