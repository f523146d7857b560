"""What is drawn in a paragraph: boxes of text, pictures, charts, diagrams, shapes, embedded files."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from campaign.word.reading.markup import Element, choices, prefixed, tag

TICK_BOX = "☐"
_LARGEST_TICK_BOX = 1.0
"""Centimetres: a rectangle this small with nothing in it is a box to tick."""

_THIN = 0.1
_EMU_PER_CM = 360_000
_LINES = re.compile(r"line|(?:straight|bent|curved)Connector\d?$")
_VML_LINES = re.compile(r"#_x0000_t(?:20|3[2-9]|40)$")
_VML_SHAPES = {"v:rect", "v:roundrect", "v:oval", "v:shape", "v:polyline", "v:curve", "v:arc", "v:line"}
_RECTANGLES = {"rect", "roundRect", "v:rect", "v:roundrect"}
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d*\.?\d+)(pt|in|cm|mm|px)?", re.IGNORECASE)
_CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "": 2.54 / 72}
_FILE_NAME = re.compile(r"\\|\.\w{3,4}$")
_GROUPS = {"wpg:wgp", "wpg:grpSp", "wpc:wpc", "v:group"}


class Found(Enum):
    """What was found in a drawing."""

    TEXT = auto()
    BOX = auto()
    PICTURE = auto()
    CHART = auto()
    DIAGRAM = auto()
    SHAPE = auto()
    LINE = auto()
    FLOWCHART = auto()
    EMBEDDED = auto()
    UNKNOWN = auto()


_LEAVES = {
    "w:txbxContent": Found.BOX, "c:chart": Found.CHART, "cx:chart": Found.CHART, "dgm:relIds": Found.DIAGRAM,
    "a:blip": Found.PICTURE, "v:imagedata": Found.PICTURE, "o:OLEObject": Found.EMBEDDED, "w:control": Found.EMBEDDED,
    "w14:contentPart": Found.UNKNOWN, "w:subDoc": Found.EMBEDDED,
}  # fmt: skip
_HOLD_SOMETHING = {"w:txbxContent", "a:blip", "v:imagedata", "v:textpath"}


def find_drawn(drawing: Element) -> Iterator[tuple[Found, Element | str]]:
    """Yield what is in a drawing, in its order: text that stands for it, or the element to go on with.

    What is inside a box belongs to its paragraphs and is not looked into. Lines that only rule the page are nothing.
    """
    name = prefixed(drawing)
    found = [(_LEAVES[name], drawing)] if name in _LEAVES else list(_walk(drawing))
    kinds = {kind for kind, _ in found}
    for kind, inner in found:
        has_preview = kind is Found.EMBEDDED and Found.PICTURE in kinds
        if kind not in {Found.SHAPE, Found.LINE} and not has_preview:
            yield kind, inner
    if Found.BOX in kinds and any(prefixed(inner) in _GROUPS for inner in drawing.iter()):
        yield Found.FLOWCHART, drawing
    elif Found.SHAPE in kinds:
        yield Found.SHAPE, drawing
    elif not kinds and name == "w:drawing":
        yield Found.UNKNOWN, drawing


def _walk(element: Element) -> Iterator[tuple[Found, Element | str]]:
    for inner in choices(element):
        name = prefixed(inner)
        if name in _LEAVES:
            yield _LEAVES[name], inner
        elif name == "v:textpath":
            yield Found.TEXT, inner.get("string", "")
        elif (name == "wps:wsp" or name in _VML_SHAPES) and not _holds_something(inner):
            yield _judge_shape(inner)
        elif name != "v:shapetype":
            yield from _walk(inner)


def _holds_something(shape: Element) -> bool:
    return any(prefixed(inner) in _HOLD_SOMETHING for inner in shape.iter())


def _judge_shape(shape: Element) -> tuple[Found, Element | str]:
    """Tell a line that rules the page and a box to tick from a shape that says something."""
    form = next(shape.iter(tag("a:prstGeom")), None)
    kind = prefixed(shape) if form is None else form.get("prst", "")
    width, height = _size_of(shape)
    is_ruled = shape.get(tag("o:hr")) is not None or bool(_VML_LINES.search(shape.get("type", "")))
    if is_ruled or kind == "v:line" or _LINES.match(kind) or 0 <= min(width, height) < _THIN:
        return Found.LINE, shape
    is_small = 0 < max(width, height) <= _LARGEST_TICK_BOX
    return (Found.TEXT, TICK_BOX) if is_small and kind in _RECTANGLES else (Found.SHAPE, shape)


def _size_of(shape: Element) -> tuple[float, float]:
    """Return width and height in centimetres; -1 where they are not said."""
    extent = next(shape.iter(tag("a:ext")), None)
    if extent is not None and extent.get("cx", "").isdecimal():
        return int(extent.get("cx", "")) / _EMU_PER_CM, int(extent.get("cy", "0")) / _EMU_PER_CM
    found = _SIZE.findall(shape.get("style", ""))
    sizes = {name.lower(): float(size) * _CM[unit.lower()] for name, size, unit in found}
    return sizes.get("width", -1), sizes.get("height", -1)


def alternative_text(drawing: Element) -> str:
    """Return the words that the author gave for those who cannot see a drawing; "" for none, or a file's name."""
    described = (inner for inner in drawing.iter() if prefixed(inner) == "wp:docPr" or prefixed(inner) in _VML_SHAPES)
    texts = (inner.get(name, "").strip() for inner in described for name in ("descr", "title", "alt"))
    return next((" ".join(text.split()) for text in texts if text and not _FILE_NAME.search(text)), "")
