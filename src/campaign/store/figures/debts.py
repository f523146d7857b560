"""Debts: who on the roster owes a confirmation now, of all, of a unit, or of a few, in the order of names."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, exists, select, true

from campaign.core.figures.coverage import State
from campaign.core.people.unit import split_units
from campaign.store.base import rule, schema
from campaign.store.base.rows import VALUES_AT_ONCE


def read_debts(
    connection: Connection, unit: str | None = None, members: Sequence[int] | None = None
) -> dict[int, list[int]]:
    """Return the numbers of the posts that each member owes, by member; who owes nothing is not among them.

    Args:
        connection: One state of the database.
        unit: One unit, or nothing for all.
        members: A few members, or nothing for all of the unit.
    """
    found: dict[int, list[int]] = {}
    wanted = [is_in_unit(unit)]
    if members is not None:
        blocks = (members[start : start + VALUES_AT_ONCE] for start in range(0, len(members), VALUES_AT_ONCE))
        wanted = [_LISTED.member_id.in_(block) for block in blocks]
    for which in wanted:
        for row in connection.execute(_DEBTS.where(which)):
            found.setdefault(row.member_id, []).append(row.post_id)
    return found


def find_debtors(connection: Connection, unit: str | None, start: int, count: int) -> list[int]:
    """Return a page of the members who owe something.

    Args:
        connection: One state of the database.
        unit: One unit, or nothing for all.
        start: How many come before the page.
        count: How many the page holds.
    """
    page = _DEBTORS.where(is_in_unit(unit)).limit(count).offset(start)
    return list(connection.scalars(page))


def is_in_unit(unit: str | None) -> ColumnElement[bool]:
    """Return the condition that somebody is now in or below a unit, or one of several (`join_units`); or in any."""
    if unit is None:
        return true()
    below = select(schema.unit.c.id).where(schema.unit.c.name.in_(split_units(unit))).cte(recursive=True)
    below = below.union(select(schema.unit.c.id).where(schema.unit.c.parent_id == below.c.id))
    return schema.listed.c.unit_id.in_(select(below.c.id))


_LISTED, _POST = schema.listed.c, schema.post
_IS_OWED = and_(
    rule.is_concerned(_LISTED.member_id, _POST), rule.is_in_state(State.OUTSTANDING, _LISTED.member_id, _POST)
)
_ORDER = (_LISTED.sort_key, _LISTED.member_id)
_DEBTS = (
    select(_LISTED.member_id, _POST.c.id.label("post_id"))
    .join_from(schema.listed, _POST, _IS_OWED)
    .order_by(*_ORDER, _POST.c.id)
)
_DEBTORS = select(_LISTED.member_id).where(exists(_POST.c.id).where(_IS_OWED)).order_by(*_ORDER)
