"""Names of bodies and authorities, told by how they begin."""

import re
from collections.abc import Sequence

from campaign.core.text import fold
from campaign.word.official.lines import Line

_BODY = re.compile(
    r"(?:uy ban|ubnd|ub mttq|ubmttq|mttq|hdnd|hoi dong|bo|so|cuc|tong cuc|chi cuc|vu|van phong|vp|cong an|trung tam|"
    r"phong|ban|dang|tinh uy|tinh doan|thanh uy|thanh doan|huyen uy|huyen doan|thi uy|quan uy|dang uy|dang bo|"
    r"dang doan|chi bo|truong|vien|hoi|hiep hoi|lien|mat tran|quoc hoi|chinh phu|thu tuong|chu tich nuoc|bql|toa an|"
    r"tand|kiem toan|ngan hang|bao hiem|bhxh|thanh tra|doan|cong ty|tong cong ty|tap doan|tong|dai hoc|hoc vien|"
    r"benh vien|doi|to|bo chi huy|bo tu lenh|quan khu|kho bac|kbnn|hai quan|thue|xa|phuong|thi tran|khoa|nha|bao|"
    r"dai|quy|cang|tram|ga|xi nghiep|hop tac xa|htx|nong truong|lam truong|vuon|khu|cum|cau lac bo|clb|tieu ban|"
    r"bch|btv|bcd|cdcs|tieu doan|trung doan|su doan|viettel|vnpt|evn|dien luc|buu dien|chi nhanh|doanh nghiep)\b"
)
_REST = re.compile(
    r"(?:khu|cum|vuon|nha|to|doi|cang|tram|ga|bao|dai|quy|phong,? chong|phong chay|ban dan|hoi|doan|cau lac bo)\b"
)
"""How the second line of a body's name may begin as well: ``BAN QUẢN LÝ`` / ``KHU CÔNG NGHIỆP``."""

_AUTHORITY = re.compile(
    r"(?:thủ tướng|bộ trưởng|chủ tịch|giám đốc|tổng giám đốc|[uủ][yỷ] ban|ubnd|hội đồng|hđnd|chánh |tổng |hiệu trưởng|"
    r"trưởng |cục trưởng|chi cục trưởng|vụ trưởng|quốc hội|chính phủ|ban thường vụ|ban bí thư|bộ chính trị|"
    r"ban chấp hành|thống đốc|viện trưởng|thanh tra|bộ (?:\w+|\w+ \w+)$|tư lệnh|[uủ][yỷ] viên|đoàn chủ tịch)"
)
_MOTTO = re.compile(r"(?:cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—]\s*tu do|dang cong san viet nam)")
_HEAD_OF = re.compile(
    r"(?:phó )?(?:bộ trưởng|thứ trưởng|chủ tịch|tổng giám đốc|giám đốc|tổng cục trưởng|chi cục trưởng|cục trưởng|"
    r"vụ trưởng|chánh thanh tra|chánh văn phòng|chánh án|hiệu trưởng|viện trưởng|thống đốc|trưởng ban|trưởng phòng|"
    r"tư lệnh|bí thư)\s+", re.IGNORECASE,
)  # fmt: skip
_JOINED = re.compile(r"(?:\bvà|,|[-–])$", re.IGNORECASE)
_PLACES = re.compile(
    r"(?:tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|viet nam|trung uong)\b(?! (?:uy|doan)\b)"
)


def is_motto(text: str) -> bool:
    """Say whether a line is the national motto, or the heading of a Party document."""
    return bool(_MOTTO.match(fold(text)))


def is_body(text: str) -> bool:
    """Say whether a line begins as the names of bodies do: ``SỞ …``, ``UBND …``."""
    return bool(_BODY.match(fold(text)))


def is_authority(text: str) -> bool:
    """Say whether a line names who decides, as it does between subject and basis: ``BỘ TRƯỞNG BỘ CÔNG AN``."""
    return bool(_AUTHORITY.match(text.casefold()))


def without_position(text: str) -> str:
    """Return the body of which *text* names the head: of ``GIÁM ĐỐC SỞ Y TẾ`` the ``SỞ Y TẾ``."""
    body = _HEAD_OF.sub("", text, count=1)
    return body if is_body(body) else text


def goes_on(text: str) -> bool:
    """Say whether a line ends as only one does whose name goes on below."""
    return bool(_JOINED.search(text))


def is_place(text: str) -> bool:
    """Say whether a line names a place, the rest of a body's name: ``TỈNH SƠN LA``."""
    return bool(_PLACES.match(fold(text)))


def name_bodies(lines: Sequence[Line], *, is_joint: bool) -> tuple[str, str]:
    """Return superior and issuer from the lines above the number; either may be "".

    "ỦY BAN NHÂN DÂN" and "TỈNH SƠN LA" are one body, not two; several that issue together are one issuer.
    """
    bodies: list[tuple[str, bool]] = []
    for line in lines:
        name, is_bold = bodies[-1] if bodies else ("", False)
        changes = line.is_bold and not is_bold
        goes_on_above = goes_on(name) or is_place(line.text) or (bool(_REST.match(fold(line.text))) and not changes)
        if not bodies or (is_body(line.text) and not goes_on_above):
            bodies.append((line.text, line.is_bold))
        else:
            bodies[-1] = (f"{name} {line.text}", is_bold or line.is_bold)
    names = [name for name, _ in bodies]
    if len(names) > 1 and (is_joint or any(name.endswith(("-", "–")) for name in names[:-1])):
        return "", " - ".join(name.strip(" -–") for name in names)
    return " ".join(names[:-1]), names[-1] if names else ""
