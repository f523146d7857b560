"""The roster in the ledger: who is on it, and applying a new list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select

from campaign.core.ledger.entry import Kind
from campaign.core.people.roster import Category, Member, RosterPlan
from campaign.errors.roster import RosterErasedError, UnknownMemberError
from campaign.lists.choices import Words
from campaign.store.base import schema
from campaign.store.base.units import read_units
from campaign.store.ledger.ledger import NewEntry, OpenLedger

Advance = Callable[[int], object]
"""Told now and then how many more are done."""
STEP = 1_000
CATEGORIES = {category.value: category for category in Category}
"""Looked up for everyone on the roster, which calling the class takes several times as long for."""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member of the roster with the number that the ledger knows the person by."""

    id: int
    member: Member


@dataclass(frozen=True, slots=True)
class RosterSource:
    """Where a change of the roster comes from.

    Attributes:
        actor: The office account that makes it.
        reason: Why, when it is about single people.
        digest: The SHA-256 of the file, when it comes from one.
        undoes: The entry of the change that this one undoes.
        words: What was chosen about the words of the file, for the lists to come.
    """

    actor: str
    reason: str | None = None
    digest: str | None = None
    undoes: int | None = None
    words: Words = field(default_factory=Words)


def read_roster(connection: Connection) -> dict[str, ListedMember]:
    """Return everyone on the roster now, by staff code."""
    return {listed.member.staff_code: listed for listed in _read(connection, LISTED)}


def read_codes(connection: Connection) -> dict[str, str]:
    """Return every staff code that is or was on the roster, with the name that goes with it."""
    member = schema.member.c
    query = select(member.staff_code, member.name).where(member.staff_code.is_not(None))
    return {str(row.staff_code): str(row.name) for row in connection.execute(query)}


def find_member(connection: Connection, member_id: int) -> ListedMember | None:
    """Return the member with that number when on the roster now, else nothing."""
    return find_members(connection, [member_id]).get(member_id)


def find_members(connection: Connection, member_ids: Iterable[int]) -> dict[int, ListedMember]:
    """Return those of the members who are on the roster now, by their number."""
    return {listed.id: listed for listed in _read(connection, _BY_ID, {"ids": list(member_ids)})}


def find_by_mail(connection: Connection, address: str) -> list[ListedMember]:
    """Return those on the roster with that address, whatever its capitals: one, unless some share it."""
    return list(_read(connection, LISTED.where(func.lower(schema.member.c.email) == address.lower())))


def find_by_code(connection: Connection, staff_code: str) -> ListedMember:
    """Return the member with that staff code.

    Raises:
        UnknownMemberError: Nobody on the roster has it.
    """
    found = next(_read(connection, LISTED.where(schema.member.c.staff_code == staff_code)), None)
    if found is None:
        raise UnknownMemberError(staff_code)
    return found


def apply_roster(
    ledger: OpenLedger,
    plan: RosterPlan,
    at: datetime,
    source: RosterSource | None = None,
    advance: Advance = lambda _count: None,
) -> None:
    """Append an entry for each unit and member that *plan* adds, changes or takes off.

    Args:
        ledger: The ledger, open for appending.
        plan: What changes; when nothing does, nothing is appended.
        at: When the server received it.
        source: Who changes it and why; it is an entry before the others, by which they can be undone together.
        advance: Told after every thousand people how many more were done.

    Raises:
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    if plan.is_empty:
        return
    refuse_erased(ledger.connection)
    if source is not None:
        _append_source(ledger, plan, at, source)
    entries = _entries_of(ledger.connection, plan, _add_units(ledger, plan, at), at, source.reason if source else None)
    ledger.append_all(_count(entries, advance))


def refuse_erased(connection: Connection) -> None:
    """Refuse to compare a list with people who are on the roster without a name: everyone would be counted twice.

    Raises:
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    nameless = schema.member.c.staff_code.is_(None), schema.membership.c.until.is_(None)
    query = select(schema.member.c.id).join(schema.membership).where(*nameless).limit(1)
    if connection.scalar(query) is not None:
        raise RosterErasedError


