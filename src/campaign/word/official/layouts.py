"""Tables: which hold data, and which only lay out a letterhead, a signature or columns of text."""

import re
from collections.abc import Sequence

from campaign.core.text import fold
from campaign.word.official.signature import is_name
from campaign.word.reading.document import Cell, Table

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2
_LONGEST_CELL = 150
"""Characters of a cell of data; longer ones are columns of text."""

_LEAST_SHARE = 0.7
_LAYOUT = re.compile(
    r"noi nhan|\(?(?:da )?ky\b|ky ten|ghi ro ho|dong dau|(?:t/?m|k/?t|t/?l|tuq)\s*[./]|cong hoa xa hoi|doc lap\s*[-–—]|"
    r"dang cong san viet nam|so\s*:|.{0,30}, ngay\b.*\bthang\b|kinh gui"
)
"""What stands in letterheads and signatures, those of forms too."""

_ORDER = {"tt", "stt", "so tt", "s tt", "so thu tu"}
_NAME = re.compile(r"[^\d\s].{0,80}(?<!:)")
"""What the head of a column may say, where nothing marks it."""


def holds_data(table: Table) -> bool:
    """Say whether a table is one to its reader: it is framed, or rows and columns of short texts."""
    if table.is_framed or table.heads:
        return True
    cells = [cell for row in table.rows for cell in row]
    texts = [text for cell in cells if (text := _text(cell))]
    is_grid = len(table.rows) >= _FEWEST_ROWS and all(len(row) >= _FEWEST_COLUMNS for row in table.rows)
    if not is_grid or len(texts) < _LEAST_SHARE * len(cells) or any(_LAYOUT.match(fold(text)) for text in texts):
        return False
    above, names = ([text for text in map(_text, row) if text] for row in (table.rows[0], table.rows[-1]))
    if all(text.isupper() for text in above) and any(map(is_name, names)):
        return False
    short = [cell for cell in cells if len(_text(cell)) <= _LONGEST_CELL and _lines(cell) <= 1]
    return len(short) >= _LEAST_SHARE * len(cells)


def count_heads(table: Table) -> int:
    """Return how many of its first rows are a table's head: as Word marks them, else as they look."""
    if table.heads or len(table.rows) < 2:  # noqa: PLR2004  (a head is above something)
        return table.heads
    first = table.rows[0]
    bold = next((at for at, row in enumerate(table.rows) if not _is_bold(row)), 0)
    if bold or fold(_text(first[0])).rstrip(". ") in _ORDER:
        return min(max(bold, *(cell.rows for cell in first)), len(table.rows) - 1)
    is_named = all(cell.columns == cell.rows == 1 and _NAME.fullmatch(_text(cell)) for cell in first)
    return int(table.is_framed and is_named)


def _text(cell: Cell) -> str:
    return " ".join(" ".join(f"{item.label}{item.text}" for item in cell.paragraphs()).split())


def _lines(cell: Cell) -> int:
    return sum(not item.is_empty for item in cell.paragraphs())


def _is_bold(row: Sequence[Cell]) -> bool:
    """Say whether all that a row says is bold."""
    runs = [run for cell in row for item in cell.paragraphs() for run in item.runs if run.text.strip()]
    return bool(runs) and all(run.style.bold for run in runs)
