"""Faults in what is said of units."""

from enum import StrEnum

from campaign.errors.base import CampaignError


class UnknownUnitError(CampaignError):
    """A unit has nobody on the roster, and was never named."""

    code = "E-UNIT-UNKNOWN"

    def __init__(self, unit: str) -> None:
        """Name the unit."""
        super().__init__(
            f"Không có đơn vị “{unit}”.",
            "Viết đúng tên đơn vị như trong danh sách; đơn vị mới thì nhập cùng tệp danh sách. Chưa có gì thay đổi.",
        )


class UnitFault(StrEnum):
    """Why a unit cannot be renamed or ended, as people read it; the names are filled in."""

    NAMELESS = "chưa nhập tên mới của “{0}”"
    TAKEN = "tên “{0}” đã là của một đơn vị"
    FUTURE = "ngày {0} chưa đến; ghi vào ngày ấy, hoặc sau đó"
    ENDED = "“{0}” đã kết thúc; nếu ghi nhầm thì rút lại trước"
    EARLIER = "“{0}” đã có thay đổi từ ngày {1}; chọn ngày ấy hoặc ngày sau"
    SUCCESSOR = "“{0}” không kế thừa được “{1}”: là chính nó, hoặc cũng đã kết thúc"


class UnitChangeError(CampaignError):
    """A unit cannot be renamed or ended in that way."""

    code = "E-UNIT-CHANGE"

    def __init__(self, fault: UnitFault, *names: str) -> None:
        """Say why."""
        super().__init__(
            f"Chưa đổi được đơn vị: {fault.format(*names)}.",
            "Sửa điều ấy rồi ghi lại; xem các đơn vị ở trang Phòng, đơn vị hoặc bằng “campaign unit list”. "
            "Chưa có gì được ghi vào sổ.",
        )


class UnitChangeUnknownError(CampaignError):
    """A change of a unit that is to be withdrawn is not there."""

    code = "E-UNIT-CHANGE-UNKNOWN"

    def __init__(self, sequence: int) -> None:
        """Name the entry."""
        super().__init__(
            f"Dòng ghi {sequence} không phải là việc đổi đơn vị còn hiệu lực.",
            "Chọn đúng số dòng ở trang Phòng, đơn vị hoặc trong “campaign unit list”. Chưa có gì thay đổi.",
        )
