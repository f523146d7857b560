"""A page of MkDocs whose text need not be rendered when the cache has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from campaign.publish.cache.pages import Neighbour, PageMemory, TextFacts


@dataclass(frozen=True, slots=True)
class PageSource:
    """The text of a page and its front matter, as MkDocs would have read them in the file."""

    text: str
    meta: Mapping[str, str]


class CachedPage(Page):
    """The page of a post.

    Attributes:
        memory: What builds remember of it.
    """

    def __init__(self, file: File, config: MkDocsConfig, memory: PageMemory, source: PageSource) -> None:
        """Make the page of *file*."""
        super().__init__(None, file, config)
        self.memory = memory
        self._source = source
        self._neighbours: dict[str, Neighbour] = {}

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs calls it so
        """Take text and front matter from us: MkDocs would not read them as we do."""
        self.markdown, self.meta = self._source.text, dict(self._source.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the text from the cache, or render it and note which files it asks for."""
        facts = self.memory.find_text(lambda path: _look(files, path))
        if facts is None:
            watched = _WatchedFiles(files)
            super().render(config, cast("Files", watched))
            self._neighbours = watched.neighbours
            return
        self.present_anchor_ids = set(facts.anchors)
        self.links_to_anchors = {files.src_uris[path]: links for path, links in facts.links.items()}
        self.toc = get_toc(facts.toc)
        self.content = self.markdown = ""

    def keep_text(self, html: str, weights: str) -> str:
        """Keep the rendered and cleaned text, and return what of it the page is to hold meanwhile."""
        links = {file.src_uri: dict(found) for file, found in (self.links_to_anchors or {}).items()}
        toc = [_to_token(item) for item in self.toc]
        self.memory.keep_text(
            TextFacts(self._neighbours, sorted(self.present_anchor_ids or ()), links, toc, weights), html
        )
        return "" if self.memory.is_kept else html


class _WatchedFiles:
    """The files of the site, noting which a text asks for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.neighbours: dict[str, Neighbour] = {}

    def get_file_from_path(self, path: str) -> File | None:
        self.neighbours[path] = _look(self._files, path)
        return self._files.get_file_from_path(path)


def _look(files: Files, path: str) -> Neighbour:
    found = files.get_file_from_path(path)
    return f"{found.inclusion.value} {found.url}" if found else None


def _to_token(item: AnchorLink) -> dict[str, Any]:
    """Return a heading as Markdown's extension gives it."""
    return {
        "name": item.title,
        "id": item.id,
        "level": item.level,
        "children": [_to_token(child) for child in item.children],
    }
