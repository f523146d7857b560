"""The folder in which editors work, opened: what mkdocs.yml says, and where things lie."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from campaign.errors.settings import SiteBuildError
from campaign.publish.mkdocs.plugin import CampaignPlugin
from campaign.publish.site.options import SiteOptions

MKDOCS_FILE = Path("mkdocs.yml")
"""What describes the site, in the current folder."""


@dataclass(frozen=True, slots=True)
class Project:
    """What an editor works on.

    Attributes:
        content: The content folder.
        options: What mkdocs.yml says about the campaign.
    """

    content: Path
    options: SiteOptions

    def address_of(self, path: str) -> str:
        """Return the full address of the page of the file *path* of the content folder."""
        return self.options.home + quote(path.removesuffix(".md")) + "/"


def open_project(config_file: Path) -> Project:
    """Read *config_file*.

    Raises:
        SiteBuildError: It is missing, or it describes no campaign's site.
        Faults: What it says of the campaign cannot be.
    """
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        raise SiteBuildError(str(error)) from error
    return Project(Path(config.docs_dir), find_plugin(config).read_options(config))


def find_plugin(config: MkDocsConfig) -> CampaignPlugin:
    """Return our plugin of a site.

    Raises:
        SiteBuildError: It is not among the plugins.
    """
    plugin = config.plugins.get("campaign")
    if not isinstance(plugin, CampaignPlugin):
        reason = f"{config.config_file_path}: mục plugins chưa có campaign."
        raise SiteBuildError(reason)
    return plugin
