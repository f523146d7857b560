"""How the ledger is, in numbers without names, for those who watch over the machines."""

from dataclasses import dataclass

from sqlalchemy import func, select

from campaign.store.base import schema
from campaign.store.ledger.database import Connection


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What a monitor wants to know of the ledger.

    Attributes:
        entries: How many entries it has.
        covered: Up to which entry the newest checkpoint reaches; 0 when there is none.
        unsure_reminders: Reminders claimed and not recorded: being sent now, or cut off.
        standbys: Servers that follow this one now, by whether a commit waits for them; none with SQLite.
    """

    entries: int
    covered: int
    unsure_reminders: int
    standbys: dict[str, int]


def read_state(connection: Connection) -> LedgerState:
    """Read how the ledger is."""
    entry, checkpoint, claim = schema.entry, schema.checkpoint, schema.reminder_claim
    entries, covered, unsure = connection.execute(
        select(
            select(func.coalesce(func.max(entry.c.sequence), 0)).scalar_subquery(),
            select(func.coalesce(func.max(checkpoint.c.size), 0)).scalar_subquery(),
            select(func.count()).select_from(claim).scalar_subquery(),
        )
    ).one()
    standbys = {}
    if connection.dialect.name == "postgresql":
        following = "SELECT sync_state, count(*) FROM pg_stat_replication WHERE state = 'streaming' GROUP BY sync_state"
        standbys = {str(kind): int(count) for kind, count in connection.exec_driver_sql(following)}
    return LedgerState(entries, covered, unsure, standbys)
