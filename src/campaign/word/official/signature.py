"""Who signed an official document, in what position, and who receives it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaign.core.text import fold
from campaign.word.official.bodies import is_body, is_motto
from campaign.word.official.kinds import kind_of
from campaign.word.official.lines import Line, Side

_RECIPIENTS = re.compile(r"n[oơ]i\s+nh[aậ]n\s*[:.]?\s*(?=$|[-–+•(]|.{0,120}\blưu\b)", re.IGNORECASE)
"""The heading of the list alone, or with the list behind it; never a sentence that begins with these words."""

_ITEM = re.compile(r"[-–—+•*]\s*")
_NEXT_ITEM = re.compile(r"(?<=;)\s*(?=[-–—+•]\s)")
_SIGNED = re.compile(r"[\[(]?\s*(?:da ky|ky ten|ky,|ky boi|chu ky|ho va ten|ho,? ten|dong dau)")
_NOTHING = re.compile(r"[\s\W_]*")
_ANNEX = re.compile(
    r"phụ\s+lục\s*(?:[.:]?$|(?:số\s+)?(?:[ivx]+|\d+|[a-h])\b)|(?:biểu\s+mẫu|mẫu\s+biểu|mẫu|biểu)\s+(?:số\s*)?[\d:]|"
    r"\((?:ban hành )?kèm theo", re.IGNORECASE,
)  # fmt: skip
_LIST = re.compile(r"danh\s+(?:mục|sách)\b", re.IGNORECASE)
_POSITION = re.compile(
    r"(?:(?:t/?m|k/?t|t/?l|tuq|tun|q)\s*[.\s]|(?:phó |quyền |q\. ?|nguyên )?(?:chủ tịch|giám đốc|bộ trưởng|"
    r"thứ trưởng|thủ trưởng|thủ tướng|cục trưởng|tổng cục trưởng|vụ trưởng|chánh |trưởng |hiệu trưởng|viện trưởng|"
    r"tổng giám đốc|bí thư|đội trưởng|tổ trưởng|chủ nhiệm|tổng thanh tra|tổng kiểm toán|thống đốc|[uủ][yỷ] viên|"
    r"tổng biên tập|cục phó|viện phó|chi cục trưởng|tổng bí thư|tư lệnh|chính [uủ][yỷ]|thường trực|đoàn trưởng|"
    r"thư ký|kế toán|người |đại diện|chủ trì|chủ toạ|chủ tọa|phụ trách|thẩm phán|chỉ huy|đại đội trưởng|xã đội))"
)
"""With their marks: "Trưởng ban" is a position, "Trương Văn An" a name."""

_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|[uú][yý])|"
    r"(?:(?:GS|PGS|TSKH|TS|ThS|BS|BSCKI+|CN|KS|Luật sư)\b[\s,.]*)+)\s*[-–]?\s*", re.IGNORECASE,
)  # fmt: skip
_NO_NAME = re.compile(
    r"(?:da ky|ky ten|ky,|ky boi|nhu |luu|noi nhan|cong hoa|doc lap|ho va ten|ho ten|dong dau|xac nhan|kinh gui|"
    r"(?:phan|chuong|muc|tieu muc|dieu|khoan|phu luc|mau|bieu)\s+(?:[ivxlc]+|\d+|thu)\b)"
)
_FEWEST, _MOST = 2, 6
"""Words of a name."""

_LONGEST_POSITION = 90
_LONGEST_ITEM = 400
"""Characters; what is longer is a text that follows."""

_ABOVE = 12
_LONGEST_TITLE = 120
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
    """Read the signature of the document itself, not of a form in its annexes.

    Args:
        lines: The lines below the letterhead.
    """
    parts = [part for line in lines for part in line.split()]
    end = next((at for at, line in enumerate(parts) if _begins_annex(line)), len(parts))
    while 0 < end < len(parts) and parts[end - 1].block == parts[end].block and parts[end].side is not Side.WHOLE:
        end -= 1  # The left column of a letterhead is before its motto.
    start = next((at for at in range(end - 1, -1, -1) if _RECIPIENTS.match(parts[at].text)), None)
    if start is None:
        return _read_end(parts[:end])
    block = parts[start].block
    first = next((at for at in range(start, -1, -1) if parts[at].block != block), -1) + 1
    last = next((at for at in range(start, end) if parts[at].block != block and _begins_another(parts[at])), end)
    zone = parts[_go_above(parts, first) : min(last, start + _REACH)]
    found = _sign([line for line in zone if line.side is Side.RIGHT])
    if not found.signer:
        whole = _sign([line for line in zone if not _ITEM.match(line.text) and not line.is_list_item])
        found = whole if whole.signer or not found.position else found
    return replace(found, recipients=_read_recipients(parts[start:last]))


def _begins_annex(line: Line) -> bool:
    """Say whether an annex, a form, or what a decision brings into force begins."""
    is_title = line.side is Side.WHOLE and line.is_set_apart and len(line.text) <= _LONGEST_TITLE
    return is_motto(line.text) or (is_title and bool(_ANNEX.match(line.text)))


def _begins_another(line: Line) -> bool:
    """Say of a line below the recipients whether another document begins."""
    return line.is_capital and line.side is Side.WHOLE and bool(kind_of(line) or _LIST.match(line.text))


def _go_above(lines: Sequence[Line], at: int) -> int:
    """Go back over the positions and names when they are above "Nơi nhận", in a table or line by line."""
    back = at
    for place in range(at - 1, max(at - _ABOVE, -1), -1):
        line = lines[place]
        is_beside = line.side is not Side.WHOLE and back < at and line.block == lines[back].block
        if is_position(line) or is_beside:
            back = place
        elif line.text and not is_name(line.text) and not _SIGNED.match(fold(line.text)):
            break
    return back


def _read_end(lines: Sequence[Line]) -> Signature:
    """Read a signature without recipients (a law): the last position that is followed by a name and by no text."""
    for at in range(len(lines) - 1, max(len(lines) - _TAIL, -1), -1):
        if len(lines[at].text) > _LONGEST_TITLE:
            break
        if is_position(lines[at]):
            found = _sign(lines[_go_above(lines, at) : at + _ABOVE])
            if found.signer:
                return found
    return Signature()


def is_position(line: Line) -> bool:
    """Say whether a line names a position: ``KT. GIÁM ĐỐC``, ``Chủ tịch Quốc hội``; never a sentence."""
    is_short = len(line.text) <= _LONGEST_POSITION and not line.text.endswith((":", ";", "."))
    is_shown = line.is_set_apart or line.side is Side.RIGHT
    return is_short and is_shown and not line.is_list_item and bool(_POSITION.match(line.text.casefold()))


def is_name(text: str) -> bool:
    """Say whether a line is a person's name, after a rank or degree if any: each word begins with a capital."""
    words = re.sub(r"[-’'`]", " ", _RANK.sub("", text, count=1)).split()
    is_worded = _FEWEST <= len(words) <= _MOST and all(word.isalpha() and word.istitle() for word in words)
    return is_worded and not _POSITION.match(text.casefold()) and not _NO_NAME.match(fold(text).strip("( "))


