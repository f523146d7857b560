"""The projections of units, and of whom each post is for: the units that it names, and those that took over."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from campaign.core.people.roster import Category
from campaign.store.base import schema
from campaign.store.base.facts import Fact
from campaign.store.base.units import read_units, units_meant_by


def add_units(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add units."""
    rows = [
        {"id": fact.facts["unit"], "valid_from": fact.day("from")}
        | dict.fromkeys(("name", "first_name"), fact.facts["name"])
        for fact in facts
    ]
    connection.execute(insert(schema.unit), rows)
    _set_audiences(connection)


def change_units(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add what changed about units."""
    rows = [
        {
            "sequence": fact.sequence,
            "unit_id": fact.facts["unit"],
            "first_day": fact.day("from"),
            "name": fact.facts["name"],
            "successor_id": fact.facts["successor"],
            "parent_id": fact.facts.get("parent"),
            "basis": fact.facts["basis"],
            "actor": fact.facts["actor"],
            "recorded_at": fact.at,
        }
        for fact in facts
    ]
    connection.execute(insert(schema.unit_change), rows)
    _apply_changes(connection)


def withdraw_changes(connection: Connection, facts: Sequence[Fact]) -> None:
    """End changes that were mistakes."""
    rows = [{"withdrawn": fact.facts["withdraws"], "withdrawn_at": fact.at} for fact in facts]
    connection.execute(_WITHDRAW, rows)
    _apply_changes(connection)


def set_audience(connection: Connection, post_id: int, document: Mapping[str, Any], published_at: datetime) -> None:
    """Write whom a revision is for, unit by unit; nobody when it asks for no confirmation."""
    connection.execute(delete(schema.audience).where(schema.audience.c.post_id == post_id))
    fixed_at = connection.scalar(select(schema.post.c.fixed_at).where(schema.post.c.id == post_id))
    if document["deadline"]:
        meant = units_meant_by(connection, document["audience"]["units"], published_at, fixed_at)
        categories = document["audience"]["categories"] or [category.value for category in Category]
        rows = [
            {"post_id": post_id, "unit_id": unit, "category": category}
            for unit in sorted(meant)
            for category in categories
        ]
        if rows:
            connection.execute(insert(schema.audience), rows)


def _apply_changes(connection: Connection) -> None:
    units = read_units(connection)
    parents = units.parents
    now = [{"changed": unit.id, "now": unit.name, "above": parents.get(unit.id)} for unit in units.all]
    connection.execute(_DESCRIBE, now)
    _set_audiences(connection)


def _set_audiences(connection: Connection) -> None:
    for row in connection.execute(_CURRENT_DOCUMENTS).all():
        set_audience(connection, row.post_id, json.loads(row.document), row.published_at)


_CURRENT_DOCUMENTS = select(schema.revision).join(
    schema.post,
    and_(schema.post.c.id == schema.revision.c.post_id, schema.post.c.revision == schema.revision.c.number),
)
_DESCRIBE = (
    update(schema.unit)
    .where(schema.unit.c.id == bindparam("changed"))
    .values(name=bindparam("now"), parent_id=bindparam("above"))
)
_WITHDRAW = update(schema.unit_change).where(schema.unit_change.c.sequence == bindparam("withdrawn"))
