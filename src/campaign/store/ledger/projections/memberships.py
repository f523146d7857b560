"""The projections of the roster: who the members are, and in which unit each was from when until when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from campaign.core.text import fold
from campaign.store.base import schema
from campaign.store.base.facts import Fact
from campaign.store.ledger.projections import name_order


def note_roster_changes(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add the changes of the roster as a whole."""
    rows = [
        {"sequence": fact.sequence, "changed_at": fact.at}
        | {name: fact.facts[name] for name in ("actor", "digest", "undoes", "entries")}
        for fact in facts
    ]
    connection.execute(insert(schema.roster_change), rows)


def add_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add people, or those back who had left: a staff code stays with its person."""
    _open_posts(connection, facts[0].at)
    identities = {fact.facts["member"]: _identity(fact) for fact in facts}
    known = set(connection.scalars(select(schema.member.c.id).where(schema.member.c.id.in_(identities))))
    if known:
        connection.execute(_UPDATE_MEMBER, [{"changed": number, **identities[number]} for number in known])
    new = [{"id": number, **identity} for number, identity in identities.items() if number not in known]
    if new:
        connection.execute(insert(schema.member), new)
    connection.execute(_INSERT_MEMBERSHIP, [_membership(fact) for fact in facts])
    name_order.add(connection, facts)


def change_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Change those who change once together; whoever changes twice ends the membership that the first change began."""
    once = {fact.facts["member"] for fact in facts}
    for together in [facts] if len(once) == len(facts) else [[fact] for fact in facts]:
        rectify_members(connection, together)
        end_memberships(connection, together)
        connection.execute(_INSERT_MEMBERSHIP, [_membership(fact) for fact in together])
        name_order.add(connection, together)


def rectify_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Write who the members are, and leave where they are."""
    rows = [{"changed": fact.facts["member"], **_identity(fact)} for fact in facts]
    connection.execute(_UPDATE_MEMBER, rows)
    name_order.rename(connection, facts)


def _open_posts(connection: Connection, at: datetime) -> None:
    """Open the posts that were published before there was anybody to read them, when the first people come."""
    if connection.scalar(select(schema.membership.c.sequence).limit(1)) is None:
        connection.execute(_OPEN_POSTS, {"at": at})
        connection.execute(_FIX_LISTS)


def _identity(fact: Fact) -> dict[str, object]:
    personal = fact.personal
    folded = fold(f"{personal['name']} {personal['staff_code']}") if personal else None
    known = {name: personal.get(name) for name in ("staff_code", "name", "email")}
    return known | {"folded": folded, "sort_key": name_order.sort_key_of(personal)}


def _membership(fact: Fact) -> dict[str, object]:
    return {
        "sequence": fact.sequence,
        "member_id": fact.facts["member"],
        "unit_id": fact.facts["unit"],
        "category": fact.facts["category"],
        "since": fact.at,
        "until": None,
    }


def end_memberships(connection: Connection, facts: Sequence[Fact]) -> None:
    """Take members off the roster."""
    name_order.drop(connection, facts)
    connection.execute(_END_MEMBERSHIP, [{"left": fact.facts["member"], "until": fact.at} for fact in facts])


_OPEN_POSTS = update(schema.post).where(schema.post.c.opened_at < bindparam("at")).values(opened_at=bindparam("at"))
_FIX_LISTS = update(schema.post).where(schema.post.c.fixed_at.is_not(None)).values(fixed_at=schema.post.c.opened_at)
_UPDATE_MEMBER = update(schema.member).where(schema.member.c.id == bindparam("changed"))
_INSERT_MEMBERSHIP = insert(schema.membership)
_END_MEMBERSHIP = update(schema.membership).where(
    schema.membership.c.member_id == bindparam("left"), schema.membership.c.until.is_(None)
)
