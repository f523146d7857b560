"""The words with which a post is sent out on each channel, short and long, ready to be pasted."""

from dataclasses import dataclass

from campaign.core.dispatch import Channel
from campaign.core.post import Post
from campaign.core.source_document import UNVERIFIED


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is pasted into one channel.

    Attributes:
        short: One paragraph, for a subject line or a list.
        long: Several paragraphs, for the message itself.
    """

    channel: Channel
    short: str
    long: str


def format_announcements(post: Post, address: str) -> tuple[Announcement, ...]:
    """Return the words for each channel.

    Args:
        post: The post.
        address: Its full address on the site.
    """
    who, source, deadline = post.audience.format(), post.source_document, post.deadline
    request = f"{post.leads} gửi {who} bài “{post.title}”. Đọc tại: {address}"
    last_day, other_ways = [], []
    if deadline:
        request = (
            f"{post.leads} đề nghị {who} đọc bài “{post.title}” và xác nhận đã đọc {deadline.named} "
            f"(hạn cuối: {deadline.format()}). Đọc và xác nhận tại: {address}"
        )
        last_day = [f"Hạn cuối xác nhận đã đọc: {deadline.format()}."]
        other_ways = ["Không vào được trang thì báo Văn phòng để nhận phiếu truy cập hoặc xác nhận trên giấy."]
    sources = [f"Văn bản nguồn: {source.format()}, {source.subject}."] if source else []
    together = f" Phối hợp: {', '.join(post.cooperating_units)}." if post.cooperating_units else ""
    if source and source.url:
        sources += [f"Toàn văn văn bản: {source.url}"]
    if source and not post.verified:
        sources += [UNVERIFIED]
    if post.listed:
        sources += [f"Tệp kèm theo: {'; '.join(file.format() for file in post.listed)}."]
    address_and_lead = [f"Xem bài: {address}", f"Đơn vị chủ trì: {post.leads}."]
    notice = f"{post.title}. {post.summary} Xem bài: {address}"
    for_website = [post.title, post.summary, *sources, *last_day, *address_and_lead]
    lead = f"Chủ trì: {post.leads}.{together}"
    for_documents = [f"Kính gửi: {who}.", *sources, request, post.summary, *other_ways, lead]
    return (
        Announcement(Channel.WEBSITE, notice, "\n\n".join(for_website)),
        Announcement(Channel.DOCUMENT_SYSTEM, request, "\n\n".join(for_documents)),
    )
