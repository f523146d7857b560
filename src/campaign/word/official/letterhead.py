"""The letterhead of an official document: who issued it, its number, day, kind and subject.

Rules: Decree 30/2020/NĐ-CP, annex I; Instruction 36-HD/VPTW for documents of the Party. What is found is a proposal,
which an editor confirms or corrects: nothing is taken out of the text for it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from campaign.core.text import fold
from campaign.word.official.lines import Line, Side

_LONGEST_LINE = 300
_LONGEST_SUBJECT = 1500
LONGEST_HEAD = 70
"""No letterhead has more lines; what looks like one further down belongs to an annex."""

KINDS = (
    "Văn bản hợp nhất", "Hiến pháp", "Sắc lệnh",
    "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Thông tư liên tịch",
    "Thông tư", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
    "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công điện",
    "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi",
    "Phiếu chuyển", "Phiếu báo", "Thư công", "Kết luận", "Điều lệ", "Nội quy", "Quy trình", "Đề cương", "Công văn",
)  # fmt: skip
_FOLDED_KINDS = {fold(kind): kind for kind in sorted(KINDS, key=len, reverse=True)}

_DAY = re.compile(r"ngày\s*(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})", re.IGNORECASE)
_ANY_DAY = re.compile(r"ngày\b.{0,12}\btháng\b", re.IGNORECASE)
_KIND_WORDS = "|".join(kind.replace(" ", r"\s+") for kind in sorted(KINDS, key=len, reverse=True))
_NUMBER_LINE = re.compile(rf"[*(]?\s*(?:(?:{_KIND_WORDS})\s+)?số\s*[:.]?\s*(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\w]*(?:\s*[-–/.]\s*[^\W_][\w&]*)+")
_ONE_LINE = re.compile(
    rf"({_KIND_WORDS})\s+(?:của\s+(?P<issuer>.+?)\s+)?số\s*:?\s*(?P<number>\d\S*)(?=.*\b(?:ngày|về)\b)",
    re.IGNORECASE,
)
"""Old decrees name everything in one title: "Nghị định của Chính phủ số 117/2003/NĐ-CP ngày 10/10/2003"."""

_MOTTO = re.compile(r"(?:cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—]\s*tu do|dang cong san viet nam)")
_RULE = re.compile(r"[\s_\-–—=*.·~o]*")
_ABOUT = re.compile(r"(?:v/v|về việc|về)\b\s*:?\s*", re.IGNORECASE)
_LETTER_SUBJECT = re.compile(r"\(?\s*(?:v/v|về việc)\b", re.IGNORECASE)
_BODY_BEGINS = re.compile(
    r"căn cứ|theo đề nghị|kính gửi|xét |thực hiện |điều \d|chương [ivx\d]|phần (?:i|1|thứ)|để |nhằm |trong thời gian|"
    r"kính thưa|hôm nay|[ivx]+\s*[.)]|\d+\s*[.)]|[-+•]", re.IGNORECASE,
)  # fmt: skip
_AUTHORITY = re.compile(
    r"(?:thủ tướng|bộ trưởng|chủ tịch|giám đốc|tổng giám đốc|[uủ][yỷ] ban|hội đồng|chánh |tổng |hiệu trưởng|trưởng |"
    r"cục trưởng|chi cục trưởng|vụ trưởng|quốc hội|chính phủ|ban thường vụ|ban bí thư|bộ chính trị|ban chấp hành|"
    r"thống đốc|viện trưởng|thanh tra|bộ (?:\w+|\w+ \w+)$)"
)
_NEW_BODY = re.compile(
    r"(?:uy ban nhan dan|ubnd|hdnd|hoi dong|bo |so |cuc |tong cuc|chi cuc|vu |van phong|cong an|trung tam|phong |ban |"
    r"dang |tinh uy|thanh uy|huyen uy|quan uy|dang uy|dang bo|chi bo|truong |vien |hoi |lien |mat tran|quoc hoi|"
    r"chinh phu|thu tuong|bql|toa an|kiem toan|ngan hang|bao hiem|thanh tra|chu tich|doan |cong ty|tap doan|tong |"
    r"dai hoc|hoc vien|benh vien|doi |to |uy ban|bo chi huy|bo tu lenh|kho bac|hai quan|thue |xa |phuong |khoa )"
)
_JOINED = re.compile(r"(?:\bvà|,|[-–])$", re.IGNORECASE)


@dataclass(slots=True)
class Letterhead:
    """What the head of a document says; "" or nothing where it is silent."""

    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    superior: str = ""
    subject: str = ""
    last_line: int = -1
    bodies: list[Line] = field(default_factory=list)


def read_letterhead(lines: Sequence[Line]) -> Letterhead:
    """Read the head of a document from its first lines."""
    head = lines[:LONGEST_HEAD]
    found = Letterhead()
    issuer_side = _issuer_side(head)
    at = 0
    while at < len(head):
        at = _read_line(head, at, found, issuer_side)
        if at < 0:
            break
    _name_issuer(found)
    if not (found.number or found.kind or any(is_motto(line.text) for line in head)):
        return Letterhead()
    found.subject = _ABOUT.sub("", found.subject, count=1) if found.kind == "Công văn" else found.subject
    return found


def is_motto(text: str) -> bool:
    """Say whether a line is the national motto, or the heading of a Party document."""
    return bool(_MOTTO.match(fold(text)))


def is_rule(text: str) -> bool:
    """Say whether a line only draws a rule."""
    return bool(_RULE.fullmatch(text))


def is_body(text: str) -> bool:
    """Say whether a line begins as the names of bodies do: ``SỞ …``, ``UBND …``."""
    return bool(_NEW_BODY.match(fold(text) + " "))


def read_day(text: str) -> date | None:
    """Return the first full day in *text*: ``ngày 05 tháng 11 năm 2025``, ``ngày 5/11/2025``."""
    for match in _DAY.finditer(text):
        with suppress(ValueError):
            return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    return None


def _issuer_side(head: Sequence[Line]) -> Side:
    """Return the column of the issuer: the one without the motto."""
    motto = next((line.side for line in head if is_motto(line.text)), Side.RIGHT)
    return Side.RIGHT if motto is Side.LEFT else Side.LEFT


def _read_line(head: Sequence[Line], at: int, found: Letterhead, issuer_side: Side) -> int:
    """Read one line, and return where to go on; -1 where the body begins."""
    line = head[at]
    if not line.text or is_motto(line.text) or is_rule(line.text):
        return at + 1
    if title := _ONE_LINE.match(line.text):
        return _read_title(head, at, found, title)
    if _BODY_BEGINS.match(line.text) or len(line.text) > _LONGEST_LINE:
        return -1
    found.issued_on = found.issued_on or read_day(line.text)
    if not found.number and line.side is not _other(issuer_side) and (match := _NUMBER_LINE.match(line.text)):
        found.number = _clean_number(match.group(1))
        found.last_line = at
    elif not found.kind and (_LETTER_SUBJECT.match(line.text) or kind_of(line)):
        return _read_kind(head, at, found)
    elif _is_body(line, found, issuer_side):
        found.bodies.append(line)
        found.last_line = at
    return at + 1


def _read_kind(head: Sequence[Line], at: int, found: Letterhead) -> int:
    """Read the kind with the subject below it; a letter names no kind, its subject stands under the number."""
    found.kind, found.subject = kind_of(head[at]) or ("Công văn", "")
    return _read_subject(head, at if found.kind == "Công văn" else at + 1, found)


def _other(side: Side) -> Side:
    return Side.LEFT if side is Side.RIGHT else Side.RIGHT


def _is_body(line: Line, found: Letterhead, issuer_side: Side) -> bool:
    """Say whether a line names the issuer: in its column or in none, above the number, mostly in capitals."""
    letters = [character for character in line.text if character.isalpha()]
    is_capital = sum(character.isupper() for character in letters) > 0.6 * len(letters)
    is_above = not found.number and not found.kind
    return is_above and line.side in {issuer_side, Side.WHOLE} and is_capital and not _ANY_DAY.search(line.text)


def kind_of(line: Line) -> tuple[str, str] | None:
    """Return the kind that a line names, and the rest of the line; nothing when it names none."""
    text = line.text.strip(" :.*")
    folded = fold(text)
    for name, kind in _FOLDED_KINDS.items():
        if folded == name or (folded.replace(" ", "") == name.replace(" ", "") and " " in folded):
            return kind, ""
        if folded.startswith(name + " ") and line.side is Side.WHOLE and text[: len(name)].isupper():
            return kind, text[len(name) :].strip(" :")
    return None


def _read_title(head: Sequence[Line], at: int, found: Letterhead, title: re.Match[str]) -> int:
    found.kind = found.kind or _FOLDED_KINDS[fold(" ".join(title.group(1).split()))]
    found.issuer = title.group("issuer") or ""
    found.number = found.number or title.group("number").rstrip(".,;")
    found.issued_on = found.issued_on or read_day(head[at].text)
    rest = _DAY.sub("", head[at].text[title.end() :]).strip(" ,.;")
    found.subject = rest
    return _read_subject(head, at + 1, found)


def _read_subject(head: Sequence[Line], at: int, found: Letterhead) -> int:
    """Gather the lines of the subject, up to the basis, the authority, a rule or an empty line."""
    parts = [found.subject] if found.subject else []
    side = head[at].side if at < len(head) else Side.WHOLE
    while at < len(head):
        line = head[at]
        if line.side is not side and line.side is not Side.WHOLE:
            at += 1
            continue
        if not line.text or is_rule(line.text):
            if parts and parts != [found.subject]:
                break
        elif _ends_subject(line, parts):
            break
        else:
            parts.append(line.text)
        found.last_line = at
        at += 1
    found.subject = " ".join(parts)
    return at if at > 0 else -1


def _ends_subject(line: Line, parts: Sequence[str]) -> bool:
    text = line.text
    if _NUMBER_LINE.match(text) or _BODY_BEGINS.match(text) or is_motto(text) or text.startswith(("(", "*")):
        return True
    if parts and text.isupper() and _AUTHORITY.match(text.casefold()) and not _JOINED.search(parts[-1]):
        return True
    is_set_apart = line.is_bold or line.is_centred or text.isupper() or line.side is not Side.WHOLE
    return len(text) > _LONGEST_SUBJECT or (bool(parts) and not is_set_apart)


def _clean_number(text: str) -> str:
    """Return the number and symbol as Decree 30 writes them, without blanks; "" when the number was left open."""
    match = _NUMBER.match(text)
    return re.sub(r"\s+", "", match.group()) if match else ""


def _name_issuer(found: Letterhead) -> None:
    """Put the lines of the left column together: "ỦY BAN NHÂN DÂN" and "TỈNH SƠN LA" are one body, not two."""
    bodies: list[tuple[str, bool]] = []
    for line in found.bodies:
        previous = bodies[-1] if bodies else None
        changes = previous is not None and line.is_bold and not previous[1]
        is_new = is_body(line.text) and not (previous and _JOINED.search(previous[0]))
        if previous is None or is_new or changes:
            bodies.append((line.text, line.is_bold))
        else:
            bodies[-1] = (f"{previous[0]} {line.text}", previous[1] or line.is_bold)
    names = [name for name, _ in bodies]
    if not names:
        return
    if len(names) > 1 and _is_joint(names, found):
        found.issuer = " - ".join(name.strip(" -–") for name in names)
    else:
        found.superior, found.issuer = " ".join(names[:-1]), names[-1]


def _is_joint(names: Sequence[str], found: Letterhead) -> bool:
    """Say whether several bodies issued it together, rather than one under the other."""
    return (
        "liên tịch" in found.kind.lower()
        or bool(re.search(r"(?:TTLT|NQLT|LT)\b", found.number))
        or any(name.endswith(("-", "–")) for name in names[:-1])
    )
