"""The digest of all that a build depends on beside the content: program, libraries, templates, configuration."""

import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import campaign
from campaign.publish.cache.cache import digest_of_all

_LIBRARIES = (
    "jinja2",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pillow",
    "pymdown-extensions",
    "pyyaml",
)
_MADE_FROM = ("core", "posts", "publish")
"""The packages whose code turns content into the site."""
_SUFFIXES = {".py", ".html", ".yml"}


def fingerprint(settings: str, templates: Iterable[str | Path], program: Path = Path(campaign.__file__).parent) -> str:
    """Return the digest, in hexadecimal.

    Args:
        settings: The site's configuration, with the environment's variables put in.
        templates: The folders of the theme.
        program: The folder of this program.
    """
    folders = [*(program / package for package in _MADE_FROM), *map(Path, templates)]
    files = sorted({file for folder in folders for file in folder.rglob("*") if file.suffix in _SUFFIXES})
    contents = (part for file in files for part in (str(file).encode(), file.read_bytes()))
    return digest_of_all([sys.version, settings, *_list_versions(), *contents]).hex()


def _list_versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:  # Another engine may take the place of MkDocs.
            yield f"{name} -"
