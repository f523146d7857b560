"""Checkpoints that left the house: only what lies elsewhere shows that the ledger was not rewritten here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.core.clock import format_instant

MAY_STAY_FOR = timedelta(days=2)
"""A checkpoint leaves each night; one night may fail before anybody is told."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A try to bring a checkpoint to a place.

    Attributes:
        place: A mail address, a folder, a web address, or a witness.
        size: How many entries the checkpoint covers.
        problem: Why it did not arrive, in Vietnamese; empty when it did.
    """

    place: str
    size: int
    at: datetime
    problem: str = ""


def tell_overdue(places: Collection[str], deliveries: Iterable[Delivery], now: datetime) -> str:
    """Say in Vietnamese that no checkpoint left lately, or can leave; empty when one did.

    Args:
        places: Where checkpoints are to go.
        deliveries: At least the newest of those that arrived.
        now: The present instant.
    """
    if not places:
        return "Chưa đặt nơi nào nhận mốc kiểm chứng: ai sửa được máy này thì viết lại được cả sổ mà không ai hay."
    last = max((delivery.at for delivery in deliveries if not delivery.problem), default=None)
    if last is None:
        return "Chưa có mốc kiểm chứng nào rời máy này."
    if now - last > MAY_STAY_FOR:
        days = (now - last) // timedelta(days=1)
        return f"Đã {days} ngày không có mốc kiểm chứng nào rời máy này; lần gần nhất lúc {format_instant(last)}."
    return ""
