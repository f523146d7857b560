"""The people of the roster as the Office looks through them: by unit, category, part of a name or code; in an order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select

from campaign.core.people.roster import CODE_SIGNS, Category, to_search_forms
from campaign.store.base import schema
from campaign.store.base.units import read_units


class Order(StrEnum):
    """By what the people are sorted."""

    NAME = "ten"
    CODE = "ma"
    UNIT = "don-vi"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people are looked for.

    Attributes:
        search: Part of a name or staff code, as it was typed; who left the roster is found by it, too.
        unit: One unit with those below it, or empty for all.
        category: One category, or nothing for all.
    """

    search: str = ""
    unit: str = ""
    category: Category | None = None
    order: Order = Order.NAME


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Someone who was found; who is off the roster has no unit and no category."""

    member_id: int
    staff_code: str
    name: str
    email: str | None = None
    unit: str | None = None
    category: Category | None = None


def count_people(connection: Connection, wanted: Wanted) -> int:
    """Return how many people are found."""
    return connection.scalar(_narrow(connection, select(func.count()), wanted)) or 0


def find_people(connection: Connection, wanted: Wanted, start: int = 0, count: int | None = None) -> list[FoundPerson]:
    """Return the people who are found, *count* of them after the first *start*."""
    member, listed = schema.member.c, schema.listed.c
    columns = (member.id, member.staff_code, member.name, member.email, schema.unit.c.name, listed.category)
    orders = {
        Order.NAME: (member.sort_key, member.id),
        Order.CODE: (member.staff_code, member.id),
        Order.UNIT: (listed.unit_id.is_(None), listed.unit_id, member.sort_key, member.id),
    }
    query = _narrow(connection, select(*columns), wanted).order_by(*orders[wanted.order]).offset(start).limit(count)
    return [
        FoundPerson(number, code, name, email, unit, Category(category) if category else None)
        for number, code, name, email, unit, category in connection.execute(query)
    ]


def _narrow(connection: Connection, query: Select[Any], wanted: Wanted) -> Select[Any]:
    member, listed = schema.member.c, schema.listed.c
    folded, joined = to_search_forms(wanted.search)
    people = schema.member.outerjoin(schema.listed, listed.member_id == member.id)
    query = query.select_from(people.outerjoin(schema.unit, schema.unit.c.id == listed.unit_id))
    query = query.where(member.staff_code.is_not(None))
    if folded:
        without_signs: ColumnElement[str] = member.folded
        for sign in CODE_SIGNS:
            without_signs = func.replace(without_signs, sign, "")
        has_code = without_signs.contains(joined, autoescape=True) if joined else false()
        query = query.where(or_(member.folded.contains(folded, autoescape=True), has_code))
    else:
        query = query.where(listed.member_id.is_not(None))
    if wanted.unit:
        query = query.where(listed.unit_id.in_(read_units(connection).below(wanted.unit)))
    return query.where(listed.category == wanted.category.value) if wanted.category else query
