import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.readers import Readers
from tests.rigs.programs import PATIENCE, RecorderProgram
from tests.rigs.scene import Note, Scene

KILLS = {"SQLite": 20, "PostgreSQL": 5}


def kill_under_load(scene: Scene, recorder: RecorderProgram, times: int, kill: Callable[[], object]) -> Readers:
    """Kill under load so many times, start again each time, and let every reader finish."""
    with Readers(scene.presses, [recorder.address]) as readers:
        for _ in range(times):
            recorder.start()
            readers.wait_for_receipts(random.randint(1, 40))  # noqa: S311 - nothing secret
            assert readers.left > 0, "it must be killed under load"
            kill()
        with recorder.running():
            readers.finish()
    return readers


@pytest.mark.parametrize("scene", KILLS, indirect=True)
def test_what_was_acknowledged_before_a_kill_is_there_once(
    scene: Scene, note: Note, request: pytest.FixtureRequest
) -> None:
    database = request.node.callspec.params["scene"]
    recorder = RecorderProgram(scene)

    readers = kill_under_load(scene, recorder, KILLS[database], recorder.kill)

    outcome = scene.judge(readers.acknowledged)
    note(f"kill -9, {database}", KILLS[database], outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(scene.presses)
    assert all(answer.is_right for answer in readers.refused)


@pytest.mark.parametrize("scene", KILLS, indirect=True)
def test_a_recorder_whose_press_process_is_killed_ends_and_what_was_acknowledged_is_there_once(
    scene: Scene, note: Note, request: pytest.FixtureRequest
) -> None:
    """A service manager starts it again; who was waiting hears that nobody knows."""
    database, exit_codes = request.node.callspec.params["scene"], set[int]()
    recorder, times = RecorderProgram(scene), KILLS[database] // 4 + 1

    def kill_press_process() -> None:
        os.kill(recorder.press_process, signal.SIGKILL)
        exit_codes.add(recorder.wait())

    readers = kill_under_load(scene, recorder, times, kill_press_process)

    outcome = scene.judge(readers.acknowledged)
    note(f"kill -9 of the press process, {database}", times, outcome)
    assert exit_codes == {1}
    assert "the process that records presses has ended (-9)" in recorder.said
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(scene.presses)
    assert all(answer.is_right for answer in readers.refused)


def wait_until_gone(pid: int) -> None:
    """Wait until a process has ended."""
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}/stat").exists()


def test_a_recorder_whose_press_process_is_killed_at_rest_ends_too(sqlite_scene: Scene) -> None:
    recorder = RecorderProgram(sqlite_scene)
    recorder.start()

    os.kill(recorder.press_process, signal.SIGKILL)

    assert recorder.wait() == 1


def test_a_press_process_does_not_outlive_its_recorder(sqlite_scene: Scene) -> None:
    recorder = RecorderProgram(sqlite_scene)
    recorder.start()
    press_process = recorder.press_process

    recorder.kill()

    wait_until_gone(press_process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_lets_the_recorder_end_in_order(
    sqlite_scene: Scene, number: signal.Signals, note: Note
) -> None:
    """As Ctrl+C in a terminal does, and a service manager that stops."""
    recorder, half = RecorderProgram(sqlite_scene), len(sqlite_scene.presses) // 2
    recorder.start()
    with Readers(sqlite_scene.presses[:half], [recorder.address]) as readers:
        readers.wait_for_receipts(20)
        press_process = recorder.press_process
        os.kill(press_process, number)
        recorder.send(number)
        exit_code = recorder.wait()
        with recorder.running():
            readers.finish()

    outcome = sqlite_scene.judge(readers.acknowledged)
    note(f"{number.name} to all processes", 1, outcome)
    wait_until_gone(press_process)
    assert exit_code in {0, -number}
    assert "Traceback" not in recorder.said
    assert "CRITICAL" not in recorder.said
    assert outcome.is_right, outcome
    assert outcome.acknowledged == half
    assert readers.refused == []
