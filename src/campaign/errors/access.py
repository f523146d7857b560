"""Faults of signing in, of forms and of addresses."""

from datetime import timedelta
from math import ceil

from campaign.errors.base import CampaignError


class AccessRefusedError(CampaignError, code="E-ACCESS", status=401):
    """A staff code and an access code do not match. Does not say which is wrong."""

    wrong = "Mã công chức hoặc mã truy cập chưa đúng."
    todo = "Nhìn lại phiếu truy cập rồi nhập đủ cả hai mã. Nếu mất phiếu, nhờ Văn phòng cấp phiếu mới."


class TooManyTriesError(CampaignError, code="E-TRIES", status=429):
    """Someone tried to come in too often, for one account or from one machine."""

    wait: timedelta
    wrong = "Anh/chị đã nhập sai quá nhiều lần; tạm thời chưa đăng nhập được."
    todo = (
        "Mời thử lại sau khoảng {duration}. Người đã vào vẫn làm việc bình thường, mã QR trên phiếu vẫn dùng được. "
        "Nếu không phải anh/chị thử, báo Văn phòng."
    )

    @property
    def seconds(self) -> int:
        """The wait in whole seconds."""
        return ceil(self.wait.total_seconds())

    @property
    def duration(self) -> str:
        """The wait in words."""
        minutes = ceil(self.seconds / 60)
        return f"{ceil(minutes / 60)} giờ" if minutes > 90 else f"{minutes} phút"  # noqa: PLR2004 - an hour and a half


class SlipRevokedError(CampaignError, code="E-SLIP", status=404):
    """A QR code that is not, or no longer, valid."""

    wrong = "Mã QR này không còn dùng được."
    todo = "Dùng phiếu mới nhất mà Văn phòng đã cấp, hoặc nhờ Văn phòng cấp lại. Chưa có gì được ghi nhận."


class SessionExpiredError(CampaignError, code="E-SESSION", status=401):
    """The browser is no longer signed in."""

    wrong = "Anh/chị chưa đăng nhập hoặc phiên làm việc đã hết hạn."
    todo = "Vào lại bằng phiếu truy cập rồi làm lại thao tác. Lần bấm vừa rồi chưa được ghi nhận."


class AccountRefusedError(CampaignError, code="E-ACCOUNT", status=401):
    """Account, passphrase and code do not match. Does not say which is wrong."""

    wrong = "Tài khoản, cụm mật khẩu hoặc mã xác minh chưa đúng."
    todo = (
        "Nhập lại cả ba; cụm mật khẩu phân biệt chữ hoa, chữ thường. Mỗi mã xác minh chỉ dùng được một lần: "
        "vừa dùng xong thì chờ ứng dụng hiện mã mới."
    )


class PassphraseRefusedError(CampaignError, code="E-PROOF-WRONG", status=401):
    """The passphrase that is given as proof is not that of the account."""

    wrong = "Cụm mật khẩu chưa đúng."
    todo = "Nhập lại, đúng chữ hoa, chữ thường. Chưa có gì được thực hiện."


class OldCodeRefusedError(CampaignError, code="E-SLIP-CODE", status=401):
    """The access code that is to be changed is not the one of the slip."""

    wrong = "Mã truy cập hiện nay chưa đúng."
    todo = "Nhìn lại phiếu rồi nhập lại; mất phiếu thì nhờ Văn phòng cấp phiếu mới. Mã trên phiếu chưa đổi."


class PasskeyRefusedError(CampaignError, code="E-PASSKEY", status=401):
    """The answer of a passkey does not verify. Does not say why."""

    wrong = "Khoá truy cập này chưa vào được."
    todo = "Tải lại trang rồi thử lại, hoặc vào bằng cụm mật khẩu và mã xác minh. Không có gì thay đổi."


class RoleRefusedError(CampaignError, code="E-ROLE", status=403):
    """An account's role may not use a page."""

    role: str
    wrong = "Tài khoản vai trò “{role}” không dùng được trang này."
    todo = "Nếu cần dùng, nhờ người phụ trách tài khoản đổi vai trò. Không có gì thay đổi."


class ProofNeededError(CampaignError, code="E-PROOF", status=403):
    """A form needs its sender to have given proof just now.

    Attributes:
        way_on: The page where proof is given.
    """

    way_on: str
    wrong = "Việc này cần xác minh lại đúng là anh/chị."
    todo = "Bấm “Xác minh lại”, nhập cụm mật khẩu rồi làm lại thao tác. Lần bấm vừa rồi chưa được thực hiện."


