"""The projections: the tables that questions are asked of, made from the entries of the ledger.

One function a kind of entry. The same functions serve an entry that is being appended and a rebuild from the first
entry on, so the tables cannot say anything that the ledger does not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from campaign.core.clock import start_of_day
from campaign.core.entry import Kind
from campaign.core.post import Change, RosterRule, to_canonical_json
from campaign.store import tallies
from campaign.store.base import schema
from campaign.store.base.facts import Fact, FactReader, read_blocks
from campaign.store.base.rows import insert_rows
from campaign.store.ledger.projections import activities, audiences, memberships, name_order


def project_all(connection: Connection, facts: Iterable[Fact]) -> None:
    """Bring the projections up to date with entries in their order, those of one kind in a row together."""
    for kind, group in groupby(facts, key=attrgetter("kind")):
        _PROJECT[kind](connection, list(group))


def rebuild(connection: Connection) -> None:
    """Empty the projections and make them again from the ledger; *connection* is that of a writing transaction."""
    for table in schema.PROJECTIONS:
        connection.execute(delete(table))
    reader = FactReader()
    for rows in read_blocks(connection):
        project_all(connection, map(reader.read, rows))
    tallies.recount(connection)


def _open_campaign(connection: Connection, facts: Sequence[Fact]) -> None:
    for fact in facts:
        values = {"id": 1, "title": fact.facts["title"], "sample": fact.facts["sample"], "opened_at": fact.at}
        connection.execute(insert(schema.campaign), values)


def _publish_revisions(connection: Connection, facts: Sequence[Fact]) -> None:
    for fact in facts:
        _publish_revision(connection, fact)


def _publish_revision(connection: Connection, fact: Fact) -> None:
    key, number, document = fact.facts["post"], fact.facts["revision"], fact.facts["document"]
    before = connection.execute(select(schema.post).where(schema.post.c.key == key)).one_or_none()
    asks_again = before is None or Change(document["revision"]["change"]).asks_again
    deadline = document["deadline"]
    opened_at = _first_roster_or(connection, fact.at) if before is None else before.opened_at
    now = {
        "revision": number,
        "asks_since": number if before is None or asks_again else before.asks_since,
        "late_from": deadline and start_of_day(date.fromisoformat(deadline["before"])),
        "opened_at": opened_at,
        "fixed_at": opened_at if document.get("roster") == RosterRule.FIXED else None,
    }
    if before is None:
        post_id = (connection.scalar(select(func.max(schema.post.c.id))) or 0) + 1
        connection.execute(insert(schema.post), {"id": post_id, "key": key, **now})
    else:
        post_id = before.id
        connection.execute(update(schema.post).where(schema.post.c.id == post_id).values(now))
    values = {
        "post_id": post_id,
        "number": number,
        "digest": fact.facts["digest"],
        "document": to_canonical_json(document),
        "asks_since": now["asks_since"],
        "published_at": fact.at,
    }
    connection.execute(insert(schema.revision), values)
    audiences.set_audience(connection, post_id, document, fact.at)


def _first_roster_or(connection: Connection, published_at: datetime) -> datetime:
    """Return when a post that is published now is opened to people."""
    first = connection.scalar(select(schema.membership.c.since).order_by(schema.membership.c.sequence).limit(1))
    return max(published_at, first or published_at)


def _record_confirmations(connection: Connection, facts: Sequence[Fact]) -> None:
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
    if papers := [_paper(fact) for fact in facts if "actor" in fact.facts]:
        connection.execute(_INSERT_PAPER, papers)


def _paper(fact: Fact) -> dict[str, object]:
    """Return what the Office knows of a confirmation that it recorded."""
    names = ("revision", "method", "scan", "sheet", "actor")
    return {name: fact.facts[name] for name in names} | {
        "signed_on": fact.day("signed_on"),
        "sequence": fact.sequence,
        "key": fact.facts["post"],
        "member_id": fact.facts["member"],
        "recorded_at": fact.at,
        "witness": fact.personal.get("witness"),
        "reason": fact.personal.get("reason"),
        "withdrawn_at": None,
    }


def _print_sheets(connection: Connection, facts: Sequence[Fact]) -> None:
    rows = [
        {name: fact.facts[name] for name in ("revision", "unit", "actor", "members")}
        | {"sequence": fact.sequence, "key": fact.facts["post"], "printed_at": fact.at}
        for fact in facts
    ]
    connection.execute(_INSERT_SHEET, rows)


def _add_cases(connection: Connection, facts: Sequence[Fact]) -> None:
    rows = [
        {
            "sequence": fact.sequence,
            "kind": fact.kind.value,
            "key": fact.facts.get("post"),
            "member_id": fact.facts["member"],
            "since": fact.at,
            "until": None,
            "before": fact.day("before"),
            "late_from": _late_from(fact),
            "reason": fact.personal.get("reason"),
            "actor": fact.facts.get("actor", ""),
        }
        for fact in facts
    ]
    connection.execute(_INSERT_CASE, rows)


def _late_from(fact: Fact) -> datetime | None:
    """Return the first late instant of an extension."""
    before = fact.day("before")
    return start_of_day(before) if before and fact.kind is Kind.EXTENSION else None


def _withdraw(connection: Connection, facts: Sequence[Fact]) -> None:
    """End special cases, and take confirmations off that the Office should not have recorded."""
    rows = [{"withdrawn": fact.facts["withdraws"], "at": fact.at} for fact in facts]
    for statement in (_WITHDRAW_CASE, _WITHDRAW_PAPER):
        connection.execute(statement, rows)
    sequences = [row["withdrawn"] for row in rows]
    connection.execute(delete(schema.confirmation).where(schema.confirmation.c.sequence.in_(sequences)))


def _empty_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Empty what an erasure covers: one member's fields, or everyone's."""
    for fact in facts:
        number = fact.facts["member"]
        member, case, paper = update(schema.member), update(schema.special_case), update(schema.paper)
        if number is not None:
            member = member.where(schema.member.c.id == number)
            case = case.where(schema.special_case.c.member_id == number)
            paper = paper.where(schema.paper.c.member_id == number)
        name_order.forget(connection, number)
        connection.execute(member.values(staff_code=None, name=None, email=None, folded=None, sort_key=b""))
        connection.execute(case.values(reason=None))
        connection.execute(paper.values(witness=None, reason=None))


