"""Faults of what editors write."""

from collections.abc import Iterable

from campaign.errors.base import CampaignError


class FrontMatterError(CampaignError):
    """The front matter of a post cannot be read."""

    code = "E-POST-FRONT-MATTER"

    def __init__(self, file: str, line: int, reason: str) -> None:
        """Say where reading stopped, and why."""
        super().__init__(
            f"{file}, dòng {line}: không đọc được phần khai báo đầu bài ({reason}).",
            "Phần khai báo nằm giữa hai dòng “---” ở đầu tệp, mỗi dòng dạng “khoá: giá trị”. "
            "Xem trang Hướng dẫn biên tập.",
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