class LinkUsedError(CampaignError, code="E-LINK", status=404):
    """A link that was sent by mail was used before, or has expired."""

    wrong = "Liên kết này đã dùng rồi, hoặc đã quá 10 phút."
    todo = "Xin liên kết mới ở trang vào. Chưa có gì được ghi nhận."


class ProviderError(CampaignError, code="E-OIDC", status=502):
    """An OpenID Connect provider does not answer, or its answer does not verify.

    Attributes:
        reason: For the log; readers are not told.
    """

    reason: str
    wrong = "Hệ thống đăng nhập chung chưa xác nhận được tài khoản của anh/chị."
    todo = "Mời thử lại từ trang vào; vẫn không được thì báo Văn phòng. Chưa có gì được ghi nhận."


class NotListedError(CampaignError, code="E-NOT-LISTED", status=403):
    """Someone is known, and is not on the roster."""

    account: str
    wrong = "Tài khoản “{account}” không ứng với ai trong danh sách."
    todo = "Báo Văn phòng để bổ sung vào danh sách hoặc sửa mã. Chưa có gì được ghi nhận."


class OriginRefusedError(CampaignError, code="E-ORIGIN", status=403):
    """A form was sent from another origin."""

    address: str
    wrong = "Biểu mẫu được gửi từ một địa chỉ khác với địa chỉ của bộ ghi nhận."
    todo = "Mở trang tại {address} rồi làm lại. Chưa có gì được ghi nhận."


class FormRefusedError(CampaignError, code="E-FORM", status=403):
    """A form does not carry the token of this browser's session, or lacks a field."""

    wrong = "Trang này đã mở quá lâu hoặc biểu mẫu chưa đủ thông tin."
    todo = "Quay lại, tải lại trang rồi bấm lại. Chưa có gì được ghi nhận."


class BodyTooLargeError(CampaignError, code="E-BODY", status=413):
    """A request carries more than its form can hold."""

    limit: int
    wrong = "Nội dung gửi lên lớn hơn mức cho phép ({size})."
    todo = "Tải lại trang rồi gửi lại đúng biểu mẫu, hoặc chọn tệp nhỏ hơn. Chưa có gì được ghi nhận."

    @property
    def size(self) -> str:
        """The limit, which is in bytes, as people read it."""
        return f"{self.limit // 1024**2} MiB" if self.limit >= 1024**2 else f"{self.limit // 1024} KiB"


class FileMissingError(CampaignError, code="E-FILE-MISSING"):
    """A form came without the file that it is for."""

    wrong = "Chưa chọn tệp nào."
    todo = "Quay lại, chọn một tệp rồi gửi lại. Chưa có gì thay đổi."


class HostRefusedError(CampaignError, code="E-HOST", status=421):
    """The recorder was asked under a name that is not its own."""

    address: str
    wrong = "Anh/chị đang mở trang bằng địa chỉ không đúng."
    todo = "Mở trang tại {address} rồi làm tiếp. Chưa có gì được ghi nhận."


class HttpsNeededError(CampaignError, code="E-HTTPS", status=403):
    """An account would sign in over plain HTTP, where its passphrase could be overheard."""

    wrong = "Trang Văn phòng chỉ mở qua HTTPS: trên mạng HTTP thường, mật khẩu có thể bị lộ."
    todo = (
        "Nhờ người phụ trách máy chủ đặt HTTPS. Người trong danh sách vẫn vào và xác nhận được; "
        "người phụ trách máy chủ vẫn xuất được báo cáo bằng lệnh."
    )


class PageNotFoundError(CampaignError, code="E-NOT-FOUND", status=404):
    """There is no such page, or not for this person."""

    wrong = "Không tìm thấy trang này."
    todo = "Kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang chủ. Không có gì thay đổi."


class DayError(CampaignError, code="E-DAY"):
    """A day cannot be read."""

    typed: str
    wrong = "Không hiểu ngày “{typed}”."
    todo = "Nhập ngày dạng 05/11/2025 hoặc 2025-11-05."


class BugError(CampaignError, code="E-BUG", status=500):
    """An unexpected exception; the log has it under the reference."""

    reference: str
    wrong = "Bộ ghi nhận gặp trục trặc ngoài dự kiến (số tham chiếu {reference})."
    todo = (
        "Đây là lỗi của chương trình. Mời báo Văn phòng kèm số tham chiếu; "
        "việc vừa làm có thể chưa được ghi, bấm xác nhận lại thì không bị ghi trùng."
    )
