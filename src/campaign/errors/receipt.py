"""Faults of receipts that someone verifies."""

from collections.abc import Iterable

from campaign.errors.base import CampaignError


class ReceiptFileError(CampaignError):
    """A file is no receipt."""

    code = "E-RECEIPT-FILE"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: không phải tệp biên nhận, hoặc đã bị sửa đến mức không đọc được.",
            "Lấy đúng tệp .json đã tải từ trang biên nhận, chưa mở ra lưu lại; còn xem được trang đó thì tải lại.",
        )


class ReceiptWrongError(CampaignError):
    """A receipt does not hold."""

    code = "E-RECEIPT-WRONG"

    def __init__(self, file: str, findings: Iterable[str]) -> None:
        """List what was found."""
        super().__init__(
            f"{file}: biên nhận không đúng:\n" + "\n".join(f"- {finding}" for finding in findings),
            "So khoá công khai với khoá in trên báo cáo. Nếu khoá đúng thì đừng tin biên nhận này: "
            "giữ nguyên tệp và báo Văn phòng đối chiếu với sổ ghi nhận.",
        )
