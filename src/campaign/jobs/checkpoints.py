"""What the recorder seals by itself: each day on which something was recorded, and each post whose time is over."""

import logging
from datetime import datetime

from campaign.errors.base import CampaignError
from campaign.store.figures.checkpoints import is_checkpoint_due, keep_due_checkpoint
from campaign.store.figures.closings import close_posts, read_due
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import LedgerKey

_log = logging.getLogger(__name__)


def keep_checkpoint_of_the_day(database: Database, writer: Writer, key: LedgerKey, now: datetime) -> None:
    """Sign and keep a checkpoint when one is due; a database that does not answer is asked again at the next look."""

    def keep(ledger: OpenLedger) -> bytes | None:
        """Look again in the writer's transaction: another recorder may have been faster."""
        return keep_due_checkpoint(ledger.connection, key, now)

    try:
        with database.reading() as connection:
            is_due = is_checkpoint_due(connection, now)
        if is_due:
            writer.submit(keep).result()
    except CampaignError as error:
        _log.warning("no checkpoint made: %s", error.why)


def close_posts_that_ended(database: Database, writer: Writer, key: LedgerKey, now: datetime) -> None:
    """Record how each post stood whose time is over; a database that does not answer is asked again at the next look.

    The figures are counted before the writer's turn, so that no one who confirms waits for them.
    """
    try:
        with database.reading() as connection:
            due = read_due(connection, now)
        if due:
            writer.submit(lambda ledger: close_posts(ledger, key, due, now)).result()
    except CampaignError as error:
        _log.warning("no post closed: %s", error.why)
