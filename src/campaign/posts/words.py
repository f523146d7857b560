"""The words that were typed, and the words that are shown: whatever a text loses on its way is found here."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from campaign.core.text import to_nfc
from campaign.posts.fixes.inline import ATTRIBUTES, LINK, Piece, is_used, split_pieces

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<!--.*?-->", re.DOTALL)
_WITHIN_WORDS = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|small|span|strong|u", re.IGNORECASE
)
"""Elements that may begin and end within a word; all others part words."""
_MARKS = re.compile(r"\*|~~")
"""Marks that may be within a word."""
_UNSEEN = re.compile(
    r"""^[ \t]*\d{1,9}\.(?=[ \t])        # the number of an item, which the list shows
    |\[\^[^\[\]]+\]:?                    # a footnote's mark
    |(?<=\])\[[^\[\]]*\]                 # where a link finds its address
    |(?<=[-*+.][ \t])\[[xX]\](?=[ \t])    # a ticked box
    |^[ ]{0,3}!!![ ](?:note|tip|info|important|warning|danger)\b
    |(?P<entity>&(?:\#\d+|\#x[0-9a-fA-F]+|\w+);)
    |(?P<mark>\*|~~)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What is read as a mark in a text."""
_ESCAPED = "\\`*_{}[]()>#+-.!"


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words next to each other that are typed and not shown.

    Attributes:
        at: Where in the text they begin.
    """

    at: int
    words: str


def find_lost_words(text: str, html: str) -> Iterator[LostWords]:
    """Yield the words of a post's Markdown that its page does not show.

    Args:
        text: The text as it was typed.
        html: The HTML that is shown.
    """
    typed = list(_find_typed(text))
    shown = _WORD.findall(to_nfc(unescape(_MARKS.sub("", _TAG.sub(_part_words, html)))))
    missing = Counter(word for _, word in typed) - Counter(shown)
    if not missing:
        return
    matcher = SequenceMatcher(None, [word for _, word in typed], shown, autojunk=False)
    for kind, first, last, _, _ in matcher.get_opcodes():
        lost = [] if kind == "equal" else [(at, word) for at, word in typed[first:last] if missing[word] > 0]
        missing.subtract(word for _, word in lost)
        if lost:
            yield LostWords(lost[0][0], " ".join(word for _, word in lost))


def _part_words(tag: re.Match[str]) -> str:
    return "" if _WITHIN_WORDS.fullmatch(tag["name"] or "-") else " "


def _find_typed(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word that was typed to be shown, with where it begins."""
    parts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for place, part in _find_visible(split_pieces(text), text):
        parts.append(part)
        starts.append(length)
        places.append(place)
        length += len(part)
    for word in _WORD.finditer("".join(parts)):
        number = bisect_right(starts, word.start()) - 1
        yield places[number] + word.start() - starts[number], word[0]


def _find_visible(pieces: list[Piece], text: str) -> Iterator[tuple[int, str]]:
    """Yield what of each piece is shown, with where it begins; a space where words part."""
    for piece in pieces:
        if piece.kind == "link" and (link := LINK.match(piece.text)):
            inner = [] if link["picture"] else split_pieces(link["words"])
            for part in inner:
                part.at += piece.at + link.start("words")
            yield from _find_visible(inner, text)
        elif piece.kind in ("text", "gap", "angle", "auto", "address", "definition", "brace"):
            yield from _drop_unseen(piece, text)
        else:
            yield piece.at, _see(piece)


def _see(piece: Piece) -> str:
    """Return what a piece that is a mark, a tag, a comment or code shows."""
    match piece.kind:
        case "bold" | "struck":
            return ""
        case "break" | "comment":
            return " "
        case "tag":
            return _TAG.sub(_part_words, piece.text)
        case "fence":  # The language of the code, and the marks around it.
            head, _, code = piece.text.partition("\n")
            return " " * len(head) + code.rstrip("`~ ")
        case "escaped" if piece.text[1] in _ESCAPED:
            return piece.text[1]
    return piece.text


def _drop_unseen(piece: Piece, text: str) -> Iterator[tuple[int, str]]:
    """Yield a piece without what Markdown reads, and with the characters that entities stand for."""
    if piece.kind == "brace" and ATTRIBUTES.fullmatch(piece.text):
        return
    if piece.kind == "definition" and is_used(piece.text, text):
        return
    at = 0
    for found in _UNSEEN.finditer(piece.text):
        yield piece.at + at, piece.text[at : found.start()]
        within = unescape(found["entity"]) if found["entity"] else "" if found["mark"] else " "
        yield piece.at + found.start(), within
        at = found.end()
    yield piece.at + at, piece.text[at:]
