"""Faults of programs that ask for aggregates."""

from campaign.errors.base import CampaignError


class TokenRefusedError(CampaignError):
    """A program asks without a token in force."""

    code = "E-TOKEN"

    def __init__(self) -> None:
        """Say how a token is sent."""
        super().__init__(
            "Chưa có khoá chỉ đọc đang hiệu lực.",
            "Gửi kèm “Authorization: Bearer KHOÁ”; Văn phòng tạo khoá bằng “campaign token add”.",
        )


class TokenUnknownError(CampaignError):
    """A token that is to be revoked is not there."""

    code = "E-TOKEN-UNKNOWN"

    def __init__(self, name: str) -> None:
        """Name the token."""
        super().__init__(
            f"Không có khoá nào tên “{name}”.",
            "Xem các khoá đang dùng bằng “campaign token list”. Chưa có khoá nào bị thu hồi.",
        )
