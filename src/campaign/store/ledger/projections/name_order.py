"""The list of those on the roster now, in the order of their names."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from campaign.core.text import sort_key
from campaign.store.base import schema
from campaign.store.base.facts import Fact


def add(connection: Connection, facts: Sequence[Fact]) -> None:
    """List the members whom *facts* bring into a unit."""
    rows = [
        {
            "member_id": fact.facts["member"],
            "unit_id": fact.facts["unit"],
            "category": fact.facts["category"],
            "sort_key": sort_key_of(fact.personal),
        }
        for fact in facts
    ]
    connection.execute(insert(schema.listed), rows)


def drop(connection: Connection, facts: Sequence[Fact]) -> None:
    """List the members of *facts* no more."""
    connection.execute(_DROP, [{"left": fact.facts["member"]} for fact in facts])


def rename(connection: Connection, facts: Sequence[Fact]) -> None:
    """Put the members of *facts* where their names stand now."""
    connection.execute(
        _RENAME, [{"renamed": fact.facts["member"], "sort_key": sort_key_of(fact.personal)} for fact in facts]
    )


def forget(connection: Connection, member: int | None) -> None:
    """Keep nothing of the name of a member, or of anyone."""
    forgotten = update(schema.listed).values(sort_key=b"")
    connection.execute(forgotten if member is None else forgotten.where(schema.listed.c.member_id == member))


def sort_key_of(personal: Mapping[str, Any]) -> bytes:
    """Return where the member with these *personal* fields stands in the order of names; empty once erased."""
    return sort_key(personal.get("name") or "")


_DROP = delete(schema.listed).where(schema.listed.c.member_id == bindparam("left"))
_RENAME = update(schema.listed).where(schema.listed.c.member_id == bindparam("renamed"))
