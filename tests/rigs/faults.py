"""Every fault that there is, and an example of each."""

import pkgutil
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import TypeGuard, get_type_hints

from campaign import errors
from campaign.errors.base import CampaignError, Place
from campaign.errors.confirming import NotConcernedError
from campaign.errors.units import UnitFault

TYPED = "A{x}"
"""A text with braces, as a person may type it."""

_EXAMPLES: dict[object, object] = {
    str: TYPED,
    int: 7,
    int | None: 7,
    float: 98.76,
    bool: True,
    date: date(2025, 11, 5),
    datetime: datetime(2025, 11, 5, tzinfo=UTC),
    timedelta: timedelta(minutes=15),
    Place: Place(TYPED, 3),
    Sequence[str]: (TYPED, "B"),
    tuple[CampaignError, ...]: (NotConcernedError(TYPED),),
    UnitFault: UnitFault.EARLIER,
}


def list_kinds() -> list[type[CampaignError]]:
    """Return every kind of fault, in the order of the modules."""
    modules = [import_module(f"campaign.errors.{module.name}") for module in pkgutil.iter_modules(errors.__path__)]
    return [kind for module in modules for kind in vars(module).values() if _is_made_in(module.__name__, kind)]


def make_example(kind: type[CampaignError]) -> CampaignError:
    """Return a fault of that kind whose texts hold braces."""
    return kind(**example_facts(kind))


def example_facts(kind: type[CampaignError]) -> dict[str, object]:
    """Return facts for a fault of that kind, by field and in order."""
    types = get_type_hints(kind)
    return {field.name: _EXAMPLES[types[field.name]] for field in fields(kind)}  # type: ignore[arg-type]  # made a dataclass when it is defined


def _is_made_in(module: str, found: object) -> TypeGuard[type[CampaignError]]:
    is_kind = isinstance(found, type) and issubclass(found, CampaignError) and found is not CampaignError
    return is_kind and found.__module__ == module
