"""What a roster file must not hold: identity numbers, birth dates, ethnicity, religion; by heading and by content."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from campaign.core.text import fold
from campaign.errors.roster import RosterColumnRefusedError, RosterContentRefusedError

REFUSED = re.compile(
    r"cccd|cmnd|cmtnd|can cuoc|chung minh|dinh danh|ho chieu|passport|identity|citizen id"
    r"|ngay sinh|nam sinh|ngay, thang, nam sinh|birth|\bdob\b|dan toc|ethnic|ton giao|religion"
)
"""Folded parts of headings of columns that must not be kept."""

_YEAR = r"(?:19[4-9]\d|200\d)"
_BIRTH = re.compile(rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-])?{_YEAR}|{_YEAR}-\d\d-\d\d")
"""A day, or a year alone, on which someone who works today can have been born."""
_ETHNIC_GROUP = re.compile(
    "kinh|thai|h?'?mong|muong|dao|kho ?mu|khang|la ha|lao|xinh mun|tay|nung|hoa|khmer|kho ?me|gia rai|e de|ba na|"
    "san chay|cham|co ho|xo dang|san diu|hre|ra glai|gie trieng|bru van kieu|tho|giay|ha nhi|lu|la hu|si la"
)
"""The groups that live in Son La, and the larger ones of the country, folded."""

_LOOKS: Mapping[str, Callable[[str], object]] = {
    "số định danh (12 chữ số)": re.compile(r"\d{12}").fullmatch,
    "số chứng minh nhân dân (9 chữ số)": re.compile(r"\d{9}").fullmatch,
    "ngày sinh hoặc năm sinh": _BIRTH.fullmatch,
    "tên dân tộc": lambda cell: _ETHNIC_GROUP.fullmatch(fold(cell)),
}
_IN_ANY_COLUMN = ("số định danh (12 chữ số)",)
"""What is refused also in a column that we keep: a staff code may have nine digits, and "Hoa" be a given name."""
ENOUGH = 0.5
"""So large a part of the filled cells must look so: a date here or there may be anything."""


def refuse_headings(file: str, headings: Iterable[str]) -> None:
    """Refuse columns by their headings.

    Raises:
        RosterColumnRefusedError: One must not be kept.
    """
    for heading in headings:
        if REFUSED.search(fold(heading)):
            raise RosterColumnRefusedError(file, heading)


class Refusals:
    """Looks at every row, and refuses the file when a column holds what must not be kept, whatever its heading."""

    def __init__(self, file: str, headings: Sequence[str], kept: set[int]) -> None:
        """Begin with a file's *headings*; *kept* are the places of the columns that are read."""
        self._file = file
        self._headings = headings
        self._kept = kept
        self._filled: Counter[int] = Counter()
        self._found: Counter[tuple[int, str]] = Counter()

    def look_at(self, cells: Sequence[str]) -> None:
        """Take a row."""
        for place, cell in enumerate(cells):
            if cell:
                self._filled[place] += 1
                for what in _IN_ANY_COLUMN if place in self._kept else _LOOKS:
                    if _LOOKS[what](cell):
                        self._found[place, what] += 1

    def finish(self) -> None:
        """Judge the columns.

        Raises:
            RosterContentRefusedError: One holds what must not be kept.
        """
        for (place, what), count in sorted(self._found.items()):
            if count >= self._filled[place] * ENOUGH:
                heading = self._headings[place] if place < len(self._headings) else ""
                raise RosterContentRefusedError(self._file, heading or f"thứ {place + 1}", what)
