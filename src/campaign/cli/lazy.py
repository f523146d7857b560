"""Commands that are loaded when they are asked for: all of them together take a second."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import cast

import click


class _LazyCommands(Mapping[str, click.Command]):
    """Commands by their names, each from ``module:name`` below the package."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def __getitem__(self, name: str) -> click.Command:
        """Load a command."""
        module, _, attribute = self._places[name].partition(":")
        found: click.Command = getattr(import_module(f"campaign.{module}"), attribute)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield every name, without loading anything."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the commands."""
        return len(self._places)


def load_lazily(places: Mapping[str, str]) -> MutableMapping[str, click.Command]:
    """Return the commands at *places* for a group; click asks for a mapping to change, and changes none."""
    return cast("MutableMapping[str, click.Command]", _LazyCommands(places))
