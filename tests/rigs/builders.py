"""Valid values to start from, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.people.roster import Category, Member
from campaign.core.post import Audience, Post
from campaign.core.post import Revision as PostRevision
from campaign.core.source_document import SourceDocument

OFFICE = "Văn phòng"
CENTRE = "Trung tâm Đổi mới Sáng tạo"

OPENED = datetime(2025, 10, 1, 8, tzinfo=VIET_NAM)
"""When the campaign of the examples began: roster and first post."""
LAST_SECOND = datetime(2025, 11, 4, 23, 59, 59, tzinfo=VIET_NAM)
FIRST_LATE = datetime(2025, 11, 5, tzinfo=VIET_NAM)
"""The two sides of the deadline "trước ngày 05/11/2025"."""

_POST = Post(
    id="thong-bao-485",
    title="Thông báo 485/TB-VPCP về phòng cháy, chữa cháy",
    summary="Những việc mỗi người cần làm.",
    text="Nội dung thông báo.\n\n- Kiểm tra ổ điện trước khi về.\n",
    audience=Audience(),
    lead_units=(OFFICE,),
    cooperating_units=(CENTRE,),
    publish_at=datetime(2025, 10, 1, 1, tzinfo=UTC),
    revision=PostRevision(),
    source_document=SourceDocument(
        issuer="Văn phòng Chính phủ",
        subject="Kết luận về phòng cháy, chữa cháy",
        number="485/TB-VPCP",
        issued_on=date(2025, 9, 15),
    ),
    sentence="Tôi đã đọc và hiểu nội dung.",
    deadline=Deadline.before_day(date(2025, 11, 5)),
)


def post(**changes: Any) -> Post:  # noqa: ANN401 -- any field of a post
    """Return a post that asks for a confirmation before 05/11/2025, with *changes*."""
    return replace(_POST, **changes)


def member(
    staff_code: str = "SKHCN-001",
    name: str = "Nguyễn Văn An",
    unit: str = OFFICE,
    category: Category = Category.CIVIL_SERVANT,
    email: str | None = None,
) -> Member:
    """Return a member of the roster."""
    return Member(staff_code, name, unit, category, email)
