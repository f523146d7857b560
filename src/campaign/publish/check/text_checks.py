"""Checking the texts of posts: links, anchors, pictures and what is said of them, the order of headings."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError
from campaign.errors.posts import PostHeadingError, PostImageError, PostLinkError
from campaign.posts.front_matter import FrontMatter, without_front_matter
from campaign.publish.check.outline import Finder, Outline, Target, find_target, read_outline

_TOP_LEVEL = 2
"""The page shows the title as the heading above all others."""


class TextCheck:
    """Checks one text after another against the files of the content folder; each file is read once."""

    def __init__(self, folder: Path, shown: Mapping[str, bool]) -> None:
        """Check texts of *folder*, in which readers see those posts that are *shown*."""
        self._folder = folder
        self._shown = shown
        self._anchors: dict[str, set[str]] = {}

    def check(self, path: str, front: FrontMatter) -> Iterator[CampaignError]:
        """Yield the faults of the text of the post in the file *path*."""
        finder = Finder(to_nfc(path), front.text, front.text_line)
        outline = read_outline(front.text)
        self._anchors[path] = outline.anchors
        for link in outline.links:
            target = find_target(link, path)
            reason = self._judge(path, target) if target else ""
            if reason:
                yield PostLinkError(finder.place_of_link(link), link, reason)
        for source in outline.silent_pictures:
            yield PostImageError(finder.place_of_link(source), source)
        yield from _check_headings(outline, finder)

    def _judge(self, path: str, target: Target) -> str:
        """Say why readers cannot follow a link, or nothing."""
        if target.path.startswith(".."):
            return "dẫn ra ngoài thư mục nội dung"
        if not (self._folder / target.path).is_file():
            return "dẫn tới tệp không có"
        if self._shown.get(path) and not self._shown.get(target.path, True):
            return "dẫn tới bài mà người đọc chưa thấy"
        if target.anchor and target.path.endswith(".md") and target.anchor not in self._anchors_of(target.path):
            return f"dẫn tới mục “#{target.anchor}” không có trong bài"
        return ""

    def _anchors_of(self, path: str) -> set[str]:
        if path not in self._anchors:
            text = (self._folder / path).read_text("utf-8-sig", errors="replace")
            self._anchors[path] = read_outline(without_front_matter(text)).anchors
        return self._anchors[path]


def _check_headings(outline: Outline, finder: Finder) -> Iterator[CampaignError]:
    above = _TOP_LEVEL - 1
    for heading in outline.headings:
        reason = ""
        if heading.level < _TOP_LEVEL:
            reason = "ngang cấp với tên bài"
        elif heading.level > above + 1:
            reason = f"nhảy từ cấp {above} xuống cấp {heading.level}"
        if reason:
            yield PostHeadingError(finder.place_of_heading(heading), heading.words, reason)
        above = max(heading.level, _TOP_LEVEL - 1)
