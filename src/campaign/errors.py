"""Faults that a person can mend, worded in Vietnamese once, so that terminal, web and JSON agree.

Each class has a code, which has its place in the handbook (``content/huong-dan/ma-loi.md``). Anything else that is raised is
a bug of ours.
"""

from collections.abc import Iterable
from typing import ClassVar


class CampaignError(Exception):
    """A fault that a person can mend.

    Attributes:
        code: The name of the fault in the handbook.
        problem: What is wrong, and where.
        remedy: What to do next, and what did not happen.
    """

    code: ClassVar[str]

    def __init__(self, problem: str, remedy: str) -> None:
        """Word the fault."""
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """Write the fault as a terminal shows it."""
        return f"Lỗi: {self.problem}\nCách sửa: {self.remedy}\nMã lỗi: {self.code}"


class Faults(CampaignError):
    """All the faults of one input at once, so that nobody mends one per run."""

    code = "E-FAULTS"

    def __init__(self, errors: Iterable[CampaignError], outcome: str) -> None:
        """Gather *errors*; *outcome* says what did not happen because of them."""
        self.errors = tuple(errors)
        super().__init__(f"Có {len(self.errors)} lỗi cần sửa.", outcome)

    def __str__(self) -> str:
        """Write every fault, then the outcome."""
        return "\n\n".join([*(str(error) for error in self.errors), f"{self.problem} {self.remedy}"])


# Settings


class UnknownSettingError(CampaignError):
    """A setting's name is not in the table of settings."""

    code = "E-SETTING-UNKNOWN"

    def __init__(self, source: str, name: str, known: Iterable[str]) -> None:
        """Name the setting and where it stands."""
        super().__init__(
            f"{source}: không có thiết lập nào tên “{name}”.",
            f"Sửa tên hoặc xoá dòng đó. Các tên dùng được: {', '.join(known)}. Chương trình chưa khởi động.",
        )


class SettingValueError(CampaignError):
    """A setting has a value that it cannot have."""

    code = "E-SETTING-VALUE"

    def __init__(self, source: str, name: str, value: str, allowed: str) -> None:
        """Name the setting, its value and what is allowed."""
        super().__init__(
            f"{source}: thiết lập “{name}” có giá trị “{value}” không dùng được.",
            f"Giá trị cho phép: {allowed}. Chương trình chưa khởi động.",
        )


# Posts


class FrontMatterError(CampaignError):
    """The front matter of a post cannot be read."""

    code = "E-POST-FRONT-MATTER"

    def __init__(self, file: str, line: int, reason: str) -> None:
        """Say where reading stopped, and why."""
        super().__init__(
            f"{file}, dòng {line}: không đọc được phần khai báo đầu bài ({reason}).",
            "Phần khai báo nằm giữa hai dòng “---” ở đầu tệp, mỗi dòng dạng “khoá: giá trị”. Xem trang Hướng dẫn biên tập.",
        )


class PostKeyMissingError(CampaignError):
    """A post lacks a key that it must have."""

    code = "E-POST-KEY-MISSING"

    def __init__(self, file: str, key: str, example: str) -> None:
        """Name the key and show how to write it."""
        super().__init__(f"{file}: thiếu khoá “{key}”.", f"Thêm vào phần khai báo đầu bài, ví dụ: {example}")


class PostKeyUnknownError(CampaignError):
    """A post has a key that nothing reads."""

    code = "E-POST-KEY-UNKNOWN"

    def __init__(self, file: str, line: int, key: str, known: Iterable[str]) -> None:
        """Name the key and those that exist."""
        super().__init__(
            f"{file}, dòng {line}: không có khoá nào tên “{key}”.",
            f"Sửa tên khoá hoặc xoá dòng đó. Các khoá dùng được ở đây: {', '.join(known)}.",
        )


class PostValueError(CampaignError):
    """A key of a post has a value that it cannot have."""

    code = "E-POST-VALUE"

    def __init__(self, file: str, line: int, key: str, reason: str, example: str) -> None:
        """Name the key, what is wrong with its value, and show a good one."""
        super().__init__(f"{file}, dòng {line}: khoá “{key}” {reason}.", f"Sửa lại, ví dụ: {example}")


class DuplicatePostError(CampaignError):
    """Two posts carry the same id."""

    code = "E-POST-DUPLICATE"

    def __init__(self, file: str, post: str, first_file: str) -> None:
        """Name the id and both files."""
        super().__init__(
            f"{file}: mã bài “{post}” đã dùng ở {first_file}.",
            "Mỗi bài một mã riêng. Đặt mã mới cho bài viết sau; đừng đổi mã của bài đã đăng.",
        )


