"""Equations (Office Math) as one line of text that keeps their meaning: ``K = (A + B)/C × 10²``.

Rules: ISO 29500-1, 22.1. Raised and lowered parts are marked as such where the line allows it, else by "^" and "_".
"""

import re
from collections.abc import Iterator

from campaign.word.reading.document import Raised
from campaign.word.reading.markup import Element, child, choices, prefixed, tag

Part = tuple[str, Raised]

_GONE = {"w:rPr", "w:del", "w:moveFrom", "w:delText"}
_ATOM = re.compile(r"[\w.,%\u2032]*|\([^()]*\)")
_HAT, _BAR, _INTEGRAL = "\u0302", "\u0305", "∫"
_RAISING = {"m:sup": (Raised.SUPERSCRIPT, "^"), "m:sub": (Raised.SUBSCRIPT, "_"), "m:lim": (Raised.SUBSCRIPT, "_")}


def read_equation(element: Element, raised: Raised = Raised.NO) -> Iterator[Part]:
    """Yield the parts of an equation; whatever is not known here is read through, so that no sign is lost."""
    for inner in choices(element):
        name = prefixed(inner)
        if name in {"m:t", "w:t"}:
            yield inner.text or "", raised
        elif name in _WRITERS:
            yield from _WRITERS[name](inner, raised)
        elif name in _RAISING:
            yield from _raise(inner, raised)
        elif name not in _GONE and not name.endswith("Pr"):
            yield from read_equation(inner, raised)


def _raise(element: Element, raised: Raised) -> Iterator[Part]:
    own, mark = _RAISING[prefixed(element)]
    if raised is Raised.NO:
        yield from read_equation(element, own)
    elif text := _in_brackets(element):
        yield mark + text, raised


def _in_brackets(element: Element | None) -> str:
    """Return the text of *element*, in brackets unless it is one thing."""
    text = "".join(text for text, _ in read_equation(element)) if element is not None else ""
    return text if _ATOM.fullmatch(text) else f"({text})"


def _enclosed(element: Element | None, raised: Raised) -> Iterator[Part]:
    """Yield the parts of *element*, in brackets unless it is one thing."""
    parts = list(read_equation(element, raised)) if element is not None else []
    is_atom = _ATOM.fullmatch("".join(text for text, _ in parts))
    yield from parts if is_atom else [("(", raised), *parts, (")", raised)]


def _character(element: Element, properties: str, name: str, default: str) -> str:
    found = child(child(element, properties), name)
    return default if found is None else found.get(tag("m:val"), "")


def _fraction(element: Element, raised: Raised) -> Iterator[Part]:
    yield from _enclosed(child(element, "m:num"), raised)
    yield "/", raised
    yield from _enclosed(child(element, "m:den"), raised)


def _root(element: Element, raised: Raised) -> Iterator[Part]:
    degree = child(element, "m:deg")
    if degree is not None and not _is_on(child(element, "m:radPr"), "m:degHide"):
        yield from read_equation(degree, raised if raised is not Raised.NO else Raised.SUPERSCRIPT)
    yield "√", raised
    yield from _enclosed(child(element, "m:e"), raised)


def _is_on(properties: Element | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and found.get(tag("m:val"), "1") not in {"0", "off", "false"}


def _operator(element: Element, raised: Raised) -> Iterator[Part]:
    """Write a sum, a product or an integral: the sign, its limits, and what it is of."""
    yield _character(element, "m:naryPr", "m:chr", _INTEGRAL), raised
    for name in ("m:sub", "m:sup"):
        if (limit := child(element, name)) is not None:
            yield from _raise(limit, raised)
    yield " ", raised
    if (inner := child(element, "m:e")) is not None:
        yield from read_equation(inner, raised)


def _brackets(element: Element, raised: Raised) -> Iterator[Part]:
    separator = _character(element, "m:dPr", "m:sepChr", "|")
    yield _character(element, "m:dPr", "m:begChr", "("), raised
    for at, inner in enumerate(element.findall(tag("m:e"))):
        if at:
            yield separator, raised
        yield from read_equation(inner, raised)
    yield _character(element, "m:dPr", "m:endChr", ")"), raised


def _function(element: Element, raised: Raised) -> Iterator[Part]:
    for name, before in (("m:fName", ""), ("m:e", " ")):
        yield before, raised
        if (inner := child(element, name)) is not None:
            yield from read_equation(inner, raised)


def _accent(element: Element, raised: Raised) -> Iterator[Part]:
    yield from _enclosed(child(element, "m:e"), raised)
    yield _BAR if prefixed(element) == "m:bar" else _character(element, "m:accPr", "m:chr", _HAT), raised


def _rows(element: Element, raised: Raised) -> Iterator[Part]:
    """Write a matrix or a system of equations: its rows with semicolons between."""
    rows = [child_row for child_row in element if prefixed(child_row) in {"m:mr", "m:e"}]
    for at, row in enumerate(rows):
        cells = row.findall(tag("m:e")) if prefixed(row) == "m:mr" else [row]
        yield "; " if at else "", raised
        for place, cell in enumerate(cells):
            yield ", " if place else "", raised
            yield from read_equation(cell, raised)


_WRITERS = {
    "m:f": _fraction, "m:rad": _root, "m:nary": _operator, "m:d": _brackets, "m:func": _function, "m:acc": _accent,
    "m:bar": _accent, "m:m": _rows, "m:eqArr": _rows,
}  # fmt: skip
