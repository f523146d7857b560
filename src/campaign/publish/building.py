"""Building the site from a program, as ``mkdocs build`` does from the command line."""

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from campaign.errors import SiteBuildError


def build_site(config_file: Path, site: Path) -> None:
    """Build the site that *config_file* describes into the folder *site*.

    Raises:
        SiteBuildError: The content has faults; their text is the error's.
    """
    try:
        config = load_config(str(config_file), site_dir=str(site.resolve()), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        raise SiteBuildError(str(error)) from error
