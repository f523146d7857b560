"""The folder in which posts become a site, as mkdocs.yml describes it: read without the engine of the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaign.core.text import to_nfc
from campaign.posts.content import CONTENT_FOLDER, POSTS_FOLDER

MKDOCS_FILE = "mkdocs.yml"
_ARCHIVE = "data/published"
_ID = re.compile(rb"^id:[ \t]*['\"]?([a-z0-9-]{3,60})\b", re.MULTILINE)
_HEAD_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where posts become a site.

    Attributes:
        folder: The folder of mkdocs.yml.
        content: The content folder.
        archive: The folder of what was published.
        units: The names of the units.
    """

    folder: Path
    content: Path
    archive: Path
    units: tuple[str, ...]

    def find_posts(self) -> dict[str, str]:
        """Return the file of each post in the content folder, by id; only their first lines are read."""
        found: dict[str, str] = {}
        for file in sorted((self.content / POSTS_FOLDER).rglob("*.md")):
            if file.is_symlink() or not file.is_file():
                continue
            now = file.stat()
            declared = _read_id(str(file), now.st_mtime_ns, now.st_size)
            if declared:
                found.setdefault(declared, file.relative_to(self.content).as_posix())
        return found

    def read(self, path: str) -> bytes | None:
        """Return a file of the content folder, or nothing."""
        file = self.content / path
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def find_workplace(folder: Path) -> Workplace | None:
    """Return the workplace described by mkdocs.yml in *folder*, or nothing when there is none with units."""
    try:
        root = yaml.compose((folder / MKDOCS_FILE).read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError):
        return None
    said = _to_mapping(root)
    options = next(
        (_to_mapping(found) for item in _to_list(said.get("plugins")) if (found := _to_mapping(item).get("campaign"))),
        {},
    )
    units = tuple(to_nfc(str(unit.value)) for unit in _to_list(options.get("units")) if isinstance(unit, ScalarNode))
    if not units:
        return None
    content = folder / _to_text(said.get("docs_dir"), str(CONTENT_FOLDER))
    return Workplace(folder, content, folder / _to_text(options.get("archive"), _ARCHIVE), units)


@lru_cache(maxsize=10_000)
def _read_id(file: str, _changed: int, _size: int) -> str:
    """Return the id that a post's file declares, or ""; a file that did not change is not read again."""
    with Path(file).open("rb") as opened:
        declared = _ID.search(opened.read(_HEAD_BYTES))
    return declared[1].decode() if declared else ""


def _to_mapping(node: Node | None) -> Mapping[str, Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}


def _to_list(node: Node | None) -> list[Node]:
    return node.value if isinstance(node, SequenceNode) else []


def _to_text(node: Node | None, default: str) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else default
