"""What a disk holds after the power is cut, from what the program really wrote and synced."""

import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from campaign.errors.base import CampaignError
from campaign.store.ledger.database import WAL_IS_SAFE_FROM
from tests.faults import trace
from tests.faults.disk import Disk
from tests.faults.trace import Event, Said, Synced
from tests.rigs.programs import BOUND, PATIENCE, SURROUNDINGS
from tests.rigs.scene import IS_LARGE, Acknowledgement, Note, Outcome, Scene, judge_file

IMAGES = 2_000 if IS_LARGE else 150
IMAGES_TO_LOSE = 2_000 if IS_LARGE else 30
LOGS = {"WAL": "-wal", "TRUNCATE": "-journal"}
SYNC_TO_END_AT = {"WAL": 8, "TRUNCATE": 60}
"""One of those that end a commit: before the log is first copied, which takes syncs too and may fail without harm; a
rollback journal takes five syncs a commit, the last when it is emptied."""
PRESSES = "--first=800" if IS_LARGE else "--first=300"
WRITING = Path(__file__).with_name("writing.py")

pytestmark = pytest.mark.usefixtures("strace")
modes = pytest.mark.parametrize(
    ("mode", "arguments"),
    [
        # In a short run, the log must be copied into the database often.
        pytest.param("WAL", ["--pragma=wal_autocheckpoint=100"], id="WAL"),
        pytest.param(
            "TRUNCATE",
            ["--own-sqlite"],
            id="TRUNCATE",
            marks=pytest.mark.skipif(
                sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM, reason="the interpreter's own SQLite uses WAL too"
            ),
        ),
    ],
)


def watch(scene: Scene, *arguments: str, fault: str = "") -> list[Event]:
    """Let a program confirm as recorders do, with *fault* as strace injects it; return what it did."""
    file = scene.folder / "trace"
    # A signal is delivered only to a program whose every call is stopped.
    command = [part for part in trace.COMMAND if not (fault and part == "--seccomp-bpf")]
    command += [f"--inject={fault}"] if fault else []
    program = [sys.executable, str(WRITING), scene.url, *arguments]
    command = [*BOUND, *command, f"--output={file}", *program]
    done = subprocess.run(command, capture_output=True, timeout=2 * PATIENCE, check=False, env=SURROUNDINGS)
    assert (done.returncode == 0) != bool(fault), done.stderr.decode()
    return list(trace.read_trace(file))


def read_acknowledgement(said: Said) -> Acknowledgement:
    sequence, member, post = said.line.split()
    return Acknowledgement(int(sequence), int(member), post)


def follow(disk: Disk, events: Iterable[Event], told: list[Acknowledgement]) -> Iterator[Event]:
    """Let the events happen, and keep what was acknowledged."""
    for event in events:
        disk.follow(event)
        if isinstance(event, Said):
            told.append(read_acknowledgement(event))
        yield event


def judge_image(scene: Scene, image: dict[str, bytes], told: list[Acknowledgement]) -> Outcome:
    """Open what is on the disk when the power is back, as the recorder would, and judge it."""
    folder = scene.folder / "bản sao"
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, content in image.items():
        if not name.endswith("-shm"):  # Shared memory; SQLite makes it anew.
            (folder / name).write_bytes(content)
    try:
        return judge_file(f"sqlite:///{folder / 'campaign.sqlite3'}", scene.key_file, told)
    except (CampaignError, DBAPIError) as error:
        return Outcome(len(told), tuple(told), findings=(str(error.__cause__ or error),))


def cut_anywhere(scene: Scene, disk: Disk, events: list[Event], images: int) -> Outcome:
    """Cut the power at so many random points, and say what became of everything acknowledged in all of them."""
    chance = random.Random(images)  # noqa: S311 - the same each time, nothing secret
    points = Counter(chance.choices(range(len(events)), k=images))
    told: list[Acknowledgement] = []
    outcome = Outcome(0)
    for point, _ in enumerate(follow(disk, events, told)):
        for _ in range(points[point]):
            outcome += judge_image(scene, disk.cut_power(chance), told)
    return outcome


@modes
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    sqlite_scene: Scene, mode: str, arguments: list[str], note: Note
) -> None:
    disk = Disk(sqlite_scene.folder / "csdl")
    events = watch(sqlite_scene, PRESSES, *arguments)

    outcome = cut_anywhere(sqlite_scene, disk, events, IMAGES)

    assert any(isinstance(one, Synced) and one.path.endswith(LOGS[mode]) for one in events)
    note(f"power cut, {mode}", IMAGES, outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged > IMAGES


@modes
def test_the_same_power_cuts_find_what_weaker_settings_lose(
    sqlite_scene: Scene, mode: str, arguments: list[str], note: Note
) -> None:
    """Else the test above would prove nothing."""
    disk = Disk(sqlite_scene.folder / "csdl")
    events = watch(sqlite_scene, PRESSES, *arguments, "--pragma=synchronous=NORMAL")

    outcome = cut_anywhere(sqlite_scene, disk, events, IMAGES_TO_LOSE)

    note(f"power cut, {mode}, synchronous=NORMAL (not ours)", IMAGES_TO_LOSE, outcome)
    assert outcome.lost


@modes
@pytest.mark.parametrize("fault", ["signal=KILL", "error=EIO"], ids=["killed", "failed"])
def test_what_an_ended_process_left_unsynced_is_synced_before_it_is_answered_for(
    sqlite_scene: Scene, mode: str, arguments: list[str], fault: str, note: Note
) -> None:
    """A press again finds it in the system's cache, and is told that it is recorded; then the power is cut.

    The first process ends between writing and syncing, or because syncing failed. The power is cut right
    after each answer.
    """
    disk, outcome = Disk(sqlite_scene.folder / "csdl"), Outcome(0)
    chance = random.Random(0)  # noqa: S311 - the same each time, nothing secret
    told: list[Acknowledgement] = []
    one_by_one = [*arguments, "--together=1", "--first=18"]
    ended = watch(sqlite_scene, *one_by_one, fault=f"fsync,fdatasync:{fault}:when={SYNC_TO_END_AT[mode]}")
    again = watch(sqlite_scene, *one_by_one)

    for event in follow(disk, [*ended, *again], told):
        if isinstance(event, Said):
            for odds in (0.0, None):
                outcome += judge_image(sqlite_scene, disk.cut_power(chance, odds), told)

    note(f"{fault} at a sync, restart, power cut, {mode}", 2 * len(told), outcome)
    assert outcome.is_right, outcome
