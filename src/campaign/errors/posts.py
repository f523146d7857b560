"""Faults of what editors write."""

from collections.abc import Iterable

from campaign.errors.base import CampaignError, Place


class FrontMatterError(CampaignError):
    """The front matter of a post cannot be read."""

    code = "E-POST-FRONT-MATTER"

    def __init__(self, place: Place, reason: str) -> None:
        """Say where reading stopped, and why."""
        super().__init__(
            f"{place}: không đọc được phần khai báo đầu bài ({reason}).",
            "Phần khai báo nằm giữa hai dòng “---” ở đầu tệp, mỗi dòng dạng “khoá: giá trị”. "
            "Xem trang Hướng dẫn biên tập.",
        )


class PageTemplateError(CampaignError):
    """A page names a template that the theme does not have."""

    code = "E-PAGE-TEMPLATE"

    def __init__(self, place: Place, template: str, known: Iterable[str]) -> None:
        """Name the template, and those that there are."""
        super().__init__(
            f"{place}: không có mẫu trang “{template}”.",
            f"Dùng một trong các mẫu {', '.join(sorted(known))}, hoặc xoá dòng template để dùng mẫu thường.",
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

    def __init__(self, place: Place, key: str, known: Iterable[str]) -> None:
        """Name the key and those that exist."""
        super().__init__(
            f"{place}: không có khoá nào tên “{key}”.",
            f"Sửa tên khoá hoặc xoá dòng đó. Các khoá dùng được ở đây: {', '.join(known)}.",
        )


class PostValueError(CampaignError):
    """A key of a post has a value that it cannot have."""

    code = "E-POST-VALUE"

    def __init__(self, place: Place, key: str, reason: str, example: str) -> None:
        """Name the key, what is wrong with its value, and show a good one."""
        super().__init__(f"{place}: khoá “{key}” {reason}.", f"Sửa lại, ví dụ: {example}")


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


class PostLinkError(CampaignError):
    """A link of a post leads nowhere."""

    code = "E-POST-LINK"

    def __init__(self, place: Place, target: str, reason: str) -> None:
        """Name the link and why it cannot be followed."""
        super().__init__(
            f"{place}: liên kết “{target}” {reason}.",
            "Sửa đường dẫn (tính từ thư mục của tệp này, đúng chữ hoa, chữ thường) hoặc bỏ liên kết.",
        )


class PostImageError(CampaignError):
    """A picture of a post cannot be understood by who does not see it."""

    code = "E-POST-IMAGE"

    def __init__(self, place: Place, source: str) -> None:
        """Name the picture."""
        super().__init__(
            f"{place}: hình “{source}” chưa có lời mô tả, người dùng trình đọc màn hình sẽ không biết hình gì.",
            "Viết một câu ngắn vào ngoặc vuông: ![Sơ đồ lối thoát hiểm tầng 2](so-do.png).",
        )


class PostHeadingError(CampaignError):
    """The headings of a post are out of order."""

    code = "E-POST-HEADING"

    def __init__(self, place: Place, heading: str, reason: str) -> None:
        """Name the heading and what is wrong with its level."""
        super().__init__(
            f"{place}: mục “{heading}” {reason}.",
            "Tên bài đã là tiêu đề lớn nhất, nên các mục bắt đầu bằng “##”, mục con bằng “###”, không nhảy cấp.",
        )


class PostUnitError(CampaignError):
    """A post is meant for a unit that nobody on the roster belongs to."""

    code = "E-POST-UNIT"

    def __init__(self, place: Place, unit: str, known: Iterable[str]) -> None:
        """Name the unit and those of the roster."""
        super().__init__(
            f"{place}: bài dành cho “{unit}”, nhưng danh sách không có ai thuộc đơn vị này.",
            f"Ghi đúng tên đơn vị như trong danh sách ({'; '.join(known)}), hoặc nhập lại danh sách.",
        )


class RevisionNeededError(CampaignError):
    """The text of a published post was changed, and its revision does not say so."""

    code = "E-REVISION-NEEDED"

    def __init__(self, file: str, post: str, number: int, latest: int, confirmed: int | None = None) -> None:
        """Explain the two ways to go on; *confirmed* is how many confirmations stand, when that is known."""
        was_changed = f"nội dung đã đổi so với phiên bản {latest} đã đăng, mà vẫn mang số phiên bản {number}"
        went_back = f"mang số phiên bản {number}, trong khi đã đăng đến phiên bản {latest}"
        stale = "mời mọi người đọc và xác nhận lại"
        if confirmed is not None:
            stale += f"; {confirmed} xác nhận đang có sẽ không còn tính"
        super().__init__(
            f"{file}: bài “{post}” {was_changed if number == latest else went_back}.",
            f"Chọn một trong hai cách rồi ghi vào khoá revision của bài:\n"
            f"  number: {latest + 1}, change: correction (đính chính: ý nghĩa không đổi, xác nhận cũ giữ nguyên)\n"
            f"  number: {latest + 1}, change: replacement (thay thế: {stale})\n"
            f"Thêm note: một câu cho người đọc biết đã đổi gì. Xem chỗ đã đổi: campaign post diff {post}. "
            "Bản đã đăng vẫn giữ nguyên.",
        )


class FileNameFormError(CampaignError):
    """The name of a post's file is typed with combining marks, so links to it would not find it."""

    code = "E-POST-FILE-FORM"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: tên tệp gõ bằng dấu tổ hợp (NFD), liên kết tới bài sẽ không tìm thấy.",
            "Đổi tên tệp thành chữ không dấu, ví dụ thong-bao-485.md.",
        )


class PostExistsError(CampaignError):
    """A new post would take the id or the file of one that exists."""

    code = "E-POST-EXISTS"

    def __init__(self, post: str, file: str) -> None:
        """Name the id and who has it."""
        super().__init__(
            f"Mã bài “{post}” đã có ở {file}.",
            "Đặt mã khác bằng --id, hoặc mở tệp ấy ra sửa. Chưa có tệp nào được tạo.",
        )


class PostFileUnknownError(CampaignError):
    """No file of the content folder holds the post."""

    code = "E-POST-FILE-UNKNOWN"

    def __init__(self, post: str) -> None:
        """Name the id."""
        super().__init__(f"Không có bài nào mang mã “{post}”.", "Xem các mã bài: campaign post list")
