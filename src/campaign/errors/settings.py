"""Faults of settings, and of starting with them."""

from collections.abc import Collection, Iterable

from campaign.errors.base import CampaignError


class UnknownSettingError(CampaignError):
    """A setting's name is not in the table of settings."""

    code = "E-SETTING-UNKNOWN"

    def __init__(self, source: str, name: str, known: Iterable[str]) -> None:
        """Name the setting and where it stands."""
        super().__init__(
            f"{source}: không có thiết lập nào tên “{name}”.",
            f"Sửa tên hoặc xoá dòng đó. Các tên dùng được: {', '.join(known)}. Chương trình chưa khởi động.",
        )


class SettingValueError(CampaignError):
    """A setting has a value that it cannot have."""

    code = "E-SETTING-VALUE"

    def __init__(self, source: str, name: str, value: str, allowed: str) -> None:
        """Name the setting, its value and what is allowed."""
        super().__init__(
            f"{source}: thiết lập “{name}” có giá trị “{value}” không dùng được.",
            f"Giá trị cho phép: {allowed}. Chương trình chưa khởi động.",
        )


class ListenError(CampaignError):
    """The server cannot take its port."""

    code = "E-LISTEN"

    def __init__(self, host: str, port: int, reason: str) -> None:
        """Name the address and the reason."""
        super().__init__(
            f"Không mở được cổng {port} trên {host} ({reason}).",
            "Có thể bộ ghi nhận đang chạy sẵn ở cửa sổ khác. Nếu chương trình khác dùng cổng này, chọn cổng khác: "
            "--set listen=127.0.0.1:8010 --set address=http://127.0.0.1:8010",
        )


class SettingMissingError(CampaignError):
    """A way in is open and lacks a setting."""

    code = "E-SETTING-MISSING"

    def __init__(self, way: str, names: Iterable[str]) -> None:
        """Name the way in, and what is missing."""
        super().__init__(
            f"Cách vào “{way}” đang mở mà chưa đặt: {', '.join(names)}.",
            f"Đặt các thiết lập ấy, hoặc bỏ “{way}” khỏi ways_in. Chương trình chưa khởi động.",
        )


class AccountUnknownError(CampaignError):
    """No account has that name."""

    code = "E-ACCOUNT-UNKNOWN"

    def __init__(self, account: str) -> None:
        """Name the account."""
        super().__init__(
            f"Không có tài khoản “{account}”.", "Xem các tài khoản bằng campaign office list. Chưa có gì thay đổi."
        )


class PassphraseShortError(CampaignError):
    """A passphrase is too short."""

    code = "E-PASSPHRASE"

    def __init__(self, characters: int) -> None:
        """Name the least length."""
        super().__init__(
            f"Cụm mật khẩu cần ít nhất {characters} ký tự.",
            "Dùng một cụm vài từ dễ nhớ, khó đoán. Tài khoản chưa thay đổi.",
        )


class SiteBuildError(CampaignError):
    """The site cannot be built from what the editors wrote."""

    code = "E-SITE-BUILD"

    def __init__(self, reasons: str) -> None:
        """Give the faults, word for word."""
        super().__init__(
            f"Chưa dựng được trang:\n\n{reasons.strip()}\n",
            "Sửa các chỗ trên rồi chạy lại. Trang cũ và sổ ghi nhận vẫn nguyên vẹn.",
        )


class RecorderSilentError(CampaignError):
    """A running recorder does not give what people need, or none runs."""

    code = "E-RECORDER-SILENT"

    def __init__(self, address: str, silent: Iterable[str]) -> None:
        """Name the pages that did not open."""
        super().__init__(
            f"Bộ ghi nhận tại {address} chưa mở được: {', '.join(silent)}.",
            "Nếu chưa chạy, gõ “campaign start” ở một cửa sổ khác. "
            "Nếu chỉ hai trang cuối không mở được, xem lại cơ sở dữ liệu. Dữ liệu không bị thay đổi.",
        )


class UnhealthyError(CampaignError):
    """The examination found what must be mended."""

    code = "E-DOCTOR"

    def __init__(self, checks: Collection[str]) -> None:
        """Name the checks."""
        super().__init__(
            f"Có {len(checks)} chỗ phải sửa: {', '.join(checks)}.",
            "Làm theo lời dặn ở từng dòng trên rồi chạy lại. Không có gì bị thay đổi.",
        )
