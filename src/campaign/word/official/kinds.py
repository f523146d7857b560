"""The kinds of official documents (Decree 30/2020/NĐ-CP, article 7, and those of laws, the Party and forms)."""

import re
from functools import cache

from campaign.core.text import fold
from campaign.word.official.lines import Line, Side

KINDS = (
    "Văn bản hợp nhất", "Hiến pháp", "Sắc lệnh", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị quyết liên tịch",
    "Nghị quyết", "Nghị định", "Thông tư liên tịch", "Thông tư", "Quyết định", "Chỉ thị", "Quy chế", "Quy định",
    "Thông cáo", "Thông báo", "Thông tri", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án",
    "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Thỏa thuận",
    "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Giấy xác nhận", "Giấy đề nghị",
    "Giấy chứng nhận", "Giấy phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Phiếu trình", "Phiếu đề nghị",
    "Phiếu đăng ký", "Phiếu khảo sát", "Phiếu lấy ý kiến", "Thư công", "Thư mời", "Kết luận", "Điều lệ", "Nội quy",
    "Quy trình", "Quy ước", "Thể lệ", "Đề cương", "Danh sách", "Lịch công tác", "Lịch làm việc",
    "Lịch tiếp công dân", "Bản cam kết", "Bản khai", "Bản kê khai", "Tờ khai", "Đơn đề nghị", "Đơn đăng ký",
    "Đơn khởi kiện", "Đơn khiếu nại", "Đơn", "Bảng kê", "Bảng tổng hợp", "Kịch bản", "Tham luận", "Công văn",
)  # fmt: skip
_FOLDED = {fold(kind): kind for kind in sorted(KINDS, key=len, reverse=True)}
_NO_APPLICATION = re.compile(r"don (?:vi|gia|cu)\b")
KIND_WORDS = "|".join(re.escape(kind).replace(r"\ ", r"\s+") for kind in sorted(KINDS, key=len, reverse=True))
_CITED = re.compile(
    rf"(?:{KIND_WORDS})\s+(?:của\s+.{{3,90}}?\s+)?(?:số\s*:?\s*)?\d+\S*/\S+.*\b(?:ngày|về)\b", re.IGNORECASE
)


@cache
def named_kind(text: str) -> str:
    """Return the kind that *text* names and nothing more, letters spaced or not: ``Q U Y Ế T  Đ Ị N H``; else ""."""
    folded = fold(text.strip(" :.*"))
    if kind := _FOLDED.get(folded):
        return kind
    letters = folded.split()
    is_spaced = len(letters) > 2 and all(len(letter) == 1 for letter in letters)  # noqa: PLR2004
    return next((kind for name, kind in _FOLDED.items() if is_spaced and name.replace(" ", "") == "".join(letters)), "")


def kind_of(line: Line) -> tuple[str, str] | None:
    """Return the kind that a line names, and the rest of the line; nothing when it is no title.

    A title that goes on behind the kind is in capitals (``BÁO CÁO TỔNG KẾT``), or one of the old form that names
    issuer, number and day (``Nghị định của Chính phủ số 117/2003/NĐ-CP ngày …``), set apart.
    """
    text = line.text.strip(" :.*")
    if line.is_set_apart and (kind := named_kind(text)):
        return kind, ""
    folded = fold(text)
    name = next((name for name in _FOLDED if folded.startswith(f"{name} ")), None)
    if name is None or line.side is not Side.WHOLE or _NO_APPLICATION.match(folded):
        return None
    words = text.split()
    count = len(name.split())
    is_title = "".join(words[:count]).isupper() or (line.is_set_apart and bool(_CITED.match(text)))
    return (_FOLDED[name], " ".join(words[count:]).strip(" :")) if is_title else None