class SymlinkError(CampaignError):
    """The content folder holds a link to something outside it, which a site would publish."""

    code = "E-CONTENT-SYMLINK"

    def __init__(self, file: str) -> None:
        """Name the link."""
        super().__init__(
            f"{file}: đây là liên kết tượng trưng (symlink), có thể làm lộ tệp nằm ngoài thư mục nội dung.",
            "Chép tệp thật vào thư mục nội dung thay cho liên kết. Trang chưa được dựng.",
        )


class PostFileNameError(CampaignError):
    """A post has the file name of a folder's own page, so it would have no address of its own."""

    code = "E-POST-FILE-NAME"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: tên tệp này dành cho trang danh mục của thư mục, không dùng cho bài đăng.",
            "Đổi tên tệp, ví dụ thong-bao-485.md. Trang chưa được dựng.",
        )


class ForeignLoadError(CampaignError):
    """A page would make the reader's browser ask another machine for something."""

    code = "E-CONTENT-FOREIGN"

    def __init__(self, file: str, address: str) -> None:
        """Name the page and the address."""
        super().__init__(
            f"{file}: trang này tải “{address}” từ máy chủ khác, nên sẽ hỏng khi mất mạng ngoài và làm lộ người đọc.",
            "Chép tệp đó vào thư mục nội dung rồi dẫn bằng đường dẫn tương đối. Liên kết mà bấm mới mở thì vẫn được.",
        )


# The site as the recorder sees it


class ManifestError(CampaignError):
    """The built site has no usable manifest."""

    code = "E-SITE-MANIFEST"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(
            f"{file}: không đọc được danh mục bài đăng ({reason}).",
            "Dựng lại trang bằng lệnh “mkdocs build” rồi thử lại. Sổ ghi nhận vẫn nguyên vẹn.",
        )


class RevisionConflictError(CampaignError):
    """A revision that was published before comes back with another text."""

    code = "E-REVISION-CONFLICT"

    def __init__(self, post: str, number: int) -> None:
        """Name the post and the revision."""
        super().__init__(
            f"Bài “{post}”: nội dung đã đổi nhưng vẫn mang số phiên bản {number}.",
            "Tăng số phiên bản, ghi rõ “correction” (đính chính, giữ xác nhận cũ) hoặc “replacement” (thay thế, mời xác "
            "nhận lại) cùng ghi chú thay đổi, rồi dựng lại trang. Phiên bản đã đăng trước đó vẫn giữ nguyên.",
        )


# The roster


