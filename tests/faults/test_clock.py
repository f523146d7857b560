from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from campaign.core.figures.coverage import Coverage
from campaign.store.base import schema
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Database
from tests.faults.readers import Readers
from tests.rigs.programs import ClockedRecorder
from tests.rigs.scene import MEMBERS, Note, Scene

DAY = timedelta(days=1)
BACK = timedelta(seconds=20)
"""A clock that goes back by more is refused until it has caught up with the ledger (`ClockBehindError`)."""
JUMPS = [DAY, DAY - BACK, 400 * DAY, 400 * DAY - BACK, 500 * DAY]


def instants_to_look_at(scene: Scene) -> list[datetime]:
    """Return when the clock turned back, and the last instant of all."""
    database = Database(scene.url)
    with database.reading() as connection:
        times = list(connection.scalars(select(schema.entry.c.at).order_by(schema.entry.c.sequence)))
    database.close()
    turned = [at for at, following in pairwise(times) if following < at]
    assert turned, "the clock has never turned back"
    return [*turned, max(times)]


def figures(scene: Scene, at: datetime) -> list[Coverage]:
    """Return how each post stood at that instant."""
    database = Database(scene.url)
    with database.reading() as connection:
        found = [read_coverage(connection, post, at).total for post in {press.post for press in scene.presses}]
    database.close()
    return found


def test_a_clock_that_jumps_leaves_no_gap_and_figures_that_add_up(sqlite_scene: Scene, note: Note) -> None:
    recorder = ClockedRecorder(sqlite_scene)
    recorder.set_clock(0)

    with recorder.running(), Readers(sqlite_scene.presses, [recorder.address]) as readers:
        for jump in JUMPS:
            readers.wait_for_receipts(len(sqlite_scene.presses) // len(JUMPS) - 20)
            recorder.set_clock(jump.total_seconds())
        readers.finish()

    outcome = sqlite_scene.judge(readers.acknowledged)
    note("clock jumps", len(JUMPS), outcome)
    assert outcome.is_right, outcome
    assert outcome.acknowledged == len(sqlite_scene.presses)
    for instant in instants_to_look_at(sqlite_scene):
        for one in figures(sqlite_scene, instant):
            assert one.concerned == MEMBERS == one.on_time + one.late + one.outstanding + one.exempt
    assert sum(one.confirmed for one in figures(sqlite_scene, instant)) == len(sqlite_scene.presses)
