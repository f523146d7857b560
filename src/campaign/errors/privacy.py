"""Faults of answering what people ask about their personal data."""

from datetime import date

from campaign.errors.base import CampaignError


class PersonUnknownError(CampaignError):
    """The database holds nothing under a staff code."""

    code = "E-PRIVACY-UNKNOWN"

    def __init__(self, staff_code: str) -> None:
        """Name the staff code."""
        super().__init__(
            f"Không giữ thông tin của ai có mã “{staff_code}”.",
            "Kiểm tra lại mã công chức. Nếu đúng mã, thông tin của người này đã được xoá hoặc chưa từng được nhập.",
        )


class PersonListedError(CampaignError):
    """Someone who is still on the roster is to be erased."""

    code = "E-PRIVACY-LISTED"

    def __init__(self, staff_code: str) -> None:
        """Say that the roster comes first."""
        super().__init__(
            f"Người có mã “{staff_code}” còn trong danh sách.",
            "Đưa người này ra khỏi danh sách bằng “campaign roster remove”, bỏ cả trong tệp danh sách, rồi mới xoá. "
            "Chưa có gì bị xoá.",
        )


class RetentionError(CampaignError):
    """Everyone's personal fields are to be erased while they are kept."""

    code = "E-PRIVACY-KEPT"

    def __init__(self, first: date) -> None:
        """Name the first day on which they may be erased."""
        super().__init__(
            f"Thông tin cá nhân của đợt này còn trong thời hạn lưu giữ; từ ngày {first:%d/%m/%Y} mới được xoá.",
            "Chờ đến ngày đó, hoặc đặt thời hạn khác bằng --months. Chưa có gì bị xoá.",
        )


class TracesLeftError(CampaignError):
    """What was erased may still be found in the database's files, because another program holds them."""

    code = "E-PRIVACY-TRACES"

    def __init__(self) -> None:
        """Say what is done and what is left to do."""
        super().__init__(
            "Thông tin đã xoá khỏi sổ, nhưng dấu vết có thể còn trong tệp cơ sở dữ liệu vì có chương trình đang dùng.",
            "Dừng bộ ghi nhận, chạy “campaign privacy scrub”, rồi mở lại bộ ghi nhận.",
        )
