"""Debts: who on the roster owes a confirmation now, of all, of a unit, or of a few, in the order of names."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, text

from campaign.store.tallies import ON_LIST

PEOPLE_AT_ONCE = 10_000
"""A statement takes only so many values."""


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
    if members is None:
        _collect(found, connection, OF_UNIT if unit else "", {"unit": unit} if unit else {})
        return found
    for start in range(0, len(members), PEOPLE_AT_ONCE):
        _collect(found, connection, _OF_FEW, {"members": list(members[start : start + PEOPLE_AT_ONCE])})
    return found


def find_debtors(connection: Connection, unit: str | None, start: int, count: int) -> list[int]:
    """Return a page of the members who owe something.

    Args:
        connection: One state of the database.
        unit: One unit, or nothing for all.
        start: How many come before the page.
        count: How many the page holds.
    """
    statement = text(_PAGE.format(which=OF_UNIT if unit else ""))
    return list(connection.scalars(statement, {"unit": unit, "start": start, "count": count}))


def _collect(found: dict[int, list[int]], connection: Connection, which: str, values: Mapping[str, object]) -> None:
    statement = text(_DEBTS.format(which=which))
    if which == _OF_FEW:
        statement = statement.bindparams(bindparam("members", expanding=True))
    for row in connection.execute(statement, values):
        found.setdefault(row.member_id, []).append(row.post_id)


OF_UNIT = "AND l.unit_id = (SELECT id FROM unit WHERE name = :unit)"
_OF_FEW = "AND l.member_id IN :members"

# CROSS JOIN keeps SQLite to the order that is written: each of the roster, by which unit and category a post counts
# them, what is for these, whether it is confirmed.
_OWED = f"""
    membership m CROSS JOIN audience a CROSS JOIN post p
    LEFT JOIN confirmation c ON c.post_id = p.id AND c.member_id = l.member_id AND c.revision >= p.asks_since
    WHERE m.member_id = l.member_id AND a.unit_id = m.unit_id AND a.category = m.category AND p.id = a.post_id
    AND {ON_LIST} AND c.member_id IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM special_case x
        WHERE x.member_id = l.member_id AND x.post_id = p.id AND x.kind = 'exemption' AND x.until IS NULL
    )
"""  # noqa: S608 - made of our own parts

_DEBTS = f"""
    SELECT l.member_id AS member_id, p.id AS post_id
    FROM listed l CROSS JOIN {_OWED} {{which}}
    ORDER BY l.sort_key, l.member_id, p.id
"""  # noqa: S608 - made of our own parts

_PAGE = f"""
    SELECT l.member_id FROM listed l WHERE EXISTS (SELECT 1 FROM {_OWED}) {{which}}
    ORDER BY l.sort_key, l.member_id LIMIT :count OFFSET :start
"""  # noqa: S608 - made of our own parts
