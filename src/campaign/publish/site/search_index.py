"""The index of the site's search: small files, of which a browser asks only for those that a question needs.

``search/pages.json`` names the pages and the shards, and says how to read the numbers in them. The shard
``search/w-ph.json`` holds the words that begin with "ph": for each folded word its spellings, for each spelling the
pages that have it. So "dien" finds every "điện", and "điện" finds no "diễn". What the browser does with it is in
``search.js`` of the theme; tests hold the two together.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path

from campaign.core.text import fold, to_nfc, to_spelling

_FOLDER = "search"

_HEAVIEST = 63
_TITLE, _HEADING, _MOST_IN_TEXT = 40, 8, 6
"""What a word weighs in a title, in a heading or summary, and at most by being repeated in the text."""

_SHARD_POSTINGS = 12_000
"""A shard with more of them is split by the next letter: about 30 kB compressed."""

_SHARD = "w-"
"""Before the letters in the name of a shard's file: Windows takes no file that is named "con" or "aux"."""

_OTHER_LETTERS = "_"
"""The shard of the words that begin with none of a–z and 0–9."""

_IN_FILE_NAMES = re.compile("[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_HEADING_TEXT = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")

_Spellings = Mapping[str, Sequence[int]]
"""By spelling, the pages that have it: the page's number times `_HEAVIEST` + 1, and the word's weight there."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page that can be found.

    Attributes:
        url: Its address from the root of the site, without ``/`` at the start.
        weights: Its words, as `weigh` gives them.
    """

    url: str
    title: str
    weights: str


def write_search_index(site: Path, pages: Iterable[SearchPage]) -> None:
    """Write the index of *pages* into the site folder. Equal pages give equal bytes, in any order."""
    ordered = sorted(pages, key=lambda page: page.url)
    words: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, page in enumerate(ordered):
        for line in page.weights.splitlines():
            word, spelling, weight = line.split(" ")
            words[word][spelling].append(number * (_HEAVIEST + 1) + int(weight))
    shards = dict(_split(words, sorted(words), ""))
    (site / _FOLDER).mkdir(exist_ok=True)
    for prefix, held in shards.items():
        _write(site / _FOLDER / f"{_SHARD}{prefix}.json", {word: words[word] for word in held})
    facts = {
        "pages": [[page.url, page.title] for page in ordered],
        "shards": sorted(shards),
        "weights": _HEAVIEST + 1,
    }
    _write(site / _FOLDER / "pages.json", facts)


def weigh(title: str, about: str, html: str) -> str:
    """Return the words of a page, a line each: folded, as it is spelt, what it weighs. Text, as there may be millions.

    Args:
        title: Its title.
        about: Its summary; "" when it has none.
        html: Its text, cleaned.
    """
    weights: dict[tuple[str, str], int] = defaultdict(int)
    for written, times in _count_words(html).items():
        weights[_to_word(written)] += min(times, _MOST_IN_TEXT)
    for written in _count_words(" ".join([*_HEADING_TEXT.findall(html), about])):
        weights[_to_word(written)] += _HEADING
    for written in _count_words(title):
        weights[_to_word(written)] += _TITLE
    return "\n".join(f"{word} {spelling} {min(weight, _HEAVIEST)}" for (word, spelling), weight in weights.items())


def _count_words(html: str) -> Mapping[str, int]:
    text = unescape(_TAG.sub(" ", _INLINE.sub("", html)))
    return Counter(_WORD.findall(to_nfc(text)))


@lru_cache(maxsize=50_000)
def _to_word(found: str) -> tuple[str, str]:
    return fold(found), to_spelling(found)


def _split(words: Mapping[str, _Spellings], some: Sequence[str], prefix: str) -> Iterator[tuple[str, list[str]]]:
    """Share out *some*, sorted words that begin with *prefix*: each goes to the longest prefix that is a shard."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in some:
        longer = word[: len(prefix) + 1]
        by_letter[longer if _IN_FILE_NAMES.fullmatch(longer) else prefix].append(word)
    for longer, held in by_letter.items():
        if longer == prefix:
            yield prefix or _OTHER_LETTERS, held
        elif sum(len(pages) for word in held for pages in words[word].values()) <= _SHARD_POSTINGS:
            yield longer, held
        else:
            yield from _split(words, held, longer)


def _write(file: Path, facts: object) -> None:
    file.write_text(json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8")
