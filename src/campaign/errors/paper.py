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


class ConfirmationUnknownError(CampaignError, code="E-PAPER-UNKNOWN"):
    """An entry does not hold a confirmation that counts."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải một xác nhận, hoặc xác nhận ấy đã được rút lại."
    todo = "Xem các xác nhận đang được tính ở trang của người đó. Chưa có gì thay đổi."
