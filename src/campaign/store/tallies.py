"""Tallies: the figures of every post, counted in the transaction that changes what they count.

Who counts is on the post's list (the roster now, or a fixed one), is in the audience of the post's current revision,
and has a confirmation that stands.
A confirmation adds to its post. When people come, move or leave, or a deadline of their own changes, what they had
added is taken away before and added anew after; when a post's revision changes, it is counted again. So the tallies
are always what `recount` would make of the tables; verifying a ledger compares the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import BindParameter, Connection, TextClause, bindparam, text

from campaign.core.entry import Kind
from campaign.store.base import schema
from campaign.store.base.facts import Fact

FEW_PEOPLE = 500
"""Of so many people what they have added is taken away and added anew; for more, everything is counted again."""

_ROSTER = {Kind.MEMBER_JOINED, Kind.MEMBER_CHANGED, Kind.MEMBER_LEFT}
_OF_UNITS = {Kind.UNIT_CHANGED, Kind.UNIT_CHANGE_WITHDRAWN}
"""They change whom posts are for."""
_OF_PEOPLE = {*_ROSTER, Kind.EXTENSION, Kind.WITHDRAWAL}


@contextmanager
def keeping_up(connection: Connection, kind: Kind, facts: Sequence[Fact]) -> Iterator[None]:
    """Keep the tallies right while the block projects *facts*, all of one kind."""
    people = [fact.facts["member"] for fact in facts] if kind in _OF_PEOPLE else []
    few = {"people": people} if 0 < len(people) <= FEW_PEOPLE else None
    if few:
        _add(connection, _OF_FEW, few, times=-1)
    yield
    if kind is Kind.CONFIRMATION:
        _add(connection, _OF_BLOCK, {"first": facts[0].sequence, "last": facts[-1].sequence})
    elif few:
        _add(connection, _OF_FEW, few)
        _drop_zeros(connection)
    elif people or kind in _OF_UNITS:
        recount(connection)
    elif kind is Kind.REVISION_PUBLISHED:
        for key in {fact.facts["post"] for fact in facts}:
            _fix_heads(connection, "p.key = :key", {"key": key})
            _recount_post(connection, key)
    if kind in _ROSTER:
        _count_heads(connection)
        _fix_heads(connection, "p.fixed_at >= :since", {"since": min(fact.microseconds for fact in facts)})


def recount(connection: Connection) -> None:
    """Count everything again: about a second for each million confirmations."""
    for table in (schema.unit_tally, schema.day_tally):
        connection.execute(table.delete())
    if connection.dialect.name == "postgresql":  # It has just been filled, perhaps, and would plan for empty tables.
        tables = (schema.confirmation, schema.membership, schema.audience, schema.post, schema.special_case)
        connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in tables)}")
    _add(connection, "c.sequence > :after", {"after": 0})
    connection.execute(schema.headcount.delete())
    _count_heads(connection)
    _fix_heads(connection, "p.fixed_at >= :since", {"since": 0})


def _recount_post(connection: Connection, key: str) -> None:
    for table in (schema.unit_tally, schema.day_tally):
        connection.execute(text(f"DELETE FROM {table.name} WHERE post_id = ({_POST})"), {"key": key})  # noqa: S608
    _add(connection, f"c.post_id = ({_POST})", {"key": key})


def _count_heads(connection: Connection) -> None:
    connection.execute(schema.headcount.delete().where(schema.headcount.c.list_id == 0))
    connection.execute(text(_HEADS))


def _fix_heads(connection: Connection, which: str, values: Mapping[str, object]) -> None:
    """Count who is on the fixed lists of the posts *which*: those that a change can still alter, nearly always none."""
    connection.execute(text(_DROP_FIXED.format(which=which)), values)
    connection.execute(text(_FIXED_HEADS.format(which=which)), values)


def _add(connection: Connection, which: str, values: Mapping[str, object], *, times: int = 1) -> None:
    """Add what the confirmations *which* count, so many times."""
    for statement in _statements(which):
        connection.execute(statement, {**values, "times": times})


@cache
def _statements(which: str) -> tuple[TextClause, ...]:
    made = (text(statement.format(which=which)) for statement in (_UNITS, _DAYS))
    people: list[BindParameter[int]] = [bindparam("people", expanding=True)] if which == _OF_FEW else []
    return tuple(one.bindparams(*people) for one in made)


def _drop_zeros(connection: Connection) -> None:
    connection.execute(text("DELETE FROM unit_tally WHERE on_time = 0 AND late = 0"))
    connection.execute(text("DELETE FROM day_tally WHERE confirmed = 0"))


_POST = "SELECT id FROM post WHERE key = :key"
_OF_BLOCK = "c.sequence BETWEEN :first AND :last"
_OF_FEW = "c.member_id IN :people"

FIXED_MEMBERSHIP = """m.sequence = (
    SELECT MAX(n.sequence) FROM membership n
    WHERE n.member_id = m.member_id AND n.since <= p.fixed_at AND (n.until IS NULL OR n.until > p.fixed_at)
)"""
"""The membership by which somebody is on the fixed list of a post: one, even where the clock was set back."""

ON_LIST = f"CASE WHEN p.fixed_at IS NULL THEN m.until IS NULL ELSE {FIXED_MEMBERSHIP} END"
"""The membership by which somebody is on the list of a post."""

_STANDING = f"""
    FROM confirmation c
    JOIN post p ON p.id = c.post_id AND c.revision >= p.asks_since
    JOIN membership m ON m.member_id = c.member_id AND {ON_LIST}
    JOIN audience a ON a.post_id = p.id AND a.unit_id = m.unit_id AND a.category = m.category
    WHERE {{which}}
