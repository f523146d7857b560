"""What the recorder seals by itself: each day on which something was recorded, and each post whose time is over."""

import logging

from campaign.errors import CampaignError
from campaign.record.recorder import Recorder
from campaign.store.checkpoints import is_checkpoint_due, keep_due_checkpoint
from campaign.store.closings import close_posts, read_due
from campaign.store.ledger import OpenLedger

_log = logging.getLogger(__name__)


def keep_checkpoint_of_the_day(recorder: Recorder) -> None:
    """Sign and keep a checkpoint when one is due; a database that does not answer is asked again at the next look."""
    now = recorder.clock()

    def keep(ledger: OpenLedger) -> bytes | None:
        """Look again in the writer's transaction: another recorder may have been faster."""
        return keep_due_checkpoint(ledger.connection, recorder.key, now)

    try:
        with recorder.database.reading() as connection:
            is_due = is_checkpoint_due(connection, now)
        if is_due:
            recorder.writer.submit(keep).result()
    except CampaignError as error:
        _log.warning("no checkpoint made: %s", error.problem)


def close_posts_that_ended(recorder: Recorder) -> None:
    """Record how each post stood whose time is over; a database that does not answer is asked again at the next look.

    The figures are counted before the writer's turn, so that no one who confirms waits for them.
    """
    now = recorder.clock()
    try:
        with recorder.database.reading() as connection:
            due = read_due(connection, now)
        if due:
            recorder.writer.submit(lambda ledger: close_posts(ledger, recorder.key, due, now)).result()
    except CampaignError as error:
        _log.warning("no post closed: %s", error.problem)