class RosterFileError(CampaignError):
    """A roster file cannot be read at all."""

    code = "E-ROSTER-FILE"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(
            f"{file}: không đọc được danh sách ({reason}).",
            "Lưu lại từ Excel thành tệp .xlsx hoặc .csv (UTF-8) rồi nhập lại. Danh sách cũ vẫn giữ nguyên.",
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


class RosterValueError(CampaignError):
    """A row of a roster file has an empty or unusable cell."""

    code = "E-ROSTER-VALUE"

    def __init__(self, file: str, row: int, column: str, reason: str, remedy: str) -> None:
        """Name the cell, what is wrong, and what to enter."""
        super().__init__(
            f"{file}, dòng {row}, cột “{column}”: {reason}.", f"{remedy} Danh sách cũ vẫn giữ nguyên."
        )


class DuplicateMemberError(CampaignError):
    """Two rows of a roster file carry the same staff code."""

    code = "E-ROSTER-DUPLICATE"

    def __init__(self, file: str, staff_code: str, *, row: int, first_row: int) -> None:
        """Name the code and both rows."""
        super().__init__(
            f"{file}, dòng {row}: mã “{staff_code}” đã có ở dòng {first_row}.",
            "Mỗi người chỉ một dòng, mỗi dòng một mã. Sửa hoặc xoá một trong hai dòng rồi nhập lại; danh sách cũ vẫn giữ "
            "nguyên.",
        )


class UnknownMemberError(CampaignError):
    """A staff code is not on the roster. Said to the Office only, never at sign-in."""

    code = "E-MEMBER-UNKNOWN"

    def __init__(self, staff_code: str) -> None:
        """Name the code."""
        super().__init__(
            f"Không có mã “{staff_code}” trong danh sách.", "Kiểm tra lại mã ở trang Danh sách. Chưa có gì thay đổi."
        )


# The store


class StoreUnreachableError(CampaignError):
    """The database does not answer, or refused to write."""

    code = "E-STORE-UNREACHABLE"

    def __init__(self, doing: str = "Chưa có gì được ghi nhận") -> None:
        """Say what did not happen."""
        super().__init__(
            "Bộ ghi nhận tạm thời không liên lạc được với cơ sở dữ liệu.",
            f"{doing}. Mời thử lại sau ít phút; bấm lại nhiều lần cũng không ghi trùng. Nếu vẫn lỗi, báo Văn phòng.",
        )


class UncertainCommitError(CampaignError):
    """The connection was lost while committing, so nobody knows yet whether the entry is there."""

    code = "E-STORE-UNCERTAIN"

    def __init__(self) -> None:
        """Say that trying again is harmless."""
        super().__init__(
            "Chưa biết chắc lần xác nhận này đã được ghi hay chưa.",
            "Mời bấm xác nhận lại: nếu đã ghi rồi, lần đầu được giữ và không bị ghi trùng.",
        )


class DatabaseVersionError(CampaignError):
    """The database was made by a newer program."""

    code = "E-STORE-NEWER"

    def __init__(self, found: int, known: int) -> None:
        """Name both schema versions."""
        super().__init__(
            f"Cơ sở dữ liệu ở mức {found}, mới hơn mức {known} mà chương trình này hiểu.",
            "Cài bản chương trình mới hơn rồi chạy lại. Dữ liệu không bị thay đổi.",
        )


class CampaignExistsError(CampaignError):
    """A campaign is to be opened in a database that has one."""

    code = "E-STORE-EXISTS"

    def __init__(self) -> None:
        """Say that nothing was changed."""
        super().__init__(
            "Cơ sở dữ liệu này đã có một đợt tuyên truyền.",
            "Chọn tệp cơ sở dữ liệu khác bằng thiết lập “database”. Dữ liệu đang có vẫn nguyên vẹn.",
        )


class NoCampaignError(CampaignError):
    """A command needs a campaign, and the database has none."""

    code = "E-STORE-EMPTY"

    def __init__(self, database: str) -> None:
        """Name the database."""
        super().__init__(
            f"Chưa có đợt tuyên truyền nào trong {database}.",
            "Mở đợt mới bằng “campaign init”, hoặc “campaign init --sample” để xem dữ liệu minh hoạ.",
        )


class LedgerAlteredError(CampaignError):
    """The ledger does not verify."""

    code = "E-LEDGER-ALTERED"

    def __init__(self, findings: Iterable[str]) -> None:
        """List what was found, entry by entry."""
        self.findings = tuple(findings)
        super().__init__(
            "Sổ ghi nhận đã bị thay đổi:\n" + "\n".join(f"- {finding}" for finding in self.findings),
            "Dừng bộ ghi nhận, giữ nguyên tệp cơ sở dữ liệu làm bằng chứng, báo người phụ trách và khôi phục từ bản sao lưu.",
        )


# Confirming


class PostUnknownError(CampaignError):
    """No post of that id asks for a confirmation."""

    code = "E-POST-UNKNOWN"

    def __init__(self, post: str) -> None:
        """Name the post."""
        super().__init__(
            f"Không có bài đăng nào mang mã “{post}” cần xác nhận.",
            "Mở lại bài từ trang chủ rồi bấm “Xác nhận đã đọc”. Chưa có gì được ghi nhận.",
        )


class RevisionStaleError(CampaignError):
    """The revision that the reader saw is not the one that is published now."""

    code = "E-REVISION-STALE"

    def __init__(self, post: str, seen: int, current: int) -> None:
        """Name both revisions."""
        self.post = post
        self.seen = seen
        self.current = current
        super().__init__(
            f"Bài này vừa có phiên bản {current}; anh/chị đang xem phiên bản {seen}.",
            "Đọc nội dung mới ở dưới rồi xác nhận. Lần bấm vừa rồi chưa được ghi nhận.",
        )


class NotConcernedError(CampaignError):
    """The member is not among those whom the post is for."""

    code = "E-AUDIENCE"

    def __init__(self, title: str) -> None:
        """Name the post."""
        super().__init__(
            f"Bài “{title}” không yêu cầu anh/chị xác nhận.",
            "Anh/chị vẫn đọc được bài. Nếu cho rằng có nhầm lẫn, báo Văn phòng. Chưa có gì được ghi nhận.",
        )


class AccessRefusedError(CampaignError):
    """A staff code and an access code do not belong together. Says nothing of which of the two is wrong."""

    code = "E-ACCESS"

    def __init__(self) -> None:
        """Word the fault the same way for a wrong code and an unknown person."""
        super().__init__(
            "Mã công chức hoặc mã truy cập chưa đúng.",
            "Nhìn lại phiếu truy cập rồi nhập đủ cả hai mã. Nếu mất phiếu, nhờ Văn phòng cấp phiếu mới.",
        )


class SlipRevokedError(CampaignError):
    """A QR code that is no longer, or never was, in force."""

    code = "E-SLIP"

    def __init__(self) -> None:
        """Point to the newest slip."""
        super().__init__(
            "Mã QR này không còn dùng được.",
            "Dùng phiếu mới nhất mà Văn phòng đã cấp, hoặc nhờ Văn phòng cấp lại. Chưa có gì được ghi nhận.",
        )


class SessionExpiredError(CampaignError):
    """The browser is no longer signed in."""

    code = "E-SESSION"

    def __init__(self) -> None:
        """Ask to sign in again."""
        super().__init__(
            "Anh/chị chưa vào, hoặc phiên làm việc đã hết hạn.",
            "Vào lại bằng phiếu truy cập rồi làm lại thao tác. Lần bấm vừa rồi chưa được ghi nhận.",
        )


class OriginRefusedError(CampaignError):
    """A form came from a page that is not ours."""

    code = "E-ORIGIN"

    def __init__(self, address: str) -> None:
        """Name the address to use."""
        super().__init__(
            "Biểu mẫu được gửi từ một địa chỉ khác với địa chỉ của bộ ghi nhận.",
            f"Mở trang tại {address} rồi làm lại. Chưa có gì được ghi nhận.",
        )


class FormRefusedError(CampaignError):
    """A form does not carry the token of this browser's session, or lacks a field."""

    code = "E-FORM"

    def __init__(self) -> None:
        """Ask to open the page anew."""
        super().__init__(
            "Trang này đã mở quá lâu hoặc biểu mẫu chưa đủ thông tin.",
            "Quay lại, tải lại trang rồi bấm lại. Chưa có gì được ghi nhận.",
        )


class BodyTooLargeError(CampaignError):
    """A request carries more than its form can hold."""

    code = "E-BODY"

    def __init__(self, limit: int) -> None:
        """Name the limit in bytes."""
        super().__init__(
            f"Nội dung gửi lên lớn hơn mức cho phép ({limit // 1024} KiB).",
            "Tải lại trang rồi gửi lại đúng biểu mẫu. Chưa có gì được ghi nhận.",
        )


class PageNotFoundError(CampaignError):
    """There is no such page, or not for this person."""

    code = "E-NOT-FOUND"

    def __init__(self) -> None:
        """Point home."""
        super().__init__(
            "Không tìm thấy trang này.", "Kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang chủ. Không có gì thay đổi."
        )


class DayError(CampaignError):
    """A day cannot be read."""

    code = "E-DAY"

    def __init__(self, typed: str) -> None:
        """Show what was typed, and a good one."""
        super().__init__(f"Không hiểu ngày “{typed}”.", "Nhập ngày dạng 05/11/2025 hoặc 2025-11-05.")


class BugError(CampaignError):
    """Something broke that nobody foresaw; the log has the reason under the reference."""

    code = "E-BUG"

    def __init__(self, reference: str) -> None:
        """Give the reference that finds the reason in the log."""
        super().__init__(
            f"Bộ ghi nhận gặp trục trặc ngoài dự kiến (số tham chiếu {reference}).",
            "Mời thử lại; bấm lại nhiều lần cũng không ghi trùng. Nếu vẫn lỗi, báo Văn phòng kèm số tham chiếu.",
        )


# Running


class ListenError(CampaignError):
    """The server cannot take its port."""

    code = "E-LISTEN"

    def __init__(self, host: str, port: int, reason: str) -> None:
        """Name the address and the reason."""
        super().__init__(
            f"Không mở được cổng {port} trên {host} ({reason}).",
            "Có thể bộ ghi nhận đang chạy sẵn ở cửa sổ khác. Nếu chương trình khác dùng cổng này, chọn cổng khác: "
            "--set listen=127.0.0.1:8010 --set address=http://127.0.0.1:8010",
        )


class PassphraseShortError(CampaignError):
    """A passphrase is too short."""

    code = "E-PASSPHRASE"

    def __init__(self, characters: int) -> None:
        """Name the least length."""
        super().__init__(
            f"Cụm mật khẩu cần ít nhất {characters} ký tự.",
            "Dùng một cụm vài từ dễ nhớ, khó đoán. Tài khoản chưa thay đổi.",
        )


class SiteBuildError(CampaignError):
    """The site cannot be built from what the editors wrote."""

    code = "E-SITE-BUILD"

    def __init__(self, reasons: str) -> None:
        """Give the faults, word for word."""
        super().__init__(
            f"Chưa dựng được trang:\n\n{reasons.strip()}\n",
            "Sửa các chỗ trên rồi chạy lại. Trang cũ và sổ ghi nhận vẫn nguyên vẹn.",
        )
