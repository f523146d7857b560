"""Connections to PostgreSQL that wait no longer for an answer than they are told."""

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

LOOK_EVERY_SECONDS = 0.1
"""How often a wait looks whether Ctrl+C was pressed, as psycopg does."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when an answer does not come in time: nothing else ends the wait for a commit.

    It is not cancelled: a commit that waits for a standby would then look as if it were done.

    Attributes:
        patience: How many seconds each answer may take; nothing for ever.
    """

    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = LOOK_EVERY_SECONDS, timeout: float | None = None) -> RV:
        """Wait for one answer."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:  # The server did not say it: the wait ended, or the connection did.
                self.close()
            raise
