"""Faults in reminding people."""

from campaign.errors.base import CampaignError


class MailServerError(CampaignError, code="E-MAIL"):
    """The mail server cannot be used."""

    host: str
    reason: str
    wrong = "Máy chủ thư {server} chưa dùng được ({reason})."
    todo = (
        "Xem lại thiết lập “smtp”, mật khẩu và đường mạng rồi chạy lại; ai đã được gửi thì không bị gửi lần nữa. "
        "Muốn gửi cách khác, thêm --outbox-only."
    )

    @property
    def server(self) -> str:
        """The host, when one is set."""
        return self.host or "(chưa khai báo)"
