"""The digest of all that a build depends on beside the content: program, libraries, templates, mkdocs.yml."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import ModuleType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

import campaign
from campaign.publish.cache.cache import digest_of_all

_LIBRARIES = ("jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "pymdown-extensions", "pyyaml")
_MADE_FROM = ("core", "posts", "publish")
"""The packages whose code turns content into the site."""
_PLACES = {"site_dir", "config_file_path"}
"""Where a site is built changes nothing on it."""


def fingerprint(config: MkDocsConfig) -> str:
    """Return the digest, in hexadecimal."""
    return digest_of_all([sys.version, *_versions(), *_files(config), _settings(config)]).hex()


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:  # Another engine may stand in for MkDocs.
            yield f"{name} -"


def _files(config: MkDocsConfig) -> Iterator[bytes]:
    """Yield the name and the text of each file of the program and of each template."""
    program = Path(campaign.__file__).parent
    sources = [*(program / name for name in _MADE_FROM), *map(Path, config.theme.dirs)]
    for file in _sorted_files(sources, {".py", ".html", ".yml"}):
        yield str(file).encode()
        yield file.read_bytes()


def _sorted_files(folders: Iterable[Path], suffixes: set[str]) -> list[Path]:
    return sorted({file for folder in folders for file in folder.rglob("*") if file.suffix in suffixes})


def _settings(config: MkDocsConfig) -> str:
    """Write what mkdocs.yml says, with the environment's variables put in."""
    said = {key: value for key, value in config.items() if key not in _PLACES}
    return json.dumps(said, sort_keys=True, default=_to_plain, ensure_ascii=False)


def _to_plain(value: object) -> object:
    """Write plugins by their options, hooks by their code, functions and the rest by their names."""
    if isinstance(value, Mapping):
        return {str(key): inner for key, inner in value.items()}
    if isinstance(value, BasePlugin):
        return dict(value.config)
    if isinstance(value, ModuleType) and value.__file__:
        return Path(value.__file__).read_text("utf-8")
    name = getattr(value, "__qualname__", type(value).__qualname__)
    return f"{getattr(value, '__module__', '')}.{name}"
