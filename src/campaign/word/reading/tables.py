"""Tables: which cells stand where, and whether a table is one or only lays out text."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from campaign.word.reading.document import Block, Cell, Table
from campaign.word.reading.markup import Element, child, choices, flag, number, prefixed, tag, value
from campaign.word.reading.styles import Styles

_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_WRAPPERS = {"w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"}
_DEEPEST = 20
_CELLS_OF_A_RULE = 2


@dataclass(slots=True)
class _Placed:
    """A cell on its way: where it begins, and how many rows it covers so far."""

    cell: Cell
    column: int
    rows: int = 1


def read_table(element: Element, styles: Styles, read_blocks: Callable[[Element], tuple[Block, ...]]) -> Table:
    """Read a table.

    Args:
        element: ``w:tbl``.
        styles: The document's styles, which may hold its borders.
        read_blocks: Reads what is in a cell.
    """
    rows: list[list[_Placed]] = []
    heads = 0
    open_cells: dict[int, _Placed] = {}
    for row in _children(element, "w:tr"):
        properties = child(row, "w:trPr")
        if child(properties, "w:del") is not None:
            continue
        placed: list[_Placed] = []
        column = number(properties, "w:gridBefore") or 0
        for cell in _children(row, "w:tc"):
            width = max(number(child(cell, "w:tcPr"), "w:gridSpan") or 1, 1)
            if child(child(cell, "w:tcPr"), "w:cellDel") is None:
                _place(cell, (column, width), open_cells, placed, read_blocks)
            column += width
        heads += heads == len(rows) and bool(flag(properties, "w:tblHeader"))
        rows.append(placed)
    cells = tuple(tuple(replace(item.cell, rows=item.rows) for item in row) for row in rows)
    shown = tuple(row for row in cells if row)
    is_box = len(shown) == len(shown[0]) == 1 if shown else True
    return Table(shown, not is_box and _is_framed(element, styles), heads if heads < len(shown) else 0)


def _place(
    cell: Element,
    span: tuple[int, int],
    open_cells: dict[int, _Placed],
    placed: list[_Placed],
    read_blocks: Callable[[Element], tuple[Block, ...]],
) -> None:
    column, width = span
    blocks = read_blocks(cell)
    across = child(child(cell, "w:tcPr"), "w:hMerge")
    if across is not None and across.get(tag("w:val"), "continue") == "continue" and placed:
        left = placed[-1]
        left.cell = replace(left.cell, blocks=left.cell.blocks + _with_text(blocks), columns=left.cell.columns + width)
        return
    merge = child(child(cell, "w:tcPr"), "w:vMerge")
    above = open_cells.get(column)
    if merge is not None and merge.get(tag("w:val"), "continue") == "continue" and above:
        above.rows += 1
        above.cell = replace(above.cell, blocks=above.cell.blocks + _with_text(blocks))
        return
    item = _Placed(Cell(blocks, columns=width), column)
    placed.append(item)
    open_cells.pop(column, None)
    if merge is not None:
        open_cells[column] = item


def _with_text(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what Word hides in a merged-away cell, so that no word is lost; usually nothing."""
    return tuple(block for block in blocks if isinstance(block, Table) or not block.is_empty)


def _children(element: Element, name: str) -> list[Element]:
    found: list[Element] = []
    for inner in choices(element):
        if prefixed(inner) == name:
            found.append(inner)
        elif prefixed(inner) in _WRAPPERS:
            found += _children(inner, name)
    return found


def _is_framed(table: Element, styles: Styles) -> bool:
    """Say whether lines are drawn: by the cells, by the table, or by its style."""
    cells = [borders for row in _children(table, "w:tr") for cell in _children(row, "w:tc")
             if (borders := child(child(cell, "w:tcPr"), "w:tcBorders")) is not None]  # fmt: skip
    if any(_drawn_sides(borders) for borders in cells):
        return _draws_frame(cells)
    properties = child(table, "w:tblPr")
    borders = child(properties, "w:tblBorders")
    exceptions = child(child(next(iter(_children(table, "w:tr")), None), "w:tblPrEx"), "w:tblBorders")
    if borders is None and exceptions is None:
        return _style_draws(value(properties, "w:tblStyle"), styles)
    return any(len(_drawn_sides(item)) > 1 for item in (borders, exceptions) if item is not None)


def _draws_frame(cells: list[Element]) -> bool:
    """Say whether borders of cells make a frame, not one rule between two texts."""
    return any(len(_drawn_sides(borders)) > 1 for borders in cells) or len(cells) > _CELLS_OF_A_RULE


def _drawn_sides(borders: Element) -> set[str]:
    return {side for side in _SIDES if (value(borders, f"w:{side}") or "nil") not in {"nil", "none"}}


def _style_draws(name: str | None, styles: Styles) -> bool:
    for _ in range(_DEEPEST):
        element = styles.element(name) if name else None
        borders = child(child(element, "w:tblPr"), "w:tblBorders")
        if borders is not None:
            return len(_drawn_sides(borders)) > 1
        name = value(element, "w:basedOn")
    return False
