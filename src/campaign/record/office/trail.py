"""The Office's page of who took names out of the house, and of tries to come in that failed."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request

from campaign.record.web.answers import reading
from campaign.store.credentials.trail import KEPT, TrailLine, read_trail
from campaign.store.ledger.database import Connection

PAGE_PATH = "/van-phong/nhat-ky"


@dataclass(frozen=True, slots=True)
class TrailPage:
    """The newest lines.

    Attributes:
        days: How long a line is kept.
    """

    template: ClassVar[str] = "office/trail.html"
    title: ClassVar[str] = "Nhật ký tài khoản"
    lines: tuple[TrailLine, ...]
    days: int = KEPT.days


@reading
def show_trail(_request: Request, connection: Connection) -> TrailPage:
    """Show who took which names when, and what failed."""
    return TrailPage(tuple(read_trail(connection)))
