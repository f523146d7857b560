"""Building the site from a program, as ``mkdocs build`` does from the command line."""

import shutil
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from campaign.errors import SiteBuildError


def build_site(config_file: Path, site: Path) -> None:
    """Build the site that *config_file* describes, then put it in the place of *site* whole.

    MkDocs empties the folder that it builds into, so it is given one beside: readers see the last site until the next
    is ready, and keep it when that has faults.

    Raises:
        SiteBuildError: The content has faults; their text is the error's.
    """
    site = site.resolve()
    fresh, last = site.with_name(f"{site.name}.fresh"), site.with_name(f"{site.name}.last")
    try:
        config = load_config(str(config_file), site_dir=str(fresh), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        # MkDocs logs the reason and raises that it gives up; the reason is what an editor needs.
        raise SiteBuildError(str(error.__context__ or error)) from error
    shutil.rmtree(last, ignore_errors=True)
    if site.exists():
        site.rename(last)
    fresh.rename(site)
    shutil.rmtree(last, ignore_errors=True)
