"""Closings: how a post stood when its time was over, as an entry with a checkpoint right after it.

The figures of a past instant can always be counted again. The closing shows that they were the same then, also to
someone who has only the checkpoint of that night.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from campaign.core.clock import end_of_day
from campaign.core.figures.closing import Closing
from campaign.core.figures.coverage import Coverage
from campaign.core.ledger.entry import Kind
from campaign.store.base import schema
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.posts import PublishedRevision, current_revisions
from campaign.store.posts.special_cases import deadline_of
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint

SETTLED_AFTER = timedelta(minutes=1)
"""By then, whatever the server received in time is committed, or was answered with an error."""


@dataclass(frozen=True, slots=True)
class Due:
    """A post whose time is over, with the figures of its last microsecond; without people, there may be a million."""

    revision: PublishedRevision
    by_unit: dict[str, Coverage]


def read_due(connection: Connection, now: datetime) -> list[Due]:
    """Return how each post stood at its deadline whose time is over and that has no closing for it yet."""
    closed = _closed(connection)
    due = []
    for revision in current_revisions(connection):
        deadline = deadline_of(revision)
        is_over = deadline.ends_at + SETTLED_AFTER <= now and revision.published_at < deadline.ends_at
        if is_over and (revision.post_id, deadline.before) not in closed:
            found = read_coverage(connection, revision.post.id, end_of_day(deadline.last_day))
            due.append(Due(found.revision, dict(found.figures.by_unit)))
    return due


def close_posts(ledger: OpenLedger, key: LedgerKey, due: Iterable[Due], at: datetime) -> int:
    """Append the closings that no other recorder has appended meanwhile, and keep a checkpoint that covers them."""
    closed = _closed(ledger.connection)
    count = 0
    for post in due:
        revision, before = post.revision, deadline_of(post.revision).before
        if (revision.post_id, before) not in closed:
            facts = {
                "post": revision.post.id,
                "revision": revision.post.revision.number,
                "before": before.isoformat(),
                "units": {unit: asdict(figures) for unit, figures in post.by_unit.items()},
            }
            ledger.append(Kind.POST_CLOSED, at, facts)
            count += 1
    if count:
        ledger.flush()
        keep_checkpoint(ledger.connection, key, at)
    return count


def find_closing(connection: Connection, post: str, before: date) -> Closing | None:
    """Return the closing of a post for a deadline, or nothing."""
    columns = schema.closing.c
    query = select(schema.closing).join(schema.post, schema.post.c.id == columns.post_id)
    query = query.where(schema.post.c.key == post, columns.before == before).order_by(columns.sequence)
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    by_unit = {unit: Coverage(**figures) for unit, figures in row.units.items()}
    return Closing(row.sequence, before, row.closed_at, by_unit)


def compare_closings(connection: Connection) -> Iterator[str]:
    """Name each closing that the entries contradict, in words for people."""
    query = select(schema.closing, schema.post.c.key).join(schema.post, schema.post.c.id == schema.closing.c.post_id)
    for row in connection.execute(query.order_by(schema.closing.c.sequence)):
        recorded = sum((Coverage(**figures) for figures in row.units.values()), Coverage())
        counted = read_coverage(connection, row.key, end_of_day(row.before - timedelta(days=1))).total
        if _figures_of(recorded) != _figures_of(counted):
            yield (
                f"dòng ghi {row.sequence}: số liệu chốt của bài {row.key} ({_figures_of(recorded)}) "
                f"khác với số liệu tính lại từ các dòng ghi ({_figures_of(counted)})"
            )


def _figures_of(total: Coverage) -> str:
    """Return what is compared: units may have got other names since."""
    return (
        f"{total.due} người phải xác nhận, {total.on_time} đúng hạn, {total.late} quá hạn, "
        f"{total.outstanding} chưa xác nhận, {total.exempt} miễn"
    )


def _closed(connection: Connection) -> set[tuple[int, date]]:
    rows = connection.execute(select(schema.closing.c.post_id, schema.closing.c.before))
    return {(row.post_id, row.before) for row in rows}
