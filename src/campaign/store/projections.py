"""The projections: the tables that questions are asked of, made from the entries of the ledger.

One function a kind of entry. The same functions serve an entry that is being appended and a rebuild from the first
entry on, so the tables cannot say anything that the ledger does not.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from campaign.core.clock import from_microseconds, to_microseconds
from campaign.core.entry import Entry, Kind
from campaign.core.post import Change, to_canonical_json
from campaign.store import schema


@dataclass(frozen=True, slots=True)
class _Fact:
    """An entry with its fields read.

    Attributes:
        personal: The personal fields; empty when there are none or they were erased.
    """

    sequence: int
    at: int
    facts: Mapping[str, Any]
    personal: Mapping[str, Any]


def project(connection: Connection, entry: Entry, facts: Mapping[str, Any], personal: Mapping[str, Any] | None) -> None:
    """Bring the projections up to date with *entry*, whose fields are *facts* and *personal*."""
    fact = _Fact(entry.sequence, to_microseconds(entry.at), facts, personal or {})
    _PROJECT[entry.kind](connection, fact)


def rebuild(connection: Connection) -> None:
    """Empty the projections and make them again from the ledger; *connection* is that of a writing transaction."""
    for table in schema.PROJECTIONS:
        connection.execute(delete(table))
    query = (
        select(schema.entry, schema.personal.c.payload)
        .outerjoin(schema.personal, schema.entry.c.sequence == schema.personal.c.sequence)
        .order_by(schema.entry.c.sequence)
    )
    for row in connection.execute(query).all():
        project(connection, to_entry(row), json.loads(row.facts), json.loads(row.payload) if row.payload else None)


def to_entry(row: Row[Any]) -> Entry:
    """Return the entry that a row of the table holds.

    Raises:
        ValueError: Its kind is none.
    """
    return Entry(row.sequence, from_microseconds(row.at), Kind(row.kind), row.facts, row.personal_digest)


def _open_campaign(connection: Connection, fact: _Fact) -> None:
    values = {"id": 1, "title": fact.facts["title"], "sample": fact.facts["sample"], "opened_at": fact.at}
    connection.execute(insert(schema.campaign), values)


def _add_unit(connection: Connection, fact: _Fact) -> None:
    connection.execute(insert(schema.unit), {"id": fact.facts["unit"], "name": fact.facts["name"]})


def _add_member(connection: Connection, fact: _Fact) -> None:
    """Add someone, or someone back who had left: a staff code stays with its person."""
    came_back = connection.execute(_UPDATE_MEMBER, {"changed": fact.facts["member"], **_identity(fact)}).rowcount
    if not came_back:
        connection.execute(_INSERT_MEMBER, {"id": fact.facts["member"], **_identity(fact)})
    _start_membership(connection, fact)


def _change_member(connection: Connection, fact: _Fact) -> None:
    connection.execute(_UPDATE_MEMBER, {"changed": fact.facts["member"], **_identity(fact)})
    _end_membership(connection, fact)
    _start_membership(connection, fact)


def _identity(fact: _Fact) -> dict[str, str | None]:
    return {name: fact.personal.get(name) for name in ("staff_code", "name", "email")}


def _start_membership(connection: Connection, fact: _Fact) -> None:
    values = {
        "sequence": fact.sequence,
        "member_id": fact.facts["member"],
        "unit_id": fact.facts["unit"],
        "category": fact.facts["category"],
        "since": fact.at,
        "until": None,
    }
    connection.execute(_INSERT_MEMBERSHIP, values)


def _end_membership(connection: Connection, fact: _Fact) -> None:
    connection.execute(_END_MEMBERSHIP, {"left": fact.facts["member"], "until": fact.at})


def _publish_revision(connection: Connection, fact: _Fact) -> None:
    key, number = fact.facts["post"], fact.facts["revision"]
    post_id = connection.scalar(select(schema.post.c.id).where(schema.post.c.key == key))
    if post_id is None:
        post_id = (connection.scalar(select(func.max(schema.post.c.id))) or 0) + 1
        connection.execute(insert(schema.post), {"id": post_id, "key": key})
    asked = connection.scalar(
        select(func.max(schema.revision.c.asks_since)).where(schema.revision.c.post_id == post_id)
    )
    change = Change(fact.facts["document"]["revision"]["change"])
    values = {
        "post_id": post_id,
        "number": number,
        "digest": fact.facts["digest"],
        "document": to_canonical_json(fact.facts["document"]),
        "asks_since": number if asked is None or change.asks_again else asked,
        "published_at": fact.at,
    }
    connection.execute(insert(schema.revision), values)


def _record_confirmation(connection: Connection, fact: _Fact) -> None:
    values = {
        "key": fact.facts["post"],
        "member_id": fact.facts["member"],
        "revision": fact.facts["revision"],
        "received_at": fact.at,
        "sequence": fact.sequence,
        "method": fact.facts["method"],
    }
    connection.execute(_INSERT_CONFIRMATION, values)


def _exempt_member(connection: Connection, fact: _Fact) -> None:
    values = {
        "sequence": fact.sequence,
        "post_id": connection.scalar(_POST_ID, {"key": fact.facts["post"]}),
        "member_id": fact.facts["member"],
        "since": fact.at,
        "reason": fact.personal.get("reason"),
    }
    connection.execute(insert(schema.exemption), values)


def _keep_in_the_ledger_only(_connection: Connection, _fact: _Fact) -> None:
    """Project nothing: the entry tells who did something; no question is asked of it by table."""


_POST_ID = select(schema.post.c.id).where(schema.post.c.key == bindparam("key"))
_INSERT_MEMBER = insert(schema.member)
_UPDATE_MEMBER = update(schema.member).where(schema.member.c.id == bindparam("changed"))
_INSERT_MEMBERSHIP = insert(schema.membership)
_END_MEMBERSHIP = update(schema.membership).where(
    schema.membership.c.member_id == bindparam("left"), schema.membership.c.until.is_(None)
)
_INSERT_CONFIRMATION = insert(schema.confirmation).values(post_id=_POST_ID.scalar_subquery())

_PROJECT: Mapping[Kind, Callable[[Connection, _Fact], None]] = {
    Kind.CAMPAIGN_OPENED: _open_campaign,
    Kind.UNIT_ADDED: _add_unit,
    Kind.MEMBER_JOINED: _add_member,
    Kind.MEMBER_CHANGED: _change_member,
    Kind.MEMBER_LEFT: _end_membership,
    Kind.REVISION_PUBLISHED: _publish_revision,
    Kind.CONFIRMATION: _record_confirmation,
    Kind.EXEMPTION: _exempt_member,
    Kind.SLIPS_ISSUED: _keep_in_the_ledger_only,
}
