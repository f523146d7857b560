"""Headings by their wording: Phần, Chương, Mục, Điều, Phụ lục and ``I. TIÊU ĐỀ``, as Decree 30/2020 sets them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.word.reading.document import Block, Paragraph, Run

_LONGEST = 360
_LONGEST_NAME = 130
"""Characters; a longer line is a heading only when all of it is set apart, bold or in capitals."""

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
_ALONE = re.compile(rf"(?:phần|chương|mục|tiểu\s+mục|phụ\s+lục)\s*(?:(?:số\s+)?{_NUMBER})?\s*[.:]?\s*", re.IGNORECASE)
"""A heading that waits for its title on the next line."""

_LABEL = re.compile(r"\d+\s*[.)]|[a-zđ]\s*[.)]|[-–+•*]|\(")
"""How a line begins that has a number or a bullet of its own."""

_FILLER = re.compile(r"([.…_])[.…_\s]+")
"""Dots to be filled in, which make no line long."""

_ARTICLE_LABEL = re.compile(r"điều\s+\d+[a-zđ]?\s*[.:]?", re.IGNORECASE)
_NO_TITLE = re.compile(r"số\s*:|\d+\s+\D|.*(?:\t|[.…]{3,})\s*\d{1,4}$", re.IGNORECASE | re.DOTALL)
"""A number line, a note ("1 Ban hành …") and a line of a contents list, which some set in the style of a heading."""

_PERHAPS = re.compile(r"\s*(?:phần|chương|mục|tiểu|phụ|điều|[ivxl]+\s*[./)\-–:])", re.IGNORECASE)
_NAMED_ARTICLE = re.compile(r"điều\s+\d+[a-zđ]?\s*[.:]\s*(?-i:[^\W\d_a-zà-ỹ])", re.IGNORECASE)
"""An article and its name, which plain documents do not set apart."""

_ENDS = (".", ";", ":", ",", "!", "?")
_WHOLE = 0.9
_OUTLINE_RANKS = (0, 1, 2, 3, 4, 5, 5, 5, 5)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the runs of its line (label first), and its rank, 0 the highest."""

    runs: tuple[Run, ...]
    rank: int


def find_headings(blocks: Sequence[Block], plain: frozenset[str]) -> Iterator[Block | Heading]:
    """Yield *blocks* with the headings among them marked, each joined with the lines on which its title goes on.

    Args:
        blocks: The document, line by line.
        plain: Lines of the letterhead and signature, which some writers set in the style of a heading.
    """
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not isinstance(block, Paragraph):
            yield block
            continue
        head, *rest = _mark(block, plain)
        if isinstance(head, Heading) and not rest:
            head, at = _with_title(head, block, blocks, at)
        yield from (head, *rest)


def labelled(paragraph: Paragraph) -> tuple[Run, ...]:
    """Return the runs of a paragraph with its label in front."""
    if not paragraph.label:
        return paragraph.runs
    style = paragraph.runs[0].style if paragraph.runs else None
    label = Run(paragraph.label, replace(style, link="")) if style else Run(paragraph.label)
    return (label, *paragraph.runs)


def text_of(runs: Sequence[Run]) -> str:
    """Return the words of *runs*, white space made single."""
    return " ".join("".join(run.text for run in runs).split())


def _mark(paragraph: Paragraph, plain: frozenset[str]) -> tuple[Block | Heading, ...]:
    """Return a paragraph as it is, as a heading, or as a heading with its text below."""
    if paragraph.outline is None and not _PERHAPS.match(paragraph.label + paragraph.text[:_LONGEST]):
        return (paragraph,)
    runs = labelled(paragraph)
    text = text_of(runs)
    if not text or any(run.picture for run in runs) or "|" in text or _NO_TITLE.match(paragraph.text):
        return (paragraph,)
    rank = _rank_of(text)
    length = len(_FILLER.sub(r"\1", text))
    is_short = length <= _LONGEST_NAME or (length <= _LONGEST and _is_whole(runs, text))
    if rank is None:
        is_heading = paragraph.outline is not None and is_short and text not in plain and not text.endswith((";", ","))
        return (Heading(runs, _OUTLINE_RANKS[paragraph.outline or 0]) if is_heading else paragraph,)
    is_marked = paragraph.outline is not None or _is_marked(runs, text)
    is_named = length <= _LONGEST_NAME and not text.endswith(_ENDS)
    if rank == _ARTICLE and not (is_named or (is_short and _is_whole(runs, text))):
        return _split_article(paragraph, runs) if is_marked else (paragraph,)
    is_heading = is_short and (is_marked or (rank == _ARTICLE and bool(_NAMED_ARTICLE.match(text))))
    return (Heading(runs, rank) if is_heading else paragraph,)


