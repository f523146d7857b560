"""Confirmations: recording one, finding those that stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from campaign.core.ledger.entry import Kind
from campaign.errors.access import SessionExpiredError
from campaign.errors.base import CampaignError
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.store.base import schema
from campaign.store.credentials.sessions import Reader, find_readers
from campaign.store.ledger.ledger import NewEntry, OpenLedger
from campaign.store.posts.concerned import find_concerned
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.roster.roster import ListedMember

WEB = "web"
"""How a press of the button confirms, in the entry; what the Office records has others (`core.paper.Method`)."""


@dataclass(frozen=True)  # Without slots, pickling goes by C: a third of the time.
class Press:
    """A press of the button: the session that the browser holds, and the text that was on screen.

    Attributes:
        digest: The digest of the text that was on screen.
        at: When the server received it.
    """

    token: str
    post: str
    revision: int
    digest: str
    at: datetime


@dataclass(frozen=True)  # As above.
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


def confirm(ledger: OpenLedger, reader: Reader, press: Press) -> Confirmation:
    """Record a press of *reader*; a repeated one gives the first confirmation back.

    Raises:
        PostUnknownError: No such post asks for a confirmation.
        RevisionStaleError: The text on screen is not the one that is published now.
        NotConcernedError: The post is not for this member.
        ClockBehindError: The server's clock is behind the newest entry.
    """
    [answer] = confirm_all(ledger, [press], {press.token: reader})
    if isinstance(answer, CampaignError):
        raise answer
    return answer


def confirm_all(
    ledger: OpenLedger, presses: Sequence[Press], readers: Mapping[str, Reader] | None = None
) -> list[Confirmation | CampaignError]:
    """Record presses in their order with a few statements for all, and answer for each as `confirm` does.

    Args:
        ledger: The ledger, open for appending.
        presses: What was pressed, at least once.
        readers: Who presses, by token; else whose sessions these are, and `SessionExpiredError` answers nobody's.
    """
    if readers is None:
        earliest = min(press.at for press in presses)  # A press that came in time is not refused for having waited.
        readers = find_readers(ledger.connection, {press.token for press in presses}, earliest)
    people = [reader.listed for reader in readers.values()]
    earlier = _earlier_confirmations(ledger.connection, {press.post for press in presses}, people)
    asked: dict[str, tuple[PublishedRevision, Collection[int]]] = {}
    answers: list[Confirmation | CampaignError] = []
    new: list[NewEntry] = []
    for press in presses:
        try:
            if (reader := readers.get(press.token)) is None:
                raise SessionExpiredError
            if press.post not in asked:
                revision = current_revision(ledger.connection, press.post)
                asked[press.post] = revision, find_concerned(ledger.connection, revision, people)
            known = earlier[press.post, reader.listed.id]
            if (confirmed := _first_that_counts(known, press.revision, asked[press.post][0])) is None:
                ledger.require_clock(press.at)
                new.append(_to_entry(press, reader, *asked[press.post]))
                sequence = ledger.size + len(new)
                confirmed = Confirmation(sequence, reader.listed.id, press.post, press.revision, press.at, WEB)
                known.append(confirmed)
            answers.append(confirmed)
        except CampaignError as error:
            answers.append(error)
    ledger.append_all(new)
    return answers


def _to_entry(press: Press, reader: Reader, current: PublishedRevision, concerned: Collection[int]) -> NewEntry:
    """Return what is to be recorded, or refuse the press."""
    member, number = reader.listed.member, current.post.revision.number
    if (press.revision, press.digest) != (number, current.digest):
        raise RevisionStaleError(press.post, press.revision, number)
    if reader.listed.id not in concerned:
        raise NotConcernedError(current.post.title)
    facts = {
        "post": press.post,
        "revision": press.revision,
        "digest": press.digest,
        "sentence": current.post.sentence,
        "member": reader.listed.id,
        "method": WEB,
        "identified_by": reader.identified_by,
    }
    personal = {"staff_code": member.staff_code, "name": member.name, "unit": member.unit}
    return NewEntry(Kind.CONFIRMATION, press.at, facts, personal)


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
    connection: Connection, posts: Collection[str], people: Sequence[ListedMember]
) -> dict[tuple[str, int], list[Confirmation]]:
    """Return what people confirmed before of some posts, by post and member, the first confirmation first."""
    found = defaultdict[tuple[str, int], list[Confirmation]](list)
    members = [listed.id for listed in people]
    for row in connection.execute(_EARLIER, {"posts": list(posts), "members": members}).all():
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
