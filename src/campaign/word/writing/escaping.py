"""Text as Markdown that shows exactly that text: whatever Markdown would read as a mark is escaped."""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from campaign.word.reading.document import Raised, Run, RunStyle

_ANYWHERE = re.compile(r"([\\`*_{}\[\]#])")
_AMPERSAND = re.compile(r"&(?=#?\w+;)")
"""One that would be read as the beginning of a character's name; any other, as in "R&D", stays as it was typed."""

_ENTITIES = str.maketrans({"<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"})
_HTML_ENTITIES = _ENTITIES | {ord(mark): f"&#{ord(mark)};" for mark in '&"*_`[]\\'}
_FIRST = (
    (re.compile(r"^(\d+)([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^([-+]|!(?!\[))"), r"\\\1"),  # A typed "[" has its own mark: "![" is a picture.
    (re.compile(r"^([:=])"), lambda found: f"&#{ord(found.group(1))};"),
)
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def escape(text: str) -> str:
    """Escape what means something anywhere in a line."""
    return _ANYWHERE.sub(r"\\\1", _AMPERSAND.sub("&amp;", text)).translate(_ENTITIES)


def escape_start(line: str) -> str:
    """Escape what means something only where a line begins: a typed "1." would become a list with other labels."""
    for pattern, replacement in _FIRST:
        line = pattern.sub(replacement, line)
    return line


def to_html_text(text: str) -> str:
    """Escape *text* for HTML, and what Markdown could read as a mark should the HTML ever be rendered as such."""
    return text.translate(_HTML_ENTITIES)


def to_markdown(runs: Iterable[Run]) -> str:
    """Write runs as one line of Markdown."""
    merged = _merge_spaces(list(runs))
    as_html = _touches(merged)
    return "".join(_write_run(run, as_html=as_html) for run in merged)


def to_html(runs: Iterable[Run]) -> str:
    """Write runs as HTML; a note is its number, raised."""
    return "".join(_write_html(run) for run in _merge_spaces(list(runs)))


def _merge_spaces(runs: list[Run]) -> list[Run]:
    """Join runs of one style; white space takes the style of its neighbours, so that marks never touch spaces."""
    shown: list[Run] = []
    for style_and_kind, group in groupby(runs, lambda run: (run.style, bool(run.note or run.picture))):
        items = list(group)
        if style_and_kind[1]:
            shown += items
            continue
        text = "".join(run.text for run in items)
        previous = shown[-1] if shown and not (shown[-1].note or shown[-1].picture) else None
        if previous is not None and (not text.strip() or previous.style == style_and_kind[0]):
            shown[-1] = Run(previous.text + text, previous.style)
        else:
            shown.append(Run(text, style_and_kind[0]))
    return shown


def _marks(style: RunStyle) -> str:
    return "*" * (2 * style.bold + style.italic)


def _touches(runs: list[Run]) -> bool:
    """Say whether two marked runs stand against each other without a space: their stars would run together."""
    return any(
        _marks(left.style) and _marks(right.style) and left.text[-1:].strip() and right.text[:1].strip()
        for left, right in pairwise(runs)
    )


def _write_run(run: Run, *, as_html: bool) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.picture:
        return write_picture(run)
    edges = _EDGES.match(run.text)
    before, inner, after = edges.groups() if edges else ("", run.text, "")
    if not inner:
        return run.text
    text = escape(inner)
    marks = _marks(run.style)
    if not any(character.isalnum() for character in inner):
        marks = ""  # Bold dots and dashes: marks around them would only break.
    text = _wrap_html(text, run.style, with_weight=as_html)
    if marks and not as_html:
        text = f"{marks}{text}{marks}"
    if run.style.link:
        text = f"[{text}](<{run.style.link}>)"
    return f"{before}{text}{after}"


def write_picture(run: Run) -> str:
    """Write a picture, with words in its place for those who cannot see it."""
    number = "".join(character for character in run.picture if character.isdecimal())
    return f"![Hình {number} trong văn bản gốc]({run.picture})"


def _wrap_html(text: str, style: RunStyle, *, with_weight: bool) -> str:
    if style.raised is not Raised.NO:
        text = f"<{style.raised}>{text}</{style.raised}>"
    if style.struck:
        text = f"<s>{text}</s>"
    if with_weight and style.italic:
        text = f"<em>{text}</em>"
    if with_weight and style.bold:
        text = f"<strong>{text}</strong>"
    return text


def _write_html(run: Run) -> str:
    if run.note:
        return f"<sup>({run.note})</sup>"
    if run.picture:
        return ""  # It stands below the table: in raw HTML nothing would set its address right.
    text = _wrap_html(to_html_text(run.text), run.style, with_weight=bool(run.text.strip()))
    return f'<a href="{to_html_text(run.style.link)}">{text}</a>' if run.style.link else text