"""
"""The confirmations that count."""

OWN_LATE_FROM = """
    SELECT s.late_from FROM special_case s
    WHERE s.member_id = c.member_id AND s.post_id = c.post_id AND s.late_from IS NOT NULL AND s.until IS NULL
    ORDER BY s.sequence DESC LIMIT 1
"""
"""The last extension in force (`own_deadline`)."""

_IS_ON_TIME = f"CASE WHEN c.received_at < COALESCE(({OWN_LATE_FROM}), p.late_from) THEN 1 ELSE 0 END"

_UNITS = f"""
    INSERT INTO unit_tally (post_id, unit_id, on_time, late)
    SELECT post_id, unit_id, :times * SUM(is_on_time), :times * SUM(1 - is_on_time) FROM (
        SELECT c.post_id AS post_id, m.unit_id AS unit_id, {_IS_ON_TIME} AS is_on_time {_STANDING}
    ) AS counted
    WHERE 0 = 0 GROUP BY post_id, unit_id
    ON CONFLICT (post_id, unit_id)
    DO UPDATE SET on_time = unit_tally.on_time + excluded.on_time, late = unit_tally.late + excluded.late
"""  # noqa: S608 - made of our own parts

DAY_OF_CONFIRMATION = "(c.received_at + 25200000000) / 86400000000"
"""The day in Viet Nam, counted from 1970."""

_DAYS = f"""
    INSERT INTO day_tally (post_id, unit_id, day, confirmed)
    SELECT post_id, unit_id, day, :times * COUNT(*) FROM (
        SELECT c.post_id AS post_id, m.unit_id AS unit_id, {DAY_OF_CONFIRMATION} AS day {_STANDING}
    ) AS counted
    WHERE 0 = 0 GROUP BY post_id, unit_id, day
    ON CONFLICT (post_id, unit_id, day) DO UPDATE SET confirmed = day_tally.confirmed + excluded.confirmed
"""  # noqa: S608 - made of our own parts

_HEADS = """
    INSERT INTO headcount (list_id, unit_id, category, members)
    SELECT 0, unit_id, category, COUNT(*) FROM membership WHERE until IS NULL GROUP BY unit_id, category
"""

_DROP_FIXED = "DELETE FROM headcount WHERE list_id IN (SELECT p.id FROM post p WHERE {which})"

_FIXED_HEADS = f"""
    INSERT INTO headcount (list_id, unit_id, category, members)
    SELECT p.id, m.unit_id, m.category, COUNT(*) FROM post p
    JOIN membership m ON m.since <= p.fixed_at AND (m.until IS NULL OR m.until > p.fixed_at) AND {FIXED_MEMBERSHIP}
    WHERE {{which}} GROUP BY p.id, m.unit_id, m.category
"""  # noqa: S608 - made of our own parts
