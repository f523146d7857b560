"""What the text of a page holds that can be wrong: links, pictures, headings; and where in the file they are."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from campaign.errors.base import Place
from campaign.posts.front_matter import FrontMatter
from campaign.posts.rendering import KEPT_ELEMENTS

_HEADING = re.compile(r"h([1-6])")
_CODES = {"code", "pre", "kbd", "samp"}
_LOOKS = {"style", "align", "valign", "bgcolor", "color", "face"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text."""

    level: int
    words: str


@dataclass(slots=True)
class Outline:
    """What a text holds.

    Attributes:
        links: The targets of the links and of the pictures, as they are written.
        silent_pictures: The targets of the pictures of which nothing is said for who does not see them.
        anchors: What a link with ``#`` can lead to.
        dropped: The names of the elements that a page does not show.
        styled: The attributes for a look that a page does not take over.
        texts: The words outside of code.
    """

    links: list[str] = field(default_factory=list)
    silent_pictures: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_outline(html: str) -> Outline:
    """Take the rendered text apart, before it is cleaned."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.outline


@dataclass(frozen=True, slots=True)
class Target:
    """A file of the content folder that a link leads to.

    Attributes:
        path: The file, relative to the content folder; it may not exist, and lies outside when it begins with ``..``.
        anchor: The place on its page; "" for the whole.
    """

    path: str
    anchor: str


def find_target(link: str, path: str) -> Target | None:
    """Return what a *link* in the file *path* leads to; nothing when that is no file of the content folder."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")):
        return None
    anchor = unquote(parts.fragment)
    if not parts.path:
        return Target(path, anchor)
    return Target(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))), anchor)


class Finder:
    """Finds pieces of a post's text in its file, each after the last find of the same piece."""

    def __init__(self, file: str, front: FrontMatter) -> None:
        """Look in the text of *file*."""
        self._file = file
        self._front = front
        self._seen: dict[str, int] = {}

    def place_of_link(self, target: str) -> Place:
        """Return where the *target* of a link or a picture is."""
        return self._find(target, ("](", "](<", ": ", '="', ""))

    def place_of_heading(self, heading: Heading) -> Place:
        """Return where the words of a heading are."""
        return self._find(heading.words, (f"{'#' * heading.level} ", ""))

    def place_of(self, piece: str) -> Place:
        """Return where a *piece* is."""
        return self._find(piece, ("",))

    def _find(self, piece: str, marks: Sequence[str]) -> Place:
        """Return where *piece* is, after one of *marks*, the likeliest first; else where the text begins."""
        for mark in marks:
            at = self._front.text.find(mark + piece, self._seen.get(mark + piece, -1) + 1)
            if at >= 0:
                self._seen[mark + piece] = at
                return self._front.place_of(self._file, at + len(mark))
        return Place(self._file, self._front.text_line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._words: list[str] | None = None
        self._codes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.outline.anchors.update(value for name in ("id", "name") if (value := given.get(name)))
        if tag not in KEPT_ELEMENTS:
            self.outline.dropped.append(tag)
        else:
            # Markdown aligns the columns of its tables by a style, which the page takes over.
            is_aligned = tag in ("td", "th") and (given.get("style") or "").startswith("text-align: ")
            self.outline.styled += (name for name in given if name in _LOOKS and not is_aligned)
        self._codes += tag in _CODES
        if tag == "a" and given.get("href"):
            self.outline.links.append(given["href"] or "")
        elif tag == "img":
            self.outline.links.append(given.get("src") or "")
            if not (given.get("alt") or "").strip():
                self.outline.silent_pictures.append(given.get("src") or "")
        elif _HEADING.fullmatch(tag):
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)
        if not self._codes:
            self.outline.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._codes -= tag in _CODES and self._codes > 0
        found = _HEADING.fullmatch(tag)
        if found and self._words is not None:
            self.outline.headings.append(Heading(int(found[1]), "".join(self._words).strip()))
            self._words = None
