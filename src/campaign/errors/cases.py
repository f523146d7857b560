"""Faults of special cases."""

from datetime import date

from campaign.errors.base import CampaignError


class ReasonMissingError(CampaignError, code="E-REASON"):
    """Something about a person is to be recorded, and nobody says why."""

    wrong = "Chưa có lý do."
    todo = "Nhập lý do, ví dụ “Nghỉ thai sản”. Chưa có gì được ghi."


class CaseUnknownError(CampaignError, code="E-CASE-UNKNOWN"):
    """No special case in force was recorded by an entry."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải trường hợp riêng đang có hiệu lực."
    todo = "Xem các trường hợp ở trang của người đó; trường hợp đã rút thì không rút lần nữa. Chưa có gì thay đổi."


class ExtensionShortError(CampaignError, code="E-CASE-EXTENSION"):
    """Someone's own deadline is not later than everyone's."""

    last_day: date
    wrong = "Thời hạn chung của bài là hết ngày {last_day:%d/%m/%Y}, không sớm hơn ngày gia hạn."
    todo = "Nhập ngày sau {last_day:%d/%m/%Y}. Chưa có gì thay đổi."
