"""Faults of programs that ask for aggregates."""

from campaign.errors.base import CampaignError


class TokenRefusedError(CampaignError, code="E-TOKEN", status=401):
    """A program asks without a token in force."""

    wrong = "Chưa có khoá chỉ đọc đang hiệu lực."
    todo = "Gửi kèm “Authorization: Bearer KHOÁ”; Văn phòng tạo khoá ở trang Khoá đọc số liệu."


class TokenNameError(CampaignError, code="E-TOKEN-NAME"):
    """A token is to be made without a name, or with one that is too long."""

    characters: int
    wrong = "Khoá cần một tên, không quá {characters} ký tự."
    todo = "Nhập tên chương trình dùng khoá, ví dụ “Cổng thông tin”. Chưa có khoá nào được tạo."
