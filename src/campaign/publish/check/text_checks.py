"""Checking the texts of posts: that every word is shown, links, pictures and what is said of them, headings, marks."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError, Place
from campaign.errors.posts import (
    ForeignLoadError,
    PostElementError,
    PostHeadingError,
    PostImageError,
    PostLinkError,
    PostWordsError,
)
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import FrontMatter, split_page
from campaign.posts.links import find_foreign_loads
from campaign.posts.rendering import SCHEMES, to_raw_html, to_safe_html
from campaign.posts.words import find_lost_words
from campaign.publish.check.outline import Finder, Outline, Target, find_target, read_outline
from campaign.publish.check.remarks import Remark

_TOP_LEVEL = 2
"""The page shows the title as the heading above all others."""
_LOADERS = {"audio", "embed", "iframe", "object", "script", "source", "video"}
_OLD_LOOKS = {"acronym", "basefont", "big", "blink", "center", "font", "marquee", "nobr", "strike", "tt"}
"""Elements that only gave words a look."""
_ONE_MACHINE = re.compile(r"file:|[a-z]:[\\/]|\\", re.IGNORECASE)
_MARK = re.compile(
    r"\*\*|~~|==(?=\w)|\|[ \t]*:?-{3,}|[•●▪◦]\t|^[ \t]*\[[ xX]\](?=[ \t])|\[\^[^\[\]\s]+\]"
    r"|\]\s\((?:https?:[^\s()]+|[\w./-]+\.\w{2,4})\)"
)
"""Marks that mean something else when they are shown."""
_LOOK_AGAIN = "xem thử; nếu không đúng ý thì viết lại. “campaign post check --fix” ghi cách đọc này vào tệp."
_NO_LOOK = "chữ vẫn hiện; bỏ định dạng ấy đi cho gọn."
_SHOWN = 60


class TextCheck:
    """Checks one text after another against the files of the content folder; each file is read once."""

    def __init__(
        self, folder: Path, is_shown: Callable[[str], bool], has_file: Callable[[str], bool] | None = None
    ) -> None:
        """Check texts of *folder*.

        Args:
            folder: The content folder.
            is_shown: Says of a file whether readers see it.
            has_file: Says of a file whether it is there; without it, the folder tells.
        """
        self._folder = folder
        self._is_shown = is_shown
        self._has_file = has_file or (lambda path: (folder / path).is_file())
        self._anchors: dict[str, set[str]] = {}

    def check(self, path: str, front: FrontMatter, text: str) -> Iterator[CampaignError | Remark]:
        """Yield what is wrong with the text of a post, and what should be looked at again.

        Args:
            path: Its file.
            front: The file, taken apart: the text as it was typed.
            text: The text as it is shown.
        """
        file, html = to_nfc(path), to_raw_html(text)
        finder, outline = Finder(file, front), read_outline(html)
        yield from self._check_addresses(path, finder, outline, html)
        for source in outline.silent_pictures:
            yield PostImageError(finder.place_of_link(source), source)
        yield from _check_headings(outline, finder)
        yield from _check_elements(outline, finder, has_loads=bool(find_foreign_loads(html)))
        for lost in find_lost_words(front.text, to_safe_html(html)):
            yield PostWordsError(front.place_of(file, lost.at), lost.words)
        for mark in _MARK.finditer("\n".join(outline.texts)):
            problem = f"dấu “{mark[0].strip()}” hiện nguyên như thế trên trang"
            yield Remark(finder.place_of(mark[0].strip()), problem, "nếu không cố ý thì viết lại.")
        fixed = fix_text(front.text)
        if text == fixed.text:
            for kind, group in groupby(
                sorted(fixed.changes, key=lambda change: change.kind.name), lambda found: found.kind
            ):
                first, *others = group
                more = f", và {len(others)} chỗ nữa" if others else ""
                place = Place(file, front.text_line + first.line - 1, first.column)
                typed = first.typed if len(first.typed) <= _SHOWN else f"{first.typed[:_SHOWN]}…"
                yield Remark(place, f"“{typed}”{more}: {kind.value}", _LOOK_AGAIN)

    def check_page(self, path: str) -> Iterator[CampaignError]:
        """Yield the links of a page that is no post which lead nowhere, and what it would load from other machines."""
        front = split_page(to_nfc(path), (self._folder / path).read_bytes())
        html = to_raw_html(front.text)
        yield from self._check_addresses(path, Finder(to_nfc(path), front), read_outline(html), html)

    def _check_addresses(self, path: str, finder: Finder, outline: Outline, html: str) -> Iterator[CampaignError]:
        self._anchors[path] = outline.anchors
        for link in outline.links:
            reason = self._judge(path, link)
            if reason:
                yield PostLinkError(finder.place_of_link(link), link, reason)
        for address in find_foreign_loads(html):
            yield ForeignLoadError(finder.place_of_link(address), address)

    def _judge(self, path: str, link: str) -> str:
        """Say why readers cannot follow a link, or nothing."""
        target = find_target(link, path)
        if target is None:
            return _judge_address(link)
        if target.path.startswith(".."):
            return "dẫn ra ngoài thư mục nội dung"
        if not self._has_file(target.path):
            return "dẫn tới tệp không có"
        if target.path != path and self._is_shown(path) and not self._is_shown(target.path):
            return "dẫn tới bài mà người đọc chưa thấy"
        if not self._has_anchor(target):
            return f"dẫn tới mục “#{target.anchor}” không có trong bài"
        return ""

    def _has_anchor(self, target: Target) -> bool:
        if not target.anchor or not target.path.endswith(".md"):
            return True
        if target.path not in self._anchors and not (self._folder / target.path).is_file():
            return True
        if target.path not in self._anchors:
            front = split_page(target.path, (self._folder / target.path).read_bytes())
            self._anchors[target.path] = read_outline(to_raw_html(front.text)).anchors
        return target.anchor in self._anchors[target.path]


def _judge_address(link: str) -> str:
    if _ONE_MACHINE.match(link):
        return "chỉ mở được trên máy của anh/chị"
    try:
        scheme = urlsplit(link).scheme
    except ValueError:
        return "không phải là một địa chỉ"
    return f"thuộc loại “{scheme}:” mà trang không mở được" if scheme and scheme not in SCHEMES else ""


def _check_elements(outline: Outline, finder: Finder, *, has_loads: bool) -> Iterator[CampaignError | Remark]:
    for name in outline.dropped:
        place = finder.place_of(f"<{name}")
        if name in _OLD_LOOKS:
            yield Remark(place, f"trang không giữ định dạng của thẻ <{name}>", _NO_LOOK)
        elif not has_loads or name not in _LOADERS:
            yield PostElementError(place, name)
    for name in outline.styled:
        yield Remark(finder.place_of(f"{name}="), f"trang không giữ định dạng “{name}”", _NO_LOOK)


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
