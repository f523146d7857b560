"""What changed between two revisions of a post, word by word, as readers are shown it."""

import re
from collections.abc import Iterator
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
    before, after = _parts(old), _parts(new)
    changed = [
        ChangedPart(name, _compare_words(text, after[name])) for name, text in before.items() if text != after[name]
    ]
    for is_same, removed, added in _compare(_paragraphs(old.text), _paragraphs(new.text), "\n"):
        if not is_same:
            changed.append(ChangedPart("Nội dung", _compare_words(removed, added)))
    return tuple(changed)


def _parts(post: Post) -> dict[str, str]:
    """Return what is compared as a whole, by its name as people read it."""
    source = post.source_document
    return {
        "Tiêu đề": post.title,
        "Tóm tắt": post.summary,
        "Văn bản nguồn": f"{source.format()}: {source.subject}" if source else "",
        "Thời hạn": post.deadline.format() if post.deadline else "",
        "Người cần xác nhận": post.audience.format(),
        "Cách tính người": post.roster.label,
        "Câu xác nhận": post.sentence or "",
        "Hình và tệp kèm theo": "; ".join(f"{file.format()}, mã {file.digest[:16]}" for file in post.attachments),
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _compare_words(old: str, new: str) -> tuple[Piece, ...]:
    runs = _compare(re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new), "")
    return tuple(Piece(same=added) if is_same else Piece("", removed, added) for is_same, removed, added in runs)


def _compare(old: list[str], new: list[str], separator: str) -> Iterator[tuple[bool, str, str]]:
    """Yield runs of *old* and *new*, joined, and whether they are the same."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", separator.join(old[start:end]), separator.join(new[new_start:new_end])
