"""The ledger's key is replaced while a recorder runs."""

from campaign.settings import system_clock
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.rotations import record_rotation
from campaign.store.proofs.signing import load_key
from tests.rigs.keys import key_named
from tests.rigs.programs import RecorderProgram
from tests.rigs.scene import ORIGIN, Scene


def test_a_recorder_whose_key_was_replaced_ends(sqlite_scene: Scene) -> None:
    """Whoever starts it again gives it the new one; until then it could sign nothing."""
    recorder = RecorderProgram(sqlite_scene)
    database, old = Database(sqlite_scene.url), load_key(sqlite_scene.key_file, ORIGIN)
    recorder.start()

    with appending(database) as ledger:
        record_rotation(ledger, old, key_named("mới", ORIGIN), "chi", system_clock())
    database.close()

    assert recorder.wait() == 1
    assert "E-LEDGER-KEY-FOREIGN: Khoá đang dùng không phải khoá của sổ này." in recorder.said
