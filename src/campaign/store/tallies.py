"""Tallies: the figures of every post, counted in the transaction that changes what they count.

Who counts is on the post's list (the roster now, or a fixed one), is in the audience of the post's current revision,
and has a confirmation that stands.
A confirmation adds to its post. When people come, move or leave, or a deadline of their own changes, what they had
added is taken away before and added again after; when a post's revision changes, it is counted again. So the tallies
are always what `recount` would make of the tables; verifying a ledger compares the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Integer,
    Select,
    Table,
    bindparam,
    delete,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert  # SQLite has its ON CONFLICT from PostgreSQL, word by word.

from campaign.core.figures.coverage import State
from campaign.core.ledger.entry import Kind
from campaign.store.base import schema
from campaign.store.base.facts import Fact
from campaign.store.base.rule import day_in_viet_nam, is_counted, is_in_state, is_meant, is_on_list

FEW_PEOPLE = 500
"""Of so many people what they have added is taken away and added again; for more, everything is counted again."""

_ROSTER = {Kind.MEMBER_JOINED, Kind.MEMBER_CHANGED, Kind.MEMBER_LEFT}
_OF_UNITS = {Kind.UNIT_CHANGED, Kind.UNIT_CHANGE_WITHDRAWN}
"""They change whom posts are for."""
_OF_PEOPLE = {*_ROSTER, Kind.EXTENSION, Kind.WITHDRAWAL}
CHANGING_LISTS = frozenset({*_ROSTER, *_OF_UNITS})
"""Before they are projected, the lists of posts whose deadline is over are fixed."""


@contextmanager
def keeping_up(connection: Connection, kind: Kind, facts: Sequence[Fact]) -> Iterator[None]:
    """Keep the tallies right while the block projects *facts*, all of one kind."""
    people = [fact.facts["member"] for fact in facts] if kind in _OF_PEOPLE else []
    few = {"people": people} if 0 < len(people) <= FEW_PEOPLE else None
    if few:
        _run(connection, _ADD_FEW, {**few, "times": -1})
    with _counting_closed_lists(connection, kind, facts):
        yield
    if kind is Kind.CONFIRMATION:
        _run(connection, _ADD_BLOCK, {"first": facts[0].sequence, "last": facts[-1].sequence, "times": 1})
    elif few:
        _run(connection, _ADD_FEW, {**few, "times": 1})
        _run(connection, _DROP_ZEROS)
    elif people or kind in _OF_UNITS:
        recount(connection)
    elif kind is Kind.REVISION_PUBLISHED:
        for key in {fact.facts["post"] for fact in facts}:
            post = connection.scalar(select(schema.post.c.id).where(schema.post.c.key == key))
            _run(connection, _RECOUNT_POST, {"post": post, "times": 1})
    if kind in _ROSTER:
        _run(connection, _COUNT_ROSTER)
        _run(connection, _COUNT_LISTS_SINCE, {"since": min(fact.at for fact in facts)})


@contextmanager
def _counting_closed_lists(connection: Connection, kind: Kind, facts: Sequence[Fact]) -> Iterator[None]:
    """Count who is on the lists that the block fixes, because the deadlines of their posts are over."""
    post = schema.post.c
    ending = select(post.id).where(post.fixed_at.is_(None), post.late_from <= facts[-1].at)
    ended = connection.scalars(ending).all() if kind in CHANGING_LISTS else ()
    yield
    for number in ended:
        _run(connection, _COUNT_LIST, {"post": number})


def recount(connection: Connection) -> None:
    """Count everything again: about a second for each million confirmations."""
    if connection.dialect.name == "postgresql":  # It has just been filled, perhaps, and would plan for empty tables.
        connection.exec_driver_sql("ANALYZE confirmation, membership, audience, post, special_case")
    _run(connection, [delete(table) for table in schema.TALLIES])
    _run(connection, [*_ADD_ALL, *_COUNT_ROSTER, *_COUNT_LISTS], {"times": 1})


def _run(connection: Connection, statements: Sequence[Executable], values: Mapping[str, object] | None = None) -> None:
    for statement in statements:
        connection.execute(statement, values)


def _adding(which: ColumnElement[bool]) -> list[Executable]:
    """Return the statements that add what the confirmations *which* count, so many ``times``."""
    confirmation, place, post = schema.confirmation, schema.membership, schema.post
    member, received_at = confirmation.c.member_id, confirmation.c.received_at
    counted = (
        select(post.c.id, place.c.unit_id)
        .join_from(confirmation, post, is_counted(confirmation, post))
        .join(place, (place.c.member_id == member) & is_on_list(place, post))
        .where(which, is_meant(place, post))
        .group_by(post.c.id, place.c.unit_id)
    )
    confirmed = (is_in_state(state, member, post, received_at) for state in (State.ON_TIME, State.LATE))
    times = bindparam("times", type_=Integer)
    by_unit = counted.add_columns(*(times * func.count().filter(in_state) for in_state in confirmed))
    by_day = counted.add_columns(day_in_viet_nam(received_at).label("day"), times * func.count()).group_by("day")
    return [_add_to(schema.unit_tally, by_unit), _add_to(schema.day_tally, by_day)]


def _add_to(tally: Table, rows: Select[Any]) -> Executable:
    """Add *rows* to a tally, whose keys come before what it counts."""
    added = insert(tally).from_select(tally.c.keys(), rows)
    counts = [column for column in tally.c if not column.primary_key]
    sums = {column.name: column + added.excluded[column.name] for column in counts}
    return added.on_conflict_do_update(index_elements=list(tally.primary_key), set_=sums)


def _count_lists(which: ColumnElement[bool]) -> list[Executable]:
    """Return the statements that count again who is on the fixed lists of the posts *which*."""
    place = schema.membership
    heads = (
        select(schema.post.c.id, place.c.unit_id, place.c.category, func.count())
        .join_from(schema.post, place, is_on_list(place, schema.post))
        .where(schema.post.c.fixed_at.is_not(None), which)
        .group_by(schema.post.c.id, place.c.unit_id, place.c.category)
    )
    return [
        delete(schema.headcount).where(schema.headcount.c.list_id.in_(select(schema.post.c.id).where(which))),
        insert(schema.headcount).from_select(schema.headcount.c.keys(), heads),
    ]


_POST = bindparam("post", type_=Integer)
_ADD_ALL = _adding(true())
_ADD_BLOCK = _adding(schema.confirmation.c.sequence.between(bindparam("first"), bindparam("last")))
_ADD_FEW = _adding(schema.confirmation.c.member_id.in_(bindparam("people", expanding=True)))
_DROP_ZEROS = [
    delete(schema.unit_tally).where(schema.unit_tally.c.on_time == 0, schema.unit_tally.c.late == 0),
    delete(schema.day_tally).where(schema.day_tally.c.confirmed == 0),
]
_COUNT_LISTS = _count_lists(true())
_COUNT_LISTS_SINCE = _count_lists(schema.post.c.fixed_at >= bindparam("since"))
"""The lists that a change can still alter: nearly always none."""
_COUNT_ROSTER = [
    delete(schema.headcount).where(schema.headcount.c.list_id == 0),
    insert(schema.headcount).from_select(
        schema.headcount.c.keys(),
        select(literal(0), schema.listed.c.unit_id, schema.listed.c.category, func.count()).group_by(
            schema.listed.c.unit_id, schema.listed.c.category
        ),
    ),
]
_COUNT_LIST = _count_lists(schema.post.c.id == _POST)
_RECOUNT_POST = [
    *(delete(tally).where(tally.c.post_id == _POST) for tally in (schema.unit_tally, schema.day_tally)),
    *_adding(schema.confirmation.c.post_id == _POST),
    *_COUNT_LIST,
]
