"""What accounts took out of the house, and tries to come in that failed: for whoever must answer for it later.

No fact about the campaign: it stands in no entry, and is forgotten after a term of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, desc, func, insert, select, update

from campaign.core.clock import day_in_viet_nam
from campaign.store.base.schema import account_trail

KEPT = timedelta(days=365)
LINES_SHOWN = 500
WHAT_CHARACTERS = 200


class Act(StrEnum):
    """What happened."""

    EXPORTED = "exported"
    REFUSED = "refused"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        """The word for it on screen."""
        return {
            Act.EXPORTED: "lấy ra có tên người",
            Act.REFUSED: "đăng nhập chưa đúng",
            Act.LOCKED: "bị chặn vì thử quá nhiều lần",
        }[self]


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An act of an account on a day.

    Attributes:
        account: Whose; "" when it was nobody's: what is typed for a name may be a secret.
        what: Which list, or what was tried.
        times: How often on that day in Viet Nam.
    """

    account: str
    act: Act
    what: str
    times: int
    first_at: datetime
    last_at: datetime


def note_act(connection: Connection, act: Act, account: str, what: str, at: datetime) -> None:
    """Note that something happened, and forget what is older than `KEPT`; in a writing transaction."""
    columns = account_trail.c
    connection.execute(delete(account_trail).where(columns.last_at <= at - KEPT))
    key = {"day": day_in_viet_nam(at), "account": account, "act": act.value, "what": what[:WHAT_CHARACTERS]}
    is_it = [account_trail.c[name] == value for name, value in key.items()]
    again = update(account_trail).where(*is_it).values(times=columns.times + 1, last_at=at)
    if not connection.execute(again).rowcount:
        connection.execute(insert(account_trail).values(**key, times=1, first_at=at, last_at=at))


def read_trail(connection: Connection) -> list[TrailLine]:
    """Return the newest lines, the newest first."""
    columns = account_trail.c
    query = select(columns.account, columns.act, columns.what, columns.times, columns.first_at, columns.last_at)
    newest = query.order_by(desc(columns.last_at), columns.account, columns.act, columns.what).limit(LINES_SHOWN)
    return [
        TrailLine(row.account, Act(row.act), row.what, row.times, row.first_at, row.last_at)
        for row in connection.execute(newest)
    ]


def count_locked(connection: Connection, since: datetime) -> int:
    """Return how many tries were not looked at any more, on the days that reach beyond *since*."""
    is_it = (account_trail.c.act == Act.LOCKED.value) & (account_trail.c.last_at > since)
    return connection.scalar(select(func.coalesce(func.sum(account_trail.c.times), 0)).where(is_it)) or 0
