"""The tables as they are in the database, held against those that this program wants."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Dialect, Index, Table, UniqueConstraint, inspect

from campaign.store.base import schema


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table without its rows.

    Attributes:
        columns: The type and whether null is allowed, by the column's name.
        unique: The columns of each constraint, the primary key's among them.
        indexes: The columns of each index, by its name.
    """

    columns: Mapping[str, tuple[str, bool]]
    unique: frozenset[tuple[str, ...]]
    indexes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Differences:
    """In what the tables differ from those wanted.

    Attributes:
        projections: The projections that do, which are made again from the ledger.
        passing: The tables worth no backup that do, which are emptied and made again.
        missing: The tables of credentials that are not there, which are made.
        indexes: The indexes that are not there, which are made.
        kept: What differs in tables whose rows are nowhere else, in words for an operator: no program may guess there.
    """

    projections: tuple[Table, ...]
    passing: tuple[Table, ...]
    missing: tuple[Table, ...]
    indexes: tuple[Index, ...]
    kept: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return any((self.projections, self.passing, self.missing, self.indexes, self.kept))


def compare_tables(connection: Connection) -> Differences:
    """Hold every table, column, constraint and index against `schema`; what is there besides is left alone."""
    found = _read_shapes(connection)
    wanted = {table: _shape_wanted(table, connection.dialect) for table in schema.metadata.sorted_tables}
    differing = {table for table, shape in wanted.items() if not _serves(found.get(table.name), shape)}
    made_again = {*schema.PROJECTIONS, *schema.PASSING}
    lacking = {table for table in differing - made_again if table.name not in found and table not in schema.LEDGER}
    return Differences(
        projections=tuple(table for table in schema.PROJECTIONS if table in differing),
        passing=tuple(table for table in schema.PASSING if table in differing),
        missing=tuple(table for table in wanted if table in lacking),
        indexes=tuple(
            index
            for table in wanted
            if table not in differing
            for index in sorted(table.indexes, key=lambda index: str(index.name))
            if found[table.name].indexes.get(str(index.name)) != tuple(index.columns.keys())
        ),
        kept=tuple(
            f"bảng {table.name}: {_describe(found.get(table.name), shape)}"
            for table, shape in wanted.items()
            if table in differing - made_again - lacking
        ),
    )


def _serves(found: TableShape | None, wanted: TableShape) -> bool:
    return found is not None and (found.columns, found.unique) == (wanted.columns, wanted.unique)


def _describe(found: TableShape | None, wanted: TableShape) -> str:
    if found is None:
        return "không có"
    parts = {
        "thiếu cột": wanted.columns.keys() - found.columns,
        "thừa cột": found.columns.keys() - wanted.columns,
        "khác kiểu ở cột": {name for name, of in wanted.columns.items() if found.columns.get(name, of) != of},
    }
    said = [f"{what} {', '.join(sorted(names))}" for what, names in parts.items() if names]
    return "; ".join(said) or "khác ràng buộc không trùng"


def _shape_wanted(table: Table, dialect: Dialect) -> TableShape:
    unique = [part.columns for part in table.constraints if isinstance(part, UniqueConstraint)]
    return TableShape(
        {column.name: (column.type.compile(dialect), bool(column.nullable)) for column in table.c},
        frozenset(tuple(columns.keys()) for columns in (table.primary_key.columns, *unique)),
        {},
    )


def _read_shapes(connection: Connection) -> Mapping[str, TableShape]:
    inspector = inspect(connection)
    columns, keys = inspector.get_multi_columns(), inspector.get_multi_pk_constraint()
    unique, indexes = inspector.get_multi_unique_constraints(), inspector.get_multi_indexes()
    return {
        place[1]: TableShape(
            {column["name"]: (column["type"].compile(connection.dialect), column["nullable"]) for column in found},
            frozenset(
                tuple(part)
                for part in (
                    keys[place]["constrained_columns"],
                    *(constraint["column_names"] for constraint in unique.get(place, ())),
                )
            ),
            {
                str(index["name"]): tuple(name for name in index["column_names"] if name)
                for index in indexes.get(place, ())
            },
        )
        for place, found in columns.items()
    }
