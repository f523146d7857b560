"""The page of people behind a figure: those of one state, in the order of their names."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from campaign.core.coverage import State
from campaign.core.post import RosterRule
from campaign.store.base.units import read_units
from campaign.store.posts.posts import PublishedRevision
from campaign.store.tallies import FIXED_MEMBERSHIP, OWN_LATE_FROM


def read_page(
    connection: Connection,
    revision: PublishedRevision,
    units: Sequence[str],
    state: State | None,
    start: int,
    count: int,
) -> list[int]:
    """Return the members of a page of those concerned now, in the order of their names.

    Args:
        connection: One state of the database.
        revision: The current revision of a post.
        units: Some units, or empty for all.
        state: One state, or nothing for all.
        start: How many come before the page.
        count: How many the page holds.
    """
    page, stay = (_FIXED_PAGE, "m") if revision.post.roster is RosterRule.FIXED else (_PAGE, "l")
    statement = page.format(state=_STATES[state], of_unit=f"AND {stay}.unit_id IN :units" if units else "")
    values = {"post": revision.post_id, "since": revision.asks_since, "start": start, "count": count}
    if not units:
        return list(connection.scalars(text(statement), values))
    known = read_units(connection).by_name
    numbers = [known[name].id for name in units]
    bound = text(statement).bindparams(bindparam("units", expanding=True))
    return list(connection.scalars(bound, {**values, "units": numbers}))


_IS_EXEMPT = """EXISTS (
    SELECT 1 FROM special_case x
    WHERE x.member_id = l.member_id AND x.post_id = :post AND x.kind = 'exemption' AND x.until IS NULL
)"""
_LATE_FROM = f"COALESCE(({OWN_LATE_FROM}), (SELECT late_from FROM post WHERE id = :post))"  # noqa: S608 - made of our own parts

_STATES = {
    None: "",
    State.ON_TIME: f"AND COALESCE(c.received_at < {_LATE_FROM}, 0 = 1)",
    State.LATE: f"AND COALESCE(c.received_at >= {_LATE_FROM}, 0 = 1)",
    State.OUTSTANDING: f"AND c.member_id IS NULL AND NOT {_IS_EXEMPT}",
    State.EXEMPT: f"AND c.member_id IS NULL AND {_IS_EXEMPT}",
}

# The list is gone along, and nothing else: where a condition lets SQLite begin with another table, it does, and then
# sorts a million rows. So the audience is no join, and a confirmation that is missing is compared all the same.
_PAGE = """
    SELECT l.member_id
    FROM listed l
    LEFT JOIN confirmation c ON c.post_id = :post AND c.member_id = l.member_id AND c.revision >= :since
    WHERE EXISTS (
        SELECT 1 FROM audience a WHERE a.post_id = :post AND a.unit_id = l.unit_id AND a.category = l.category
    ) {of_unit} {state}
    ORDER BY l.sort_key, l.member_id LIMIT :count OFFSET :start
"""

_FIXED_PAGE = f"""
    SELECT l.member_id
    FROM (SELECT id AS member_id, sort_key FROM member) AS l
    LEFT JOIN confirmation c ON c.post_id = :post AND c.member_id = l.member_id AND c.revision >= :since
    WHERE EXISTS (
        SELECT 1 FROM membership m
        JOIN post p ON p.id = :post
        JOIN audience a ON a.post_id = :post AND a.unit_id = m.unit_id AND a.category = m.category
        WHERE m.member_id = l.member_id AND {FIXED_MEMBERSHIP} {{of_unit}}
    ) {{state}}
    ORDER BY l.sort_key, l.member_id LIMIT :count OFFSET :start
"""  # noqa: S608 - made of our own parts
