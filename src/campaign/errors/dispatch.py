"""Faults in what is said of a dispatch."""

from datetime import date

from campaign.errors.base import CampaignError


class DispatchFutureError(CampaignError):
    """A dispatch is said to have happened on a day that is still to come."""

    code = "E-DISPATCH-FUTURE"

    def __init__(self, day: date) -> None:
        """Name the day."""
        super().__init__(
            f"Ngày gửi {day:%d/%m/%Y} chưa đến.",
            "Nhập ngày đã đăng hoặc đã gửi, từ hôm nay trở về trước. Chưa có gì được ghi vào sổ.",
        )


class DispatchUnknownError(CampaignError):
    """A dispatch that is to be withdrawn is not there."""

    code = "E-DISPATCH-UNKNOWN"

    def __init__(self, sequence: int) -> None:
        """Name the entry."""
        super().__init__(
            f"Dòng ghi {sequence} không phải là một lần gửi còn hiệu lực của bài này.",
            "Chọn đúng số dòng trong danh sách của “campaign dispatch list”. Chưa có gì thay đổi.",
        )


class DispatchValueError(CampaignError):
    """A field of a dispatch is missing or cannot be used."""

    code = "E-DISPATCH-VALUE"

    def __init__(self, field: str, remedy: str) -> None:
        """Name the field, and say what to enter."""
        super().__init__(f"Chưa ghi được: {field}.", f"{remedy} Chưa có gì được ghi vào sổ.")
