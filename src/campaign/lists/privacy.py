"""What a list must not hold: identity numbers, birth dates, ethnicity, religion; by heading and by content."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from campaign.core.text import fold
from campaign.errors.base import CampaignError
from campaign.errors.roster import RosterColumnRefusedError, RosterContentRefusedError
from campaign.lists.sheets import Sheet, column_name

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
"""What is refused also in a column that is read: a staff code may have nine digits, and "Hoa" be a given name."""
ENOUGH = 0.5
"""So large a part of the filled cells must look so: a date here or there may be anything."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A column that must not be kept.

    Attributes:
        place: From 0.
        name: Its heading, or its letter.
        what: What its cells look like; nothing when its heading says it.
    """

    place: int
    name: str
    what: str = ""

    def to_error(self, file: str) -> CampaignError:
        """Return the fault of a file that has the column."""
        if self.what:
            return RosterContentRefusedError(file, self.name, self.what)
        return RosterColumnRefusedError(file, self.name)


def find_refusals(sheet: Sheet, body: int, headings: Sequence[str], read: Collection[int]) -> Iterator[Refusal]:
    """Give the columns of a sheet that must not be kept and hold something.

    Args:
        sheet: The sheet.
        body: The first row below the headings.
        headings: The heading of each column.
        read: The places of the columns that are read.
    """
    for place, column in enumerate(sheet.columns(body)):
        cells = Counter(column)
        del cells[""]
        heading = headings[place] if place < len(headings) else ""
        name = heading or f"cột {column_name(place)}"
        if cells and REFUSED.search(fold(heading)):
            yield Refusal(place, name)
            continue
        for what in _IN_ANY_COLUMN if place in read else _LOOKS:
            if sum(count for cell, count in cells.items() if _LOOKS[what](cell)) >= max(cells.total() * ENOUGH, 1):
                yield Refusal(place, name, what)
                break


def drop_columns(sheet: Sheet, body: int, places: Collection[int]) -> Sheet:
    """Return a sheet without what is below the headings of some columns."""
    rows = [
        row if at < body else ["" if place in places else cell for place, cell in enumerate(row)]
        for at, row in enumerate(sheet.rows)
    ]
    marks = {at: mark for at, mark in sheet.marks.items() if at[0] < body or at[1] not in places}
    return replace(sheet, rows=rows, marks=marks)
