"""The rule in SQL: whom a post is for, and how each of them stands to it; in words and in Python it is in `core`.

Each function returns an expression over rows that the query which uses it has among its tables, or under another name:
*post* is a row of `post`, *place* says by `unit_id` and `category` where somebody is. Whatever counts or lists people
is built from these, so that a figure and the list behind it cannot differ.
"""

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, or_, select

from campaign.store.base import schema


def is_in_force(row: FromClause, at: ColumnElement[int]) -> ColumnElement[bool]:
    """Say whether *row* had begun and not ended at an instant."""
    return and_(row.c.since <= at, or_(row.c.until.is_(None), row.c.until > at))


def is_on_list(membership: FromClause, post: FromClause) -> ColumnElement[bool]:
    """Say whether it is by this membership that somebody is on the list of a post: the roster of now, or a fixed one.

    On a fixed list it is the last that was in force: one, even where the clock was set back.
    """
    other = schema.membership.alias()
    last = (
        select(func.max(other.c.sequence))
        .where(other.c.member_id == membership.c.member_id, is_in_force(other, post.c.fixed_at))
        .correlate_except(other)
        .scalar_subquery()
    )
    return case((post.c.fixed_at.is_(None), membership.c.until.is_(None)), else_=membership.c.sequence == last)


def is_meant(place: FromClause, post: FromClause) -> ColumnElement[bool]:
    """Say whether a post is for those of this unit and category (`Audience.includes`)."""
    audience = schema.audience.alias()
    columns = audience.c
    return (
        exists()
        .where(columns.post_id == post.c.id, columns.unit_id == place.c.unit_id, columns.category == place.c.category)
        .correlate_except(audience)
    )
