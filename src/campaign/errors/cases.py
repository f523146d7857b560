"""Faults of special cases."""

from datetime import date

from campaign.errors.base import CampaignError


class ReasonMissingError(CampaignError):
    """Something about a person is to be recorded, and nobody says why."""

    code = "E-REASON"

    def __init__(self) -> None:
        """Ask for it."""
        super().__init__("Chưa có lý do.", "Nhập lý do, ví dụ “Nghỉ thai sản”. Chưa có gì được ghi.")


class CaseUnknownError(CampaignError):
    """No special case in force was recorded by an entry."""

    code = "E-CASE-UNKNOWN"

    def __init__(self, sequence: int) -> None:
        """Name the entry."""
        super().__init__(
            f"Dòng ghi {sequence} không phải trường hợp riêng đang có hiệu lực.",
            "Xem số dòng ghi bằng “campaign case list”; trường hợp đã rút thì không rút lần nữa. Chưa có gì thay đổi.",
        )


class ExtensionShortError(CampaignError):
    """Someone's own deadline is not later than everyone's."""

    code = "E-CASE-EXTENSION"

    def __init__(self, last_day: date) -> None:
        """Name everyone's last day."""
        super().__init__(
            f"Thời hạn chung của bài là hết ngày {last_day:%d/%m/%Y}, không sớm hơn ngày gia hạn.",
            f"Nhập ngày sau {last_day:%d/%m/%Y}. Chưa có gì thay đổi.",
        )
