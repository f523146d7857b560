"""The sheet that a reader fills cell by cell, within what a list can need."""

from dataclasses import dataclass, field

from campaign.errors.roster import STRAY_CELLS, RosterFileError
from campaign.lists.sheets import MOST_CELLS, MOST_COLUMNS, Mark, Merged, Sheet, clean, column_name


@dataclass(slots=True)
class Grid:
    """A sheet that is being read; rows and columns count from 0.

    Attributes:
        file: The name of the file, for faults.
        name: The name of the sheet.
    """

    file: str
    name: str
    is_hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    _widest: int = 0

    def put(self, row: int, column: int, text: str, mark: Mark | None = None) -> None:
        """Keep what a cell shows.

        Raises:
            RosterFileError: The cell is so far out that no list reaches there.
        """
        if not text and mark is None:
            return
        if column >= self._widest or row >= len(self.rows):
            self._reach(row, column)
        cells = self.rows[row]
        while len(cells) <= column:
            cells.append("")
        cells[column] = clean(text)
        if mark is not None:
            self.marks[row, column] = mark

    def _reach(self, row: int, column: int) -> None:
        self._widest = max(self._widest, column + 1)
        if self._widest > MOST_COLUMNS or self._widest * (row + 1) > MOST_CELLS:
            place = f"trang “{self.name}” có ô ở tận cột {column_name(column)}, dòng {row + 1}"
            raise RosterFileError(self.file, f"{place}; bảng lớn quá mức đọc được", STRAY_CELLS)
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))

    def finish(self) -> Sheet:
        """Return the sheet."""
        return Sheet(
            clean(self.name),
            self.rows,
            tuple(self.merged),
            self.marks,
            frozenset(self.hidden_rows),
            frozenset(self.struck_rows),
            frozenset(self.hidden_columns),
            self.is_hidden,
        )
