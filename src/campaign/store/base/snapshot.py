"""What a reading transaction has read: it sees one state of the database, so nothing need be read twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

KEPT = "campaign_kept"
"""The option of a reading connection that holds what was read, by what was asked."""


def once_a_snapshot(
    read: Callable[Concatenate[Connection, Asked], Found],
) -> Callable[Concatenate[Connection, Asked], Found]:
    """Let *read* ask the database once in a reading transaction; what it returns must not be changed by anyone."""

    @wraps(read)
    def ask(connection: Connection, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        kept: dict[object, Any] | None = connection.get_execution_options().get(KEPT)
        if kept is None:  # In a writing transaction what was read may change.
            return read(connection, *args, **kwargs)
        asked = (read, args, *kwargs.items())
        if asked not in kept:
            kept[asked] = read(connection, *args, **kwargs)
        found: Found = kept[asked]
        return found

    return ask
