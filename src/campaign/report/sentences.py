"""The sentences of official papers, as a head of office would sign them: no seconds, no zeros, no nested brackets."""

from collections.abc import Sequence
from datetime import datetime

from campaign.core.campaign import Campaign
from campaign.core.clock import VIET_NAM, day_in_viet_nam, end_of_day, format_document_day
from campaign.core.deadline import Deadline
from campaign.core.dispatch import Channel, RecordedDispatch
from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.people.special_case import CaseKind
from campaign.core.post import Post
from campaign.core.source_document import find_kind
from campaign.core.text import format_all, format_number, format_percent
from campaign.report.outcome import Outcome

_CHANNELS = {
    Channel.WEBSITE: "đăng trên Trang thông tin điện tử",
    Channel.DOCUMENT_SYSTEM: "gửi trên hệ thống quản lý văn bản và điều hành",
}
_TWO_DIGITS = 10


def format_count(count: int) -> str:
    """Write a number of a running text: below ten with a zero before it, as papers do."""
    return f"{count:02}" if count < _TWO_DIGITS else format_number(count)


def format_share(count: int, of: int) -> str:
    """Write a part of those due: ``49/58 người (84,5%)``; without a share when nobody is due."""
    return f"{format_number(count)}/{format_number(of)} người" + (f" ({format_percent(count / of)})" if of else "")


def format_table_share(figures: Coverage) -> str:
    """Write the share of those in time for a table: ``84,5%``, and ``–`` where nobody must confirm."""
    return format_percent(figures.share_on_time) if figures.due else "–"


def format_as_of(as_of: datetime) -> str:
    """Write the instant of figures: ``hết ngày 04 tháng 11 năm 2025``, or with hour and minute within a day."""
    day = day_in_viet_nam(as_of)
    if as_of == end_of_day(day):
        return f"hết {format_document_day(day)}"
    return f"{as_of.astimezone(VIET_NAM):%H giờ %M phút} {format_document_day(day)}"


def format_deadline(deadline: Deadline) -> str:
    """Write until when, as the notice does: ``trước ngày 05 …`` or ``chậm nhất hết ngày 04 …``."""
    if deadline == Deadline.before_day(deadline.before):
        return f"trước {format_document_day(deadline.before)}"
    return f"chậm nhất hết {format_document_day(deadline.last_day)}"


def format_document(post: Post) -> str:
    """Name what was spread: ``Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ``."""
    source = post.source_document
    return f"“{post.title}”" if source is None or source.number is None else source.format_in_paper()


def format_document_shortly(post: Post) -> str:
    """Name what was spread in a few words: ``Thông báo số 485/TB-VPCP``."""
    source = post.source_document
    return f"“{post.title}”" if source is None or source.number is None else source.name


def format_carrying_out(campaign: Campaign) -> str:
    """Name the plan that is carried out; empty without one."""
    if campaign.plan is None:
        return ""
    subject = campaign.plan.subject
    return f"Thực hiện {campaign.plan.format()}{f' {subject[0].lower()}{subject[1:]}' if subject else ''}"


def format_opening(outcome: Outcome) -> str:
    """Return the first sentence of a report."""
    plan, doing = outcome.campaign.plan, format_carrying_out(outcome.campaign)
    what = f"kết quả phổ biến {format_document_shortly(outcome.post)}"
    if plan is not None and plan.item:
        what = f"kết quả thực hiện {plan.item}"
    return f"{f'{doing}, ' if doing else ''}{outcome.department.name} báo cáo {what} như sau:"


def format_order(outcome: Outcome) -> str:
    """Say who had to do what by when."""
    post = outcome.post
    helpers = f", phối hợp với {format_all(post.cooperating_units)}" if post.cooperating_units else ""
    return (
        f"{outcome.department.name} giao {post.leads} chủ trì{helpers} phổ biến {format_document_shortly(post)} đến "
        f"{post.audience.format()}; hoàn thành {format_deadline(outcome.deadline)}."
    )


def format_reading(outcome: Outcome) -> str:
    """Say what was read, and that it was a summary as long as nobody compared it with the whole text."""
    post, source = outcome.post, outcome.post.source_document
    text = f"bài giới thiệu {source.known_kind or 'văn bản'}" if source and source.number else f"bài “{post.title}”"
    summary = "" if post.verified or source is None else " (bài tóm tắt, chưa đối chiếu với toàn văn)"
    who = post.audience.format()
    return f"{who[0].upper()}{who[1:]} đọc {text}{summary} trên trang tuyên truyền và tự xác nhận đã đọc."


