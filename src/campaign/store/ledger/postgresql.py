"""Connections to PostgreSQL that wait no longer for an answer than they are told."""

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, func, select, true

POOLED = "transaction"
"""What ``pooler`` says in the address of a PostgreSQL behind PgBouncer with ``pool_mode = transaction``."""

IDLE_TIMEOUT_MS = 60_000
"""After how long PostgreSQL drops a transaction in which nothing happens, so that a dead machine's lock ends."""
GREETING_SECONDS = 2.0
"""How long PostgreSQL may take to say that a connection that nobody used is still there."""

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


def connect(url: URL, commit_seconds: float, turn_ms: int) -> Engine:
    """Return the engine of a PostgreSQL.

    Args:
        url: Its address; ``pooler=transaction`` in it when PgBouncer is in front.
        commit_seconds: How long the network may be silent.
        turn_ms: How long to wait for a lock.
    """
    limits = {
        "lock_timeout": turn_ms,
        "idle_in_transaction_session_timeout": IDLE_TIMEOUT_MS,
        "jit": "off",  # Compiling a plan takes a second, which is longer than any of our questions.
    }
    query = dict(url.query)
    is_pooled = query.pop("pooler", "") == POOLED
    connect_args: dict[str, Any] = {"connect_timeout": 5, "tcp_user_timeout": round(commit_seconds * 1000)}
    if is_pooled:  # Each transaction may be on another connection of the server, which keeps nothing of ours.
        connect_args["prepare_threshold"] = None
    else:
        given = query.pop("options", "")
        connect_args["options"] = " ".join(
            [given if isinstance(given, str) else " ".join(given), *(f"-c {name}={limits[name]}" for name in limits)]
        ).strip()
    url = url.set(drivername="postgresql+psycopg", query=query)
    engine = create_engine(url, pool_pre_ping=True, connect_args=connect_args, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Dialect, _record: object, args: tuple[Any, ...], named: dict[str, Any]) -> PatientConnection:
        """Make a connection of our own kind."""
        return PatientConnection.connect(*args, **named)

    @event.listens_for(engine, "checkin")
    def expect_greeting(connection: PatientConnection | None, _record: object) -> None:
        """Let who takes it out of the pool next not wait long for a server that is gone."""
        if connection is not None:
            connection.patience = GREETING_SECONDS

    def set_limits(connection: Connection) -> None:
        """Set for one transaction what a connection of our own has for good."""
        for name, value in limits.items():
            connection.execute(select(func.set_config(name, str(value), true())))  # for this transaction alone

    if is_pooled:
        event.listen(engine, "begin", set_limits)
    return engine
