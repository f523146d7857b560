"""The rule in SQL: whom a post is for, and how each of them stands to it; in words and in Python it is in `core`.

Each function returns an expression over rows that the query which uses it has among its tables, or under another name:
*post* is a row of `post`, *place* says by `unit_id` and `category` where somebody is. Whatever counts or lists people
is built from these, so that a figure and the list behind it cannot differ.
"""

from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Table,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from campaign.core.clock import VIET_NAM
from campaign.core.figures.coverage import State
from campaign.core.people.special_case import CaseKind
from campaign.store.base import schema


def is_in_force(row: FromClause, at: ColumnElement[datetime]) -> ColumnElement[bool]:
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


def is_concerned(member: ColumnElement[int], post: FromClause, place: Table = schema.membership) -> ColumnElement[bool]:
    """Say whether a member is among those whom a post counts.

    Args:
        member: The member's number.
        post: The post.
        place: `listed` will do for a post that follows the roster, and is found sooner.
    """
    row = place.alias()
    found = exists().where(row.c.member_id == member, is_meant(row, post)).correlate_except(row)
    return found if place is schema.listed else found.where(is_on_list(row, post))


def is_counted(confirmation: FromClause, post: FromClause) -> ColumnElement[bool]:
    """Say whether a confirmation stands for a post; of each member there is one such at most."""
    return and_(confirmation.c.post_id == post.c.id, confirmation.c.revision >= post.c.asks_since)


def late_from(member: ColumnElement[int], post: FromClause) -> ColumnElement[datetime]:
    """Return the first late instant of a member: by the last extension in force, else the post's (`own_deadline`)."""
    extension = schema.special_case.alias()
    columns = extension.c
    own = (
        select(columns.late_from)
        .where(columns.member_id == member, columns.post_id == post.c.id)
        .where(columns.late_from.is_not(None), columns.until.is_(None))
        .order_by(columns.sequence.desc())
        .limit(1)
        .correlate_except(extension)
        .scalar_subquery()
    )
    return func.coalesce(own, post.c.late_from)


def is_exempt(member: ColumnElement[int], post: FromClause) -> ColumnElement[bool]:
    """Say whether an exemption of a member from a post is in force (`exemption_of`)."""
    exemption = schema.special_case.alias()
    columns = exemption.c
    return (
        exists()
        .where(columns.member_id == member, columns.post_id == post.c.id)
        .where(columns.kind == CaseKind.EXEMPTION.value, columns.until.is_(None))
        .correlate_except(exemption)
    )


def received_at(member: ColumnElement[int], post: FromClause) -> ColumnElement[datetime]:
    """Return when the confirmation of a member was received that stands for a post; null for none."""
    confirmation = schema.confirmation.alias()
    return (
        select(confirmation.c.received_at)
        .where(confirmation.c.member_id == member, is_counted(confirmation, post))
        .correlate_except(confirmation)
        .scalar_subquery()
    )


def is_in_state(
    state: State,
    member: ColumnElement[int],
    post: FromClause,
    received: ColumnElement[datetime] | None = None,
) -> ColumnElement[bool]:
    """Say whether a member on the list of a post is in a *state* (`core.coverage.judge`): each is in exactly one.

    Args:
        state: The state.
        member: The member's number.
        post: The post.
        received: When the confirmation that counts was received, where the query has it already.
    """
    confirmed_at = received_at(member, post) if received is None else received
    is_on_time = confirmed_at < late_from(member, post)
    match state:
        case State.ON_TIME:
            return is_on_time
        case State.LATE:
            return ~is_on_time
        case State.OUTSTANDING:
            # As a case, because PostgreSQL would join a NOT EXISTS with everyone's exemptions.
            return and_(confirmed_at.is_(None), case((is_exempt(member, post), false()), else_=true()))
        case State.EXEMPT:
            return and_(confirmed_at.is_(None), is_exempt(member, post))


def day_in_viet_nam(instant: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return the day in Viet Nam on which an instant falls, counted from 1970 (`core.clock.day_in_viet_nam`)."""
    return (type_coerce(instant, BigInteger) + _UTC_OFFSET) // _ONE_DAY


_UTC_OFFSET = VIET_NAM.utcoffset(None) // timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1) // timedelta(microseconds=1)
