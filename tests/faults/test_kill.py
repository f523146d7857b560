import random

import pytest

from tests.faults.programs import RecorderProgram
from tests.faults.readers import Readers
from tests.faults.scene import Note, Scene

KILLS = {"SQLite": 20, "PostgreSQL": 5}


@pytest.mark.parametrize("scene", KILLS, indirect=True)
def test_what_was_acknowledged_before_a_kill_is_there_once(
    scene: Scene, note: Note, request: pytest.FixtureRequest
) -> None:
    database = request.node.callspec.params["scene"]
    recorder = RecorderProgram(scene)

    with Readers(scene.presses, [recorder.address]) as readers:
        for _ in range(KILLS[database]):
            recorder.start()
            readers.wait_for_receipts(random.randint(1, 40))  # noqa: S311 - nothing secret
            assert readers.left > 0, "it must be killed under load"
            recorder.kill()
        with recorder.running():
            readers.finish()

    outcome = scene.judge(readers.acknowledged)
    note(f"kill -9, {database}", KILLS[database], outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(scene.presses)
    assert all(answer.is_right for answer in readers.refused)