def _append_source(ledger: OpenLedger, plan: RosterPlan, at: datetime, source: RosterSource) -> None:
    entries = len(_new_units(ledger, plan)) + len(plan.joined) + len(plan.changed) + len(plan.left)
    facts = {"actor": source.actor, "digest": source.digest, "undoes": source.undoes, "entries": entries}
    words = source.words.to_facts()
    ledger.append(Kind.ROSTER_CHANGED, at, facts | ({"words": words} if words else {}))


def _entries_of(
    connection: Connection, plan: RosterPlan, units: Mapping[str, int], at: datetime, reason: str | None
) -> Iterator[NewEntry]:
    why = {"reason": reason} if reason else {}
    known = {
        row.staff_code: row.id for row in connection.execute(select(schema.member.c.staff_code, schema.member.c.id))
    }
    last = connection.scalar(select(func.max(schema.member.c.id))) or 0
    for member in plan.joined:
        if member.staff_code not in known:
            last += 1
            known[member.staff_code] = last
        facts, personal = _to_fields(known[member.staff_code], member, units)
        yield NewEntry(Kind.MEMBER_JOINED, at, facts, personal | why)
    for old, member in plan.changed:
        facts, personal = _to_fields(known[member.staff_code], member, units)
        was = {"name": old.name, "email": old.email}
        yield NewEntry(Kind.MEMBER_CHANGED, at, facts, personal | why | {"was": was})
    for member in plan.left:
        personal = {"staff_code": member.staff_code}
        yield NewEntry(Kind.MEMBER_LEFT, at, {"member": known[member.staff_code]}, personal | why)


def _add_units(ledger: OpenLedger, plan: RosterPlan, at: datetime) -> Mapping[str, int]:
    known = read_units(ledger.connection)
    new = {name: number for number, name in enumerate(_new_units(ledger, plan), len(known.all) + 1)}
    ledger.append_all(NewEntry(Kind.UNIT_ADDED, at, {"unit": number, "name": name}) for name, number in new.items())
    return {name: unit.id for name, unit in known.by_name.items()} | new


def _count(entries: Iterable[NewEntry], advance: Advance) -> Iterator[NewEntry]:
    """Give *entries*, and tell after every thousand."""
    for number, entry in enumerate(entries, 1):
        yield entry
        if number % STEP == 0:
            advance(STEP)


def _new_units(ledger: OpenLedger, plan: RosterPlan) -> list[str]:
    units = read_units(ledger.connection).by_name
    members = [*plan.joined, *(new for _, new in plan.changed)]
    return [name for name in dict.fromkeys(member.unit for member in members) if name not in units]


def _to_fields(member_id: int, member: Member, units: Mapping[str, int]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the facts of an entry about a member, and its personal fields."""
    facts: dict[str, object] = {"member": member_id, "unit": units[member.unit], "category": member.category.value}
    return facts, {"staff_code": member.staff_code, "name": member.name, "email": member.email}


def _read(
    connection: Connection, query: Select[Any], values: Mapping[str, object] | None = None
) -> Iterator[ListedMember]:
    yield from (to_listed(row) for row in connection.execute(query, values).all())


def to_listed(row: Sequence[Any]) -> ListedMember:
    """Return the member of a row of `LISTED`, whatever columns follow."""
    # By place, not by name, and the category looked up: half of the time that a press waits for its reader.
    number, code, name, email, category, unit = row[:6]
    return ListedMember(number, Member(code, name, unit, CATEGORIES[category], email))


def _listed(in_force: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the members whose membership is *in_force*."""
    membership = schema.membership.c
    return (
        select(
            schema.member.c.id,
            schema.member.c.staff_code,
            schema.member.c.name,
            schema.member.c.email,
            membership.category,
            schema.unit.c.name.label("unit"),
        )
        .join(schema.membership, and_(membership.member_id == schema.member.c.id, in_force))
        .join(schema.unit, schema.unit.c.id == membership.unit_id)
        .where(schema.member.c.staff_code.is_not(None))
        .order_by(schema.member.c.id)
    )


LISTED = _listed(schema.membership.c.until.is_(None))
"""The query for those who are on the roster now."""
_BY_ID = LISTED.where(schema.member.c.id.in_(bindparam("ids", expanding=True)))
