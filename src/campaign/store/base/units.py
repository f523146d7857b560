"""Units in the database: what they were called and which took over, as of now or of a past instant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from campaign.core.people.roster import Category
from campaign.core.people.unit import Unit, UnitChange, Units
from campaign.store.base import schema
from campaign.store.base.snapshot import once_a_snapshot


@once_a_snapshot
def read_units(connection: Connection, recorded_by: datetime | None = None) -> Units:
    """Return all units with the changes that hold: of now, or those that held at an instant."""
    unit, change = schema.unit.c, schema.unit_change.c
    holds: ColumnElement[bool] = change.withdrawn_at.is_(None)
    if recorded_by is not None:
        holds = and_(change.recorded_at <= recorded_by, or_(holds, change.withdrawn_at > recorded_by))
    query = (
        select(unit.id, unit.first_name, unit.valid_from, schema.unit_change)
        .outerjoin(schema.unit_change, and_(change.unit_id == unit.id, holds))
        .order_by(unit.id, change.first_day, change.sequence)
    )
    units = dict[int, Unit]()
    for row in connection.execute(query):
        found = units.get(row.id) or Unit(row.id, row.first_name, row.valid_from)
        changes = () if row.sequence is None else (to_change(row),)
        units[row.id] = replace(found, changes=(*found.changes, *changes))
    return Units(tuple(units.values()))


def units_meant_by(
    connection: Connection, names: Collection[str], published_at: datetime, at: datetime | None = None
) -> frozenset[int]:
    """Return the numbers of the units that a post means which names them, and of those that had taken over by then.

    Args:
        connection: One state of the database.
        names: The units of its audience; none means all.
        published_at: When it was published: it means the units that had these names then.
        at: When those who took over are asked for; for a fixed list when it was fixed; nothing for now.
    """
    return read_units(connection, at).meant_by(names, read_units(connection, published_at) if names else Units(()))


def read_unit_changes(connection: Connection) -> list[UnitChange]:
    """Return every change, those withdrawn too, the newest first."""
    query = select(schema.unit_change).order_by(schema.unit_change.c.sequence.desc())
    return [to_change(row) for row in connection.execute(query)]


def count_by_unit(connection: Connection) -> Mapping[int, int]:
    """Return how many people are in each unit now, by its number; those without anybody are not among them."""
    columns = schema.headcount.c
    query = select(columns.unit_id, func.sum(columns.members)).where(columns.list_id == 0).group_by(columns.unit_id)
    return {number: int(members) for number, members in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people of a category are in a unit now."""

    unit: str
    category: Category
    people: int


def read_headcounts(connection: Connection) -> tuple[Headcount, ...]:
    """Return how many people there are now, by unit and category, in the order in which the units were added."""
    columns = schema.headcount.c
    query = (
        select(schema.unit.c.name, columns.category, columns.members)
        .join(schema.unit, schema.unit.c.id == columns.unit_id)
        .where(columns.list_id == 0, columns.members > 0)
        .order_by(columns.unit_id, columns.category)
    )
    return tuple(Headcount(row.name, Category(row.category), row.members) for row in connection.execute(query))


def to_change(row: Row[tuple[object, ...]]) -> UnitChange:
    """Return the change that a row of the table holds."""
    return UnitChange(
        sequence=row.sequence,
        unit=row.unit_id,
        first_day=row.first_day,
        name=row.name,
        successor=row.successor_id,
        basis=row.basis,
        actor=row.actor,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        parent=row.parent_id,
    )
