"""The page of one post as an earlier build left it: first the rendered text, then the finished page."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from campaign.publish.cache.cache import Cache, digest_of_all

Neighbour = str | None
"""What a link found: where another file is shown and whether readers see it; nothing when there is no such file."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What is known of a rendered text beside its HTML.

    Attributes:
        neighbours: What each file that the text asks for was when it was rendered.
        anchors: What a link can lead to.
        links: The anchors in other files that it links to: by file, each with the link as it is written.
        toc: The headings: name, id, level and children of each.
        weights: The words that search is to find, as the search index takes them.
    """

    neighbours: dict[str, Neighbour]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    toc: list[Any]
    weights: str


class PageMemory:
    """What builds remember of the page of one post.

    Thousands of texts are rendered before the first page is finished; so that they fit into little memory, the HTML of
    each waits in the cache.

    Attributes:
        facts: What is known of the text, once it is found or kept.
        is_kept: Whether the HTML of the text can be loaded.
        is_finished: Whether the finished page can be loaded.
    """

    def __init__(self, cache: Cache, name: str, sources: Iterable[str | bytes], url: str) -> None:
        """Remember by *name*, the file of a page at *url*, what was made from what has the digests *sources*."""
        self._cache = cache
        self._name = name
        self._text_key = digest_of_all([*sources, name, url])
        self._page_key = b""
        self.facts: TextFacts | None = None
        self.is_kept = self.is_finished = False

    @property
    def key(self) -> str:
        """The digest, in hexadecimal, of all that the finished page is made from."""
        return self._page_key.hex()

    def find_text(self, look: Callable[[str], Neighbour]) -> TextFacts | None:
        """Return what is known of the text, unless it must be rendered.

        Args:
            look: Tells what a file is that the text asked for.
        """
        found = self._cache.get("text", self._name, self._text_key)
        facts = TextFacts(**json.loads(found)) if found else None
        if facts and all(look(path) == was for path, was in facts.neighbours.items()):
            self.facts, self.is_kept = facts, True
        return self.facts

    def keep_text(self, facts: TextFacts, html: str) -> None:
        """Keep a text that was rendered; not one with a link that finds nothing, so that every build warns of it."""
        self.facts = facts
        if self._cache.is_open and None not in facts.neighbours.values():
            written = json.dumps(asdict(facts), ensure_ascii=False, separators=(",", ":"))
            self._cache.put("text", self._name, self._text_key, written.encode())
            self._cache.put("html", self._name, self._text_key, html.encode())
            self.is_kept = True

    def load_text(self) -> str:
        """Return the HTML of a text that is kept."""
        return self._cache.load("html", self._name, self._text_key).decode()

    def find_page(self, shown: Iterable[str]) -> bool:
        """Say whether the finished page is there, given what it shows beside its text."""
        neighbours = repr(self.facts and self.facts.neighbours)
        self._page_key = digest_of_all([self._text_key, neighbours, *shown])
        self.is_finished = self._cache.has("page", self._name, self._page_key)
        return self.is_finished

    def keep_page(self, html: str) -> None:
        """Keep the finished page."""
        self._cache.put("page", self._name, self._page_key, html.encode())

    def load_page(self) -> str:
        """Return the finished page."""
        return self._cache.load("page", self._name, self._page_key).decode()
