"""The Office's pages: one dataclass each, with everything that its template is given, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from campaign.core.coverage import Coverage, MemberStanding, State
from campaign.core.curve import Curve
from campaign.core.dispatch import Channel, RecordedDispatch
from campaign.core.post import Post
from campaign.store.figures.coverage import Stranger


@dataclass(frozen=True, slots=True)
class ChannelLines:
    """What was sent on one channel."""

    channel: Channel
    sent: tuple[RecordedDispatch, ...]


@dataclass(frozen=True, slots=True)
class PostFigures:
    """How one post stands, in a line."""

    post: Post
    state: str
    figures: Coverage
    channels: tuple[ChannelLines, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficePage:
    """All posts with their figures.

    Attributes:
        unit: The unit whose head is shown it and what it took over from, or nothing when all are shown.
        left_behind: How many people are in a unit that is one no more.
    """

    template: ClassVar[str] = "office.html"
    title: ClassVar[str] = "Tình hình xác nhận"
    posts: tuple[PostFigures, ...]
    as_of: datetime
    roster_size: int
    unit: str | None
    left_behind: int = 0


@dataclass(frozen=True, slots=True)
class OfficePostPage:
    """One post: the figures of each unit, and how they came about.

    Attributes:
        curve: How many had confirmed at the end of each day.
        signed_in_time: How many signed on paper in time and were entered late: they are counted as late.
        strangers: How many confirmed and are not among those concerned now; nothing for a past day or one unit.
    """

    template: ClassVar[str] = "office_post.html"
    title: ClassVar[str] = "Tình hình xác nhận theo đơn vị"
    post: Post
    state: str
    as_of: datetime
    as_of_value: str
    by_unit: Mapping[str, Coverage]
    total: Coverage
    channels: tuple[ChannelLines, ...]
    curve: Curve
    strangers: int | None = None
    signed_in_time: int = 0


@dataclass(frozen=True, slots=True)
class OfficeListPage:
    """The people behind a figure.

    Attributes:
        shown: Those of one page who match the filter, in the Vietnamese order of names.
        found: How many match it.
        number: Which page it is, of how many *pages*.
        first: The place of the first of those shown.
        units: All units that can be chosen.
        query: The filter as part of an address, for the download.
        seen: The numbers of those who have seen the post in the document system.
    """

    template: ClassVar[str] = "office_list.html"
    title: ClassVar[str] = "Danh sách theo tình hình xác nhận"
    post: Post
    as_of: datetime
    as_of_value: str
    shown: tuple[MemberStanding, ...]
    found: int
    number: int
    pages: int
    first: int
    concerned: int
    units: tuple[str, ...]
    state: State | None
    unit: str
    search: str
    query: str
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficeStrangersPage:
    """Those who have confirmed a post and are not among those it is for now."""

    template: ClassVar[str] = "office_strangers.html"
    title: ClassVar[str] = "Đã xác nhận, không còn thuộc diện"
    post: Post
    shown: tuple[Stranger, ...]


@dataclass(frozen=True, slots=True)
class OfficeDispatchPage:
    """The two channels of a post, and a form to record a sending.

    Attributes:
        typed: What was entered and could not be recorded, by field; empty texts at first.
    """

    template: ClassVar[str] = "office_dispatch.html"
    title: ClassVar[str] = "Đăng và gửi bài"
    post: Post
    channels: tuple[ChannelLines, ...]
    typed: Mapping[str, str]
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class WordUploadPage:
    """Where a Word document is handed in.

    Attributes:
        file: The name of the document that was refused, or "".
    """

    template: ClassVar[str] = "word_upload.html"
    title: ClassVar[str] = "Đưa văn bản Word vào"
    file: str = ""
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class WordFieldsPage:
    """What was found in a Word document, to be confirmed, with a look at the post.

    Attributes:
        typed: The fields by name, as they stand in the form.
        package: The conversion, which goes back with the form.
        preview: The beginning of the post, rendered and cleaned.
        is_cut: Whether the post is longer than that.
        kept: Percent of the document's words that the post holds.
    """

    template: ClassVar[str] = "word_fields.html"
    title: ClassVar[str] = "Xem lại trước khi tải bài về"
    file: str
    typed: Mapping[str, str]
    package: str
    preview: Markup
    is_cut: bool
    kept: float
    remarks: tuple[str, ...] = ()
    problem: str | None = None
    remedy: str | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        """What each field is called."""
        return {
            "kind": "Loại văn bản", "number": "Số, ký hiệu", "issued_on": "Ngày ban hành",
            "superior": "Cơ quan chủ quản", "issuer": "Cơ quan ban hành", "subject": "Trích yếu",
            "signer": "Người ký", "position": "Chức vụ", "recipients": "Nơi nhận", "lead_unit": "Đơn vị chủ trì",
            "id": "Mã bài",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficeReportPage:
    """Which reports of a post can be made.

    Attributes:
        as_of_value: The day that was chosen on the page before, as it was typed.
        has_template: Whether the Office has a Word template of its own in use.
        problem: What is wrong with the template that was handed in, or nothing.
    """

    template: ClassVar[str] = "office_report.html"
    title: ClassVar[str] = "Báo cáo"
    post: Post
    as_of_value: str
    has_template: bool = False
    problem: str | None = None
    remedy: str | None = None
