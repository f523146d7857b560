"""The loss check: are the words of the document in the post?

The document's words are gathered from its XML by the shortest way, not by the reader whose work is checked; its
automatic labels, which stand nowhere in the XML, are the reader's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain

from campaign.core.text import to_nfc

LEAST_KEPT = 99.5
"""Percent of the words of a document that its post must hold."""

_NEARLY = 99.99
_MOST_SHOWN = 12
_LONGEST_SHOWN = 12
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?(?:sup|sub|s|strong|em|a)\b[^>]*>")
_BLOCK_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"\]\(<[^>]*>\)")
_PICTURE = re.compile(r"!\[Hình \d+ trong văn bản gốc\]\([^)]*\)")
_NOTE = re.compile(r"\[\^\d+\]:?")
_STARS = re.compile(r"(?<!\\)\*+")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Loss:
    """What is missing from a post.

    Attributes:
        kept: Percent of the document's words that the post holds.
        missing: The first stretches of missing words, in the order of the page.
        objects: How many things that are no words (pictures, signs, shapes) are missing.
    """

    kept: float
    missing: tuple[str, ...]
    objects: int = 0

    @property
    def shown(self) -> float:
        """Percent as it is told: 100 only when nothing at all is missing."""
        floor = int(self.kept * 100) / 100
        return min(floor, _NEARLY) if self.missing or self.objects else floor


def measure_loss(document: Iterable[str], post: str, left_out: Iterable[str] = (), objects: int = 0) -> Loss:
    """Compare words.

    Args:
        document: The document's texts, paragraph by paragraph.
        post: The post's Markdown.
        left_out: What the post does not hold on purpose.
        objects: How many things that are no words are missing.
    """
    held = Counter(_words(_to_plain(post)))
    held.update(chain.from_iterable(_words(text) for text in left_out))
    texts = [_words(text) for text in document]
    total = sum(map(len, texts))
    wanted = Counter(chain.from_iterable(texts))
    if wanted <= held:
        return Loss(100.0, (), objects)
    lost = (wanted - held).total()
    return Loss(100 * (1 - lost / total), tuple(_find_missing(texts, held)), objects)


def _find_missing(texts: Iterable[list[str]], held: Counter[str]) -> Iterator[str]:
    """Yield the first stretches of words that are not *held* often enough."""
    missing: list[list[str]] = []
    for text in texts:
        is_open = False
        for word in text:
            held[word] -= 1
            if held[word] < 0 and is_open and len(missing[-1]) < _LONGEST_SHOWN:
                missing[-1].append(word)
            elif held[word] < 0:
                missing.append([word])
            is_open = held[word] < 0
    return (" ".join(words) for words in missing[:_MOST_SHOWN])


def _words(text: str) -> list[str]:
    return _WORD.findall(to_nfc(text).casefold())


def _to_plain(post: str) -> str:
    """Take the marks of our own Markdown away."""
    for pattern, replacement in (
        (_PICTURE, " "), (_NOTE, " "), (_LINK, "]"), (_TAG, ""), (_BLOCK_TAG, " "), (_STARS, ""),
    ):  # fmt: skip
        post = pattern.sub(replacement, post)
    return _ESCAPE.sub(r"\1", unescape(post))  # In this order: a "#" behind a backslash begins no sign of HTML.
