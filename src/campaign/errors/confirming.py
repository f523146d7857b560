"""Faults of confirming."""

from campaign.errors.base import CampaignError


class PostUnknownError(CampaignError, code="E-POST-UNKNOWN", status=404):
    """No post of that id asks for a confirmation."""

    post: str
    wrong = "Không có bài đăng nào mang mã “{post}” cần xác nhận."
    todo = "Mở lại bài từ trang chủ rồi bấm “Xác nhận đã đọc”. Chưa có gì được ghi nhận."


class RevisionStaleError(CampaignError, code="E-REVISION-STALE", status=409):
    """The revision that the reader saw is not the one that is published now."""

    post: str
    seen: int
    current: int
    wrong = "Bài này vừa có phiên bản {current}; anh/chị đang xem phiên bản {seen}."
    todo = "Đọc nội dung mới ở dưới rồi xác nhận. Lần bấm vừa rồi chưa được ghi nhận."


class NotConcernedError(CampaignError, code="E-AUDIENCE", status=403):
    """The member is not among those whom the post is for."""

    title: str
    wrong = "Bài “{title}” không yêu cầu anh/chị xác nhận."
    todo = "Anh/chị vẫn đọc được bài. Nếu cho rằng có nhầm lẫn, báo Văn phòng. Chưa có gì được ghi nhận."
