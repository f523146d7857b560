"""The page of people behind a figure: those of one state, in the order of their names."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Select, bindparam, exists, select

from campaign.core.figures.coverage import State
from campaign.store.base import rule, schema
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import is_fixed
from campaign.store.posts.posts import PublishedRevision


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
    statement = _page(state, is_fixed=is_fixed(connection, revision.post_id), of_units=bool(units))
    known = read_units(connection).by_name if units else {}
    numbers = [known[unit].id for unit in units if unit in known]
    values = {"post": revision.post_id, "units": numbers, "start": start, "count": count}
    return list(connection.scalars(statement, values))


@cache
def _page(state: State | None, *, is_fixed: bool, of_units: bool) -> Select[tuple[int]]:
    """Return the statement for a page; kept, because making one takes a millisecond."""
    people, member = (schema.member, schema.member.c.id) if is_fixed else (schema.listed, schema.listed.c.member_id)
    place, post = schema.membership if is_fixed else schema.listed, schema.post
    conditions = [rule.is_meant(place, post)]
    if of_units:
        conditions.append(place.c.unit_id.in_(bindparam("units", expanding=True)))
    if is_fixed:  # Also those who have left the roster since.
        conditions += [place.c.member_id == member, rule.is_on_list(place, post)]
        conditions = [exists().where(*conditions).correlate(people, post)]
    if state is not None:
        conditions.append(rule.is_in_state(state, member, post))
    query = select(member).join_from(people, post, post.c.id == bindparam("post")).where(*conditions)
    return query.order_by(people.c.sort_key, member).limit(bindparam("count")).offset(bindparam("start"))
