"""The projections of the roster: who the members are, in which unit each was when, and the list of now."""

from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from campaign.core.text import fold, sort_key
from campaign.store.base import schema
from campaign.store.base.facts import Fact


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
    if connection.scalar(select(schema.membership.c.sequence).limit(1)) is None:
        # The posts that were published before there was anybody to read them are opened to people now.
        connection.execute(_OPEN_POSTS, {"at": facts[0].at})
        connection.execute(_FIX_LISTS)
    identities = {fact.facts["member"]: _identity(fact) for fact in facts}
    known = set(connection.scalars(select(schema.member.c.id).where(schema.member.c.id.in_(identities))))
    if known:
        connection.execute(_UPDATE_MEMBER, [{"changed": number, **identities[number]} for number in known])
    new = [{"id": number, **identity} for number, identity in identities.items() if number not in known]
    if new:
        connection.execute(insert(schema.member), new)
    _begin_memberships(connection, facts)


def change_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Change those who change once together; whoever changes twice ends the membership that the first change began."""
    once = {fact.facts["member"] for fact in facts}
    for together in [facts] if len(once) == len(facts) else [[fact] for fact in facts]:
        rectify_members(connection, together)
        end_memberships(connection, together)
        _begin_memberships(connection, together)


def rectify_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Write who the members are, and leave where they are."""
    identities = [{"changed": fact.facts["member"], **_identity(fact)} for fact in facts]
    connection.execute(_UPDATE_MEMBER, identities)
    connection.execute(_RENAME, [{name: row[name] for name in ("changed", "sort_key")} for row in identities])


def _identity(fact: Fact) -> dict[str, object]:
    personal = fact.personal
    folded = fold(f"{personal['name']} {personal['staff_code']}") if personal else None
    known = {name: personal.get(name) for name in ("staff_code", "name", "email")}
    return known | {"folded": folded, "sort_key": _sort_key(fact)}


def _sort_key(fact: Fact) -> bytes:
    """Return where a member stands in the order of names; empty once erased."""
    return sort_key(fact.personal.get("name") or "")


def _begin_memberships(connection: Connection, facts: Sequence[Fact]) -> None:
    """Bring members into their units, and onto the list in the order of names."""
    places = [
        {"member_id": fact.facts["member"], "unit_id": fact.facts["unit"], "category": fact.facts["category"]}
        for fact in facts
    ]
    rows = list(zip(places, facts, strict=True))
    connection.execute(
        insert(schema.membership),
        [place | {"sequence": fact.sequence, "since": fact.at, "until": None} for place, fact in rows],
    )
    connection.execute(insert(schema.listed), [place | {"sort_key": _sort_key(fact)} for place, fact in rows])


def end_memberships(connection: Connection, facts: Sequence[Fact]) -> None:
    """Take members off the roster."""
    connection.execute(_END_MEMBERSHIP, [{"left": fact.facts["member"], "at": fact.at} for fact in facts])
    connection.execute(_DROP, [{"left": fact.facts["member"]} for fact in facts])


def empty_members(connection: Connection, facts: Sequence[Fact]) -> None:
    """Empty what an erasure covers: one member's fields, everyone's, or those of a campaign."""
    for fact in facts:
        if "posts" in fact.facts:
            _empty_campaign(connection, fact)
            continue
        number = fact.facts["member"]
        for table, member, emptied in _ERASED:
            everyone = update(table).values(emptied)
            connection.execute(everyone if number is None else everyone.where(member == number))


def _empty_campaign(connection: Connection, fact: Fact) -> None:
    own = select(schema.post.c.id).where(schema.post.c.key.in_(fact.facts["posts"]))
    for table, _, emptied in _ERASED[2:]:
        connection.execute(update(table).where(table.c.post_id.in_(own)).values(emptied))
    leaves = update(schema.special_case).where(schema.special_case.c.sequence.in_(fact.facts["leaves"]))
    connection.execute(leaves.values(reason=None))
    values = {"sequence": fact.sequence, "campaign": fact.facts["campaign"], "erased_at": fact.at}
    connection.execute(insert(schema.erasure), values)


_OPEN_POSTS = update(schema.post).where(schema.post.c.opened_at < bindparam("at")).values(opened_at=bindparam("at"))
_FIX_LISTS = update(schema.post).where(schema.post.c.fixed_at.is_not(None)).values(fixed_at=schema.post.c.opened_at)
_UPDATE_MEMBER = update(schema.member).where(schema.member.c.id == bindparam("changed"))
_RENAME = update(schema.listed).where(schema.listed.c.member_id == bindparam("changed"))
_END_MEMBERSHIP = (
    update(schema.membership)
    .where(schema.membership.c.member_id == bindparam("left"), schema.membership.c.until.is_(None))
    .values(until=bindparam("at"))
)
_DROP = delete(schema.listed).where(schema.listed.c.member_id == bindparam("left"))
_ERASED: tuple[tuple[Table, Column[int], dict[str, object]], ...] = (
    (schema.member, schema.member.c.id, dict.fromkeys(("staff_code", "name", "email", "folded")) | {"sort_key": b""}),
    (schema.listed, schema.listed.c.member_id, {"sort_key": b""}),
    (schema.special_case, schema.special_case.c.member_id, {"reason": None}),
    (schema.paper, schema.paper.c.member_id, {"witness": None, "reason": None}),
)
"""What an erasure empties: in which table, of whom, and what remains."""
