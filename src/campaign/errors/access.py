"""Faults of signing in, of forms and of addresses."""

from datetime import timedelta
from math import ceil

from campaign.errors.base import CampaignError


class AccessRefusedError(CampaignError):
    """A staff code and an access code do not belong together. Says nothing of which of the two is wrong."""

    code = "E-ACCESS"

    def __init__(self) -> None:
        """Word the fault the same way for a wrong code and an unknown person."""
        super().__init__(
            "Mã công chức hoặc mã truy cập chưa đúng.",
            "Nhìn lại phiếu truy cập rồi nhập đủ cả hai mã. Nếu mất phiếu, nhờ Văn phòng cấp phiếu mới.",
        )


class TooManyTriesError(CampaignError):
    """Someone tried to come in too often, for one account or from one machine."""

    code = "E-TRIES"

    def __init__(self, wait: timedelta) -> None:
        """Say when the next try is taken."""
        self.seconds = ceil(wait.total_seconds())
        super().__init__(
            "Đã thử quá nhiều lần, nên lần này chưa được xem đến.",
            f"Mời thử lại sau khoảng {_time_in_words(self.seconds)}. Người đã vào vẫn làm việc bình thường, "
            "mã QR trên phiếu vẫn dùng được. Nếu không phải anh/chị thử, báo Văn phòng.",
        )


class SlipRevokedError(CampaignError):
    """A QR code that is no longer, or never was, in force."""

    code = "E-SLIP"

    def __init__(self) -> None:
        """Point to the newest slip."""
        super().__init__(
            "Mã QR này không còn dùng được.",
            "Dùng phiếu mới nhất mà Văn phòng đã cấp, hoặc nhờ Văn phòng cấp lại. Chưa có gì được ghi nhận.",
        )


class SessionExpiredError(CampaignError):
    """The browser is no longer signed in."""

    code = "E-SESSION"

    def __init__(self) -> None:
        """Ask to sign in again."""
        super().__init__(
            "Anh/chị chưa vào, hoặc phiên làm việc đã hết hạn.",
            "Vào lại bằng phiếu truy cập rồi làm lại thao tác. Lần bấm vừa rồi chưa được ghi nhận.",
        )


class AccountRefusedError(CampaignError):
    """Account, passphrase and code do not belong together. Says nothing of which of them is wrong."""

    code = "E-ACCOUNT"

    def __init__(self) -> None:
        """Word the fault the same way whatever is wrong."""
        super().__init__(
            "Tài khoản, cụm mật khẩu hoặc mã xác minh chưa đúng.",
            "Nhập lại cả ba; cụm mật khẩu phân biệt chữ hoa, chữ thường. Mỗi mã xác minh chỉ dùng được một lần: "
            "vừa dùng xong thì chờ ứng dụng hiện mã mới.",
        )


class PasskeyRefusedError(CampaignError):
    """The answer of a passkey is worth nothing. Says nothing of why."""

    code = "E-PASSKEY"

    def __init__(self) -> None:
        """Point to the other way."""
        super().__init__(
            "Khoá truy cập này chưa vào được.",
            "Tải lại trang rồi thử lại, hoặc vào bằng cụm mật khẩu và mã xác minh. Không có gì thay đổi.",
        )


class RoleRefusedError(CampaignError):
    """An account's role may not use a page."""

    code = "E-ROLE"

    def __init__(self, role: str) -> None:
        """Name the role."""
        super().__init__(
            f"Tài khoản vai trò “{role}” không dùng được trang này.",
            "Nếu cần dùng, nhờ người phụ trách tài khoản đổi vai trò. Không có gì thay đổi.",
        )


class ProofNeededError(CampaignError):
    """A form needs its sender to have given proof just now.

    Attributes:
        way_on: The page where proof is given.
    """

    code = "E-PROOF"

    def __init__(self, way_on: str) -> None:
        """Point to the page where proof is given."""
        self.way_on = way_on
        super().__init__(
            "Việc này cần xác minh lại đúng là anh/chị.",
            "Bấm “Xác minh lại”, nhập cụm mật khẩu rồi làm lại thao tác. Lần bấm vừa rồi chưa được thực hiện.",
        )


class LinkUsedError(CampaignError):
    """A link that was sent by mail has been used, or its time is over."""

    code = "E-LINK"

    def __init__(self) -> None:
        """Point to a new link."""
        super().__init__(
            "Liên kết này đã dùng rồi, hoặc đã quá 10 phút.",
            "Xin liên kết mới ở trang vào. Chưa có gì được ghi nhận.",
        )