def format_channels(outcome: Outcome, *channels: Channel) -> str:
    """Say when and how the post was published and sent on some channels, or all; empty when nothing is known of it."""
    done = [
        f"{_CHANNELS[channel]} {format_all([_format_sending(sent, outcome.as_of) for sent in dispatches])}"
        for channel in channels or outcome.campaign.channels
        if (dispatches := outcome.sent_on(channel))
    ]
    return f"Văn bản đã được {format_all(done)}." if done else ""


def format_missing_channels(outcome: Outcome, *channels: Channel) -> list[str]:
    """Say of which of some channels, or of all, nothing is known."""
    return [
        f"Chưa có thông tin về việc {_CHANNELS[channel]} (Văn phòng bổ sung trước khi trình)."
        for channel in channels or outcome.campaign.channels
        if not outcome.sent_on(channel)
    ]


def _format_sending(sent: RecordedDispatch, as_of: datetime) -> str:
    """Write a sending; one that was recorded only after the instant of the figures says when."""
    dispatch = sent.dispatch
    number = f"tại {find_kind(dispatch.number) or 'Công văn'} số {dispatch.number} " if dispatch.number else ""
    recipients = f" đến {dispatch.recipients}" if dispatch.recipients else ""
    recorded_on = format_document_day(day_in_viet_nam(sent.recorded_at))
    later = f" (ghi vào sổ {recorded_on})" if sent.recorded_at > as_of else ""
    return f"{number}{format_document_day(dispatch.sent_on)}{recipients}{later}"


def format_concerned(outcome: Outcome) -> str:
    """Say how many the post is for, and how that came about."""
    total, moved = outcome.total, outcome.figures.transferred
    flows = [f"{word} {format_count(count)}" for word, count in (("tăng", total.joined), ("giảm", total.left)) if count]
    parts = [", ".join(flows)] if flows else []
    parts += [f"chuyển giữa các phòng, đơn vị {format_count(moved)} lượt"] if moved else []
    explained = f" (đầu kỳ {format_count(total.opening)}; {'; '.join(parts)})" if parts else ""
    exempt = f", miễn {format_count(total.exempt)} người" if total.exempt else ""
    return f"{format_count(total.concerned)} người thuộc đối tượng phổ biến{explained}{exempt}"


def format_result(total: Coverage, extended: int = 0) -> str:
    """Say how many confirmed, of them in time and late, and how many did not; what is zero is not counted out."""
    if not total.due:
        return "không có ai phải xác nhận đã đọc"
    if not total.confirmed:
        return f"chưa có ai trong {format_count(total.due)} người phải xác nhận xác nhận đã đọc"
    own = f" ({format_count(extended)} người theo thời hạn được gia hạn riêng)" if extended else ""
    in_time = f"{format_count(total.on_time)} người đúng hạn" if total.on_time else "không có người đúng hạn"
    late = f"{format_count(total.late)} người quá hạn" if total.late else "không có người xác nhận quá hạn"
    left = (
        f"còn {format_count(total.outstanding)} người chưa xác nhận"
        if total.outstanding
        else "không còn người chưa xác nhận"
    )
    return f"{format_share(total.confirmed, total.due)} đã xác nhận đã đọc, trong đó {in_time}{own}, {late}; {left}"


def format_figures(outcome: Outcome) -> str:
    """Explain the number of those due, how they stood, and how many confirmations the Office recorded."""
    papers = [standing.paper for standing in outcome.standings if standing.paper and standing.confirmed_at]
    signed = sum(paper.signed_on is not None for paper in papers)
    recorded = [
        f"{format_count(count)} người {how}"
        for count, how in ((signed, "ký trên giấy"), (len(papers) - signed, "được xác nhận thay"))
        if count
    ]
    by_office = f" Trong số đã xác nhận có {format_all(recorded)}, do Văn phòng ghi vào sổ." if recorded else ""
    return (
        f"Tính đến {format_as_of(outcome.as_of)}, có {format_concerned(outcome)}; "
        f"{format_result(outcome.total, len(outcome.extended))}.{by_office}"
    )


def format_closing(outcome: Outcome) -> str:
    """Say what was recorded when the time was over, what changed the figures since, and what is to be cleared up.

    It is empty when there is nothing of these.
    """
    closing = outcome.closing
    doubts = f"Cần làm rõ trước khi dùng số liệu: {'; '.join(outcome.doubts)}." if outcome.doubts else ""
    if closing is None:
        return doubts
    then, now = closing.total, outcome.total
    left = f", {format_count(then.outstanding)} người chưa xác nhận" if then.outstanding else ""
    return (
        f"Số liệu chốt khi hết hạn: {format_share(then.on_time, then.due)} đã xác nhận đúng hạn{left}"
        f"{_explain_since(outcome, then, now)}.{' ' if doubts else ''}{doubts}"
    )


