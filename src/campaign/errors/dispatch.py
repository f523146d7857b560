"""Faults in what is said of a dispatch."""

from datetime import date

from campaign.errors.base import CampaignError


class DispatchFutureError(CampaignError, code="E-DISPATCH-FUTURE"):
    """A dispatch is said to have happened on a day that is still to come."""

    day: date
    wrong = "Ngày gửi {day:%d/%m/%Y} chưa đến."
    todo = "Nhập ngày đã đăng hoặc đã gửi, từ hôm nay trở về trước. Chưa có gì được ghi vào sổ."


class DispatchUnknownError(CampaignError, code="E-DISPATCH-UNKNOWN"):
    """A dispatch that is to be withdrawn is not there."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải là một lần gửi còn hiệu lực của bài này."
    todo = "Chọn đúng lần đăng, gửi ở trang “Ghi việc đăng, gửi” của bài. Chưa có gì thay đổi."


class DispatchValueError(CampaignError, code="E-DISPATCH-VALUE"):
    """A field of a dispatch is missing or cannot be used."""

    field: str
    advice: str
    wrong = "Chưa ghi được: {field}."
    todo = "{advice} Chưa có gì được ghi vào sổ."
