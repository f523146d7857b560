"""Faults of confirming."""

from campaign.errors.base import CampaignError


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
