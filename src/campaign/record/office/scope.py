"""What a page of figures is about: the units that the account may see, and the day that was asked for."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from starlette.requests import Request

from campaign.record.web.admission import unit_shown_to
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection

Figures = TypeVar("Figures")


def seen_by(request: Request, connection: Connection) -> Collection[str] | None:
    """Return the names of the units that the account sees, past ones too; nothing for all."""
    unit = unit_shown_to(request)
    return None if unit is None else read_units(connection).names_seen_from(unit)


def unit_asked_for(request: Request, connection: Connection) -> str | None:
    """Return the unit that is asked for and may be seen, by its name of now, or nothing for all."""
    asked = unit_shown_to(request) or request.query_params.get("don-vi") or None
    known = read_units(connection).by_name.get(asked) if asked else None
    return known.name if known else asked


def names_asked_for(connection: Connection, unit: str | None) -> Collection[str] | None:
    """Return what a unit that is asked for and the units below it are called; nothing for all."""
    return read_units(connection).names_below(unit) if unit else None


def limit(by_unit: Mapping[str, Figures], seen: Collection[str] | None) -> dict[str, Figures]:
    """Return the figures of those units only that are seen."""
    return {name: figures for name, figures in by_unit.items() if seen is None or name in seen}
