"""Faults of the built site, as the recorder sees it."""

from campaign.errors.base import CampaignError


class ManifestError(CampaignError):
    """The built site has no usable manifest."""

    code = "E-SITE-MANIFEST"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(
            f"{file}: không đọc được danh mục bài đăng ({reason}).",
            "Đăng lại trang bằng lệnh “campaign publish” rồi thử lại. Sổ ghi nhận vẫn nguyên vẹn.",
        )


class RevisionConflictError(CampaignError):
    """A revision that was published before comes back with another text."""

    code = "E-REVISION-CONFLICT"

    def __init__(self, post: str, number: int) -> None:
        """Name the post and the revision."""
        super().__init__(
            f"Bài “{post}”: nội dung đã đổi nhưng vẫn mang số phiên bản {number}.",
            "Tăng số phiên bản, ghi rõ “correction” (đính chính, giữ xác nhận cũ) hoặc “replacement” (thay thế, "
            "mời xác nhận lại) cùng ghi chú thay đổi, rồi dựng lại trang. Phiên bản đã đăng trước đó vẫn giữ nguyên.",
        )


class ArchiveError(CampaignError):
    """The archive of published revisions holds something that it did not write."""

    code = "E-ARCHIVE"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: tệp này trong kho bản đã đăng đã bị sửa, hoặc không do chương trình ghi.",
            "Khôi phục thư mục kho từ bản sao lưu, hoặc chuyển tệp lạ đi nơi khác. Trang đang chạy vẫn giữ nguyên.",
        )


class NoLastSiteError(CampaignError):
    """There is no earlier site to switch back to."""

    code = "E-SITE-NO-LAST"

    def __init__(self, folder: str) -> None:
        """Name the folder in which it would be."""
        super().__init__(
            f"{folder}: không có trang trước để quay lại.",
            "Trang trước chỉ có sau lần đăng thứ hai. Trang đang chạy vẫn giữ nguyên; sửa nội dung rồi đăng lại.",
        )


class CacheLostError(CampaignError):
    """The file in which builds keep what they made broke during a build."""

    code = "E-SITE-CACHE"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: tệp nhớ của lần dựng trước hỏng giữa chừng.",
            "Xoá tệp đó (không mất gì) rồi chạy lại. Trang đang chạy vẫn giữ nguyên.",
        )
