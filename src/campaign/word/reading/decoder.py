"""From the pieces of a paragraph to runs: legacy encodings decoded, NFC, pieces of one style joined."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from campaign.core.legacy import Encoding, decode, decode_characters, encoding_of, is_syllable, is_unicode
from campaign.core.text import to_nfc
from campaign.word.reading.document import Run
from campaign.word.reading.inline import Piece
from campaign.word.reading.symbols import UNKNOWN_SIGN

_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_MARK = re.compile("^[\u0300-\u036f]+")
_WORD = re.compile("[A-Za-z\xa1-\xff\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]+")
"""What may be a word in one encoding or another: in TCVN3 and VNI, signs stand for letters."""

_SIGN_INSIDE = re.compile(
    "[a-zA-Z][\xa1-\xac\xae-\xbf\xd7\xf7]+[a-zA-Z]|^[\xa1-\xa9\xab\xac\xae\xb1\xb4-\xb8\xbb-\xbf]+[a-zA-Z]{2}"
)
"""A sign where Unicode has letters: one such word tells the encoding of a text."""

_LETTER = re.compile("[A-Za-z]")
_LEGACY = (Encoding.TCVN3, Encoding.VNI)
_SURE = 2
"""Words of one encoding that tell it of a stretch of text against the rest of the document."""

_LONG = 4
_FITTING = 0.85
"""Share of the words of a font that must be Vietnamese in an encoding, for all of them to be read in it."""

_FEW, _SIGNED = 4, 0.3
"""More words than these, this share of them with signs between letters, are in an encoding that is not known here."""

_MOST_UNREADABLE = 0.2
"""Share of a document's words with marks that may be in such an encoding."""


@cache
def meaning_of(word: str) -> Encoding | None:
    """Return the encoding in which *word* is Vietnamese; nothing when it tells none, or could be in several."""
    if is_unicode(word):
        return Encoding.UNICODE
    if word.isascii() or not _LETTER.search(word):
        return None
    can_be = [encoding for encoding in _LEGACY if _fits(word, encoding)]
    if is_syllable(word):
        return None if can_be else Encoding.UNICODE
    if can_be:
        return can_be[0] if len(can_be) == 1 else None
    return Encoding.UNKNOWN if _SIGN_INSIDE.search(word) and any(letter.islower() for letter in word) else None


@cache
def _fits(word: str, encoding: Encoding) -> bool:
    """Say whether *word* can be Vietnamese in *encoding*; capitals may carry small letters with marks."""
    meant = decode(word, encoding)
    capital = "".join(letter for letter in word if letter.isascii() and letter.isalpha()).isupper()
    return is_syllable(meant.upper() if capital else meant)


@dataclass(slots=True)
class _Votes:
    """What the words of one font tell.

    Attributes:
        unicode: How many are Vietnamese as they are and in no other encoding.
        telling: How many have marks and are not Vietnamese as they are.
        signed: How many of these have a sign between letters.
        fitting: How many of these are Vietnamese in an encoding.
    """

    unicode: int = 0
    telling: int = 0
    signed: int = 0
    fitting: Counter[Encoding] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        for word in _WORD.findall(text):
            if word.isascii() or not _LETTER.search(word):
                continue
            if meaning_of(word) is Encoding.UNICODE:
                self.unicode += 1
            elif not is_syllable(word):
                self.telling += 1
                self.signed += bool(_SIGN_INSIDE.search(word))
                self.fitting.update(encoding for encoding in _LEGACY if _fits(word, encoding))

    @property
    def encoding(self) -> Encoding:
        """The encoding of the font; UNKNOWN when its words are in none that is known here."""
        best = max(_LEGACY, key=lambda encoding: self.fitting[encoding])
        misfits = self.telling - self.fitting[best]
        if self.fitting[best] > max(self.unicode, misfits) and misfits <= max(1, (1 - _FITTING) * self.telling):
            return best
        is_unknown = self.telling > max(self.unicode, _FEW) and self.signed >= _SIGNED * self.telling
        return Encoding.UNKNOWN if is_unknown else Encoding.UNICODE


