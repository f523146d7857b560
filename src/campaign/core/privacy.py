"""What is recorded of people, why, and who sees it: the facts of the page about privacy and of the page that confirms.

Whoever makes a kind of entry about people, or shows names to somebody else, changes this list; tests compare it with
what the ledger holds and with what each role can take away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.core.ledger.entry import Kind


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something that is recorded of people.

    Attributes:
        what: It, in words.
        why: What for.
        kinds: The entries that hold it.
        is_pressed: Whether the button on the page that confirms records it.
    """

    what: str
    why: str
    kinds: tuple[Kind, ...]
    is_pressed: bool = False


RECORDED = (
    Recorded(
        "Mã cá nhân, họ và tên, loại (công chức, viên chức, người lao động), thư điện tử công vụ nếu có; ở phòng, đơn "
        "vị nào từ lúc nào đến lúc nào, và lý do khi Văn phòng ghi từng người",
        "Biết ai phải xác nhận, ở đơn vị nào",
        (Kind.MEMBER_JOINED, Kind.MEMBER_CHANGED, Kind.MEMBER_LEFT, Kind.PERSONAL_RECTIFIED),
    ),
    Recorded(
        "Bài đăng, số phiên bản và mã đối chiếu nội dung, gồm cả hình và tệp kèm theo",
        "Biết đúng bản nào đã được đọc",
        (Kind.CONFIRMATION,),
        is_pressed=True,
    ),
    Recorded(
        "Thời điểm máy chủ nhận được xác nhận",
        "Biết đúng hạn hay quá hạn",
        (Kind.CONFIRMATION,),
        is_pressed=True,
    ),
    Recorded(
        "Hình thức (trên trang này hay trên giấy) và cách anh/chị đăng nhập",
        "Biết mức tin cậy của xác nhận",
        (Kind.CONFIRMATION,),
        is_pressed=True,
    ),
    Recorded(
        "Xác nhận trên giấy hoặc được ghi thay: ngày ký, người của Văn phòng đã ghi, người chứng kiến, lý do ghi thay",
        "Biết dựa vào đâu mà ghi",
        (Kind.CONFIRMATION, Kind.SHEET_PRINTED, Kind.WITHDRAWAL),
    ),
    Recorded(
        "Được miễn, được gia hạn riêng, đang nghỉ: từ ngày nào, kèm lý do do Văn phòng ghi; lý do có thể nói về sức "
        "khoẻ, thai sản",
        "Không đòi xác nhận, không nhắc người có lý do",
        (Kind.EXEMPTION, Kind.EXTENSION, Kind.LEAVE, Kind.WITHDRAWAL),
    ),
    Recorded(
        "Có tên trong danh sách “đã xem” mà Văn phòng lấy từ hệ thống QLVB&ĐH",
        "Đối chiếu với xác nhận; “đã xem” không thay cho xác nhận",
        (Kind.SEEN_LISTED,),
    ),
    Recorded(
        "Lần được nhắc: ngày nào, bằng thư hay do Văn phòng chuyển",
        "Không nhắc ai hai lần, biết đã đôn đốc",
        (Kind.REMINDER,),
    ),
    Recorded("Lần được cấp phiếu", "Biết phiếu nào còn dùng", (Kind.SLIPS_ISSUED,)),
    Recorded("Lần thông tin cá nhân được xoá", "Chứng tỏ đã xoá theo quy định", (Kind.PERSONAL_ERASED,)),
)
"""What the ledger holds of those on the roster."""

SEEN_BY: Mapping[str, str] = {
    "Mọi người": "Chỉ số liệu tổng hợp, không có tên",
    "Chính anh/chị": "Xác nhận và biên nhận của mình, ở [Xác nhận của tôi](/cua-toi)",
    "Người đứng đầu phòng, đơn vị": "Bất cứ lúc nào, bằng tài khoản riêng: tên, trạng thái, lý do miễn, nghỉ của người "
    "trong phòng, đơn vị mình; tải được danh sách ấy",
    "Văn phòng": "Mọi điều ghi ở trên, của từng người",
    "Người kiểm tra sổ ghi nhận": "Sổ và gói bằng chứng không có tên, không có lý do: phần thông tin cá nhân để riêng, "
    "sổ chỉ mang mã đối chiếu của phần đó",
    "Người nhận báo cáo": "Số liệu; tên từng người chỉ có trong danh sách mà Văn phòng lập riêng khi cần",
}
"""Who sees what of it."""

PRESSED_IS_SEEN_BY = (
    "tên và trạng thái thì anh/chị, Văn phòng và người đứng đầu đơn vị của anh/chị thấy; người kiểm tra chỉ nhận sổ "
    "không có tên"
)
"""The same on the page that confirms."""
