"""Checkpoints that the recorder makes by itself, one for each day on which something was recorded."""

import logging

from campaign.errors import CampaignError
from campaign.record.recorder import Recorder
from campaign.store.checkpoints import is_checkpoint_due, keep_due_checkpoint
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
