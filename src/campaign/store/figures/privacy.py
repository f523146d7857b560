"""What the database holds on a person: telling it, correcting it, erasing it when its time is over.

A person's fields stand beside the entries that name the person's number under ``member``. An erasure deletes them, with
their salts, from all entries so far and is an entry itself; the leaves keep their digests, so the tree still verifies.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select

from campaign.core.clock import day_in_viet_nam, from_microseconds
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import ErasureReason, erasable_from
from campaign.core.people.special_case import SpecialCase
from campaign.errors.privacy import PersonListedError, PersonUnknownError, RetentionError
from campaign.store.base import schema
from campaign.store.base.facts import read_blocks
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.confirmations import Confirmation, member_confirmations
from campaign.store.posts.posts import current_revisions
from campaign.store.posts.special_cases import deadline_of, member_cases
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the ledger knows, on the roster or not."""

    id: int
    staff_code: str
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class HeldMembership:
    """When a person was in which unit; ``until`` is empty while it lasts."""

    unit: str
    category: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A browser in which a person is signed in."""

    identified_by: str
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry about a person; ``personal`` is empty when it has no personal fields or they were erased."""

    sequence: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]
    personal: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """Everything that is held on a person, but for hashes of secrets.

    Attributes:
        witnessed: Confirmations of others on paper whose witness has this name, or is somebody else of this name.
        outbox: Files of the outbox that name the person.
    """

    person: Person
    memberships: tuple[HeldMembership, ...]
    confirmations: tuple[Confirmation, ...]
    cases: tuple[SpecialCase, ...]
    slip_issued_at: datetime | None
    sessions: tuple[HeldSession, ...]
    entries: tuple[HeldEntry, ...]
    witnessed: tuple[int, ...]
    outbox: tuple[str, ...] = ()


def find_person(connection: Connection, staff_code: str) -> Person:
    """Return the person with that staff code, also one who has left the roster.

    Raises:
        PersonUnknownError: The database holds nothing under that code, or no longer.
    """
    row = connection.execute(select(schema.member).where(schema.member.c.staff_code == staff_code)).one_or_none()
    if row is None:
        raise PersonUnknownError(staff_code)
    return Person(row.id, row.staff_code, row.name, row.email)


def read_personal_record(connection: Connection, person: Person) -> PersonalRecord:
    """Return everything that the database holds on *person*."""
    membership, session = schema.membership.c, schema.session.c
    stays = (
        select(schema.unit.c.name, membership.category, membership.since, membership.until)
        .join_from(schema.membership, schema.unit)
        .where(membership.member_id == person.id)
        .order_by(membership.sequence)
    )
    sessions = (
        select(session.identified_by, session.started_at, session.expires_at)
        .where(session.member_id == person.id)
        .order_by(session.started_at)
    )
    return PersonalRecord(
        person=person,
        memberships=tuple(HeldMembership(*row) for row in connection.execute(stays)),
        confirmations=tuple(member_confirmations(connection, person.id)),
        cases=tuple(member_cases(connection, person.id)),
        slip_issued_at=connection.scalar(select(schema.slip.c.issued_at).where(schema.slip.c.member_id == person.id)),
        sessions=tuple(HeldSession(*row) for row in connection.execute(sessions)),
        entries=tuple(_entries(connection, person.id)),
        witnessed=find_witnessed(connection, person),
    )


def find_witnessed(connection: Connection, person: Person) -> tuple[int, ...]:
    """Return the entries of others in which the name stands as that of the witness; an erasure leaves them."""
    paper = schema.paper.c
    query = select(paper.sequence).where(paper.witness.contains(person.name, autoescape=True))
    return tuple(connection.scalars(query.where(paper.member_id != person.id).order_by(paper.sequence)))


@dataclass(frozen=True, slots=True)
class ErasedBy:
    """Who erases, why and when."""

    reason: ErasureReason
    actor: str
    at: datetime


