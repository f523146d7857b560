"""Faults of the roster."""

from collections.abc import Iterable, Sequence

from campaign.errors.base import CampaignError


class RosterFileError(CampaignError):
    """A roster file cannot be read at all."""

    code = "E-ROSTER-FILE"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(
            f"{file}: không đọc được danh sách ({reason}).",
            "Lưu lại từ Excel thành tệp .xlsx hoặc .csv rồi nhập lại. Danh sách cũ vẫn giữ nguyên.",
        )


class RosterErasedError(CampaignError):
    """A new list is to be compared with a roster whose names were erased."""

    code = "E-ROSTER-ERASED"

    def __init__(self) -> None:
        """Say why it cannot be compared."""
        super().__init__(
            "Đợt này đã hết thời hạn lưu và thông tin cá nhân đã được xoá, nên không biết ai trong danh sách mới đã "
            "có tên từ trước.",
            "Mở đợt mới trong một cơ sở dữ liệu khác bằng “campaign init” rồi nhập danh sách vào đó. "
            "Sổ và số liệu của đợt này vẫn nguyên vẹn.",
        )


class RosterColumnError(CampaignError):
    """A roster file lacks a column."""

    code = "E-ROSTER-COLUMN"

    def __init__(self, file: str, missing: Iterable[str]) -> None:
        """Name the columns that are missing."""
        super().__init__(
            f"{file}: thiếu cột {', '.join(f'“{name}”' for name in missing)}.",
            "Dòng đầu của bảng phải có các cột: Mã, Họ và tên, Đơn vị, Loại (và Thư điện tử nếu có). "
            "Danh sách cũ vẫn giữ nguyên.",
        )


class RosterColumnRefusedError(CampaignError):
    """A roster file holds a column that must not be kept."""

    code = "E-ROSTER-REFUSED"

    def __init__(self, file: str, column: str) -> None:
        """Name the column."""
        super().__init__(
            f"{file}: có cột “{column}” là dữ liệu cá nhân mà đợt tuyên truyền không được giữ.",
            "Xoá cột đó khỏi tệp rồi nhập lại. Chưa có dòng nào được lưu.",
        )


class RosterContentRefusedError(CampaignError):
    """A column of a roster file holds what must not be kept, whatever its heading says."""

    code = "E-ROSTER-CONTENT"

    def __init__(self, file: str, column: str, what: str) -> None:
        """Name the column and what its cells look like, never a cell itself."""
        super().__init__(
            f"{file}: cột “{column}” có nội dung giống {what}, dữ liệu cá nhân mà đợt tuyên truyền không được giữ.",
            "Xoá cột đó khỏi tệp rồi nhập lại; nếu là mã công chức thì dùng mã khác. Chưa có dòng nào được lưu.",
        )


class RosterValueError(CampaignError):
    """A row of a roster file has an empty or unusable cell."""

    code = "E-ROSTER-VALUE"

    def __init__(self, file: str, row: int, column: str, reason: str, remedy: str) -> None:
        """Name the cell, what is wrong, and what to enter."""
        super().__init__(f"{file}, dòng {row}, cột “{column}”: {reason}.", f"{remedy} Danh sách cũ vẫn giữ nguyên.")


class DuplicateMemberError(CampaignError):
    """Two rows of a roster file carry the same staff code."""

    code = "E-ROSTER-DUPLICATE"

    def __init__(self, file: str, staff_code: str, *, row: int, first_row: int) -> None:
        """Name the code and both rows."""
        super().__init__(
            f"{file}, dòng {row}: mã “{staff_code}” đã có ở dòng {first_row}.",
            "Mỗi người chỉ một dòng, mỗi dòng một mã. Sửa hoặc xoá một trong hai dòng rồi nhập lại; "
            "danh sách cũ vẫn giữ nguyên.",
        )


class RosterChangeUnknownError(CampaignError):
    """No change of the roster was recorded by an entry."""

    code = "E-ROSTER-CHANGE"

    def __init__(self, sequence: int) -> None:
        """Name the entry."""
        super().__init__(
            f"Dòng ghi {sequence} không phải một lần cập nhật danh sách.",
            "Xem số dòng ghi bằng “campaign roster history”. Chưa có gì thay đổi.",
        )


class RosterUndoError(CampaignError):
    """A change of the roster cannot be undone, because someone has changed again since."""

    code = "E-ROSTER-UNDO"
    named_at_most = 5

    def __init__(self, sequence: int, staff_codes: Sequence[str]) -> None:
        """Name the first of those who changed."""
        more = len(staff_codes) - self.named_at_most
        named = ", ".join(staff_codes[: self.named_at_most]) + (f" và {more} người nữa" if more > 0 else "")
        super().__init__(
            f"Không hoàn tác được lần cập nhật ở dòng ghi {sequence}: sau đó đã có thay đổi khác với {named}.",
            "Hoàn tác những lần cập nhật sau trước, lần mới nhất trước tiên; hoặc nhập lại tệp danh sách đúng. "
            "Chưa có gì thay đổi.",
        )


class FileWaitsNoMoreError(CampaignError):
    """The list that was looked at is not the one that waits."""

    code = "E-ROSTER-WAITING"

    def __init__(self) -> None:
        """Send back to the beginning."""
        super().__init__(
            "Tệp danh sách vừa xem không còn chờ áp dụng, hoặc đã bị thay bằng tệp khác.",
            "Mở lại trang Danh sách và tải tệp lên lần nữa. Chưa có gì thay đổi.",
        )


class DoubtsUnseenError(CampaignError):
    """A list with doubtful points is to be applied, and nobody says that they were looked at."""

    code = "E-ROSTER-DOUBTS"

    def __init__(self) -> None:
        """Ask to look at them."""
        super().__init__(
            "Danh sách có điểm nghi ngờ chưa được xem.",
            "Mở lại trang xem trước, xem từng điểm, đánh dấu đã xem rồi áp dụng. Chưa có gì thay đổi.",
        )


class UnknownMemberError(CampaignError):
    """A staff code is not on the roster. Said to the Office only, never at sign-in."""

    code = "E-MEMBER-UNKNOWN"

    def __init__(self, staff_code: str) -> None:
        """Name the code."""
        super().__init__(
            f"Không có mã “{staff_code}” trong danh sách.", "Kiểm tra lại mã ở trang Danh sách. Chưa có gì thay đổi."
        )
