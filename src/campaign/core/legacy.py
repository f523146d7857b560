"""Vietnamese text from before Unicode: the bytes of the TCVN3 (ABC) and VNI fonts, which Word shows as other letters.

Sources: TCVN 5712:1993, form VN3; the character map of the VNI-Windows fonts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

_TCVN3 = dict(
    zip(
        "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
        "\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8"
        "\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8"
        "\xf9\xfa\xfb\xfc\xfd\xfe",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_MARKS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_ALONE = dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))
_VNI = re.compile("[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ôöñæóòîÔÖÑÆÓÒÎ]")

_TRUE_HYPHEN = re.compile(r"(?<![^\W\d_])ư(?![aunơớờởỡợ])|(?<=ư)ư")
"""An "ư" with which no word begins, or behind another: there the soft hyphen was one, or stands twice."""

_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u036f]")
_OTHERS = re.compile(r"(?:vps|viscii) |vi (?:times|arial|courier|helve)|vn(?:times|arial)")
"""Fonts of VPS, VISCII and Vietware, whose bytes mean yet other letters."""

_TELLING = re.compile(
    "[\xa1-\xac\xae-\xbf\xc4-\xc7\xcb\xce-\xd1"
    "\xd6-\xd8\xdb\xdc\xde\xdf\xe4-\xe7\xeb\xee-\xf1\xf6-\xf8\xfb\xfc\xfe\xff]"
    "|[aeAE][ùâáàãêéèúÙÂÁÀÃÊÉÈÚ]"
)
"""What Vietnamese in Unicode never holds: a byte that is no letter of it, or a mark in a byte of its own."""


class Encoding(StrEnum):
    """What the bytes of a run mean."""

    UNICODE = ""
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"
    UNKNOWN = "unknown"


def encoding_of(font: str) -> Encoding:
    """Tell the encoding from a font's name: ``.VnTime``, ``.VnTimeH`` (capitals), ``VNI-Times``, ``VPS Times``."""
    name = re.split("[;,]", font)[0].strip().casefold()  # LibreOffice names the font to take instead, too.
    if name.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if name.endswith("h") else Encoding.TCVN3
    if re.match(r"vni[- ]", name):
        return Encoding.VNI
    return Encoding.UNKNOWN if _OTHERS.match(name) else Encoding.UNICODE


def is_unicode(text: str) -> bool:
    """Say whether *text* holds Vietnamese letters of Unicode, whatever its font says."""
    return bool(_UNICODE.search(text))


def is_telling(text: str) -> bool:
    """Say whether *text* holds a byte that only a legacy document has."""
    return bool(_TELLING.search(text))


def decode_characters(characters: Sequence[str], encoding: Encoding) -> list[str]:
    """Turn the characters of a run, or of several joined, into Unicode.

    Returns:
        As many strings as there were characters, so that each keeps its look: a letter of two VNI bytes stands in the
        place of the first, and "" in that of the second.
    """
    return _DECODERS[encoding](characters)


def decode(text: str, encoding: Encoding) -> str:
    """Turn *text* into Unicode."""
    return "".join(decode_characters(text, encoding))


def _from_tcvn3(characters: Sequence[str]) -> list[str]:
    letters = [_TCVN3.get(character, character) for character in characters]
    for found in _TRUE_HYPHEN.finditer("".join(letters)):
        letters[found.start()] = ""
    return letters


def _from_tcvn3_capitals(characters: Sequence[str]) -> list[str]:
    return [character.upper() for character in _from_tcvn3(characters)]


def _from_vni(characters: Sequence[str]) -> list[str]:
    letters = list(characters)
    for found in _VNI.finditer("".join(characters)):
        pair = found.group()
        letter = _from_vni_pair(*pair) if len(pair) > 1 else _VNI_ALONE[pair]
        if letter:
            letters[found.start()] = letter
            letters[found.start() + 1 : found.end()] = [""] * (len(pair) - 1)
        else:
            letters[found.start() : found.end()] = [_VNI_ALONE.get(character, character) for character in pair]
    return letters


def _from_vni_pair(base: str, mark: str) -> str:
    letter = _VNI_MARKS[base.lower()].get(mark.lower(), "")
    return letter.upper() if base.isupper() else letter


def _from_unicode(characters: Sequence[str]) -> list[str]:
    return list(characters)


_DECODERS: dict[Encoding, Callable[[Sequence[str]], list[str]]] = {
    Encoding.UNICODE: _from_unicode,
    Encoding.UNKNOWN: _from_unicode,
    Encoding.TCVN3: _from_tcvn3,
    Encoding.TCVN3_CAPITALS: _from_tcvn3_capitals,
    Encoding.VNI: _from_vni,
}


_CONSONANTS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_VOWELS = (
    "uyêu|uya|uyê|uyu|iêu|yêu|ươi|ươu|uôi|uây|oai|oay|oao|oeo|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|"
    "ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_CONSONANTS})?(?:{_VOWELS})(?:ng|nh|ch|[cmnpt])?")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\s\d.,;:()/&“”\"+–-]+")
_MISREAD = re.compile(f"á[º»].|[ÃÄÆ][\x80-\xbf\ufffd{bytes(range(0x80, 0xA0)).decode('cp1252', 'ignore')}]")
"""UTF-8 that was read as the code page of Western Windows: ễ became á»…."""


def is_syllable(word: str) -> bool:
    """Say whether *word* can be a Vietnamese syllable: its letters, one tone at most, no capital inside."""
    if not (word.islower() or word.istitle() or word.isupper()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", _TONES.sub("", parts))
    return len(_TONES.findall(parts)) <= 1 and bool(_SYLLABLE.fullmatch(bare))


def guess_encoding(texts: Iterable[str]) -> Encoding:
    """Tell from the words themselves in which encoding texts that belong together are, when no font says so.

    Of TCVN3 and VNI it is the one that turns words which cannot be Vietnamese into words which can.
    """
    words = {word for text in texts for word in _WORD.findall(text) if not word.isascii() and not is_unicode(word)}
    best, most = Encoding.UNICODE, 0
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        changed = [(word, meant) for word in words if (meant := decode(word, encoding)) != word]
        gained = sum(1 + is_telling(word) for word, meant in changed if is_syllable(meant) and not is_syllable(word))
        lost = sum(is_syllable(word) or not is_syllable(meant) for word, meant in changed)
        if gained > max(lost, most):
            best, most = encoding, gained
    return best


def is_misread(text: str) -> bool:
    """Say whether *text* is UTF-8 that was read in another encoding and saved so: ``Nguyá»…n``."""
    return bool(_MISREAD.search(text))