def rectify(ledger: OpenLedger, corrected: Person, actor: str, at: datetime) -> None:
    """Append how a person is rightly called and reached; what was recorded before stays until it is erased."""
    personal = {"staff_code": corrected.staff_code, "name": corrected.name, "email": corrected.email}
    ledger.append(Kind.PERSONAL_RECTIFIED, at, {"member": corrected.id, "actor": actor}, personal)


def erase_person(ledger: OpenLedger, key: LedgerKey, person: Person, by: ErasedBy) -> int:
    """Erase the personal fields of all entries about *person*, slip and sessions, and append that it was done.

    A checkpoint is signed over the entry at once: fields that are gone under an entry that nobody signed are a finding.

    Returns:
        How many entries lost their personal fields.

    Raises:
        PersonListedError: The person is on the roster, so that the next list would bring everything back.
    """
    membership = schema.membership.c
    listed = select(membership.sequence).where(membership.member_id == person.id, membership.until.is_(None))
    if ledger.connection.scalar(listed.limit(1)) is not None:
        raise PersonListedError(person.staff_code)
    ledger.flush()
    found = [entry.sequence for entry in _entries(ledger.connection, person.id) if entry.personal is not None]
    if found:
        gone = delete(schema.personal).where(schema.personal.c.sequence == bindparam("erased"))
        ledger.connection.execute(gone, [{"erased": sequence} for sequence in found])
    for table in (schema.slip, schema.session):
        ledger.connection.execute(delete(table).where(table.c.member_id == person.id))
    ledger.connection.execute(delete(schema.waiting_file))  # A list that waits may name anybody.
    _seal_erasure(ledger, key, person.id, by)
    return len(found)


def erase_everyone(ledger: OpenLedger, key: LedgerKey, by: ErasedBy) -> int:
    """Erase the personal fields of all entries, slips and members' sessions, and append that it was done.

    A checkpoint is signed over the entry at once, as with one person.

    Returns:
        How many entries lost their personal fields.
    """
    ledger.flush()
    count = count_personal(ledger.connection)
    members: ColumnElement[bool] = schema.session.c.member_id.is_not(None)
    whole = (delete(table) for table in (schema.personal, schema.slip, schema.waiting_file, schema.refused_address))
    for statement in (*whole, delete(schema.session).where(members)):
        ledger.connection.execute(statement)
    _seal_erasure(ledger, key, None, by)
    return count


def _seal_erasure(ledger: OpenLedger, key: LedgerKey, member: int | None, by: ErasedBy) -> None:
    ledger.append(Kind.PERSONAL_ERASED, by.at, {"member": member, "reason": by.reason.value, "actor": by.actor})
    ledger.flush()
    keep_checkpoint(ledger.connection, key, by.at)


def count_personal(connection: Connection) -> int:
    """Return how many entries have personal fields."""
    return connection.execute(select(func.count()).select_from(schema.personal)).scalar_one()


def require_expired(connection: Connection, months: int, today: date) -> None:
    """Refuse to erase everyone's fields while they are kept.

    Raises:
        RetentionError: *months* after the last deadline, or after the opening when there is none, are not over.
    """
    deadlines = [deadline_of(revision).last_day for revision in current_revisions(connection)]
    opened = connection.scalar(select(schema.campaign.c.opened_at))
    if opened is None:
        return
    first = erasable_from(max(deadlines, default=day_in_viet_nam(opened)), months)
    if today < first:
        raise RetentionError(first)


def _entries(connection: Connection, member_id: int) -> Iterator[HeldEntry]:
    for rows in read_blocks(connection):
        for row in rows:
            facts = json.loads(row.facts)
            if facts.get("member") == member_id or member_id in facts.get("members", ()):
                personal = None if row.payload is None else json.loads(row.payload)
                yield HeldEntry(row.sequence, from_microseconds(row.at), row.kind, facts, personal)
