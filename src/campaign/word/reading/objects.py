"""Charts and diagrams, whose words are in parts of their own: a chart becomes the table of its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.word.reading.document import Block, Cell, Paragraph, Run, RunStyle, Table
from campaign.word.reading.markup import Element, child, tag

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""

_CACHES = ("c:strCache", "c:numCache", "c:strLit", "c:numLit", "c:lvl")
_BOLD = RunStyle(bold=True)


@dataclass(frozen=True, slots=True)
class _Series:
    """A row of numbers with its name, by the place of each."""

    name: str
    categories: dict[int, str]
    values: dict[int, str]


def read_chart(root: Element) -> list[Block]:
    """Return a chart's titles and the table of its numbers; nothing when it holds neither."""
    found = [_read_series(series) for series in root.iter(tag("c:ser"))]
    titles = [_words(title) for title in root.iter(tag("c:title"))]
    blocks: list[Block] = [Paragraph((Run(title, _BOLD),)) for title in titles if title]
    if series := [each for each in found if each.values]:
        blocks.append(_to_table(series))
    elif words := [text for text in _texts(root) if text not in titles]:
        blocks += [Paragraph((Run(text),)) for text in words]
    return blocks


def read_diagram(root: Element) -> list[Block]:
    """Return the words of a diagram (SmartArt), a point a paragraph."""
    texts = (_words(paragraph) for paragraph in root.iter(tag("a:p")))
    return [Paragraph((Run(text),)) for text in texts if text]


def _read_series(series: Element) -> _Series:
    name = child(series, "c:tx")
    categories, values = (
        next((found for name in names if (found := child(series, name)) is not None), None)
        for names in (("c:cat", "c:xVal"), ("c:val", "c:yVal"))
    )
    label = " ".join(text for text in _points(name).values()) if name is not None else ""
    return _Series(label, _points(categories), _points(values))


def _points(holder: Element | None) -> dict[int, str]:
    """Return what Word last knew of a row of cells, by place; of several levels the innermost is first."""
    points: dict[int, str] = {}
    for cache in (
        [] if holder is None else holder.iter(tag("c:strCache"), tag("c:numCache"), tag("c:lvl"), tag("c:strLit"))
    ):
        code = child(cache, "c:formatCode")
        form = "" if code is None else code.text or ""
        for point in cache.findall(tag("c:pt")):
            at = int(point.get("idx", "0"))
            text = _format(_words(point), point.get("formatCode", form))
            points[at] = f"{text} {points[at]}" if at in points else text
    return points or {at: text for at, text in enumerate(_texts(holder)) if text}


def _format(text: str, form: str) -> str:
    """Write a number as Vietnamese readers expect it, in the form that its cell has; other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    if "yy" in form.lower():
        return f"{_FIRST_DAY + timedelta(days=value):%d/%m/%Y}"
    percent = "%" in form
    return f"{value * 100 if percent else value:.10g}".replace(".", ",") + ("%" if percent else "")


def _to_table(series: list[_Series]) -> Table:
    places = sorted({at for each in series for at in each.values} | set(series[0].categories))
    head = ["", *(each.name or f"Dãy {number}" for number, each in enumerate(series, 1))]
    rows = [[series[0].categories.get(at, str(at + 1)), *(each.values.get(at, "") for each in series)] for at in places]
    cells = (tuple(Cell((Paragraph((Run(text),)),)) for text in row) for row in [head, *rows])
    return Table(tuple(cells), heads=1)


def _words(element: Element) -> str:
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element | None) -> Iterator[str]:
    """Yield the text of *element*: of runs, of cached cells, of the newer charts' points."""
    for found in [] if element is None else element.iter(tag("a:t"), tag("c:v"), tag("cx:pt"), tag("cx:v")):
        yield found.text or ""
