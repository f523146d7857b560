"""The roster in the ledger: who is on it, and applying a new list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from campaign.core.clock import to_microseconds
from campaign.core.entry import Kind
from campaign.core.roster import Category, Member, RosterPlan
from campaign.errors import UnknownMemberError
from campaign.store import schema
from campaign.store.ledger import OpenLedger


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member of the roster with the number that the ledger knows the person by."""

    id: int
    member: Member


def read_roster(connection: Connection) -> dict[str, ListedMember]:
    """Return everyone on the roster now, by staff code."""
    return {listed.member.staff_code: listed for listed in _read(connection, _LISTED)}


def roster_at(connection: Connection, at: datetime) -> list[Member]:
    """Return everyone who was on the roster at an instant and whose name was not erased since."""
    membership, instant = schema.membership.c, to_microseconds(at)
    in_force = and_(membership.since <= instant, or_(membership.until.is_(None), membership.until > instant))
    return [listed.member for listed in _read(connection, _listed(in_force))]


def read_units(connection: Connection) -> dict[str, int]:
    """Return the units by name."""
    return {row.name: row.id for row in connection.execute(select(schema.unit).order_by(schema.unit.c.id))}


def find_member(connection: Connection, member_id: int) -> ListedMember | None:
    """Return the member with that number when on the roster now, else nothing."""
    return find_members(connection, [member_id]).get(member_id)


def find_members(connection: Connection, member_ids: Iterable[int]) -> dict[int, ListedMember]:
    """Return those of the members who are on the roster now, by their number."""
    return {listed.id: listed for listed in _read(connection, _BY_ID, {"ids": list(member_ids)})}


def find_by_code(connection: Connection, staff_code: str) -> ListedMember:
    """Return the member with that staff code.

    Raises:
        UnknownMemberError: Nobody on the roster has it.
    """
    found = next(_read(connection, _LISTED.where(schema.member.c.staff_code == staff_code)), None)
    if found is None:
        raise UnknownMemberError(staff_code)
    return found


def apply_roster(ledger: OpenLedger, plan: RosterPlan, at: datetime) -> None:
    """Append an entry for each unit and member that *plan* adds, changes or takes off."""
    connection = ledger.connection
    units = _add_units(ledger, plan, at)
    known = {
        row.staff_code: row.id for row in connection.execute(select(schema.member.c.staff_code, schema.member.c.id))
    }
    last = connection.scalar(select(func.max(schema.member.c.id))) or 0
    for member in plan.joined:
        if member.staff_code not in known:
            last += 1
            known[member.staff_code] = last
        _append_member(ledger, Kind.MEMBER_JOINED, known[member.staff_code], member, units, at)
    for _, member in plan.changed:
        _append_member(ledger, Kind.MEMBER_CHANGED, known[member.staff_code], member, units, at)
    for member in plan.left:
        ledger.append(Kind.MEMBER_LEFT, at, {"member": known[member.staff_code]}, {"staff_code": member.staff_code})


def _add_units(ledger: OpenLedger, plan: RosterPlan, at: datetime) -> Mapping[str, int]:
    units = read_units(ledger.connection)
    members = [*plan.joined, *(new for _, new in plan.changed)]
    for name in dict.fromkeys(member.unit for member in members):
        if name not in units:
            units[name] = len(units) + 1
            ledger.append(Kind.UNIT_ADDED, at, {"unit": units[name], "name": name})
    return units


def _append_member(
    ledger: OpenLedger, kind: Kind, member_id: int, member: Member, units: Mapping[str, int], at: datetime
) -> None:
    facts = {"member": member_id, "unit": units[member.unit], "category": member.category.value}
    personal = {"staff_code": member.staff_code, "name": member.name, "email": member.email}
    ledger.append(kind, at, facts, personal)


def _read(
    connection: Connection, query: Select[Any], values: Mapping[str, object] | None = None
) -> Iterator[ListedMember]:
    for row in connection.execute(query, values):
        yield ListedMember(row.id, Member(row.staff_code, row.name, row.unit, Category(row.category), row.email))


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


_LISTED = _listed(schema.membership.c.until.is_(None))
_BY_ID = _LISTED.where(schema.member.c.id.in_(bindparam("ids", expanding=True)))
