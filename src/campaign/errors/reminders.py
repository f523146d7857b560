"""Faults in reminding people."""

from campaign.errors.base import CampaignError


class MailServerError(CampaignError):
    """The mail server cannot be used."""

    code = "E-MAIL"

    def __init__(self, host: str, reason: str) -> None:
        """Name the server and the reason."""
        super().__init__(
            f"Máy chủ thư {host or '(chưa khai báo)'} chưa dùng được ({reason}).",
            "Xem lại thiết lập “smtp”, mật khẩu và đường mạng rồi chạy lại; ai đã được gửi thì không bị gửi lần nữa. "
            "Muốn gửi cách khác, thêm --outbox-only.",
        )
