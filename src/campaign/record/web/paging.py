"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request

from campaign.record.web.guard import to_number


@dataclass(frozen=True, slots=True)
class ListPage:
    """Which page of a long list is shown.

    Attributes:
        number: Of the page, from 1.
        size: How many a page shows.
        has_more: Whether another page follows.
    """

    number: int
    size: int
    has_more: bool = False

    @property
    def start(self) -> int:
        """How many come before those shown."""
        return (self.number - 1) * self.size

    @property
    def asks_for(self) -> int:
        """How many to look for: one more than is shown tells whether another page follows."""
        return self.size + 1

    def followed_by(self, found: Sequence[object]) -> "ListPage":
        """Return the page once those were looked for."""
        return replace(self, has_more=len(found) > self.size)


def read_list_page(request: Request, size: int) -> ListPage:
    """Return the page of a list that is asked for."""
    return ListPage(max(1, to_number(request.query_params.get("trang", ""))), size)
