"""The projections of confirmations, of what the Office knows of those on paper, and of what sets members apart."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from campaign.core.clock import start_of_day
from campaign.core.ledger.entry import Kind
from campaign.core.people.paper import Method
from campaign.store.base import schema
from campaign.store.base.facts import Fact
from campaign.store.base.rows import insert_rows


def record_confirmations(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add confirmations."""
    posts = {row.key: row.id for row in connection.execute(_POSTS)}
    rows = [
        (
            posts[fact.facts["post"]],
            fact.facts["member"],
            fact.facts["revision"],
            fact.microseconds,
            fact.sequence,
            fact.facts["method"],
        )
        for fact in facts
    ]
    insert_rows(connection, schema.confirmation, rows)
    papers = [
        {name: fact.facts[name] for name in ("revision", "method", "scan", "sheet", "actor")}
        | {name: fact.personal.get(name) for name in ("witness", "reason")}
        | {"sequence": fact.sequence, "key": fact.facts["post"], "member_id": fact.facts["member"]}
        | {"recorded_at": fact.at, "signed_on": fact.day("signed_on"), "withdrawn_at": None}
        for fact in facts
        if "actor" in fact.facts
    ]
    if papers:
        connection.execute(_INSERT_PAPER, papers)


def print_sheets(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add sheets that were printed."""
    rows = [
        {name: fact.facts[name] for name in ("revision", "unit", "actor", "members")}
        | {"sequence": fact.sequence, "key": fact.facts["post"], "printed_at": fact.at}
        for fact in facts
    ]
    connection.execute(_INSERT_SHEET, rows)


def add_cases(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add exemptions, extensions with their first late instant, and leaves."""
    rows = [
        {
            "sequence": fact.sequence,
            "kind": fact.kind.value,
            "key": fact.facts.get("post"),
            "member_id": fact.facts["member"],
            "since": fact.at,
            "until": None,
            "before": (before := fact.day("before")),
            "late_from": start_of_day(before) if before and fact.kind is Kind.EXTENSION else None,
            "reason": fact.personal.get("reason"),
            "actor": fact.facts.get("actor", ""),
        }
        for fact in facts
    ]
    connection.execute(_INSERT_CASE, rows)


def withdraw(connection: Connection, facts: Sequence[Fact]) -> None:
    """End special cases, and take confirmations off that should not count; one of the web is kept beside the paper."""
    rows = [{"withdrawn": fact.facts["withdraws"], "at": fact.at} for fact in facts]
    sequences = [row["withdrawn"] for row in rows]
    by_sequence = {fact.facts["withdraws"]: fact for fact in facts}
    of_web = _OF_WEB.where(schema.confirmation.c.sequence.in_(sequences))
    kept = [
        {**row._mapping, "actor": fact.facts.get("actor", ""), "reason": fact.personal.get("reason")}  # noqa: SLF001 - so SQLAlchemy names it
        for row in connection.execute(of_web)
        for fact in (by_sequence[row.sequence],)
    ]
    if kept:
        connection.execute(insert(schema.paper), kept)
    for statement in (_WITHDRAW_CASE, _WITHDRAW_PAPER):
        connection.execute(statement, rows)
    connection.execute(delete(schema.confirmation).where(schema.confirmation.c.sequence.in_(sequences)))


_POSTS = select(schema.post.c.id, schema.post.c.key)
_POST_ID = select(schema.post.c.id).where(schema.post.c.key == bindparam("key")).scalar_subquery()
_INSERT_PAPER = insert(schema.paper).values(post_id=_POST_ID)
_INSERT_SHEET = insert(schema.sheet).values(post_id=_POST_ID)
_INSERT_CASE = insert(schema.special_case).values(post_id=_POST_ID)
_GIVEN = schema.confirmation.c
_OF_WEB = select(
    _GIVEN.sequence, _GIVEN.post_id, _GIVEN.member_id, _GIVEN.revision, _GIVEN.method,
    _GIVEN.received_at.label("recorded_at"),
).where(_GIVEN.method == Method.WEB.value)  # fmt: skip
_WITHDRAW_CASE = (
    update(schema.special_case)
    .where(schema.special_case.c.sequence == bindparam("withdrawn"))
    .values(until=bindparam("at"))
)
_WITHDRAW_PAPER = (
    update(schema.paper).where(schema.paper.c.sequence == bindparam("withdrawn")).values(withdrawn_at=bindparam("at"))
)
