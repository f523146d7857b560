"""Putting a built site in the place of the one that readers see, and back, at one stroke."""

import ctypes
import os
import shutil
from pathlib import Path

from campaign.errors.site import NoLastSiteError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def fresh_folder(site: Path) -> Path:
    """Return where the next site is built: beside the one that readers see, so on the same disk."""
    return site.with_name(f"{site.name}.fresh")


def last_folder(site: Path) -> Path:
    """Return where the site before the present one is kept."""
    return site.with_name(f"{site.name}.last")


def switch(site: Path) -> None:
    """Show readers the fresh site, and keep the one that they saw."""
    fresh, last = fresh_folder(site), last_folder(site)
    if not site.exists():
        fresh.rename(site)
        return
    _exchange(fresh, site)
    shutil.rmtree(last, ignore_errors=True)
    fresh.rename(last)


def switch_back(site: Path) -> None:
    """Show readers the site before the present one, and keep the present one in its place.

    Raises:
        NoLastSiteError: None is kept.
    """
    if not last_folder(site).is_dir():
        raise NoLastSiteError(str(last_folder(site)))
    _exchange(last_folder(site), site)


def _exchange(first: Path, second: Path) -> None:
    """Let two folders change places: on Linux at one stroke, elsewhere in a few microseconds."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or a C library that has no such call
        _exchange_in_steps(first, second)
        return
    if renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE):
        _exchange_in_steps(first, second)  # a file system that cannot; a fault of another kind is raised there


def _exchange_in_steps(first: Path, second: Path) -> None:
    aside = second.with_name(f"{second.name}.aside")
    second.rename(aside)
    first.rename(second)
    aside.rename(first)
