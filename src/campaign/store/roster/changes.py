"""Changes of the roster in the ledger: what they were, and undoing one by another."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from campaign.core.ledger.entry import Kind
from campaign.core.people.roster import Category, Member, RosterPlan
from campaign.errors.roster import RosterChangeUnknownError, RosterUndoError
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import RosterSource, apply_roster, read_roster


@dataclass(frozen=True, slots=True)
class RosterChange:
    """A change of the roster as a whole.

    Attributes:
        sequence: Its entry; the *entries* after it are the single changes.
        actor: The office account that made it.
        digest: The SHA-256 of the file, when it came from one.
        undoes: The entry of the change that this one undid.
    """

    sequence: int
    at: datetime
    actor: str
    digest: str | None
    undoes: int | None
    entries: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A single change, as its entry tells it."""

    kind: Kind
    member_id: int
    was: dict[str, Any]


def read_roster_changes(connection: Connection) -> list[RosterChange]:
    """Return every change of the roster, the newest first."""
    query = select(schema.roster_change).order_by(schema.roster_change.c.sequence.desc())
    return [_to_change(row) for row in connection.execute(query)]


def plan_undo(connection: Connection, sequence: int) -> RosterPlan:
    """Return the plan that brings everyone whom a change touched back to what they were before it.

    Raises:
        RosterChangeUnknownError: The entry *sequence* is no change of the roster.
        RosterUndoError: Someone has changed again since, or was erased.
    """
    row = connection.execute(
        select(schema.roster_change).where(schema.roster_change.c.sequence == sequence)
    ).one_or_none()
    if row is None:
        raise RosterChangeUnknownError(sequence)
    change = _to_change(row)
    steps = list(_read_steps(connection, change))
    _require_untouched(connection, change, steps)
    current = {listed.id: listed.member for listed in read_roster(connection).values()}
    earlier = _read_earlier(
        connection, change, {step.member_id for step in steps if step.kind is not Kind.MEMBER_JOINED}
    )
    changed = [step for step in steps if step.kind is Kind.MEMBER_CHANGED]
    return RosterPlan(
        joined=tuple(earlier[step.member_id] for step in steps if step.kind is Kind.MEMBER_LEFT),
        changed=tuple((current[step.member_id], _as_before(earlier[step.member_id], step)) for step in changed),
        left=tuple(current[step.member_id] for step in steps if step.kind is Kind.MEMBER_JOINED),
        unchanged=len(current) - len(changed),
    )


def undo_roster_change(ledger: OpenLedger, sequence: int, source: RosterSource, at: datetime) -> RosterPlan:
    """Undo a change of the roster by new entries, and return what that changed.

    Raises:
        RosterChangeUnknownError: The entry *sequence* is no change of the roster.
        RosterUndoError: Someone has changed again since, or was erased.
    """
    plan = plan_undo(ledger.connection, sequence)
    apply_roster(ledger, plan, at, source)
    return plan


def _read_steps(connection: Connection, change: RosterChange) -> Iterator[_Step]:
    columns = schema.entry.c
    query = (
        select(columns.kind, columns.facts, schema.personal.c.payload)
        .outerjoin(schema.personal, schema.personal.c.sequence == columns.sequence)
        .where(columns.sequence > change.sequence, columns.sequence <= change.sequence + change.entries)
        .order_by(columns.sequence)
    )
    for row in connection.execute(query):
        if row.kind != Kind.UNIT_ADDED:
            was = json.loads(row.payload).get("was", {}) if row.payload else {}
            yield _Step(Kind(row.kind), json.loads(row.facts)["member"], was)


def _require_untouched(connection: Connection, change: RosterChange, steps: list[_Step]) -> None:
    """Refuse when somebody's membership began or ended after the change, or nobody knows any more who it was."""
    columns, member = schema.membership.c, schema.member.c
    is_later = or_(columns.sequence > change.sequence + change.entries, columns.until.is_not(None))
    query = (
        select(columns.member_id, member.staff_code)
        .join(schema.member, member.id == columns.member_id)
        .where(or_(and_(columns.sequence > change.sequence, is_later), member.staff_code.is_(None)))
    )
    touched = {step.member_id for step in steps}
    later = {row.staff_code or "(đã xoá)" for row in connection.execute(query) if row.member_id in touched}
    if later:
        raise RosterUndoError(change.sequence, sorted(later))


def _read_earlier(connection: Connection, change: RosterChange, members: set[int]) -> dict[int, Member]:
    """Return the members as they were in the last membership before the change, by today's name and address."""
    columns = schema.membership.c
    query = (
        select(schema.member, columns.member_id, columns.category, schema.unit.c.name.label("unit"))
        .join(schema.member, schema.member.c.id == columns.member_id)
        .join(schema.unit, schema.unit.c.id == columns.unit_id)
        .where(columns.sequence < change.sequence)
        .order_by(columns.sequence)
    )
    return {
        row.member_id: Member(row.staff_code, row.name, row.unit, Category(row.category), row.email)
        for row in connection.execute(query)
        if row.member_id in members
    }


def _as_before(member: Member, step: _Step) -> Member:
    return Member(
        member.staff_code,
        step.was.get("name", member.name),
        member.unit,
        member.category,
        step.was.get("email", member.email),
    )


def _to_change(row: Row[Any]) -> RosterChange:
    return RosterChange(row.sequence, row.changed_at, row.actor, row.digest, row.undoes, row.entries)