def _rank_of(text: str) -> int | None:
    return next((rank for rank, pattern in _KINDS if pattern.match(text)), None)


def _is_marked(runs: Sequence[Run], text: str) -> bool:
    """Say whether the line is set apart: it begins bold, or it is in capitals."""
    first = next((run for run in runs if run.text.strip()), None)
    return (first is not None and first.style.bold) or _is_capital(text)


def _is_whole(runs: Sequence[Run], text: str) -> bool:
    """Say whether all of a line is set apart."""
    letters = [run.style.bold for run in runs for character in run.text if character.isalnum()]
    return sum(letters) >= _WHOLE * len(letters) or _is_capital(text)


def _is_capital(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) > 0.8 * len(letters)


def _split_article(paragraph: Paragraph, runs: tuple[Run, ...]) -> tuple[Block | Heading, ...]:
    """Give an article its number as heading, and keep its text below."""
    text = "".join(run.text for run in runs)
    lead = len(text) - len(text.lstrip())
    match = _ARTICLE_LABEL.match(text.lstrip())
    if match is None:
        return (paragraph,)
    head, rest = cut(runs, lead + match.end())
    below = replace(paragraph, runs=rest, label="", outline=None)
    return (Heading(head, _ARTICLE),) if below.is_empty else (Heading(head, _ARTICLE), below)


def cut(runs: Sequence[Run], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
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


def _with_title(head: Heading, block: Paragraph, blocks: Sequence[Block], at: int) -> tuple[Heading, int]:
    """Return a heading with the lines below on which its title stands or goes on, and where to read on."""
    text = text_of(head.runs)
    if _ALONE.fullmatch(text):
        place = next((place for place in range(at, len(blocks)) if not _is_blank(blocks[place])), len(blocks))
        title = blocks[place] if place < len(blocks) else None
        if not isinstance(title, Paragraph) or not _is_title(title):
            return head, at
        runs = labelled(title)
        head = Heading((*head.runs, Run(" " if text.endswith((".", ":")) else ". "), *runs), head.rank)
        block, at = title, place + 1
    while at < len(blocks) and isinstance(below := blocks[at], Paragraph) and _goes_on(block, below):
        head = Heading((*head.runs, Run(" "), *below.runs), head.rank)
        block, at = below, at + 1
    return head, at


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.is_empty


def _is_title(paragraph: Paragraph) -> bool:
    """Say whether a line below a heading that stands alone is its title."""
    runs = labelled(paragraph)
    text = text_of(runs)
    is_line = _rank_of(text) is None and len(text) <= _LONGEST and not any(run.picture for run in runs)
    return is_line and _is_marked(runs, text)


def _goes_on(line: Paragraph, below: Paragraph) -> bool:
    """Say whether a title goes on in the line *below* it: in the same style, without a label, after no end mark."""
    text, more = text_of(line.runs), text_of(below.runs)
    if not more or below.label or _LABEL.match(more) or _rank_of(more) is not None or text.endswith((".", ":", ";")):
        return False
    are_capital = _is_capital(text) and _is_capital(more)
    are_centred = line.is_centred and below.is_centred and _is_whole(line.runs, text) and _is_whole(below.runs, more)
    return (are_capital or are_centred) and line.is_centred == below.is_centred and len(more) <= _LONGEST
