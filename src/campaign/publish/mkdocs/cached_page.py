"""A page of MkDocs whose text need not be rendered when the cache has it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from campaign.publish.cache.cache import Cache, digest_of_all

EMPTY_TEMPLATE = "partials/finished.html"
"""The template of a page that is finished already."""

Neighbour = tuple[str, int] | None
"""What a link found: the address and the inclusion of a file, or nothing."""


@dataclass(slots=True)
class TextFacts:
    """What is known of a rendered text beside its HTML.

    Attributes:
        neighbours: What each file that the text asks for was when it was rendered.
        anchors: What a link can lead to.
        links: The anchors in other files that it links to: by file, each with the link as it is written.
        toc: Title, id, level and children of each heading.
        foreign_loads: What it would load from other machines.
        weights: The words that search is to find, as the search index takes them.
    """

    neighbours: dict[str, Neighbour]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    toc: list[list[Any]]
    foreign_loads: list[str]
    weights: str


@dataclass(frozen=True, slots=True)
class Told:
    """The text of a page, and what it declares, in the words of MkDocs."""

    text: str
    meta: Mapping[str, str]


class CachedPage(Page):
    """The page of a post.

    Attributes:
        facts: What is known of the text, once it is rendered.
        key: The digest of all that the finished page is made from, once it is known.
        is_finished: Whether the cache has the finished page.
    """

    def __init__(self, file: File, config: MkDocsConfig, cache: Cache, source: bytes, told: Told) -> None:
        """Make the page of *file*.

        Args:
            file: The file.
            config: The site.
            cache: Where to look for what was made before.
            source: The digest of the file's content, from which *told* follows.
            told: What MkDocs would read in the file.
        """
        super().__init__(None, file, config)
        self._told = told
        self._cache = cache
        self._key = digest_of_all([source, file.src_uri, file.url])
        self._neighbours: dict[str, Neighbour] = {}
        self.facts: TextFacts | None = None
        self._is_known = self._is_parked = False
        self.key = b""
        self.is_finished = False

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs calls it so
        """Take the text and what is declared from us: MkDocs would not read our front matter as we do."""
        self.markdown, self.meta = self._told.text, dict(self._told.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the text from the cache, or render and note everything that it depends on."""
        found = self._cache.get("text", self.file.src_uri, self._key)
        facts = TextFacts(**json.loads(found)) if found else None
        if facts and all(_look(files, path) == _as_pair(was) for path, was in facts.neighbours.items()):
            self._restore(facts, files)
            return
        watched = _WatchedFiles(files)
        super().render(config, cast("Files", watched))
        self._neighbours = watched.neighbours

    def keep(self, html: str, foreign_loads: list[str], weights: str) -> str:
        """Put the rendered and cleaned text into the cache, and return what of it the page is to hold meanwhile.

        A text with a link that finds nothing is not kept, so that every build warns of it.
        """
        links = {file.src_uri: dict(found) for file, found in (self.links_to_anchors or {}).items()}
        toc = [_from_anchor(item) for item in self.toc]
        anchors = sorted(self.present_anchor_ids or ())
        self.facts = TextFacts(self._neighbours, anchors, links, toc, foreign_loads, weights)
        if None in self._neighbours.values() or not self._cache.is_open:
            return html
        facts = {one.name: getattr(self.facts, one.name) for one in fields(TextFacts)}
        written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
        self._cache.put("text", self.file.src_uri, self._key, written)
        self._cache.put("html", self.file.src_uri, self._key, html.encode())
        self.markdown, self._is_parked = "", True
        return ""

    def find_finished(self, shown: list[str], digest_of_used: Callable[[list[str]], bytes]) -> None:
        """Look for the finished page.

        Args:
            shown: What the page shows beside its text.
            digest_of_used: Gives the digest of what the page takes from the site, by the names of its attributes.
        """
        self._page_key = digest_of_all([self._key, *shown])
        if not self._is_known:
            return
        used = self._cache.get("used", self.file.src_uri, self._page_key)
        key = digest_of_all([self._page_key, digest_of_used(json.loads(used))]) if used else b""
        if used and self._cache.has("page", self.file.src_uri, key):
            self.key, self.is_finished = key, True
            self.meta = {"template": EMPTY_TEMPLATE}

    def unpark(self) -> None:
        """Take the HTML of the text from the cache, which had it meanwhile, when the page is to be finished anew.

        Thousands of pages are rendered before the first is finished: they would not all fit into little memory.
        """
        if self._is_parked and not self.is_finished:
            self.content = self._cache.load("html", self.file.src_uri, self._key).decode()

    def load_finished(self) -> str | None:
        """Return the finished page, when the cache has it."""
        return self._cache.load("page", self.file.src_uri, self.key).decode() if self.is_finished else None

    def keep_finished(self, output: str, used: list[str], digest_of_used: Callable[[list[str]], bytes]) -> None:
        """Put the finished page into the cache."""
        self.key = digest_of_all([self._page_key, digest_of_used(used)])
        self._cache.put("used", self.file.src_uri, self._page_key, json.dumps(used).encode())
        self._cache.put("page", self.file.src_uri, self.key, output.encode())
        if self._is_parked:
            self.content = ""

    def _restore(self, facts: TextFacts, files: Files) -> None:
        self.facts, self._is_known, self._is_parked = facts, True, True
        self.present_anchor_ids = set(facts.anchors)
        self.links_to_anchors = {files.src_uris[path]: links for path, links in facts.links.items()}
        self.toc = TableOfContents([_to_anchor(item) for item in facts.toc])
        self.content = self.markdown = ""


class _WatchedFiles:
    """The files of the site, noting which a text asks for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.neighbours: dict[str, Neighbour] = {}

    def get_file_from_path(self, path: str) -> File | None:
        self.neighbours[path] = _look(self._files, path)
        return self._files.get_file_from_path(path)


class WatchedSite:
    """What templates see of the site, noting which attributes they ask for."""

    def __init__(self, site: object) -> None:
        """Watch *site*."""
        self._site = site
        self._digests: dict[str, bytes] = {}
        self.used: set[str] = set()

    def __getattr__(self, name: str) -> object:
        """Return an attribute of the site."""
        self.used.add(name)
        return getattr(self._site, name)

    def digest_of(self, names: list[str]) -> bytes:
        """Return the digest of those attributes."""
        for name in names:
            if name not in self._digests:
                self._digests[name] = digest_of_all([name, repr(getattr(self._site, name, None))])
        return digest_of_all(self._digests[name] for name in names)


def _look(files: Files, path: str) -> Neighbour:
    found = files.get_file_from_path(path)
    return (found.url, found.inclusion.value) if found else None


def _as_pair(was: object) -> Neighbour:
    return (was[0], was[1]) if isinstance(was, list) else None


def _from_anchor(item: AnchorLink) -> list[Any]:
    return [item.title, item.id, item.level, [_from_anchor(child) for child in item.children]]


def _to_anchor(item: list[Any]) -> AnchorLink:
    title, name, level, children = item
    anchor = AnchorLink(title, name, level)
    anchor.children = [_to_anchor(child) for child in children]
    return anchor