def _is_capital_name(text: str) -> bool:
    words = _RANK.sub("", text, count=1).split()
    is_worded = _FEWEST <= len(words) <= _MOST and all(word.isalpha() and word.isupper() for word in words)
    return is_worded and not is_body(text) and not _NO_NAME.match(fold(text))


def _sign(lines: Sequence[Line]) -> Signature:
    """Read positions and the name below them; other lines among them (``(đã ký)``) say nothing."""
    positions: list[str] = []
    for at, line in enumerate(lines):
        if is_position(line):
            positions.append(line.text.rstrip(" ,"))
        elif positions and is_name(line.text):
            return Signature(line.text, ", ".join(positions))
        elif positions and line.is_capital and line.text and line.side is lines[at - 1].side:
            is_last = not any(below.text for below in lines[at + 1 : at + 2])
            if is_last and _is_capital_name(line.text):
                return Signature(line.text, ", ".join(positions))
            positions.append(line.text)
    return Signature("", ", ".join(positions))


def _read_recipients(lines: Sequence[Line]) -> tuple[str, ...]:
    """Read the list below its heading, which is the first of *lines*."""
    heading = lines[0]
    beside = [line for line in lines[1:] if line.block == heading.block and line.side is heading.side]
    is_table = heading.side is not Side.WHOLE and bool(beside)
    found = _NEXT_ITEM.split(_RECIPIENTS.sub("", heading.text, count=1))
    for line in lines[1:]:
        if not line.text or (line.side is Side.RIGHT and heading.side is not Side.RIGHT):
            continue
        if is_table and line.block != heading.block:
            break
        is_item = bool(_ITEM.match(line.text)) or line.is_list_item
        is_done = fold(found[-1]).lstrip("-–—+•* ").startswith("luu") and (line.block != heading.block or is_item)
        if is_done or not (is_item or _goes_on(line, found[-1], is_inside=line.block == heading.block)):
            break
        if is_item or found[-1].endswith((".", ";")):
            found += _NEXT_ITEM.split(line.text)
        else:
            found[-1] += f" {line.text}"
    items = (_ITEM.sub("", item.strip(), count=1).rstrip(";., ") for item in found)
    return tuple(item for item in items if not _NOTHING.fullmatch(item))


def _goes_on(line: Line, item: str, *, is_inside: bool) -> bool:
    """Say whether a line without a dash belongs to the list: in its table or paragraph, or the rest of an item."""
    if is_position(line) or is_name(line.text) or len(item) + len(line.text) > _LONGEST_ITEM:
        return False
    return is_inside or (bool(item) and not item.endswith((".", ";")) and not line.is_set_apart)
