"""Column types: what a row holds as a value of Python, and how the database keeps it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Dialect,
    LargeBinary,
    Table,
    TableClause,
    Text,
    TypeDecorator,
    column,
    table,
)

from campaign.core.clock import from_microseconds, to_microseconds
from campaign.core.post import to_canonical_json


class Bytes(LargeBinary):
    """Bytes that go to the database and come back as they are, which all our drivers can.

    SQLAlchemy wraps and unwraps each value, for drivers that cannot: a good part of the time of writing many rows.
    """

    def bind_processor(self, _dialect: Dialect) -> None:
        """Wrap nothing."""

    def result_processor(self, _dialect: Dialect, _coltype: object) -> None:
        """Unwrap nothing."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970-01-01T00:00:00Z; it is read in UTC.

    Raises:
        ValueError: A datetime to be written is naive. SQLAlchemy wraps it into a `StatementError`.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Write it."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Read it."""
        return None if value is None else from_microseconds(value)


class Day(TypeDecorator[date]):
    """A day in Viet Nam, kept as ``2025-11-05``.

    Raises:
        ValueError: A datetime is to be written. SQLAlchemy wraps it into a `StatementError`.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """Write it."""
        if isinstance(value, datetime):
            message = f"an instant where a day is kept: {value!r}"
            raise ValueError(message)  # noqa: TRY004 - as for a naive datetime
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        """Read it."""
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A value of JSON, kept as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str:
        """Write it."""
        return json.dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """Read it."""
        return None if value is None else json.loads(value)


class CanonicalJson(TypeDecorator[Mapping[str, Any]]):
    """An object of JSON, kept as its canonical bytes."""

    impl = Bytes
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, _dialect: Dialect) -> bytes | None:
        """Write it."""
        return None if value is None else to_canonical_json(value)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> Mapping[str, Any] | None:
        """Read it."""
        return None if value is None else cast("Mapping[str, Any]", json.loads(value))


def as_kept(typed: Table) -> TableClause:
    """Return *typed* with the values that the database keeps: numbers, text and bytes.

    For a backup, for looking at what may have been altered (SQLite keeps any type in any column), and where nothing is
    to be converted for the sake of speed.
    """
    types = {each.name: each.type for each in typed.c}
    return table(
        typed.name,
        *(column(name, of.impl_instance if isinstance(of, TypeDecorator) else of) for name, of in types.items()),
    )
