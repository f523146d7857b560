"""What changed between two revisions of a post, word by word, as readers are shown it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaign.core.post import Post


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: it stayed the same, or it went, or came, or was replaced.

    Attributes:
        same: Words that both revisions have.
        removed: Words that only the earlier one has.
        added: Words that only the later one has.
    """

    same: str = ""
    removed: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of a post that differs.

    Attributes:
        label: The name of the part as people read it.
        pieces: The words of both revisions in reading order.
    """

    label: str
    pieces: tuple[Piece, ...]


def compare_posts(old: Post, new: Post) -> tuple[ChangedPart, ...]:
    """Return the parts that differ between two revisions of one post; unchanged paragraphs are left out."""
    parts = (
        ("Tiêu đề", old.title, new.title),
        ("Tóm tắt", old.summary, new.summary),
        ("Văn bản nguồn", _source(old), _source(new)),
        ("Thời hạn", _deadline(old), _deadline(new)),
        ("Người cần xác nhận", old.audience.format(), new.audience.format()),
        ("Cách tính người", old.roster.label, new.roster.label),
        ("Câu xác nhận", old.sentence or "", new.sentence or ""),
    )
    changed = [ChangedPart(label, _compare_words(before, after)) for label, before, after in parts if before != after]
    return (*changed, *_compare_paragraphs(old.text, new.text))


def _compare_paragraphs(old: str, new: str) -> list[ChangedPart]:
    before, after = _paragraphs(old), _paragraphs(new)
    changed = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            pieces = _compare_words("\n".join(before[start:end]), "\n".join(after[new_start:new_end]))
            changed.append(ChangedPart("Nội dung", pieces))
    return changed


def _compare_words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[start:end]), "".join(after[new_start:new_end])
        pieces.append(Piece(same=added) if kind == "equal" else Piece(removed=removed, added=added))
    return tuple(pieces)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _source(post: Post) -> str:
    return f"{post.source_document.format()}: {post.source_document.subject}" if post.source_document else ""


def _deadline(post: Post) -> str:
    return post.deadline.format() if post.deadline else ""
