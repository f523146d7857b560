"""Faults in what is said of units."""

from enum import StrEnum

from campaign.errors.base import CampaignError


class UnknownUnitError(CampaignError, code="E-UNIT-UNKNOWN"):
    """A unit has nobody on the roster, and was never named."""

    unit: str
    wrong = "Không có đơn vị “{unit}”."
    todo = "Viết đúng tên đơn vị như trong danh sách; đơn vị mới thì nhập cùng tệp danh sách. Chưa có gì thay đổi."


class UnitFault(StrEnum):
    """Why a unit cannot be renamed or ended, as people read it; the names are filled in."""

    NAMELESS = "chưa nhập tên mới của “{0}”"
    TAKEN = "tên “{0}” đã là của một đơn vị"
    FUTURE = "ngày {0} chưa đến; ghi vào ngày ấy, hoặc sau đó"
    ENDED = "“{0}” đã kết thúc; nếu ghi nhầm thì rút lại trước"
    EARLIER = "“{0}” đã có thay đổi từ ngày {1}; chọn ngày ấy hoặc ngày sau"
    SAME = "người này đang ở “{0}” rồi"
    CIRCLE = "“{0}” đã kết thúc, là chính “{1}”, hoặc thuộc “{1}”"
    SUCCESSOR = "“{0}” không kế thừa được “{1}”: là chính nó, hoặc cũng đã kết thúc"


class UnitChangeError(CampaignError, code="E-UNIT-CHANGE"):
    """A unit cannot be renamed or ended in that way."""

    fault: UnitFault
    name: str
    other: str = ""
    wrong = "Chưa đổi được đơn vị: {reason}."
    todo = "Sửa điều ấy rồi ghi lại; xem các đơn vị ở trang Phòng, đơn vị. Chưa có gì được ghi vào sổ."

    @property
    def reason(self) -> str:
        """Why, with the names."""
        return self.fault.format(self.name, self.other)


class UnitChangeUnknownError(CampaignError, code="E-UNIT-CHANGE-UNKNOWN"):
    """A change of a unit that is to be withdrawn is not there."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải là việc đổi đơn vị còn hiệu lực."
    todo = "Chọn đúng số dòng ở trang Phòng, đơn vị. Chưa có gì thay đổi."
