"""What carries values and faults between MkDocs and the rest."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from campaign.errors.base import CampaignError


@contextmanager
def stopping_build() -> Iterator[None]:
    """Turn faults that the editor can repair into the error that MkDocs shows without a traceback."""
    try:
        yield
    except CampaignError as error:
        message = f"\n\n{error}\n"
        raise PluginError(message) from None


def to_plain(value: object) -> object:
    """Write plugins by their options, hooks by their code, functions and the rest by their names."""
    if isinstance(value, BasePlugin):
        value = value.config
    if isinstance(value, Mapping):
        return {str(key): inner for key, inner in value.items()}
    if isinstance(value, ModuleType) and value.__file__:
        return Path(value.__file__).read_text("utf-8")
    name = getattr(value, "__qualname__", type(value).__qualname__)
    return f"{getattr(value, '__module__', '')}.{name}"
