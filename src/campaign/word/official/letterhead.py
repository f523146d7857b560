"""The letterhead of an official document: who issued it, its number, day, kind and subject.

Rules: Decree 30/2020/NĐ-CP, annex I; Instruction 36-HD/VPTW for documents of the Party. What is found is a proposal,
which an editor confirms or corrects: nothing is taken out of the text for it. A value must look like what it is said
to be, and is never taken from below the title: an empty field is right where the document is silent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from campaign.core.text import fold
from campaign.word.official.bodies import goes_on, is_body, is_motto, is_place, name_bodies
from campaign.word.official.kinds import kind_of
from campaign.word.official.lines import Line, Side
from campaign.word.official.titles import ABOUT, clean_number, is_rule, read_day, read_title

LONGEST_HEAD = 70
"""No letterhead has more lines; what looks like one further down belongs to an annex."""

_LONGEST_LINE = 300
_LONGEST_PLAIN = 100
"""Characters of a line that looks like the body and may still come before a letterhead."""

_PARTS = re.compile(
    r"\s+(?=(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM)\b|(?i:độc lập\s*[-–—]\s*tự do)|Số\s*:|"
    r"[A-ZĐ][^\d,;:()]{1,30},\s*ngày\b)|(?<=năm \d{4})\s+(?=[^\W\d_]{2})"
)
"""What begins a part of its own even where a letterhead is set in one line with single blanks."""

_MARK = re.compile(
    r"\(?(?:ban )?du thao|\(?(?:toi |tuyet )?mat\)?$|hoa toc|thuong khan|khan$|ban sao|sao y|sao luc|"
    r"mau (?:so|cd|cv|\d)|\(?kem theo|\(?ban hanh|phu luc|so cong van den"
)
"""What is stamped or printed on a letterhead and names no body."""

_NUMBER_LINE = re.compile(
    r"(?:(?:luật|bộ luật|pháp lệnh|nghị quyết|lệnh)\s+)?số(?:\s*[:.]\s*|\s*(?=[\d/….])|\s*$)(?P<rest>.*)", re.IGNORECASE
)
_DAY_LINE = re.compile(
    r"(?:[^\W\d_][^\d:;()]{0,40}?[,.]?\s*)?(?:ngày\s*\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4})\W*",
    re.IGNORECASE,
)
_OPEN_DAY = re.compile(r"ngày[\s.…_]*\d{0,2}[\s.…_]*tháng", re.IGNORECASE)
_LETTER_SUBJECT = re.compile(r"\(?\s*(?:v\s*/\s*v|về việc)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"căn cứ|kính gửi|kính thưa|theo đề nghị|điều \d|chương [ivx\d]|phần (?:[ivx\d]|thứ)|[ivx]+\s*[.)]\s|\d+\s*[.)]\s|"
    r"[-+•]\s", re.IGNORECASE,
)  # fmt: skip
_TOGETHER = re.compile(r"(?:TTLT|NQLT|LT)\b")


@dataclass(slots=True)
class Letterhead:
    """What the head of a document says; "" or nothing where it is silent.

    Attributes:
        last_line: The place of its last line; -1 when there is none.
    """

    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    superior: str = ""
    subject: str = ""
    last_line: int = -1


def read_letterhead(lines: Sequence[Line]) -> Letterhead:
    """Read the head of a document from its first lines."""
    reader = _Reader(lines[:LONGEST_HEAD])
    reader.read()
    return reader.found if reader.is_letterhead else Letterhead()


@dataclass(slots=True)
class _Reader:
    """One reading of a head, line by line down to the title or the body."""

    head: Sequence[Line]
    found: Letterhead = field(default_factory=Letterhead)
    bodies: list[Line] = field(default_factory=list)
    letter: list[Line] = field(default_factory=list)
    has_motto: bool = False
    has_number: bool = False
    is_letter_open: bool = False

    @property
    def is_letterhead(self) -> bool:
        """Whether anything says that this is an official document."""
        return bool(self.found.number or self.found.kind or self.has_motto)

    @property
    def issuer_side(self) -> Side:
        """The column of the issuer: the one without the motto."""
        motto = next((part.side for line in self.head for part in _split(line) if is_motto(part.text)), Side.RIGHT)
        return Side.RIGHT if motto is Side.LEFT else Side.LEFT

    def read(self) -> None:
        """Read down to the body, and name what was found."""
        side = self.issuer_side
        for at, line in enumerate(self.head):
            if not all(self._take(part, at, side) for part in _split(line)):
                break
        found = self.found
        if self.letter and not found.kind:
            found.kind = "Công văn"
        if self.letter and not found.subject:
            found.subject = ABOUT.sub("", " ".join(line.text for line in self.letter), count=1).removesuffix(")")
        is_joint = "liên tịch" in found.kind.lower() or bool(_TOGETHER.search(found.number))
        found.superior, issuer = name_bodies(self.bodies, is_joint=is_joint)
        found.issuer = issuer or found.issuer

    def _take(self, line: Line, at: int, issuer_side: Side) -> bool:
        """Take what a line says, and say whether to go on."""
        text = line.text
        if not text or is_rule(text):
            self.is_letter_open = self.is_letter_open and not self.letter
        elif is_motto(text):
            self.has_motto = True
            self.found.last_line = at
        elif _MARK.match(fold(text)):
            pass
        elif match := _NUMBER_LINE.match(text):
            if line.side is not _other(issuer_side):
                self._take_number(match.group("rest"), at)
        elif _OPEN_DAY.search(text) or _DAY_LINE.fullmatch(text):
            self._take_day(text, at)
        else:
            return self._take_words(line, at, issuer_side)
        return True

    def _take_number(self, rest: str, at: int) -> None:
        if self.has_number and self.found.number:
            return
        self.has_number = True
        self.found.number = clean_number(rest) if rest[:1].isdigit() else ""
        self.found.issued_on = self.found.issued_on or read_day(rest)
        self.found.last_line = at
        self.is_letter_open = False

    def _take_day(self, text: str, at: int) -> None:
        if _DAY_LINE.fullmatch(text):
            self.found.issued_on = self.found.issued_on or read_day(text)
            self.found.last_line = at

    def _take_words(self, line: Line, at: int, issuer_side: Side) -> bool:
        """Take a line that is neither number nor day: of the issuer, the subject of a letter, a title, or the body."""
        kind = kind_of(line)
        if kind and line.side is not _other(issuer_side) and (line.is_capital or not self.is_letter_open):
            return self._take_title(at, *kind)
        if _ENDS.match(line.text) or len(line.text) > _LONGEST_LINE:
            return False
        is_begun = self.has_motto or self.has_number or bool(self.bodies)
        if is_begun and _LETTER_SUBJECT.match(line.text) and line.side is not _other(issuer_side):
            self.is_letter_open = not self.letter
        if self.is_letter_open and (not self.letter or line.side is self.letter[0].side):
            self.letter.append(line)
            self.found.last_line = at
            return True
        if self._is_body(line, at, issuer_side):
            self.bodies.append(line)
            self.found.last_line = at
        elif line.side is Side.WHOLE and not line.is_set_apart:
            return not is_begun and len(line.text) <= _LONGEST_PLAIN
        elif line.side is Side.WHOLE and is_begun and not self.letter:
            return self._take_title(at, "", line.text)
        return True

    def _take_title(self, at: int, kind: str, rest: str) -> bool:
        title = read_title(self.head, at, rest)
        found = self.found
        found.kind, found.subject, found.last_line = kind, title.subject, title.last
        found.number = found.number or title.number
        found.issued_on = found.issued_on or title.issued_on
        found.issuer = title.issuer
        return False

    def _is_body(self, line: Line, at: int, issuer_side: Side) -> bool:
        """Say whether a line names the issuer: above the number, in capitals, in its column or like a body's name."""
        if self.has_number or not line.is_capital or line.side is _other(issuer_side):
            return False
        if line.side is issuer_side:
            return True
        if not self.bodies or is_body(line.text):
            return is_body(line.text)
        previous = self.bodies[-1]
        is_below = previous.side is not Side.WHOLE and at == self.found.last_line + 1 and not line.is_centred
        return is_below or goes_on(previous.text) or is_place(line.text)


def _other(side: Side) -> Side:
    return Side.LEFT if side is Side.RIGHT else Side.RIGHT


def _split(line: Line) -> list[Line]:
    """Return the parts of a line of a letterhead set with tabs or blanks; any other line whole."""
    texts = [text for column in line.split() for text in _PARTS.split(column.text)]
    is_head = any(is_motto(text) or _NUMBER_LINE.match(text) or _DAY_LINE.fullmatch(text) for text in texts)
    if len(texts) == 1 or not is_head:
        return [line]
    if line.side is not Side.WHOLE or is_motto(texts[0]):
        return [replace(line, text=text) for text in texts]
    sides = [Side.LEFT if not at or _NUMBER_LINE.match(text) else Side.RIGHT for at, text in enumerate(texts)]
    parts = [replace(line, text=text, side=side) for text, side in zip(texts, sides, strict=True)]
    return [replace(part, side=Side.WHOLE) if kind_of(replace(part, side=Side.WHOLE)) else part for part in parts]
