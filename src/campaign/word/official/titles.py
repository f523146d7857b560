"""The title of an official document: what is between its kind and its body."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from campaign.word.official.bodies import goes_on, is_authority, is_body, is_motto, without_position
from campaign.word.official.lines import Line

_LONGEST_PLAIN = 250
"""Characters of a subject that looks like the body."""

_DAY = re.compile(r"ngày\s*(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\d\w*(?:\s*[-–/.]\s*[^\W_][\w&]*)+")
_RULE = re.compile(r"[\s_\-–—=*.·~oO0]*")
_STRUCTURE = re.compile(
    r"kính gửi|điều \d|chương [ivx\d]|phần (?:[ivx\d]|thứ)|mục \d|[ivx]+\s*[.)]|\d+\s*[.)]|[-+•]", re.IGNORECASE
)
"""How the body begins, whatever it looks like."""

_BODY = re.compile(
    r"căn cứ|theo đề nghị|xét |thực hiện |để |nhằm |trong thời gian|kính thưa|hôm nay|ngày |quốc hội ban hành",
    re.IGNORECASE,
)
_BASIS = re.compile(r"căn cứ\b", re.IGNORECASE)
ABOUT = re.compile(r"\(?\s*(?:v\s*/\s*v|về việc)\b\s*:?\s*|về\b\s*:?\s*", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"(?:\((?:bộ\s+|luật\s+)*số|Số)\s*:?\s*(?=\d)")
_BY = re.compile(
    r"của\s+(?P<issuer>.+?)(?=\s+(?:số\s*:?\s*\d|ngày\s+\d|v\s*/\s*v|về việc)|"
    r"\s*\n(?!\s*(?:tỉnh|thành phố|huyện|quận|xã|phường|thị)\b)|$)", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_NUMBERED = re.compile(r"số\s*:?\s*(?P<number>\d\S*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says; "" or nothing where it is silent.

    Attributes:
        last: The place of its last line.
    """

    subject: str
    last: int
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""


def read_title(head: Sequence[Line], at: int, rest: str) -> Title:
    """Read the title whose kind is in line *at*, with *rest* behind the kind on that line."""
    lines: list[Line] = []
    texts = [rest] if rest else []
    own, last, depth = "", at, 0
    for place in range(at + 1, len(head)):
        line = head[place]
        opens = line.text.startswith("(")
        if depth == 0 and _OWN_NUMBER.match(line.text) and (opens or not texts or ":" in line.text):
            own = own or line.text
        elif depth > 0 or (opens and not ABOUT.match(line.text)):
            # A bracket tells of another document: "(Kèm theo Quyết định số …)".
            depth = max(0, depth + line.text.count("(") - line.text.count(")")) if line.text else 0
        elif not line.text or is_rule(line.text):
            if lines:
                break
        elif _ends(line, lines, texts):
            break
        else:
            lines.append(line)
            texts.append(line.text.strip("()") if opens else line.text)
        last = place
    if len(lines) == 1 and not rest and lines[0].is_capital and is_authority(texts[0]) and _is_basis(head, last + 1):
        texts = []
    title = _take_apart("\n".join(texts), last)
    return title if title.number or not own else replace(title, number=clean_number(own), issued_on=read_day(own))


def _is_basis(head: Sequence[Line], at: int) -> bool:
    return at < len(head) and bool(_BODY.match(head[at].text))


def _ends(line: Line, lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Say whether a line below a kind belongs to the title no more."""
    if _STRUCTURE.match(line.text) or is_motto(line.text) or (_BASIS.match(line.text) and not line.is_bold):
        return True
    if line.is_set_apart:
        return bool(texts) and line.is_capital and is_authority(line.text) and not goes_on(texts[-1])
    if lines:
        return line.block != lines[-1].block and (lines[-1].is_set_apart or not line.text[0].islower())
    looks_like_body = bool(texts or _BODY.match(line.text)) or line.text.endswith((".", ";", ":", ","))
    return not ABOUT.match(line.text) and (looks_like_body or len(line.text) > _LONGEST_PLAIN)


def _take_apart(text: str, last: int) -> Title:
    """Take issuer, number and day off the beginning of a title: old ones name them before the subject."""
    rest, number, day, issuer = text, "", None, ""
    while rest:
        if not issuer and (found := _BY.match(rest)) and _names_body(found.group("issuer")):
            issuer = " ".join(without_position(found.group("issuer")).split())
        elif not number and (found := _NUMBERED.match(rest)):
            number = found.group("number").rstrip(".,;")
        elif not day and (found := _DAY.match(rest)):
            day = read_day(rest)
        else:
            break
        rest = rest[found.end() :].lstrip(" \n,.;")
    if not rest and not number:  # "QUY CHẾ / CỦA HỘI ĐỒNG …": that is all of its subject.
        rest, issuer = text, ""
    return Title(" ".join(rest.split()), last, number, day, issuer)


def _names_body(text: str) -> bool:
    return is_body(text) or is_authority(text)


def read_day(text: str) -> date | None:
    """Return the first full day in *text*: ``ngày 05 tháng 11 năm 2025``, ``ngày 5/11/2025``."""
    for match in _DAY.finditer(text):
        with suppress(ValueError):
            return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    return None


def clean_number(text: str) -> str:
    """Return the first number with its symbol as Decree 30 writes it, without blanks; "" when it was left open."""
    match = _NUMBER.search(text)
    return re.sub(r"\s+", "", match.group()) if match else ""


def is_rule(text: str) -> bool:
    """Say whether a line only draws a rule."""
    return bool(_RULE.fullmatch(text))
