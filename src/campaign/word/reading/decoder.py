"""From the pieces of a paragraph to runs: legacy fonts decoded, NFC, pieces of one style joined."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from campaign.core.legacy import Encoding, decode_characters, is_telling, is_unicode
from campaign.core.text import to_nfc
from campaign.word.reading.document import Run
from campaign.word.reading.inline import Piece

_INVISIBLE = re.compile("[\uf000-\uf0ff\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_MARK = re.compile("^[\u0300-\u036f]+")
_SYMBOLS = {
    "\uf0fc": "✓", "\uf0fe": "☑", "\uf0fd": "☒", "\uf0a8": "☐", "\uf06f": "☐", "\uf071": "☐", "\uf0a7": "▪",
    "\uf0b7": "•", "\uf0d8": "➢", "\uf0e0": "→", "\uf0ae": "→", "\uf0b0": "°", "\uf0b3": "≥", "\uf0a3": "≤",
    "\uf0b1": "±", "\uf0b4": "×", "\uf061": "\N{GREEK SMALL LETTER ALPHA}",
    "\uf062": "β", "\uf044": "Δ", "\uf06d": "μ", "\uf0e5": "∑", "\uf077": "ω",
}  # fmt: skip
"""Signs of the Symbol and Wingdings fonts that official documents use."""


class Decoder:
    """Decides which legacy fonts of a document speak the truth, and turns pieces into runs.

    Many Unicode documents still name legacy fonts in their styles: a font is believed only when its text shows bytes
    that nothing but the old encoding explains, more often than letters that it cannot hold.
    """

    def __init__(self, texts: Iterable[tuple[Encoding, str]]) -> None:
        """RunStyle at the *texts* of the whole document, each with what its font says, or at none."""
        votes: dict[Encoding, int] = {}
        for encoding, raw in texts:
            text = to_bytes(raw) if encoding else ""
            if is_unicode(text) or is_telling(text):
                votes[encoding] = votes.get(encoding, 0) + (-1 if is_unicode(text) else 1)
        self._believed = {encoding for encoding, sum_ in votes.items() if sum_ > 0}
        self.has_unknown = Encoding.UNKNOWN in self._believed

    def encoding(self, text: str, encoding: Encoding) -> Encoding:
        """Return what the characters of *text* mean, whose font says *encoding*."""
        return encoding if encoding in self._believed and not is_unicode(text) else Encoding.UNICODE

    def to_runs(self, pieces: Iterable[Piece], number_note: Callable[[str, str], int]) -> tuple[Run, ...]:
        """Turn the pieces of one paragraph into runs.

        Args:
            pieces: The pieces.
            number_note: Turns the kind and id of a note into its number, 0 when there is no such note.
        """
        return tuple(_join(self._decode(list(pieces), number_note)))

    def _decode(self, pieces: list[Piece], number_note: Callable[[str, str], int]) -> Iterator[Run]:
        for (encoding, is_text), group in groupby(pieces, lambda piece: (piece.encoding, _is_text(piece))):
            joined = list(group)
            if is_text:
                yield from self._decode_text(joined, encoding)
                continue
            for piece in joined:
                number = number_note(*piece.note) if piece.note else 0
                if number or piece.picture:
                    yield Run("", note=number, picture=piece.picture)

    def _decode_text(self, pieces: list[Piece], encoding: Encoding) -> Iterator[Run]:
        """Decode pieces of one encoding together: a letter's bytes may stand in two of them."""
        texts = [to_bytes(piece.text) if encoding else piece.text for piece in pieces]
        characters = decode_characters("".join(texts), self.encoding("".join(texts), encoding))
        at = 0
        for piece, text in zip(pieces, texts, strict=True):
            shown = _clean("".join(characters[at : at + len(text)]))
            at += len(text)
            yield Run(shown.upper() if piece.style.capitals else shown, replace(piece.style, capitals=False))


def _is_text(piece: Piece) -> bool:
    return piece.note is None and not piece.picture


def strip_invisible(text: str) -> str:
    """Return *text* in NFC without characters that take no room, and with signs of symbol fonts in Unicode."""
    return to_nfc(_clean(text))


def _clean(text: str) -> str:
    return _INVISIBLE.sub(lambda found: _SYMBOLS.get(found.group(), ""), text)


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
            held = replace(held, text=held.text + run.text)
        else:
            mark = _MARK.match(run.text)
            lead = mark.group() if mark else ""
            yield from _finish(replace(held, text=held.text + lead))
            held = replace(run, text=run.text[len(lead) :])
    yield from _finish(held)


def _finish(run: Run | None) -> Iterator[Run]:
    if run is not None and run.text:
        yield replace(run, text=to_nfc(run.text))