class ProviderError(CampaignError):
    """A provider of a common sign-in does not answer, or its answer is worth nothing.

    Attributes:
        reason: For the log; readers are not told.
    """

    code = "E-OIDC"

    def __init__(self, reason: str) -> None:
        """Ask to try again."""
        self.reason = reason
        super().__init__(
            "Hệ thống đăng nhập chung chưa xác nhận được tài khoản của anh/chị.",
            "Mời thử lại từ trang vào; vẫn không được thì báo Văn phòng. Chưa có gì được ghi nhận.",
        )


class NotListedError(CampaignError):
    """Someone is known, and is not on the roster."""

    code = "E-NOT-LISTED"

    def __init__(self, account: str) -> None:
        """Name the account that is known."""
        super().__init__(
            f"Tài khoản “{account}” không ứng với ai trong danh sách.",
            "Báo Văn phòng để bổ sung vào danh sách hoặc sửa mã. Chưa có gì được ghi nhận.",
        )


class OriginRefusedError(CampaignError):
    """A form came from a page that is not ours."""

    code = "E-ORIGIN"

    def __init__(self, address: str) -> None:
        """Name the address to use."""
        super().__init__(
            "Biểu mẫu được gửi từ một địa chỉ khác với địa chỉ của bộ ghi nhận.",
            f"Mở trang tại {address} rồi làm lại. Chưa có gì được ghi nhận.",
        )


class FormRefusedError(CampaignError):
    """A form does not carry the token of this browser's session, or lacks a field."""

    code = "E-FORM"

    def __init__(self) -> None:
        """Ask to open the page anew."""
        super().__init__(
            "Trang này đã mở quá lâu hoặc biểu mẫu chưa đủ thông tin.",
            "Quay lại, tải lại trang rồi bấm lại. Chưa có gì được ghi nhận.",
        )


class BodyTooLargeError(CampaignError):
    """A request carries more than its form can hold."""

    code = "E-BODY"

    def __init__(self, limit: int) -> None:
        """Name the limit in bytes."""
        super().__init__(
            f"Nội dung gửi lên lớn hơn mức cho phép ({_in_words(limit)}).",
            "Tải lại trang rồi gửi lại đúng biểu mẫu, hoặc chọn tệp nhỏ hơn. Chưa có gì được ghi nhận.",
        )


class FileMissingError(CampaignError):
    """A form came without the file that it is for."""

    code = "E-FILE-MISSING"

    def __init__(self) -> None:
        """Ask for the file."""
        super().__init__("Chưa chọn tệp nào.", "Quay lại, chọn một tệp rồi gửi lại. Chưa có gì thay đổi.")


class HostRefusedError(CampaignError):
    """The recorder was asked under a name that is not its own."""

    code = "E-HOST"

    def __init__(self, address: str) -> None:
        """Name the address to use."""
        super().__init__(
            "Trang được mở bằng một tên máy khác với tên đã đặt cho bộ ghi nhận.",
            f"Mở trang tại {address} rồi làm tiếp. Chưa có gì được ghi nhận.",
        )


class HttpsNeededError(CampaignError):
    """An account is to come in where its passphrase could be overheard."""

    code = "E-HTTPS"

    def __init__(self) -> None:
        """Say what still works."""
        super().__init__(
            "Trang Văn phòng chỉ mở qua HTTPS: trên mạng HTTP thường, cụm mật khẩu có thể bị nghe thấy.",
            "Nhờ người phụ trách máy chủ đặt HTTPS. Người trong danh sách vẫn vào và xác nhận được; "
            "Văn phòng vẫn xem và xuất số liệu được bằng lệnh trên máy chủ.",
        )


class PageNotFoundError(CampaignError):
    """There is no such page, or not for this person."""

    code = "E-NOT-FOUND"

    def __init__(self) -> None:
        """Point home."""
        super().__init__(
            "Không tìm thấy trang này.", "Kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang chủ. Không có gì thay đổi."
        )


class DayError(CampaignError):
    """A day cannot be read."""

    code = "E-DAY"

    def __init__(self, typed: str) -> None:
        """Show what was typed, and a good one."""
        super().__init__(f"Không hiểu ngày “{typed}”.", "Nhập ngày dạng 05/11/2025 hoặc 2025-11-05.")


class BugError(CampaignError):
    """Something broke that nobody foresaw; the log has the reason under the reference."""

    code = "E-BUG"

    def __init__(self, reference: str) -> None:
        """Give the reference that finds the reason in the log."""
        super().__init__(
            f"Bộ ghi nhận gặp trục trặc ngoài dự kiến (số tham chiếu {reference}).",
            "Mời thử lại; bấm lại nhiều lần cũng không ghi trùng. Nếu vẫn lỗi, báo Văn phòng kèm số tham chiếu.",
        )


def _in_words(size: int) -> str:
    return f"{size // 1024**2} MiB" if size >= 1024**2 else f"{size // 1024} KiB"


def _time_in_words(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    return f"{ceil(minutes / 60)} giờ" if minutes > 90 else f"{minutes} phút"  # noqa: PLR2004
