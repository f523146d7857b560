"""Faults in what a report is made from."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError


class NobodyOutstandingError(CampaignError, code="E-REPORT-NOBODY"):
    """Letters are to be written, and nobody is outstanding."""

    wrong = "Không còn ai chưa xác nhận bài này."
    todo = "Không cần công văn đôn đốc; nếu cần kết quả thì lập báo cáo. Chưa có tệp nào được lập."


class NobodyListedError(CampaignError, code="E-REPORT-NO-NAMES"):
    """Lists of people are to be written, and there is nobody to list."""

    wrong = "Không có ai chưa xác nhận, quá hạn, được miễn hay được gia hạn riêng."
    todo = "Không cần danh sách kèm theo; báo cáo không có tên người lập được như thường. Chưa có tệp nào được lập."


class TemplateFileError(CampaignError, code="E-TEMPLATE"):
    """The Office's Word template cannot be used."""

    faults: Sequence[str]
    wrong = "Mẫu báo cáo chưa dùng được:\n- {faults:\n- }"
    todo = (
        "Sửa mẫu trong Word theo danh sách trường ở trang Báo cáo của sổ tay rồi đưa lên lại. "
        "Mẫu đang dùng không thay đổi."
    )


class ReportFileError(CampaignError, code="E-REPORT-FILE"):
    """A report cannot be written where it was asked for."""

    file: str
    reason: str
    wrong = "{file}: chưa ghi được ({reason})."
    todo = "Chọn tên tệp khác, hoặc đổi tên tệp cũ nếu còn cần. Tệp cũ không bị ghi đè."


class BundleUnreadableError(CampaignError, code="E-EVIDENCE-FILE"):
    """A file is no evidence bundle."""

    file: str
    reason: str
    wrong = "{file}: không phải gói bằng chứng, hoặc đã hỏng đến mức không đọc được ({reason})."
    todo = "Chọn đúng tệp .zip do “campaign evidence export” hoặc trang Sổ ghi nhận xuất ra. Chưa kiểm được gì."
