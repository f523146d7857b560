"""Faults of receipts that someone verifies."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError


class ReceiptFileError(CampaignError, code="E-RECEIPT-FILE"):
    """A file is no receipt."""

    file: str
    wrong = "{file}: không phải tệp biên nhận, hoặc đã bị sửa đến mức không đọc được."
    todo = "Lấy đúng tệp .json đã tải từ trang biên nhận, chưa mở ra lưu lại; còn xem được trang đó thì tải lại."


class ReceiptWrongError(CampaignError, code="E-RECEIPT-WRONG"):
    """A receipt does not hold."""

    file: str
    findings: Sequence[str]
    wrong = "{file}: biên nhận không đúng:\n- {findings:\n- }"
    todo = (
        "So khoá công khai với khoá in trên báo cáo. Nếu khoá đúng thì đừng tin biên nhận này: "
        "giữ nguyên tệp và báo Văn phòng đối chiếu với sổ ghi nhận."
    )