class Decoder:
    """Decides from its words in which encoding each stretch of a document is, and turns pieces into runs.

    The name of a font decides only where the words tell nothing: many Unicode documents name legacy fonts in their
    styles, and many legacy ones fonts that no list knows.
    """

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        """Look at the *texts* of the whole document, each with its font, or at none."""
        self.unknown_signs = 0
        self._votes: dict[str, _Votes] = {}
        for font, raw in texts:
            self._votes.setdefault(font, _Votes()).add(to_bytes(raw))
        self._all = Counter(votes.encoding for votes in self._votes.values())

    @property
    def has_unknown(self) -> bool:
        """Whether much of the document is in an encoding that is not known here."""
        unknown = sum(votes.telling for votes in self._votes.values() if votes.encoding is Encoding.UNKNOWN)
        return unknown > _MOST_UNREADABLE * sum(votes.telling + votes.unicode for votes in self._votes.values())

    def _encoding_of_font(self, font: str) -> Encoding:
        """Return what the words in *font* say, else what its name says if another font of the document says so too."""
        votes = self._votes.get(font)
        if votes and (votes.telling or votes.unicode):
            return Encoding.UNICODE if votes.encoding is Encoding.UNKNOWN else votes.encoding
        named = encoding_of(font)
        plain = Encoding.TCVN3 if named is Encoding.TCVN3_CAPITALS else named
        return plain if plain in _LEGACY and self._all[plain] else Encoding.UNICODE

    def decode(self, font: str, raw: str) -> list[str]:
        """Decode a stretch of text of one font: as many strings as *raw* has characters, "" where a letter had two."""
        characters = list(raw)
        if not self._votes:
            return characters
        text = to_bytes(raw)
        of_font = self._encoding_of_font(font)
        words = list(_WORD.finditer(text))
        for word, encoding in zip(words, _settle([word.group() for word in words], of_font), strict=True):
            if encoding is not Encoding.UNICODE:
                characters[word.start() : word.end()] = decode_characters(word.group(), encoding)
        if of_font is Encoding.TCVN3 and encoding_of(font) is Encoding.TCVN3_CAPITALS:
            characters = [character.upper() for character in characters]
        return characters

    def to_runs(self, pieces: Iterable[Piece], number_note: Callable[[str, str], int]) -> tuple[Run, ...]:
        """Turn the pieces of one paragraph into runs.

        Args:
            pieces: The pieces.
            number_note: Turns the kind and id of a note into its number, 0 when there is no such note.
        """
        return tuple(_join(self._to_runs(pieces, number_note)))

    def _to_runs(self, pieces: Iterable[Piece], number_note: Callable[[str, str], int]) -> Iterator[Run]:
        for font, group in groupby(pieces, lambda piece: piece.font if piece.text else None):
            if font is not None:
                yield from self._to_text_runs(list(group), font)
                continue
            for piece in group:
                number = number_note(*piece.note) if piece.note else 0
                if number or piece.picture:
                    yield Run("", note=number, picture=piece.picture)

    def _to_text_runs(self, pieces: list[Piece], font: str) -> Iterator[Run]:
        """Decode pieces of one font together: a letter's bytes may be in two of them."""
        characters = self.decode(font, "".join(piece.text for piece in pieces))
        at = 0
        for piece in pieces:
            shown = self.clean("".join(characters[at : at + len(piece.text)]))
            at += len(piece.text)
            capitals = piece.style.capitals
            yield Run(
                shown.upper() if capitals else shown, replace(piece.style, capitals=False) if capitals else piece.style
            )

    def clean(self, text: str) -> str:
        """Return *text* without characters that take no room, and with a box for each sign that no table knows."""
        if text.isascii():
            return text
        shown, count = _PRIVATE.subn(UNKNOWN_SIGN, _INVISIBLE.sub("", text))
        self.unknown_signs += count
        return shown


def _settle(words: list[str], of_font: Encoding) -> Iterator[Encoding]:
    """Yield the encoding of each of *words*: its own where that is sure, else that of its neighbours or its font."""
    found = [meaning_of(word) for word in words]
    told = Counter(found)
    sure = [
        meaning if meaning in {Encoding.UNICODE, of_font} or told[meaning] >= _SURE or _is_sure(word) else None
        for word, meaning in zip(words, (None if each is Encoding.UNKNOWN else each for each in found), strict=True)
    ]
    last = next((meaning for meaning in sure if meaning is not None), of_font)
    for meaning in sure:
        last = last if meaning is None else meaning
        yield last


def _is_sure(word: str) -> bool:
    return len(word) >= _LONG and bool(_SIGN_INSIDE.search(word))


def to_bytes(text: str) -> str:
    """Bring characters of symbol fonts (U+F0xx) back to the bytes that they stand for."""
    return _PRIVATE.sub(lambda found: chr(ord(found.group()) - 0xF000), text)


def _join(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one style, bring them to NFC, and give a mark at the edge to the letter before it."""
    held: Run | None = None
    for run in runs:
        if run.note or run.picture:
            yield from _finish(held)
            held = None
            yield run
        elif held is None:
            held = run
        elif run.style == held.style:
            held = Run(held.text + run.text, held.style)
        else:
            mark = _MARK.match(run.text)
            lead = mark.group() if mark else ""
            yield from _finish(Run(held.text + lead, held.style))
            held = Run(run.text[len(lead) :], run.style)
    yield from _finish(held)


def _finish(run: Run | None) -> Iterator[Run]:
    if run is not None and run.text:
        yield Run(to_nfc(run.text), run.style)
