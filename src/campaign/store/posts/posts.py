"""Published revisions in the ledger."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select

from campaign.core.clock import day_before, day_in_viet_nam, format_day
from campaign.core.ledger.entry import Kind
from campaign.core.post import Post, digest_of, post_from_document
from campaign.errors.confirming import PostUnknownError
from campaign.errors.site import RevisionConflictError
from campaign.store.base import schema
from campaign.store.base.snapshot import once_a_snapshot
from campaign.store.ledger.ledger import OpenLedger


@dataclass(frozen=True, slots=True)
class PublishedRevision:
    """A revision of a post as the ledger holds it.

    Attributes:
        post_id: The post's number in the database.
        post: The post as readers saw it.
        digest: The SHA-256 of the revision's document.
        asks_since: The last revision, up to this one, that asked everyone (again).
        published_at: When the recorder learned of it.
    """

    post_id: int
    post: Post
    digest: str
    asks_since: int
    published_at: datetime


def publish_revision(
    ledger: OpenLedger, document: bytes, at: datetime, files: Mapping[str, bytes] = MappingProxyType({})
) -> bool:
    """Append the revision with that document, unless the ledger has it.

    Args:
        ledger: The ledger.
        document: The revision's document.
        at: When the recorder learned of it.
        files: The files that it shows, by their digest; kept beside the ledger.

    Returns:
        Whether it was new.

    Raises:
        RevisionConflictError: The ledger has that revision, or a later one, with another text.
        ValueError: *document* is not a revision's document.
    """
    post, digest = post_from_document(document), digest_of(document)
    if post.to_document() != document:  # The ledger keeps the facts, and the digest must follow from them.
        message = f"not canonical: the document of {post.id}"
        raise ValueError(message)
    number = post.revision.number
    latest = _latest(ledger.connection, post.id)
    if latest is not None and number <= latest["number"]:
        if (number, digest) == (latest["number"], latest["digest"]):
            return False
        raise RevisionConflictError(post.id, number)
    facts = {"post": post.id, "revision": number, "digest": digest, "document": json.loads(document)}
    ledger.append(Kind.REVISION_PUBLISHED, at, facts)
    kept = set(ledger.connection.scalars(select(schema.shown_file.c.digest).where(_FILES_DIGEST.in_(files))))
    new = [{"digest": key, "content": content} for key, content in files.items() if key not in kept]
    if new:
        ledger.connection.execute(insert(schema.shown_file), new)
    return True


def read_files(connection: Connection, post: Post) -> Mapping[str, bytes]:
    """Return the files that a revision shows, by their digest; those that were never handed over are missing."""
    wanted = {file.digest for file in post.attachments}
    if not wanted:
        return {}
    query = select(schema.shown_file).where(_FILES_DIGEST.in_(wanted))
    return {row.digest: row.content for row in connection.execute(query)}


def read_all_files(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield every file that was shown, with its digest, in the order of digests."""
    for row in connection.execute(select(schema.shown_file).order_by(_FILES_DIGEST).execution_options(yield_per=1)):
        yield row.digest, row.content


@once_a_snapshot
def current_revision(connection: Connection, key: str, as_of: datetime | None = None) -> PublishedRevision:
    """Return the latest revision of a post that asks for a confirmation, as of an instant or now.

    Raises:
        PostUnknownError: No such post was published by then, or it asks for no confirmation.
    """
    found = _latest(connection, key, as_of)
    revision = None if found is None else _to_revision(found)
    if revision is None or revision.post.deadline is None:
        raise PostUnknownError(key)
    return revision


@once_a_snapshot
def current_revisions(connection: Connection) -> Sequence[PublishedRevision]:
    """Return the latest revision of every post that asks for a confirmation, the newest post first."""
    is_latest = schema.revision.c.number == schema.post.c.revision
    query = _REVISIONS.where(is_latest).order_by(schema.revision.c.post_id.desc())
    revisions = [_to_revision(row) for row in connection.execute(query).mappings()]
    return [revision for revision in revisions if revision.post.deadline is not None]


def find_revision(connection: Connection, key: str, number: int) -> PublishedRevision | None:
    """Return one revision of a post, or nothing."""
    query = _REVISIONS.where(schema.post.c.key == key, schema.revision.c.number == number)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _to_revision(row)


def read_revisions(connection: Connection, post_id: int) -> list[PublishedRevision]:
    """Return every revision of a post, also those that ask for no confirmation, the first one first."""
    query = _REVISIONS.where(schema.revision.c.post_id == post_id).order_by(schema.revision.c.number)
    return [_to_revision(row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class Replaced:
    """That everyone was asked again.

    Attributes:
        number: The revision that asked.
        at: When it was published.
        former: The revision that it took the place of.
        confirmed: How many had confirmed one before it.
    """

    number: int
    at: datetime
    former: int
    confirmed: int

    @property
    def day_before(self) -> str:
        """The last whole day of the former revision, as pages ask for it."""
        return format_day(day_before(day_in_viet_nam(self.at)))


def find_replaced(connection: Connection, revision: PublishedRevision) -> Replaced | None:
    """Return which revision replaced the ones before, up to *revision*; nothing while the first text is asked for."""
    number, confirmation = revision.asks_since, schema.confirmation.c
    asking = find_revision(connection, revision.post.id, number) if number > 1 else None
    if asking is None:
        return None
    earlier = select(func.count(confirmation.member_id.distinct())).where(
        confirmation.post_id == revision.post_id, confirmation.revision < number
    )
    return Replaced(number, asking.published_at, number - 1, connection.scalar(earlier) or 0)


def first_published_at(connection: Connection, post_id: int) -> datetime:
    """Return when the first revision of a post was published."""
    query = select(schema.revision.c.published_at).where(schema.revision.c.post_id == post_id)
    first: datetime = connection.execute(query.order_by(schema.revision.c.number).limit(1)).scalar_one()
    return first


@once_a_snapshot
def first_published(connection: Connection) -> Mapping[int, datetime]:
    """Return when the first revision of every post was published, by the post's number."""
    columns = schema.revision.c
    query = select(columns.post_id, columns.published_at).order_by(columns.post_id, columns.number.desc())
    return {row.post_id: row.published_at for row in connection.execute(query)}


_FILES_DIGEST = schema.shown_file.c.digest
_REVISIONS = select(schema.revision).join(schema.post)


_LATEST = _REVISIONS.where(schema.post.c.key == bindparam("key")).order_by(schema.revision.c.number.desc()).limit(1)
_LATEST_AS_OF = _LATEST.where(schema.revision.c.published_at <= bindparam("as_of"))


def _latest(connection: Connection, key: str, as_of: datetime | None = None) -> RowMapping | None:
    if as_of is None:
        found = connection.execute(_LATEST, {"key": key})
    else:
        found = connection.execute(_LATEST_AS_OF, {"key": key, "as_of": as_of})
    return found.mappings().one_or_none()


@lru_cache(maxsize=1000)
def _to_post(document: bytes) -> Post:
    """Return the post of a document; kept, because a document never changes and every confirmation needs its post."""
    return post_from_document(document)


def _to_revision(row: RowMapping) -> PublishedRevision:
    return PublishedRevision(
        post_id=row["post_id"],
        post=_to_post(row["document"]),
        digest=row["digest"],
        asks_since=row["asks_since"],
        published_at=row["published_at"],
    )