def _keep_in_the_ledger_only(_connection: Connection, _facts: Sequence[Fact]) -> None:
    """Project nothing: the entry tells who did something; no question is asked of it by table."""


_POST_ID = select(schema.post.c.id).where(schema.post.c.key == bindparam("key"))
_POSTS = select(schema.post.c.id, schema.post.c.key)
_INSERT_CASE = insert(schema.special_case).values(post_id=_POST_ID.scalar_subquery())
_WITHDRAW_CASE = (
    update(schema.special_case)
    .where(schema.special_case.c.sequence == bindparam("withdrawn"))
    .values(until=bindparam("at"))
)
_INSERT_PAPER = insert(schema.paper).values(post_id=_POST_ID.scalar_subquery())
_WITHDRAW_PAPER = (
    update(schema.paper).where(schema.paper.c.sequence == bindparam("withdrawn")).values(withdrawn_at=bindparam("at"))
)
_INSERT_SHEET = insert(schema.sheet).values(post_id=_POST_ID.scalar_subquery())

_PROJECT: Mapping[Kind, Callable[[Connection, Sequence[Fact]], None]] = {
    Kind.CAMPAIGN_OPENED: _open_campaign,
    Kind.UNIT_ADDED: audiences.add_units,
    Kind.UNIT_CHANGED: audiences.change_units,
    Kind.UNIT_CHANGE_WITHDRAWN: audiences.withdraw_changes,
    Kind.ROSTER_CHANGED: memberships.note_roster_changes,
    Kind.MEMBER_JOINED: memberships.add_members,
    Kind.MEMBER_CHANGED: memberships.change_members,
    Kind.MEMBER_LEFT: memberships.end_memberships,
    Kind.REVISION_PUBLISHED: _publish_revisions,
    Kind.CONFIRMATION: _record_confirmations,
    Kind.EXEMPTION: _add_cases,
    Kind.EXTENSION: _add_cases,
    Kind.LEAVE: _add_cases,
    Kind.WITHDRAWAL: _withdraw,
    Kind.SHEET_PRINTED: _print_sheets,
    Kind.DISPATCH: activities.record_dispatches,
    Kind.DISPATCH_WITHDRAWN: activities.withdraw_dispatches,
    Kind.REMINDER: activities.record_reminders,
    Kind.SEEN_LISTED: activities.list_seen,
    Kind.POST_CLOSED: activities.close_posts,
    Kind.SLIPS_ISSUED: _keep_in_the_ledger_only,
    Kind.KEY_ROTATED: _keep_in_the_ledger_only,
    Kind.KEY_REVOKED: _keep_in_the_ledger_only,
    Kind.PERSONAL_RECTIFIED: memberships.rectify_members,
    Kind.PERSONAL_ERASED: _empty_members,
}
