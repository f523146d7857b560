"""Faults of the built site, as the recorder sees it."""

from campaign.errors.base import CampaignError


class ManifestError(CampaignError, code="E-SITE-MANIFEST"):
    """The built site has no usable manifest."""

    file: str
    reason: str
    wrong = "{file}: không đọc được danh mục bài đăng ({reason})."
    todo = "Đăng lại trang bằng lệnh “campaign publish” rồi thử lại. Sổ ghi nhận vẫn nguyên vẹn."


class RevisionConflictError(CampaignError, code="E-REVISION-CONFLICT"):
    """A revision that was published before comes back with another text."""

    post: str
    number: int
    wrong = "Bài “{post}”: nội dung đã đổi nhưng vẫn mang số phiên bản {number}."
    todo = (
        "Tăng số phiên bản, ghi rõ “correction” (đính chính, giữ xác nhận cũ) hoặc “replacement” (thay thế, "
        "mời xác nhận lại) cùng ghi chú thay đổi, rồi dựng lại trang. Phiên bản đã đăng trước đó vẫn giữ nguyên."
    )


class ArchiveError(CampaignError, code="E-ARCHIVE"):
    """The archive of published revisions holds something that it did not write."""

    file: str
    wrong = "{file}: tệp này trong kho bản đã đăng đã bị sửa, hoặc không do chương trình ghi."
    todo = "Khôi phục thư mục kho từ bản sao lưu, hoặc chuyển tệp lạ đi nơi khác. Trang đang chạy vẫn giữ nguyên."


class NoLastSiteError(CampaignError, code="E-SITE-NO-LAST"):
    """There is no earlier site to switch back to."""

    folder: str
    wrong = "{folder}: không có trang trước để quay lại."
    todo = "Trang trước chỉ có sau lần đăng thứ hai. Trang đang chạy vẫn giữ nguyên; sửa nội dung rồi đăng lại."


class CacheLostError(CampaignError, code="E-SITE-CACHE"):
    """The file in which builds keep what they made broke during a build."""

    file: str
    wrong = "{file}: tệp nhớ của lần dựng trước hỏng giữa chừng."
    todo = "Xoá tệp đó (không mất gì) rồi chạy lại. Trang đang chạy vẫn giữ nguyên."
