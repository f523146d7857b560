"""Faults of confirmations that the Office records."""

from datetime import date

from campaign.errors.base import CampaignError


class SignedDayError(CampaignError):
    """The day beside a signature cannot be."""

    code = "E-PAPER-DAY"

    def __init__(self, day: date, first: date, last: date) -> None:
        """Name the day and the days that can be."""
        super().__init__(
            f"Ngày ký {day:%d/%m/%Y} không nằm trong khoảng từ ngày đăng bài {first:%d/%m/%Y} đến hôm nay.",
            f"Xem lại ngày trên phiếu; nhập ngày từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}. Chưa có gì được ghi.",
        )


class SheetUnknownError(CampaignError):
    """No printed sheet has a code."""

    code = "E-PAPER-SHEET"

    def __init__(self, sequence: int) -> None:
        """Name the code."""
        super().__init__(
            f"Không có phiếu ký nào mang mã “PK-{sequence}”.",
            "Xem mã in ở góc phiếu, ví dụ PK-128. Chưa có gì được ghi.",
        )


class PaperUnknownError(CampaignError):
    """No confirmation that the Office recorded stands under an entry."""

    code = "E-PAPER-UNKNOWN"

    def __init__(self, sequence: int) -> None:
        """Name the entry."""
        super().__init__(
            f"Dòng ghi {sequence} không phải xác nhận do Văn phòng ghi, hoặc đã được rút lại.",
            "Chỉ rút lại được xác nhận trên giấy hoặc ghi thay; xem số dòng ghi ở trang của người đó. "
            "Chưa có gì thay đổi.",
        )
