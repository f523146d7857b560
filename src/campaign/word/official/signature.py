"""Who signed an official document, in what position, and who receives it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.core.text import fold
from campaign.word.official.letterhead import is_body, is_motto, kind_of
from campaign.word.official.lines import Line, Side

_RECIPIENTS = re.compile(r"n[oơ]i\s+nh[aậ]n\s*:?", re.IGNORECASE)
_ANNEX = re.compile(r"(?:phụ\s+lục|mẫu\s+số|danh\s+mục|biểu\s+mẫu)\b", re.IGNORECASE)
_POSITION = re.compile(
    r"(?:(?:t/?m|k/?t|t/?l|tuq|tun|q)[.\s]|(?:phó |quyền |q\. ?)?(?:chủ tịch|giám đốc|bộ trưởng|thứ trưởng|thủ trưởng|"
    r"thủ tướng|cục trưởng|tổng cục trưởng|vụ trưởng|chánh |trưởng |hiệu trưởng|viện trưởng|tổng giám đốc|bí thư|"
    r"đội trưởng|chủ nhiệm|tổng thanh tra|tổng kiểm toán|thống đốc|[uủ][yỷ] viên|tổng biên tập|cục phó|viện phó|"
    r"chi cục trưởng|tổng bí thư|tư lệnh|chính [uủ][yỷ]|thường trực|đoàn trưởng|thư ký))"
)
"""With their marks: "Trưởng ban" is a position, "Trương Văn An" a name."""

_TITLE = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|(?:(?:GS|PGS|TS|ThS|BS|CN|KS)\b[\s,.]*)+)\s*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:da ky|ky ten|ky,|nhu |luu|noi nhan|cong hoa|doc lap|ho va ten|ho ten|dong dau|xac nhan)")
_FEWEST, _MOST = 2, 6
"""Words of a name."""
_LONGEST_POSITION = 90
"""Characters of a line that names a position."""

_REACH = 60
_TAIL = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """How a document ends; "" or nothing where it is silent.

    Attributes:
        position: The lines above the name, with commas between.
    """

    signer: str = ""
    position: str = ""
    recipients: tuple[str, ...] = ()


def read_signature(lines: Sequence[Line]) -> Signature:
    """Read the first signature after the letterhead, that of the document itself and not of a form in its annexes.

    Args:
        lines: The lines below the letterhead.
    """
    start = next((at for at, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
    if start is None:
        return _read_end(lines)
    first = start
    while first > 0 and lines[first - 1].block == lines[start].block:
        first -= 1
    positions = _positions_before(lines, first)
    zone = _zone(lines, positions)
    return _sign(zone, _read_recipients(lines, start))


def _positions_before(lines: Sequence[Line], at: int) -> int:
    """Go back over the position and name when they stand above "Nơi nhận"."""
    back = at
    for place in range(at - 1, max(at - 9, -1), -1):
        text = lines[place].text
        if is_position(text) and len(text) < _LONGEST_POSITION:
            back = place
        elif text and not _is_name(text) and not fold(text).startswith("(da ky"):
            break
    return back


def _zone(lines: Sequence[Line], start: int) -> list[Line]:
    zone: list[Line] = []
    for line in lines[start : start + _REACH]:
        if zone and line.block != zone[-1].block and _begins_another(line):
            break
        zone.append(line)
    return zone


def _begins_another(line: Line) -> bool:
    """Say whether an annex, or a document that this one brings into force, begins."""
    return bool(_ANNEX.match(line.text)) or is_motto(line.text) or (line.text.isupper() and kind_of(line) is not None)


def _read_end(lines: Sequence[Line]) -> Signature:
    """Read a signature without recipients (a law): the last position followed by a name."""
    end = next((at for at, line in enumerate(lines) if _ANNEX.match(line.text) and at > _TAIL), len(lines))
    tail = list(lines[max(0, end - _TAIL) : end])
    for at in range(len(tail) - 1, -1, -1):
        if is_position(tail[at].text) and len(tail[at].text) < _LONGEST_POSITION:
            while at > 0 and is_position(tail[at - 1].text):
                at -= 1  # noqa: PLW2901
            found = _sign(tail[at:], ())
            if found.signer:
                return found
    return Signature()


def is_position(text: str) -> bool:
    """Say whether a line names a position: ``KT. GIÁM ĐỐC``, ``Chủ tịch Quốc hội``."""
    return bool(_POSITION.match(text.casefold()))


def _is_name(text: str) -> bool:
    """Say whether a line is a person's name, after a rank or degree if any: each word begins with a capital."""
    words = _TITLE.sub("", text, count=1).replace("-", " ").split()
    is_name = _FEWEST <= len(words) <= _MOST and all(word.isalpha() and word.istitle() for word in words)
    return is_name and not is_position(text) and not _NO_NAME.match(fold(text).strip("( "))


def _is_capital_name(text: str) -> bool:
    words = text.split()
    is_name = _FEWEST <= len(words) <= _MOST and all(word.isalpha() and word.isupper() for word in words)
    return is_name and not is_position(text) and not is_body(text)


def _sign(zone: Sequence[Line], recipients: tuple[str, ...]) -> Signature:
    sided = [line for line in zone if line.side is Side.RIGHT] or list(zone)
    positions: list[str] = []
    for candidates in (sided, list(zone)):
        position: list[str] = []
        for line in candidates:
            text = line.text
            if (
                is_position(text)
                and not text.startswith(("-", "+"))
                and not line.is_list_item
                and len(text) < _LONGEST_POSITION
            ):
                position.append(text)
            elif position and (_is_name(text) or _is_capital_name(text)):
                return Signature(text, ", ".join(position), recipients)
        positions = positions or position
    return Signature("", ", ".join(positions) if sided != list(zone) else "", recipients)


def _read_recipients(lines: Sequence[Line], start: int) -> tuple[str, ...]:
    found: list[str] = []
    rest = _RECIPIENTS.sub("", lines[start].text, count=1).strip()
    if rest.startswith(("-", "+")):
        found.append(rest)
    for line in lines[start + 1 : start + _REACH]:
        if line.side is Side.RIGHT and lines[start].side is not Side.RIGHT:
            continue
        if line.text.startswith(("-", "–", "+", "•")) or (line.is_list_item and line.text):
            found.append(line.text)
        elif (
            found
            and line.text
            and not is_position(line.text)
            and not _is_name(line.text)
            and not found[-1].endswith((".", ";"))
        ):
            found[-1] += f" {line.text}"
        elif line.text:
            break
    return tuple(item.lstrip("-–+• ").rstrip(";. ") for item in found)
