"""What is wrong or doubtful in a list: one cause is told once, with the rows that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from campaign.errors.base import CampaignError
from campaign.errors.roster import DuplicateMemberError, RosterValueError
from campaign.lists.cells import Problem
from campaign.lists.headings import Column

ROWS_NAMED = 5
CELLS_SHOWN = 3
DOUBLES_NAMED = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet; rows count from 1, and the sheet has no name where there is only one."""

    sheet: str
    row: int

    def __str__(self) -> str:
        """Name it: ``trang “Văn phòng”, dòng 3``."""
        return f"trang “{self.sheet}”, dòng {self.row}" if self.sheet else f"dòng {self.row}"


def format_places(places: Sequence[Place]) -> str:
    """Name rows, the first of them when there are many: ``412 dòng (dòng 2, 3, 4, 5, 6, …)``."""
    texts: list[str] = []
    for at, place in enumerate(places[:ROWS_NAMED]):
        is_same_sheet = at > 0 and places[at - 1].sheet == place.sheet
        texts.append(str(place.row) if is_same_sheet else str(place))
    if len(places) > ROWS_NAMED:
        return f"{len(places)} dòng ({', '.join(texts)}, …)"
    return " và ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


@dataclass(slots=True)
class _Cause:
    """The rows of one cause, and what is in their cells."""

    places: list[Place] = field(default_factory=list)
    cells: dict[str, None] = field(default_factory=dict)

    def add(self, place: Place, cell: str) -> None:
        """Take one more row."""
        self.places.append(place)
        self.cells[cell] = None

    def format_cells(self) -> str:
        """Quote the first cells."""
        shown = ", ".join(f"“{cell}”" for cell in list(self.cells)[:CELLS_SHOWN])
        return f"{shown}, …" if len(self.cells) > CELLS_SHOWN else shown


class Findings:
    """Gathers faults while a list is read; they keep the order of their first rows."""

    def __init__(self, file: str) -> None:
        """Begin with a file's name."""
        self.count = 0
        self._file = file
        self._causes: dict[tuple[Column, Problem] | str, _Cause] = {}
        self._first: dict[str, Place] = {}

    def add(self, place: Place, column: Column, problem: Problem, cell: str = "") -> None:
        """Take what is wrong with a cell."""
        self.count += 1
        self._causes.setdefault((column, problem), _Cause()).add(place, cell)

    def take_code(self, place: Place, code: str) -> None:
        """Notice a code that a row before has, too."""
        first = self._first.setdefault(code, place)
        if first is not place:
            self._causes.setdefault(code, _Cause()).add(place, code)

    def finish(self) -> list[CampaignError]:
        """Return the faults."""
        doubles = [cause for key, cause in self._causes.items() if isinstance(key, str)]
        if len(doubles) > DOUBLES_NAMED:
            problem = Problem("đã có ở dòng khác", "Mỗi người chỉ một dòng, mỗi dòng một mã.", shows_cell=True)
            self._causes = {key: cause for key, cause in self._causes.items() if not isinstance(key, str)}
            for cause in doubles:
                self.add(cause.places[0], Column.CODE, problem, next(iter(cause.cells)))
        return [self._to_error(key, cause) for key, cause in self._causes.items()]

    def _to_error(self, key: tuple[Column, Problem] | str, cause: _Cause) -> CampaignError:
        where = format_places(cause.places)
        if isinstance(key, str):
            return DuplicateMemberError(self._file, key, where, str(self._first[key]))
        column, problem = key
        cells = f"{cause.format_cells()} " if problem.shows_cell else ""
        return RosterValueError(self._file, where, column.value, f"{cells}{problem.reason}", problem.advice)
