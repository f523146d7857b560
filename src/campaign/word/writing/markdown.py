"""Blocks as Markdown: what an editor can read and change, and what renders to the words and labels of the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from campaign.core.text import to_nfc
from campaign.word.official.headings import Heading, find_headings, labelled
from campaign.word.official.layouts import count_heads, holds_data
from campaign.word.official.lines import split_lines
from campaign.word.reading.document import Block, Cell, Document, Paragraph, Run, RunStyle, Table
from campaign.word.writing.escaping import escape_start, to_html, to_markdown, write_picture

_HIGHEST = 2
_LOWEST = 6


def write_markdown(document: Document, plain: frozenset[str] = frozenset()) -> str:
    """Write a document's body and notes; the lines of *plain* are no headings whatever their style."""
    parts: list[str] = []
    above: list[int] = []
    for block in find_headings(list(split_lines(_unwrap(document.blocks))), plain):
        parts += _write_heading(block, above) if isinstance(block, Heading) else _write(block)
    parts += [_write_note(number, note) for number, note in enumerate(document.notes, 1)]
    return to_nfc("\n\n".join(part for part in parts if part)) + "\n"


def _unwrap(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield *blocks*, tables that only lay out text replaced by what is in their cells."""
    for block in blocks:
        if isinstance(block, Table) and not holds_data(block):
            for row in block.rows:
                for cell in row:
                    yield from _unwrap(cell.blocks)
        else:
            yield block


def _write_heading(heading: Heading, above: list[int]) -> list[str]:
    """Write a heading one level below the one it stands under; *above* holds the ranks of those, and is updated."""
    while above and above[-1] >= heading.rank:
        above.pop()
    above.append(heading.rank)
    level = min(_HIGHEST + len(above) - 1, _LOWEST)
    return [f"{'#' * level} {_one_line(to_markdown(_plain(heading.runs)))}"]


def _write(block: Block) -> list[str]:
    return _write_table(block) if isinstance(block, Table) else [_write_paragraph(block)]


def _plain(runs: Iterable[Run]) -> list[Run]:
    return [replace(run, style=RunStyle(italic=run.style.italic, link=run.style.link)) for run in runs]


def _write_paragraph(paragraph: Paragraph) -> str:
    if paragraph.is_empty:
        return ""
    return escape_start(_one_line(to_markdown(labelled(paragraph))))


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _write_note(number: int, blocks: Sequence[Block]) -> str:
    texts = [_write_paragraph(block) if isinstance(block, Paragraph) else to_html_table(block)
             for block in split_lines(blocks)]  # fmt: skip
    return f"[^{number}]: " + "\n\n    ".join(text for text in texts if text)


def _write_table(table: Table) -> list[str]:
    runs = [run for row in table.rows for cell in row for item in cell.paragraphs() for run in labelled(item)]
    if not any(run.text.strip() or run.note or run.picture for run in runs):
        return []
    heads = count_heads(table)
    if heads == 1 and _is_simple(table):
        lines = [[_write_cell(cell) for cell in row] for row in table.rows]
        rule = ["---"] * len(lines[0])
        return ["\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))]
    notes = " ".join(f"({number})[^{number}]" for number in sorted({run.note for run in runs if run.note}))
    pictures = " ".join(write_picture(run) for run in runs if run.picture)
    return [to_html_table(table, heads), notes and f"Chú thích trong bảng: {notes}", pictures]


def _is_simple(table: Table) -> bool:
    """Say whether a pipe table can show it: a plain grid of paragraphs."""
    width = len(table.rows[0])
    return width > 1 and all(
        len(row) == width
        and all(cell.columns == cell.rows == 1 and all(isinstance(block, Paragraph) for block in cell.blocks)
                for cell in row)
        for row in table.rows
    )  # fmt: skip


def _write_cell(cell: Cell) -> str:
    texts = [_write_paragraph(item) for item in split_lines(cell.blocks) if isinstance(item, Paragraph)]
    return "<br>".join(text for text in texts if text) or " "


def to_html_table(table: Table, heads: int = 0) -> str:
    """Write a table as HTML, on lines without an empty one between; its first *heads* rows as its head."""
    lines = ["<table>", *(["<thead>"] if heads else [])]
    for at, row in enumerate(table.rows):
        lines += ["</thead>", "<tbody>"] if heads and at == heads else []
        lines += ["<tr>", *(_to_html_cell(cell, is_head=at < heads) for cell in row), "</tr>"]
    return "\n".join([*lines, *(["</tbody>"] if heads else []), "</table>"])


def _to_html_cell(cell: Cell, *, is_head: bool) -> str:
    name, scope = ("th", ' scope="col"') if is_head else ("td", "")
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1
    )
    texts: list[str] = []
    for item in split_lines(cell.blocks):
        if isinstance(item, Table):
            texts.append(to_html_table(item, count_heads(item)))
        elif not item.is_empty:
            texts.append(_one_line(to_html(labelled(item))))
    return f"<{name}{scope}{spans}>{'<br>'.join(texts)}</{name}>"
