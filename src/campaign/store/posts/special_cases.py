"""Special cases in the ledger: recording, withdrawing and finding who is exempt, has longer, or is away."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from campaign.core.deadline import Deadline
from campaign.core.ledger.entry import Entry, Facts, Kind
from campaign.core.people.special_case import CaseKind, Grounds, SpecialCase, own_deadline
from campaign.errors.cases import CaseUnknownError, ExtensionShortError
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import find_by_staff_code
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.roster.roster import ListedMember, find_by_code


def exempt_member(ledger: OpenLedger, post: str, staff_code: str, grounds: Grounds) -> Entry:
    """Append that a member need not confirm *post*.

    Raises:
        UnknownMemberError: Nobody on the roster, or on the post's fixed list, has that staff code.
        PostUnknownError: No such post asks for a confirmation.
    """
    revision = current_revision(ledger.connection, post)
    listed = find_by_staff_code(ledger.connection, revision, staff_code)
    return _append(ledger, Kind.EXEMPTION, listed, {"post": post}, grounds)


def extend_member(ledger: OpenLedger, post: str, staff_code: str, own: Deadline, grounds: Grounds) -> Entry:
    """Append that a member has until the *own* deadline to confirm *post*.

    Raises:
        UnknownMemberError: Nobody on the roster has that staff code.
        PostUnknownError: No such post asks for a confirmation.
        ExtensionShortError: The post's deadline is not earlier.
    """
    deadline = deadline_of(current_revision(ledger.connection, post))
    if own.before <= deadline.before:
        raise ExtensionShortError(deadline.last_day)
    facts = {"post": post, "before": own.before.isoformat()}
    return _append(ledger, Kind.EXTENSION, find_by_code(ledger.connection, staff_code), facts, grounds)


def put_on_leave(ledger: OpenLedger, staff_code: str, before: date | None, grounds: Grounds) -> Entry:
    """Append that a member is away, until the day *before* which it lasts, or until it is withdrawn.

    Raises:
        UnknownMemberError: Nobody on the roster has that staff code.
    """
    facts = {"before": before and before.isoformat()}
    return _append(ledger, Kind.LEAVE, find_by_code(ledger.connection, staff_code), facts, grounds)


def withdraw_case(ledger: OpenLedger, sequence: int, grounds: Grounds) -> Entry:
    """Append that the case of the entry *sequence* no longer holds; it keeps holding for the time until now.

    Raises:
        CaseUnknownError: No case in force was recorded by that entry.
    """
    columns = schema.special_case.c
    query = select(columns.member_id, schema.member.c.staff_code).join(
        schema.member, schema.member.c.id == columns.member_id
    )
    found = ledger.connection.execute(query.where(columns.sequence == sequence, columns.until.is_(None))).one_or_none()
    if found is None:
        raise CaseUnknownError(sequence)
    facts = {"withdraws": sequence, "member": found.member_id, "actor": grounds.actor}
    personal = {"staff_code": found.staff_code, "reason": grounds.reason}
    return ledger.append(Kind.WITHDRAWAL, grounds.at, facts, personal)


def cases_at(connection: Connection, at: datetime, post_id: int | None = None) -> dict[int, tuple[SpecialCase, ...]]:
    """Return the cases in force at an instant, by member: those about one post with the leaves, or all."""
    columns = schema.special_case.c
    query = _CASES.where(columns.since <= at, or_(columns.until.is_(None), columns.until > at))
    if post_id is not None:
        query = query.where(or_(columns.post_id.is_(None), columns.post_id == post_id))
    found = defaultdict[int, list[SpecialCase]](list)
    for row in connection.execute(query):
        found[row.member_id].append(_to_case(row))
    return {member: tuple(cases) for member, cases in found.items()}


def member_cases(connection: Connection, member_id: int) -> list[SpecialCase]:
    """Return every case of a member, those withdrawn too, in the order of their entries."""
    query = _CASES.where(schema.special_case.c.member_id == member_id)
    return [_to_case(row) for row in connection.execute(query)]


def revision_for(connection: Connection, revision: PublishedRevision, member_id: int) -> PublishedRevision:
    """Return *revision* with the deadline that holds for a member now."""
    query = _CASES.where(
        schema.special_case.c.member_id == member_id,
        schema.special_case.c.post_id == revision.post_id,
        schema.special_case.c.until.is_(None),
    )
    cases = [_to_case(row) for row in connection.execute(query)]
    return replace(revision, post=replace(revision.post, deadline=own_deadline(deadline_of(revision), cases)))


def deadline_of(revision: PublishedRevision) -> Deadline:
    """Return the deadline of a revision that asks for a confirmation."""
    deadline = revision.post.deadline
    assert deadline is not None  # noqa: S101 - current_revision returns only posts that have one
    return deadline


def _append(ledger: OpenLedger, kind: Kind, listed: ListedMember, facts: Facts, grounds: Grounds) -> Entry:
    personal = {"staff_code": listed.member.staff_code, "reason": grounds.reason}
    return ledger.append(kind, grounds.at, {**facts, "member": listed.id, "actor": grounds.actor}, personal)


_CASES: Select[Any] = (
    select(schema.special_case, schema.post.c.key, schema.member.c.staff_code)
    .join(schema.member, schema.member.c.id == schema.special_case.c.member_id)
    .outerjoin(schema.post, schema.post.c.id == schema.special_case.c.post_id)
    .order_by(schema.special_case.c.sequence)
)


def _to_case(row: Row[Any]) -> SpecialCase:
    return SpecialCase(
        sequence=row.sequence,
        kind=CaseKind(row.kind),
        member_id=row.member_id,
        staff_code=row.staff_code,
        post=row.key,
        since=row.since,
        until=row.until,
        before=row.before,
        reason=row.reason,
        actor=row.actor,
    )
