"""Confirmations: recording one, finding those that stand."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from campaign.core.entry import Kind
from campaign.errors.base import CampaignError
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import find_concerned
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.roster.roster import ListedMember


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """What a reader sends: who confirms which text, and how the person was identified.

    Attributes:
        digest: The digest of the text that was on screen.
        identified_by: The way in that was used, because the weight of the confirmation depends on it.
    """

    listed: ListedMember
    post: str
    revision: int
    digest: str
    identified_by: str
    method: str = "web"


@dataclass(frozen=True)  # Without slots, pickling goes by C: a third of the time.
class Confirmation:
    """A confirmation in the ledger.

    Attributes:
        sequence: The entry that records it.
        received_at: When the server received it.
    """

    sequence: int
    member_id: int
    post: str
    revision: int
    received_at: datetime
    method: str


@dataclass(frozen=True, slots=True)
class Received:
    """A request with the instant at which the server received it."""

    request: ConfirmationRequest
    at: datetime


def confirm(ledger: OpenLedger, request: ConfirmationRequest, received_at: datetime) -> Confirmation:
    """Record a confirmation; a repeated one gives the first back.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
        RevisionStaleError: The text on screen is not the one that is published now.
        NotConcernedError: The post is not for this member.
    """
    [answer] = confirm_all(ledger, [Received(request, received_at)])
    if isinstance(answer, CampaignError):
        raise answer
    return answer


def confirm_all(ledger: OpenLedger, received: Sequence[Received]) -> list[Confirmation | CampaignError]:
    """Do as `confirm` does for each in its turn, with a few statements for all: the database is asked once for many."""
    earlier = _earlier_confirmations(ledger.connection, received)
    current: dict[str, PublishedRevision] = {}
    concerned: dict[str, Collection[int]] = {}
    answers: list[Confirmation | CampaignError] = []
    with ledger.together():
        for one in received:
            post = one.request.post
            try:
                if post not in current:
                    current[post] = current_revision(ledger.connection, post)
                    people = [each.request.listed for each in received if each.request.post == post]
                    concerned[post] = find_concerned(ledger.connection, current[post], people)
                is_concerned = one.request.listed.id in concerned[post]
                known = earlier[post, one.request.listed.id]
                answers.append(_confirm(ledger, one, current[post], known, is_concerned=is_concerned))
            except CampaignError as error:
                answers.append(error)
    return answers


def _confirm(
    ledger: OpenLedger,
    received: Received,
    current: PublishedRevision,
    earlier: list[Confirmation],
    *,
    is_concerned: bool,
) -> Confirmation:
    """Record one confirmation, and add it to those that the member gave *earlier*, unless one of them counts."""
    request = received.request
    first = _first_that_counts(earlier, request.revision, current)
    if first is not None:
        return first
    if (request.revision, request.digest) != (current.post.revision.number, current.digest):
        raise RevisionStaleError(request.post, request.revision, current.post.revision.number)
    member = request.listed.member
    if not is_concerned:
        raise NotConcernedError(current.post.title)
    entry = ledger.append(
        Kind.CONFIRMATION,
        received.at,
        {
            "post": request.post,
            "revision": request.revision,
            "digest": request.digest,
            "sentence": current.post.sentence,
            "member": request.listed.id,
            "method": request.method,
            "identified_by": request.identified_by,
        },
        {"staff_code": member.staff_code, "name": member.name, "unit": member.unit},
    )
    confirmation = Confirmation(
        entry.sequence, request.listed.id, request.post, request.revision, received.at, request.method
    )
    earlier.append(confirmation)
    return confirmation


def standing_confirmation(connection: Connection, member_id: int, revision: PublishedRevision) -> Confirmation | None:
    """Return the member's confirmation that stands for *revision*: the first since everyone was last asked."""
    query = _of_member(member_id).where(
        schema.post.c.key == revision.post.id, schema.confirmation.c.revision >= revision.asks_since
    )
    return _first(connection, query)


def member_confirmations(connection: Connection, member_id: int) -> list[Confirmation]:
    """Return all confirmations of a member, the newest first."""
    query = _of_member(member_id).order_by(None).order_by(schema.confirmation.c.sequence.desc())
    return [_to_confirmation(row) for row in connection.execute(query)]


def find_confirmation(connection: Connection, sequence: int) -> Confirmation | None:
    """Return the confirmation that an entry records, or nothing."""
    return _first(connection, _CONFIRMATIONS.where(schema.confirmation.c.sequence == sequence))


def count_standing(connection: Connection) -> dict[str, int]:
    """Return how many members have a confirmation that stands, by post."""
    revision, confirmation = schema.revision.c, schema.confirmation.c
    asked = select(revision.post_id, func.max(revision.asks_since).label("since")).group_by(revision.post_id).subquery()
    query = (
        select(schema.post.c.key, func.count(confirmation.member_id.distinct()).label("members"))
        .join(schema.post, schema.post.c.id == confirmation.post_id)
        .join(asked, asked.c.post_id == confirmation.post_id)
        .where(confirmation.revision >= asked.c.since)
        .group_by(schema.post.c.key)
    )
    return {row.key: row.members for row in connection.execute(query)}


def _first_that_counts(
    earlier: Sequence[Confirmation], revision: int, current: PublishedRevision
) -> Confirmation | None:
    """Return the earlier confirmation of the revision that is sent, or one that still stands for the current text."""
    same = (found for found in earlier if found.revision == revision)
    standing = (found for found in earlier if found.revision >= current.asks_since)
    return next(chain(same, standing), None)


def _earlier_confirmations(
    connection: Connection, received: Sequence[Received]
) -> dict[tuple[str, int], list[Confirmation]]:
    """Return what the members confirmed before of these posts, by post and member, the first confirmation first."""
    posts = {one.request.post for one in received}
    members = {one.request.listed.id for one in received}
    found = defaultdict[tuple[str, int], list[Confirmation]](list)
    for row in connection.execute(_EARLIER, {"posts": list(posts), "members": list(members)}).all():
        found[row.key, row.member_id].append(_to_confirmation(row))
    return found


_CONFIRMATIONS = (
    select(schema.confirmation, schema.post.c.key)
    .join(schema.post, schema.post.c.id == schema.confirmation.c.post_id)
    .order_by(schema.confirmation.c.sequence)
)

_EARLIER = _CONFIRMATIONS.where(
    schema.post.c.key.in_(bindparam("posts", expanding=True)),
    schema.confirmation.c.member_id.in_(bindparam("members", expanding=True)),
)


def _of_member(member_id: int) -> Select[Any]:
    """Name the posts too: the key begins with them, and else every confirmation of everyone would be looked at."""
    columns = schema.confirmation.c
    return _CONFIRMATIONS.where(columns.member_id == member_id, columns.post_id.in_(select(schema.post.c.id)))


def _first(connection: Connection, query: Select[Any]) -> Confirmation | None:
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else _to_confirmation(row)


def _to_confirmation(row: Row[Any]) -> Confirmation:
    return Confirmation(
        sequence=row.sequence,
        member_id=row.member_id,
        post=row.key,
        revision=row.revision,
        received_at=row.received_at,
        method=row.method,
    )
