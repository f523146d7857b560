"""Faults of the roster."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError

STRAY_CELLS = "Xoá các ô lạc ngoài bảng (Ctrl+End để tìm), lưu lại rồi nhập."


class RosterFileError(CampaignError, code="E-ROSTER-FILE"):
    """A roster file cannot be read at all."""

    file: str
    reason: str
    advice: str = "Lưu lại từ Excel thành tệp .xlsx hoặc .csv rồi nhập lại."
    wrong = "{file}: không đọc được danh sách ({reason})."
    todo = "{advice} Danh sách cũ vẫn giữ nguyên."


class RosterErasedError(CampaignError, code="E-ROSTER-ERASED"):
    """A new list is to be compared with a roster whose names were erased."""

    wrong = (
        "Đợt này đã hết thời hạn lưu và thông tin cá nhân đã được xoá, "
        "nên không biết ai trong danh sách mới đã có tên từ trước."
    )
    todo = (
        "Mở đợt mới trong một cơ sở dữ liệu khác bằng “campaign init” rồi nhập danh sách vào đó. "
        "Sổ và số liệu của đợt này vẫn nguyên vẹn."
    )


class RosterColumnError(CampaignError, code="E-ROSTER-COLUMN"):
    """A roster file lacks a column."""

    file: str
    missing: Sequence[str]
    found: str = ""
    wrong = "{file}: thiếu cột “{missing:”, “}”.{found}"
    todo = (
        "Dòng tiêu đề phải có các cột: Mã, Họ và tên, Đơn vị, Loại (và Thư điện tử nếu có). Đổi tên cột trong tệp, "
        "hoặc chọn cột ở trang Danh sách. Danh sách cũ vẫn giữ nguyên."
    )


class RosterColumnRefusedError(CampaignError, code="E-ROSTER-REFUSED"):
    """A roster file holds a column that must not be kept."""

    file: str
    column: str
    wrong = "{file}: có cột “{column}” là dữ liệu cá nhân mà đợt tuyên truyền không được giữ."
    todo = "Xoá cột đó khỏi tệp rồi nhập lại. Chưa có dòng nào được lưu."


class RosterContentRefusedError(CampaignError, code="E-ROSTER-CONTENT"):
    """A column of a roster file holds what must not be kept, whatever its heading says."""

    file: str
    column: str
    what: str
    wrong = "{file}: cột “{column}” có nội dung giống {what}, dữ liệu cá nhân mà đợt tuyên truyền không được giữ."
    todo = "Xoá cột đó khỏi tệp rồi nhập lại; nếu là mã công chức thì dùng mã khác. Chưa có dòng nào được lưu."


class RosterValueError(CampaignError, code="E-ROSTER-VALUE"):
    """Rows of a roster file have an empty or unusable cell, all for one cause."""

    file: str
    where: str
    column: str
    reason: str
    advice: str
    wrong = "{file}, {where}, cột “{column}”: {reason}."
    todo = "{advice} Danh sách cũ vẫn giữ nguyên."


class DuplicateMemberError(CampaignError, code="E-ROSTER-DUPLICATE"):
    """Two rows of a roster file carry the same staff code."""

    file: str
    staff_code: str
    where: str
    first: str
    wrong = "{file}, {where}: mã “{staff_code}” đã có ở {first}."
    todo = (
        "Mỗi người chỉ một dòng, mỗi dòng một mã. Sửa hoặc xoá một trong hai dòng rồi nhập lại; "
        "danh sách cũ vẫn giữ nguyên."
    )


class RosterChangeUnknownError(CampaignError, code="E-ROSTER-CHANGE"):
    """No change of the roster was recorded by an entry."""

    sequence: int
    wrong = "Dòng ghi {sequence} không phải một lần cập nhật danh sách."
    todo = "Xem các lần cập nhật ở trang Danh sách. Chưa có gì thay đổi."


class RosterUndoError(CampaignError, code="E-ROSTER-UNDO"):
    """A change of the roster cannot be undone, because someone has changed again since."""

    sequence: int
    staff_codes: Sequence[str]
    wrong = "Không hoàn tác được lần cập nhật ở dòng ghi {sequence}: sau đó đã có thay đổi khác với {named}."
    todo = (
        "Hoàn tác những lần cập nhật sau trước, lần mới nhất trước tiên; hoặc nhập lại tệp danh sách đúng. "
        "Chưa có gì thay đổi."
    )

    @property
    def named(self) -> str:
        """The first five of those who changed."""
        more = len(self.staff_codes) - 5
        return ", ".join(self.staff_codes[:5]) + (f" và {more} người nữa" if more > 0 else "")


class FileWaitsNoMoreError(CampaignError, code="E-ROSTER-WAITING"):
    """The list that was previewed no longer waits."""

    wrong = "Tệp danh sách vừa xem không còn chờ áp dụng, hoặc đã bị thay bằng tệp khác."
    todo = "Mở lại trang Danh sách và tải tệp lên lần nữa. Chưa có gì thay đổi."


class DoubtsUnseenError(CampaignError, code="E-ROSTER-DOUBTS"):
    """A list with doubtful points is to be applied, and nobody says that they were looked at."""

    wrong = "Có điểm cần kiểm tra lại chưa được xem."
    todo = "Xem từng điểm ở trang này hoặc trang xem trước, đánh dấu đã xem rồi bấm lại. Chưa có gì thay đổi."


class RosterCountError(CampaignError, code="E-ROSTER-COUNT"):
    """A list changes very much, and the number of people that was typed is not the one that it leads to."""

    before: int
    after: int
    wrong = "Danh sách sẽ đổi từ {before} thành {after} người, nhưng số người chưa được nhập đúng."
    todo = "Mở lại trang xem trước, kiểm tra tệp có đủ mọi người, nhập số {after} rồi áp dụng. Chưa có gì thay đổi."


class SlipCountError(CampaignError, code="E-SLIP-COUNT"):
    """All slips of a large unit are to be replaced, and the number of people was not typed rightly."""

    unit: str
    people: int
    wrong = "Chưa nhập đúng số người của {unit}: {people}."
    todo = "Nhập số {people} rồi bấm lại. Chưa phiếu nào thay đổi."


class UnknownMemberError(CampaignError, code="E-MEMBER-UNKNOWN"):
    """A staff code is not on the roster. Said to the Office only, never at sign-in."""

    staff_code: str
    wrong = "Không có mã “{staff_code}” trong danh sách."
    todo = "Kiểm tra lại mã ở trang Danh sách. Chưa có gì thay đổi."


class MemberFieldError(CampaignError, code="E-MEMBER-FIELD"):
    """What was entered about one person cannot be used."""

    column: str
    reason: str
    advice: str
    wrong = "{column}: {reason}."
    todo = "{advice} Chưa có gì được ghi."


class MemberListedError(CampaignError, code="E-MEMBER-LISTED"):
    """A person is to be added under a staff code that somebody on the roster has."""

    staff_code: str
    name: str
    wrong = "Mã “{staff_code}” là của {name}, đang có trong danh sách."
    todo = "Nhập mã khác, hoặc bỏ trống để hệ thống đặt mã. Chưa có gì được ghi."
