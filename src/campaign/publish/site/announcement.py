"""The words with which a post is sent out on each channel, short and long, ready to be pasted."""

from dataclasses import dataclass

from campaign.core.dispatch import Channel
from campaign.core.post import Post


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


def announce(post: Post, address: str) -> tuple[Announcement, ...]:
    """Return the words for each channel.

    Args:
        post: The post.
        address: Its full address on the site.
    """
    notice = f"{post.title}. {post.summary} Đọc toàn văn: {address}"
    return (
        Announcement(Channel.WEBSITE, notice, _for_website(post, address)),
        Announcement(Channel.DOCUMENT_SYSTEM, _request(post, address), _for_document_system(post, address)),
    )


def _request(post: Post, address: str) -> str:
    """Ask for what is asked for, in one sentence."""
    who = post.audience.format()
    if post.deadline is None:
        return f"{post.lead_unit} gửi {who} bài “{post.title}”. Đọc tại: {address}"
    return (
        f"{post.lead_unit} đề nghị {who} đọc bài “{post.title}” và xác nhận đã đọc {post.deadline.named} "
        f"(hạn cuối: {post.deadline.format()}). Đọc và xác nhận tại: {address}"
    )


def _for_website(post: Post, address: str) -> str:
    paragraphs = [post.title, post.summary, *_source(post)]
    if post.deadline:
        paragraphs.append(f"Hạn cuối xác nhận đã đọc: {post.deadline.format()}.")
    return "\n\n".join([*paragraphs, f"Đọc toàn văn: {address}", f"Đơn vị chủ trì: {post.lead_unit}."])


def _for_document_system(post: Post, address: str) -> str:
    paragraphs = [f"Kính gửi: {post.audience.format()}.", *_source(post), _request(post, address), post.summary]
    if post.deadline:
        paragraphs.append("Không vào được trang thì báo Văn phòng để nhận phiếu truy cập hoặc xác nhận trên giấy.")
    together = f" Phối hợp: {', '.join(post.cooperating_units)}." if post.cooperating_units else ""
    return "\n\n".join([*paragraphs, f"Chủ trì: {post.lead_unit}.{together}"])


def _source(post: Post) -> list[str]:
    source = post.source_document
    return [f"Văn bản nguồn: {source.format()}, {source.subject}."] if source else []
