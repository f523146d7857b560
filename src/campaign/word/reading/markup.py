"""The XML of Word documents: names, and reading it without trusting it."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from campaign.errors.word import WordDamagedError, WordDoctypeError, WordNestingError

Element = etree._Element  # noqa: SLF001  (lxml names the type of its elements only so)

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = {
    f"http://purl.oclc.org/ooxml/{name}".encode(): f"{_TRANSITIONAL}/{written}"
    for name, written in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("drawingml/main", "drawingml/2006/main"),
        ("drawingml/chart", "drawingml/2006/chart"),
        ("drawingml/diagram", "drawingml/2006/diagram"),
        ("drawingml/picture", "drawingml/2006/picture"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
    )
}
"""The names of ISO 29500 Strict, and those that Word writes otherwise."""

_STRICT_HOST = b"http://purl.oclc.org/ooxml/"

_NAMES = {
    "w": f"{_TRANSITIONAL}/wordprocessingml/2006/main",
    "r": f"{_TRANSITIONAL}/officeDocument/2006/relationships",
    "a": f"{_TRANSITIONAL}/drawingml/2006/main",
    "m": f"{_TRANSITIONAL}/officeDocument/2006/math",
    "mc": f"{_TRANSITIONAL}/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": f"{_TRANSITIONAL}/drawingml/2006/wordprocessingDrawing",
    "c": f"{_TRANSITIONAL}/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": f"{_TRANSITIONAL}/drawingml/2006/diagram",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_OFF = {"0", "false", "off", "none"}
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@cache
def tag(name: str) -> str:
    """Return the full name of ``w:p``."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


VAL = tag("w:val")


def parse(data: bytes, part: str) -> Element:
    """Read one part of a document.

    Args:
        data: Its bytes.
        part: Its name in the archive.

    Raises:
        WordDoctypeError: It declares a document type, with which entities could swell or reach out.
        WordNestingError: Its elements stand inside each other deeper than any writer makes them.
        WordDamagedError: It is not XML.
    """
    if any(name in data for name in _DOCTYPES):
        raise WordDoctypeError(part)
    if _STRICT_HOST in data:
        for strict, name in _STRICT.items():
            data = data.replace(strict, name.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise WordNestingError(part) from None
        raise WordDamagedError(part) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise WordDoctypeError(part)  # One in an encoding that the search above does not know.
    return root


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name, or nothing."""
    return None if element is None else next(element.iterchildren(tag(name)), None)


def value(element: Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child of that name, or nothing."""
    found = child(element, name)
    return None if found is None else found.get(VAL)


def is_joined(paragraph: Element) -> bool:
    """Say whether the next paragraph goes on in this one.

    The end is deleted, moved away or a style separator, or the paragraph is the large first letter of the next.
    """
    properties = child(paragraph, "w:pPr")
    if properties is None:
        return False
    frame = child(properties, "w:framePr")
    if frame is not None and frame.get(tag("w:dropCap"), "none") != "none":
        return True
    mark = child(properties, "w:rPr")
    return mark is not None and any(child(mark, name) is not None for name in ("w:del", "w:moveFrom", "w:specVanish"))


def number(element: Element | None, name: str) -> int | None:
    """Return ``w:val`` of the child of that name as a whole number, or nothing when it is none."""
    text = value(element, name)
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def flag(element: Element | None, name: str) -> bool | None:
    """Return whether the property *name* is on, off, or (nothing) not said."""
    found = child(element, name)
    return None if found is None else is_on(found)


def is_on(element: Element) -> bool:
    """Return whether a property that is there is on: saying nothing more, it is."""
    return element.get(VAL, "1").lower() not in _OFF


def prefixed(element: Element) -> str:
    """Return the name of *element* as ``w:p``; of an unknown namespace ``?:p``."""
    return _PREFIXED.get(element.tag) or _to_prefixed(element)


def _to_prefixed(element: Element) -> str:
    name = etree.QName(element)
    prefix = next((prefix for prefix, uri in _NAMES.items() if uri == name.namespace), "?")
    return _PREFIXED.setdefault(str(element.tag), f"{prefix}:{name.localname}")


_PREFIXED: dict[object, str] = {}
"""Names already taken apart: a document holds a few dozen of them a hundred thousand times."""


def choices(element: Element) -> Iterator[Element]:
    """Yield the children of *element*, of alternatives (``mc:AlternateContent``) the first that says something."""
    for inner in element:
        if prefixed(inner) != "mc:AlternateContent":
            yield inner
            continue
        branches = list(inner)
        taken = next((branch for branch in branches if len(branch)), None)
        if taken is not None:
            yield from choices(taken)
