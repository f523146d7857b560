"""Automatic numbers: what Word writes before a paragraph though no one typed it.

Rules: ISO 29500-1, 17.9. Counters belong to the abstract list and are shared by all lists made of it; a list with a
``startOverride`` begins anew where it is used first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from campaign.word.reading.decoder import Decoder
from campaign.word.reading.markup import Element, child, flag, number, tag, value
from campaign.word.reading.styles import NumberingUse, Style, Styles, read_run_settings
from campaign.word.reading.symbols import symbol_font, to_sign

_LEVELS = 9
_DEEPEST = 5
_MOST_IN_WORDS = 99
_MOST_CIRCLED = 20
_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_SMALL_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        pattern: Its text, ``%1`` in the place of the number of level 1.
        font: The font of its text, which tells what its characters mean.
        restart_after: The level (from 1) after whose next number it begins anew; 0 for never.
        style: The paragraph style tied to it, or "".
    """

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    font: str = ""
    suffix: str = " "
    restart_after: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list as paragraphs use it: the abstract list that counts, and its levels with the overrides."""

    counter: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """The lists of a document and where each stands. Ask for labels in the order of the page."""

    def __init__(self, root: Element | None, styles: Styles, decoder: Decoder) -> None:
        """Take the numbering part (or nothing)."""
        self._styles = styles
        self._decoder = decoder
        self._abstract = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self._numbers = _by_id(root, "w:num", "w:numId")
        self._lists: dict[str, List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: NumberingUse, style: Style) -> str:
        """Count a paragraph and return its label with the space behind it; "" when it has none.

        Args:
            own: What the paragraph itself says.
            style: Its style.
        """
        list_id = own.list_id or style.numbering.list_id
        found = self._list(list_id) if list_id and list_id != "0" else None
        if not list_id or found is None:
            return ""
        level = own.level
        if level is None:
            level = _level_of(found, style) if own.list_id is None else 0
        level = min(max(level, 0), _LEVELS - 1)
        counts = self._count(list_id, found, level)
        return self._write(found, level, counts)

    def _list(self, list_id: str) -> List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read_list(list_id)
        return self._lists[list_id]

    def _read_list(self, list_id: str, depth: int = _DEEPEST) -> List | None:
        element = self._numbers.get(list_id)
        counter = value(element, "w:abstractNumId") or ""
        abstract = self._abstract.get(counter)
        if element is None or abstract is None:
            return None
        levels = _read_levels(abstract)
        if (linked := value(abstract, "w:numStyleLink")) and not levels and depth:
            numbered = child(self._styles.element(linked), "w:pPr")
            target = value(child(numbered, "w:numPr"), "w:numId") or self._style_list(linked)
            found = self._read_list(target, depth - 1) if target else None
            if found is not None:
                counter, levels = found.counter, dict(found.levels)
        restarts: dict[int, int] = {}
        for override in element.findall(tag("w:lvlOverride")):
            at = _level_number(override)
            levels |= _read_levels(override)
            start = number(override, "w:startOverride")
            if start is not None:
                restarts[at] = start
        return List(counter, levels, restarts)

    def _style_list(self, style: str) -> str | None:
        """Return the list whose abstract list declares itself to be *style* (``w:styleLink``)."""
        for counter, abstract in self._abstract.items():
            if value(abstract, "w:styleLink") == style:
                return next((k for k, e in self._numbers.items() if value(e, "w:abstractNumId") == counter), None)
        return None

    def _count(self, list_id: str, found: List, level: int) -> dict[int, int]:
        counts = self._counters.setdefault(found.counter, {})
        for at, start in found.restarts.items():
            if at <= level and (list_id, at) not in self._begun:
                self._begun.add((list_id, at))
                counts[at] = start - (at == level)
                for deeper in [deep for deep in counts if deep > at]:
                    del counts[deeper]
        for above in range(level):  # A level that was skipped counts as begun: after "1.1" comes "2".
            counts.setdefault(above, found.levels.get(above, Level()).start)
        if level in counts:
            counts[level] += 1
        else:
            counts[level] = found.levels.get(level, Level()).start
        for deeper in range(level + 1, _LEVELS):
            after = found.levels.get(deeper, Level()).restart_after
            if after is None or level < after:
                counts.pop(deeper, None)
        return counts

    def _write(self, found: List, level: int, counts: dict[int, int]) -> str:
        current = found.levels.get(level, Level())
        if current.form == "bullet":
            signs = symbol_font(current.font)
            text = "".join(to_sign(current.font, ord(letter)) if signs else letter for letter in current.pattern)
            return ("•" if not text or "\ue000" <= text <= "\uf8ff" else text) + current.suffix
        text = "".join(self._decoder.decode(current.font, current.pattern))
        for at in range(level + 1):
            above = found.levels.get(at, Level())
            form = "decimal" if current.is_legal and above.form != "none" else above.form
            text = text.replace(f"%{at + 1}", to_number(counts.get(at, above.start), form))
        suffix = current.suffix or (" " if text[-1:].isalnum() else "")  # "1.1Trên" is two words.
        return text + suffix if text.strip() else ""


def _by_id(root: Element | None, kind: str, name: str) -> dict[str, Element]:
    return {} if root is None else {element.get(tag(name), ""): element for element in root.findall(tag(kind))}


def _read_levels(holder: Element) -> dict[int, Level]:
    return {_level_number(element): _read_level(element) for element in holder.findall(tag("w:lvl"))}


def _level_number(element: Element) -> int:
    text = element.get(tag("w:ilvl"), "0")
    return int(text) if text.isdecimal() else 0


def _read_level(element: Element) -> Level:
    start = number(element, "w:start")
    form = child(element, "w:numFmt")
    for alternative in element.iter(tag("w:numFmt")):  # A custom form stands among alternatives.
        form = form if form is not None else alternative
    return Level(
        start=0 if start is None else start,
        form=_form_of(form),
        pattern=value(element, "w:lvlText") or "",
        font=_font_of(element),
        suffix=_SUFFIXES.get(value(element, "w:suff") or "tab", " "),
        restart_after=number(element, "w:lvlRestart"),
        is_legal=bool(flag(element, "w:isLgl")),
        style=value(element, "w:pStyle") or "",
    )


def read_patterns(root: Element | None) -> Iterator[tuple[str, str]]:
    """Yield the text of every level of every list, with its font."""
    for element in [] if root is None else root.iter(tag("w:lvl")):
        yield _font_of(element), value(element, "w:lvlText") or ""


def _font_of(level: Element) -> str:
    return read_run_settings(child(level, "w:rPr"), {}).font or ""


def _form_of(element: Element | None) -> str:
    if element is None:
        return "decimal"
    form = element.get(tag("w:val"), "decimal")
    return element.get(tag("w:format"), form) if form == "custom" else form


def _level_of(found: List, style: Style) -> int:
    """Return the level of a paragraph numbered by its style: the one tied to the style, else the one it names."""
    tied = next((at for at, level in found.levels.items() if level.style and level.style == style.numbered_by), None)
    return tied if tied is not None else style.numbering.level or 0


def to_number(count: int, form: str) -> str:
    """Write *count* in a form of numbers (``w:numFmt``), as 4, iv, d, bốn; in digits when the form is unknown."""
    if form.startswith("0") and "," in form:  # A custom form: 001, 002, 003, ...
        return str(count).zfill(len(form.partition(",")[0]))
    return _FORMS.get(form, str)(count)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN + _SMALL_ROMAN:
        while count >= worth:
            text += letters
            count -= worth
    return text


def _in_words(count: int) -> str:
    """Write a number up to 99 in Vietnamese words."""
    tens, ones = divmod(count, 10)
    if not 0 < count <= _MOST_IN_WORDS:
        return str(count)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    one = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {one}".strip()


def _circled(count: int) -> str:
    return chr(0x245F + count) if 1 <= count <= _MOST_CIRCLED else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "numberInDash": lambda count: f"- {count} -",
    "ordinal": lambda count: f"{count}.",
    "vietnameseCounting": _in_words,
    "cardinalText": _in_words,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
}
