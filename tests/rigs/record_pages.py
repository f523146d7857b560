"""The pages of the recorder: every dataclass in it that names a template."""

import importlib
import pkgutil
from dataclasses import is_dataclass
from typing import Any

from campaign import record


def find_pages() -> list[type[Any]]:
    """Return the class of every page, from whatever module it is in."""
    found = {}
    for info in pkgutil.walk_packages(record.__path__, f"{record.__name__}."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if is_dataclass(value) and isinstance(value, type) and hasattr(value, "template"):
                found[value.__module__, name] = value
    return list(found.values())
