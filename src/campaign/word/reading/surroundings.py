"""What a document holds beside its text: comments, changes not yet accepted, headers and footers."""

import re
from collections.abc import Iterator

from campaign.core.text import to_nfc
from campaign.word.reading.archive import Archive
from campaign.word.reading.markup import Element, tag

_LONGEST_SHOWN = 80
_PAGE_NUMBER = re.compile(r"trang|page|\bof\b", re.IGNORECASE)
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


def describe_surroundings(archive: Archive, root: Element) -> Iterator[str]:
    """Yield a remark for each thing of these that an editor would miss in the post."""
    comments = archive.parse(archive.part("comments"))
    if comments is not None and (count := len(comments.findall(tag("w:comment")))):
        yield f"{count} lời bình (comment) của người soạn không đưa vào bài"
    if count := sum(1 for _ in root.iter(*map(tag, _CHANGES))):
        yield f"văn bản còn {count} chỗ sửa chưa chốt (Track Changes): bài lấy bản đã chấp nhận mọi chỗ sửa"
    if next(root.iter(tag("w:altChunk")), None) is not None:
        yield "văn bản nhúng cả một tệp khác, phần ấy không đưa vào bài"
    kinds = archive.relationships(archive.main).values()
    edges = (archive.parse(item.target) for item in kinds if item.kind in {"header", "footer"} and not item.is_external)
    texts = dict.fromkeys(text for edge in edges if edge is not None for text in _texts(edge))
    if texts:
        shown = to_nfc("; ".join(texts))
        cut = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
        yield f"chữ ở đầu trang, chân trang không đưa vào bài: “{cut}”"


def _texts(edge: Element) -> Iterator[str]:
    for paragraph in edge.iter(tag("w:p")):
        text = " ".join("".join(found.text or "" for found in paragraph.iter(tag("w:t"))).split())
        if any(letter.isalpha() for letter in _PAGE_NUMBER.sub("", text)):
            yield text
