"""Which angle brackets of a text are HTML, and which are words that somebody put between them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = _names(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
    img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object
    ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small
    source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr
    """
)
"""Those of HTML today and of its past."""

_ALONE = _names(
    "area base basefont bgsound br col dd dt embed frame hr img input li link meta option p param source tbody td "
    "tfoot th thead tr track wbr"
)
"""Elements that need no end tag."""

_WITHOUT_VALUE = _names(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled download hidden loop markdown "
    "multiple muted novalidate nowrap open readonly required reversed selected"
)

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z_:@][\w:.-]*"
    r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>",
    re.ASCII | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\s+(?P<name>[^\s=]+)(?P<value>\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")

BLOCKS = _names(
    "address article aside blockquote center details div dl fieldset figure footer form header iframe main menu nav ol "
    "pre script section style table ul video"
)
"""Elements that make a block of their own, in which no Markdown is read."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of HTML: of which element, whether it ends it, and where it is."""

    name: str
    is_end: bool
    start: int
    end: int


def read_tag(text: str, at: int) -> Tag | None:
    """Return the tag that begins at *at* of *text*; nothing for words: ``<mã công chức>``, ``<b và c>``."""
    found = _TAG.match(text, at)
    if found is None or found["name"].lower() not in _ELEMENTS:
        return None
    for attribute in _ATTRIBUTE.finditer(found["attributes"]):
        if not attribute["value"] and attribute["name"].lower() not in _WITHOUT_VALUE:
            return None
    return Tag(found["name"].lower(), bool(found["end"]), at, found.end())


def pair_tags(tags: Iterable[Tag]) -> tuple[set[int], list[tuple[int, int]]]:
    """Return where tags begin that have what they need, an end tag or a start tag; and the elements from start to end.

    What must be closed, and is not, is words that somebody put between angle brackets.
    """
    paired, elements = set[int](), list[tuple[int, int]]()
    opened: list[Tag] = []
    for tag in tags:
        if tag.name in _ALONE:
            paired.add(tag.start)
        elif not tag.is_end:
            opened.append(tag)
        elif start := next((other for other in reversed(opened) if other.name == tag.name), None):
            del opened[opened.index(start) :]
            paired |= {start.start, tag.start}
            if tag.name in BLOCKS:
                elements.append((start.start, tag.end))
    return paired, elements
