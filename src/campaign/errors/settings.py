"""Faults of settings, and of starting with them."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError


class UnknownSettingError(CampaignError, code="E-SETTING-UNKNOWN"):
    """A setting's name is not in the table of settings."""

    source: str
    name: str
    known: Sequence[str]
    wrong = "{source}: không có thiết lập nào tên “{name}”."
    todo = "Sửa tên hoặc xoá dòng đó. Các tên dùng được: {known:, }. Chương trình chưa khởi động."


class SettingValueError(CampaignError, code="E-SETTING-VALUE"):
    """A setting has a value that it cannot have."""

    source: str
    name: str
    value: str
    allowed: str
    wrong = "{source}: thiết lập “{name}” có giá trị “{value}” không dùng được."
    todo = "Giá trị cho phép: {allowed}. Chương trình chưa khởi động."


class ListenError(CampaignError, code="E-LISTEN"):
    """The server cannot take its port."""

    host: str
    port: int
    reason: str
    wrong = "Không mở được cổng {port} trên {host} ({reason})."
    todo = (
        "Có thể bộ ghi nhận đang chạy sẵn ở cửa sổ khác. Nếu chương trình khác dùng cổng này, chọn cổng khác: "
        "--set listen=127.0.0.1:8010 --set address=http://127.0.0.1:8010"
    )


class SettingMissingError(CampaignError, code="E-SETTING-MISSING"):
    """A way in, or a place for checkpoints, lacks another setting."""

    setting: str
    value: str
    names: Sequence[str]
    wrong = "Thiết lập “{setting}” có “{value}” mà chưa đặt: {names:, }."
    todo = "Đặt các thiết lập ấy, hoặc bỏ “{value}” khỏi {setting}. Chương trình chưa khởi động."


class AccountUnknownError(CampaignError, code="E-ACCOUNT-UNKNOWN"):
    """No account has that name."""

    account: str
    wrong = "Không có tài khoản “{account}”."
    todo = "Xem các tài khoản bằng campaign office list. Chưa có gì thay đổi."


class PassphraseShortError(CampaignError, code="E-PASSPHRASE"):
    """A passphrase is too short."""

    characters: int
    wrong = "Cụm mật khẩu cần ít nhất {characters} ký tự."
    todo = "Dùng một cụm vài từ dễ nhớ, khó đoán. Tài khoản chưa thay đổi."


class SiteBuildError(CampaignError, code="E-SITE-BUILD"):
    """The site cannot be built from what the editors wrote."""

    reasons: str
    wrong = "Chưa dựng được trang:\n\n{listed}\n"
    todo = "Sửa các chỗ trên rồi chạy lại. Trang cũ và sổ ghi nhận vẫn nguyên vẹn."

    @property
    def listed(self) -> str:
        """The reasons, without blank lines around them."""
        return self.reasons.strip()


class RecorderSilentError(CampaignError, code="E-RECORDER-SILENT"):
    """No recorder runs, or it does not serve what people need."""

    address: str
    silent: Sequence[str]
    wrong = "Bộ ghi nhận tại {address} chưa mở được: {silent:, }."
    todo = (
        "Nếu chưa chạy, gõ “campaign start” ở một cửa sổ khác. "
        "Nếu chỉ hai trang cuối không mở được, xem lại cơ sở dữ liệu. Dữ liệu không bị thay đổi."
    )


class UnhealthyError(CampaignError, code="E-DOCTOR"):
    """The examination found what must be fixed."""

    checks: Sequence[str]
    wrong = "Có {count} chỗ phải sửa: {checks:, }."
    todo = "Làm theo lời dặn ở từng dòng trên rồi chạy lại. Không có gì bị thay đổi."

    @property
    def count(self) -> int:
        """How many checks there are."""
        return len(self.checks)
