"""Faults in what a report is made from."""

from collections.abc import Iterable

from campaign.errors.base import CampaignError


class DepartmentFileError(CampaignError):
    """The file that names the department cannot be used."""

    code = "E-DEPARTMENT-FILE"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(
            f"{file}: không dùng được phần khai báo cơ quan ({reason}).",
            "Sửa theo mẫu ở trang Báo cáo của sổ tay, hoặc bỏ tệp này đi để dùng khai báo kèm chương trình. "
            "Chưa có báo cáo nào được lập.",
        )


class NobodyOutstandingError(CampaignError):
    """Letters are to be written, and nobody is outstanding."""

    code = "E-REPORT-NOBODY"

    def __init__(self) -> None:
        """Say that there is nothing to urge."""
        super().__init__(
            "Không còn ai chưa xác nhận bài này.",
            "Không cần công văn đôn đốc; nếu cần kết quả thì lập báo cáo. Chưa có tệp nào được lập.",
        )


class TemplateFileError(CampaignError):
    """The Office's Word template cannot be used."""

    code = "E-TEMPLATE"

    def __init__(self, faults: Iterable[str]) -> None:
        """List what is wrong with it."""
        super().__init__(
            "Mẫu báo cáo chưa dùng được:\n" + "\n".join(f"- {fault}" for fault in faults),
            "Sửa mẫu trong Word theo danh sách trường ở trang Báo cáo của sổ tay rồi đưa lên lại. "
            "Mẫu đang dùng không thay đổi.",
        )


class ReportFileError(CampaignError):
    """A report cannot be written where it was asked for."""

    code = "E-REPORT-FILE"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(
            f"{file}: chưa ghi được ({reason}).",
            "Chọn tên tệp khác, hoặc đổi tên tệp cũ nếu còn cần. Tệp cũ không bị ghi đè.",
        )
