"""Headings by their wording: Phần, Chương, Mục, Điều, Phụ lục and ``I. TIÊU ĐỀ``, as Decree 30/2020 sets them."""

import re
from dataclasses import dataclass, replace

from campaign.word.reading.document import Block, Paragraph, Run

LONGEST = 260
_LONGEST_ARTICLE = 200
"""An article whose text begins on the line of its number is only a heading while it is this short."""

_NUMBER = r"(?:[IVXLC]+|\d+[a-zđ]?|thứ\s+\w+|[A-ZĐ])"
_KINDS = (
    (0, re.compile(rf"phần\s+{_NUMBER}\b|phụ\s+lục(?:\s+(?:số\s+)?{_NUMBER}\b|\s*[.:]?\s*$)", re.IGNORECASE)),
    (1, re.compile(rf"chương\s+{_NUMBER}\b", re.IGNORECASE)),
    (2, re.compile(rf"mục\s+{_NUMBER}\b", re.IGNORECASE)),
    (3, re.compile(rf"tiểu\s+mục\s+{_NUMBER}\b", re.IGNORECASE)),
    (4, re.compile(r"điều\s+\d+[a-zđ]?\s*(?:[.:/–-]|$)", re.IGNORECASE)),
    (2, re.compile(r"[IVXL]+\s*[./)\-–:]\s*\S|[IVXL]+\s*[./]\s*$")),
)
_ARTICLE = 4
_STANDS_ALONE = re.compile(
    rf"(?:phần|chương|mục|tiểu\s+mục|phụ\s+lục)\s*(?:(?:số\s+)?{_NUMBER})?\s*[.:]?\s*", re.IGNORECASE
)
"""A heading that waits for its title on the next line."""

_FILLER = re.compile(r"([.…_])[.…_\s]+")
"""Dots to be filled in, which make no line long."""

_ARTICLE_LABEL = re.compile(r"điều\s+\d+[a-zđ]?\s*[.:]?", re.IGNORECASE)
_OUTLINE_RANKS = (0, 1, 2, 3, 4, 5, 5, 5, 5)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the runs of its line (label first), and its rank, 0 the highest."""

    runs: tuple[Run, ...]
    rank: int


def find_headings(blocks: list[Block], plain: frozenset[str]) -> list[Block | Heading]:
    """Return *blocks* with the headings among them marked, each joined with the title on the line below.

    Args:
        blocks: The document, line by line.
        plain: Lines of the letterhead and signature, which some writers set in the style of a heading.
    """
    found: list[Block | Heading] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        marked: list[Block | Heading] = [block]
        if isinstance(block, Paragraph) and (
            text_of(block.runs) not in plain or _rank_of(text_of(block.runs)) is not None
        ):
            marked = _mark(block)
        head = marked[0]
        if isinstance(head, Heading) and _STANDS_ALONE.fullmatch(text_of(head.runs)):
            title, at = _title_below(blocks, at)
            marked = [Heading(_join(head.runs, title), head.rank)] if title else marked
        found += marked
    return found


def labelled(paragraph: Paragraph) -> tuple[Run, ...]:
    """Return the runs of a paragraph with its label in front."""
    if not paragraph.label:
        return paragraph.runs
    style = paragraph.runs[0].style if paragraph.runs else None
    label = Run(paragraph.label, replace(style, link="")) if style else Run(paragraph.label)
    return (label, *paragraph.runs)


def text_of(runs: tuple[Run, ...]) -> str:
    """Return the words of *runs*, white space made single."""
    return " ".join("".join(run.text for run in runs).split())


def _mark(paragraph: Paragraph) -> list[Block | Heading]:
    runs = labelled(paragraph)
    text = text_of(runs)
    if not text or any(run.picture for run in runs) or "|" in text:
        return [paragraph]
    rank = _rank_of(text)
    if rank is None or not (_is_marked(runs, text) or paragraph.outline is not None):
        is_heading = paragraph.outline is not None and len(text) <= LONGEST
        return [Heading(runs, _OUTLINE_RANKS[paragraph.outline or 0])] if is_heading else [paragraph]
    if rank == _ARTICLE and len(_FILLER.sub(r"\1", text)) > _LONGEST_ARTICLE and not _is_bold(runs, 0.9):
        return _split_article(paragraph, runs)
    return [Heading(runs, rank)] if len(text) <= LONGEST + 100 else [paragraph]


def _rank_of(text: str) -> int | None:
    return next((rank for rank, pattern in _KINDS if pattern.match(text)), None)


def _is_marked(runs: tuple[Run, ...], text: str) -> bool:
    """Say whether the line is set apart: it begins bold, or it is in capitals."""
    first = next((run for run in runs if run.text.strip()), None)
    if first is not None and first.style.bold:
        return True
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) > 0.8 * len(letters)


def _is_bold(runs: tuple[Run, ...], share: float) -> bool:
    total = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.style.bold) >= share * total


def _split_article(paragraph: Paragraph, runs: tuple[Run, ...]) -> list[Block | Heading]:
    """Give a long article its number as heading, and keep its text below."""
    text = "".join(run.text for run in runs)
    lead = len(text) - len(text.lstrip())
    match = _ARTICLE_LABEL.match(text.lstrip())
    if match is None:
        return [paragraph]
    head, rest = cut(runs, lead + match.end())
    return [Heading(head, _ARTICLE), replace(paragraph, runs=rest, label="", outline=None)]


def cut(runs: tuple[Run, ...], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Cut *runs* after *at* characters."""
    head: list[Run] = []
    rest: list[Run] = []
    for run in runs:
        if run.text and at >= len(run.text):
            head.append(run)
        elif at > 0 and run.text:
            head.append(replace(run, text=run.text[:at]))
            rest.append(replace(run, text=run.text[at:]))
        else:
            (rest if rest or at <= 0 else head).append(run)
        at -= len(run.text)
    return tuple(head), tuple(rest)


def _title_below(blocks: list[Block], at: int) -> tuple[tuple[Run, ...], int]:
    """Return the title of a heading and where to go on: the next line that says something, if it is set apart."""
    for place in range(at, len(blocks)):
        block = blocks[place]
        if not isinstance(block, Paragraph):
            break
        if block.is_empty:
            continue
        runs = labelled(block)
        text = text_of(runs)
        is_title = _rank_of(text) is None and len(text) <= LONGEST and not any(run.picture for run in runs)
        return (runs, place + 1) if is_title and _is_marked(runs, text) else ((), at)
    return (), at


def _join(head: tuple[Run, ...], title: tuple[Run, ...]) -> tuple[Run, ...]:
    ends = text_of(head).endswith((".", ":"))
    return (*head, Run(" " if ends else ". "), *title)
