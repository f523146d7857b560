"""The outcome of a post: everything that a report tells, and the sentences in which it tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import VIET_NAM, day_in_viet_nam, format_document_day, format_instant
from campaign.core.closing import Closing
from campaign.core.coverage import Coverage, Figures, MemberStanding, State
from campaign.core.curve import Curve
from campaign.core.deadline import Deadline
from campaign.core.dispatch import Channel, Dispatch, RecordedDispatch
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.note import Verifier
from campaign.core.post import Post, SourceDocument
from campaign.core.text import format_number, format_percent
from campaign.report.department import Department

_KINDS = {
    "BB": "Biên bản",
    "BC": "Báo cáo",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "TTr": "Tờ trình",
}
"""The kinds of documents by the abbreviations in their symbols (Decree 30/2020, annex III)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a post stood, with what supports it.

    Attributes:
        sample: Whether its people are made up.
        opened_on: The day on which the post was first published.
        as_of: The instant that the figures are of.
        figures: The figures, by unit.
        standings: Everyone concerned, in the Vietnamese order of names.
        dispatches: Where the post was sent out.
        closing: How the post stood when its time was over, as it was recorded then; nothing before.
        note: The signed checkpoint of the ledger, made after the figures were read.
        address: Where people read and confirm.
    """

    department: Department
    sample: bool
    post: Post
    deadline: Deadline
    opened_on: date
    as_of: datetime
    figures: Figures
    standings: Sequence[MemberStanding]
    curve: Curve
    dispatches: Sequence[RecordedDispatch]
    note: bytes
    verifier: Verifier
    address: str
    closing: Closing | None = None

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return self.figures.total

    @property
    def by_unit(self) -> Mapping[str, Coverage]:
        """The figures of the units with somebody concerned: one that has ended is no row of zeros."""
        return {unit: figures for unit, figures in self.figures.by_unit.items() if figures.concerned}

    @property
    def checkpoint(self) -> Checkpoint:
        """What the signed note says."""
        return self.verifier.read(self.note)

    @property
    def today(self) -> date:
        """The day in Viet Nam of the figures."""
        return day_in_viet_nam(self.as_of)

    def those(self, state: State) -> list[MemberStanding]:
        """Return everyone in a state."""
        return [standing for standing in self.standings if standing.state is state]

    def sent_on(self, channel: Channel) -> list[Dispatch]:
        """Return what was sent on a channel."""
        return [recorded.dispatch for recorded in self.dispatches if recorded.dispatch.channel is channel]


def format_document(post: Post) -> str:
    """Name what was spread: ``Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ``."""
    source = post.source_document
    if source is None or source.number is None:
        return f"“{post.title}”"
    day = f" {format_document_day(source.issued_on)}" if source.issued_on else ""
    return f"{_kind(source)} số {source.number}{day} của {source.issuer}"


def format_document_shortly(post: Post) -> str:
    """Name what was spread in a few words: ``Thông báo số 485/TB-VPCP``."""
    source = post.source_document
    return f"“{post.title}”" if source is None or source.number is None else f"{_kind(source)} số {source.number}"


def format_order(outcome: Outcome) -> str:
    """Say who had to do what by when."""
    post = outcome.post
    helpers = f", phối hợp với {', '.join(post.cooperating_units)}," if post.cooperating_units else ""
    return (
        f"{outcome.department.name} giao {post.leads} chủ trì{helpers} phổ biến "
        f"{format_document_shortly(post)} đến {post.audience.format()}, hoàn thành {outcome.deadline.named}, tức "
        f"hạn cuối là {outcome.deadline.format()}."
    )


def format_channel(outcome: Outcome, channel: Channel) -> str:
    """Say what was sent on a channel, or that nothing was."""
    sent = []
    for dispatch in outcome.sent_on(channel):
        number = f"số {dispatch.number} " if dispatch.number else ""
        recipients = f", gửi {dispatch.recipients}" if dispatch.recipients else ""
        sent.append(f"{number}{format_document_day(dispatch.sent_on)}{recipients}")
    head = channel.label[0].upper() + channel.label[1:]
    return f"{head}: {'; '.join(sent) or 'chưa có số, ngày được ghi nhận'}."


def format_figures(outcome: Outcome) -> str:
    """Explain the number of those due, how they stood, and how many confirmations the Office recorded."""
    total = outcome.total
    papers = [standing.paper for standing in outcome.standings if standing.paper and standing.confirmed_at]
    signed = sum(paper.signed_on is not None for paper in papers)
    recorded = (
        f" Trong số đã xác nhận, {format_number(signed)} người ký trên giấy, "
        f"{format_number(len(papers) - signed)} người được xác nhận thay, do Văn phòng ghi vào sổ."
    )
    return (
        f"Tính đến {format_instant(outcome.as_of)}, có {format_number(total.concerned)} người thuộc diện phổ biến, "
        f"tính {outcome.post.roster.label} (đầu kỳ {format_number(total.opening)}, thêm {format_number(total.joined)}, "
        f"bớt {format_number(total.left)}); miễn {format_number(total.exempt)} người, còn {format_number(total.due)} "
        f"người phải xác nhận đã đọc. "
        f"Trong đó {_count(total.on_time, total)} xác nhận đúng hạn, {_count(total.late, total)} xác nhận quá hạn, "
        f"{_count(total.outstanding, total)} chưa xác nhận.{recorded if papers else ''}"
    )


def format_closing(closing: Closing) -> str:
    """Say what was recorded when the time was over."""
    total = closing.total
    return (
        f"Số liệu chốt khi hết hạn (dòng ghi {format_number(closing.sequence)} của sổ): {format_number(total.due)} "
        f"người phải xác nhận, {_count(total.on_time, total)} đúng hạn, "
        f"{_count(total.outstanding, total)} chưa xác nhận."
    )


def format_yearly(outcome: Outcome) -> str:
    """Return the paragraph for the yearly report."""
    total, post = outcome.total, outcome.post
    channels = "; ".join(format_channel(outcome, channel).rstrip(".") for channel in Channel)
    return (
        f"Thực hiện {format_document(post)}, {outcome.department.name} đã phổ biến đến {post.audience.format()} "
        f"(hạn cuối: {outcome.deadline.format()}). {channels}. "
        f"Kết quả đến ngày {outcome.today:%d/%m/%Y}: {format_number(total.confirmed)}/{format_number(total.due)} người "
        f"phải xác nhận đã xác nhận đã đọc (đạt {format_percent(total.share_confirmed)}), trong đó "
        f"{_count(total.on_time, total)} đúng hạn, {_count(total.late, total)} quá hạn; "
        f"{format_number(total.outstanding)} người chưa xác nhận; {format_number(total.exempt)} người được miễn."
    )


def format_chart(outcome: Outcome) -> str:
    """Say in words what the picture shows, for those who cannot see it."""
    total = outcome.total
    return (
        f"Biểu đồ cộng dồn từ {outcome.curve.first:%d/%m/%Y} đến {outcome.curve.last:%d/%m/%Y}: "
        f"{format_number(total.confirmed)} trên {format_number(total.due)} người phải xác nhận đã xác nhận; "
        f"hạn cuối {outcome.deadline.format()}."
    )


def unit_cells(number: str, unit: str, figures: Coverage) -> tuple[str, ...]:
    """Return a row of the table by unit."""
    counts = (figures.concerned, figures.exempt, figures.due, figures.on_time, figures.late, figures.outstanding)
    share = format_percent(figures.share_on_time) if figures.due else "–"
    return (number, unit, *map(format_number, counts), share)


def format_moment(standing: MemberStanding) -> str:
    """Return when a member confirmed: ``05/11/2025 09:15:07``; empty when not."""
    at = standing.confirmed_at
    return f"{at.astimezone(VIET_NAM):%d/%m/%Y %H:%M:%S}" if at else ""


def _kind(source: SourceDocument) -> str:
    """Return the kind of a document by its symbol."""
    symbol = (source.number or "").partition("/")[2].partition("-")[0]
    return _KINDS.get(symbol, "Văn bản")


def _count(count: int, total: Coverage) -> str:
    share = f" ({format_percent(count / total.due)})" if total.due else ""
    return f"{format_number(count)} người{share}"