def _explain_since(outcome: Outcome, then: Coverage, now: Coverage) -> str:
    """Say why the figures differ from those at the deadline."""
    ended, late = outcome.deadline.ends_at, outcome.total.late
    granted = {
        kind: sum(
            any(case.kind is kind and case.since >= ended for case in person.cases) for person in outcome.standings
        )
        for kind in (CaseKind.EXTENSION, CaseKind.EXEMPTION)
    }
    extended = sum(person.confirmed_at is not None and person.confirmed_at >= ended for person in outcome.extended)
    in_time = now.on_time - extended
    causes = [
        (granted[CaseKind.EXTENSION], "người được gia hạn riêng"),
        (granted[CaseKind.EXEMPTION], "người được miễn"),
        (late + extended, "người xác nhận sau thời hạn chung"),
        (max(now.concerned - then.concerned, 0), "người thêm vào đối tượng phổ biến"),
        (max(then.concerned - now.concerned, 0), "người không còn thuộc đối tượng phổ biến"),
        (max(then.on_time - in_time, 0), "xác nhận đúng hạn không còn được tính"),
    ]
    said = [f"{format_count(count)} {what}" for count, what in causes if count]
    return f" (sau khi chốt có {format_all(said)})" if said else ""


def format_causes(outcome: Outcome) -> str:
    """Offer what the ledger knows of why people have not confirmed; the rest is for the Office to write."""
    outstanding = outcome.those(State.OUTSTANDING)
    on_leave = sum(person.is_on_leave for person in outstanding)
    extended = sum(any(case.kind is CaseKind.EXTENSION for case in person.cases) for person in outstanding)
    known = [
        f"{format_count(count)} người {why}"
        for count, why in ((on_leave, "đang nghỉ"), (extended, "được gia hạn riêng"))
        if count
    ]
    return f"Nguyên nhân: {', '.join([*known, '…'])}"


def format_yearly_shortly(outcome: Outcome) -> str:
    """Return the two lines for the form of the yearly report."""
    total = outcome.total
    sent = [
        f"{_CHANNELS[channel]} ngày {dispatches[-1].dispatch.sent_on:%d/%m/%Y}"
        for channel in outcome.campaign.channels
        if (dispatches := outcome.sent_on(channel))
    ]
    how = f" ({', '.join(sent)})" if sent else ""
    result = f"{format_share(total.confirmed, total.due)} đã xác nhận đã đọc" if total.due else format_result(total)
    return f"Đã phổ biến {format_document(outcome.post)} đến {outcome.post.audience.format()}{how}; {result}."


def format_yearly(outcome: Outcome) -> str:
    """Return the paragraph for the yearly report."""
    doing = format_carrying_out(outcome.campaign)
    exempt = f"; {format_count(outcome.total.exempt)} người được miễn" if outcome.total.exempt else ""
    spread = (
        f"{f'{doing}, ' if doing else ''}{outcome.department.name} đã phổ biến {format_document(outcome.post)} đến "
        f"{outcome.post.audience.format()}, {format_deadline(outcome.deadline)}."
    )
    sentences = [
        spread,
        format_channels(outcome),
        f"Đến {format_as_of(outcome.as_of)}, {format_result(outcome.total, len(outcome.extended))}{exempt}.",
    ]
    return " ".join(filter(None, sentences))


def format_moment(standing: MemberStanding) -> str:
    """Return when a member confirmed, for a table: ``05/11/2025 09:15``; empty when not."""
    at = standing.confirmed_at
    return f"{at.astimezone(VIET_NAM):%d/%m/%Y %H:%M}" if at else ""


def format_chart(outcome: Outcome) -> str:
    """Say in words what the picture shows, for those who cannot see it."""
    curve = outcome.curve
    point = curve.drawn[-1]
    return (
        f"Biểu đồ cộng dồn từ {curve.first:%d/%m/%Y} đến {curve.last:%d/%m/%Y}: "
        f"{format_share(point.confirmed, point.due)} đã xác nhận đã đọc; "
        f"hạn cuối hết ngày {outcome.deadline.last_day:%d/%m/%Y}."
    )


def format_units(units: Sequence[str], at_most: int = 6) -> str:
    """Name units, or how many there are when they would fill the page."""
    return format_all(units) if len(units) <= at_most else f"{format_count(len(units))} phòng, đơn vị ở Bảng 1"
