"""Faults of confirmations that the Office records."""

from datetime import date

from campaign.errors.base import CampaignError


class SignedDayError(CampaignError, code="E-PAPER-DAY"):
    """The day beside a signature cannot be."""

    day: date
    first: date
    last: date
    wrong = "Ngày ký {day:%d/%m/%Y} không nằm trong khoảng từ ngày đăng bài {first:%d/%m/%Y} đến hôm nay."
    todo = "Xem lại ngày trên phiếu; nhập ngày từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}. Chưa có gì được ghi."


class SheetUnknownError(CampaignError, code="E-PAPER-SHEET", status=404):
    """No printed sheet has a code."""

    sequence: int
    wrong = "Không có phiếu ký nào mang mã “PK-{sequence}”."
    todo = "Xem mã in ở góc phiếu, ví dụ PK-128. Chưa có gì được ghi."


class PaperUnknownError(CampaignError, code="E-PAPER-UNKNOWN"):
    """An entry does not hold a confirmation that the Office recorded."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải xác nhận do Văn phòng ghi, hoặc đã được rút lại."
    todo = (
        "Chỉ rút lại được xác nhận trên giấy hoặc ghi thay; xem số dòng ghi ở trang của người đó. Chưa có gì thay đổi."
    )
