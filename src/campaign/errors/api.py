"""Faults of programs that ask for aggregates."""

from campaign.errors.base import CampaignError


class TokenRefusedError(CampaignError, code="E-TOKEN", status=401):
    """A program asks without a token in force."""

    wrong = "Chưa có khoá chỉ đọc đang hiệu lực."
    todo = "Gửi kèm “Authorization: Bearer KHOÁ”; Văn phòng tạo khoá ở trang Khoá đọc số liệu."


class TokenUnknownError(CampaignError, code="E-TOKEN-UNKNOWN"):
    """A token that is to be revoked is not there."""

    name: str
    wrong = "Không có khoá nào tên “{name}”."
    todo = "Xem các khoá đang dùng ở trang Khoá đọc số liệu. Chưa có khoá nào bị thu hồi."
