"""Confirmations that the Office records: signed on a sheet of paper, or given on somebody's behalf.

Such a confirmation is judged like any other by when the server received it: the day on the paper is what
somebody says; it is shown, never counted. A member who signed in time and was entered late is late, unless the Office
grants an extension and says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import day_in_viet_nam
from campaign.core.deadline import Deadline
from campaign.core.labelled import Labelled
from campaign.errors.paper import SignedDayError


class Method(Labelled):
    """How a confirmation was given."""

    WEB = "web", "trên trang web"
    PAPER = "paper", "ký trên giấy, Văn phòng ghi vào sổ"
    ON_BEHALF = "on_behalf", "Văn phòng ghi thay"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the Office knows of a confirmation that it records.

    Attributes:
        actor: The office account that records it.
        signed_on: The day beside the signature; nothing when it is given on somebody's behalf.
        witness: Who saw the signing; empty when nobody is named.
        reason: Why it is given on somebody's behalf; empty for a signature.
        scan: The SHA-256 of the scanned sheet, or nothing.
        sheet: The entry of the printed sheet, or nothing.
    """

    actor: str
    signed_on: date | None = None
    witness: str = ""
    reason: str = ""
    scan: str | None = None
    sheet: int | None = None

    @property
    def method(self) -> Method:
        """By a signature, or on somebody's behalf."""
        return Method.ON_BEHALF if self.reason else Method.PAPER

    def require_plausible(self, published_at: datetime, now: datetime) -> None:
        """Refuse a signature from before the text was published, or from the future.

        Raises:
            SignedDayError: The day cannot be.
        """
        first, today = day_in_viet_nam(published_at), day_in_viet_nam(now)
        if self.signed_on is not None and not first <= self.signed_on <= today:
            raise SignedDayError(self.signed_on, first, today)


@dataclass(frozen=True, slots=True)
class RecordedPaper:
    """A confirmation that the Office recorded, as the ledger has it.

    Attributes:
        sequence: Its entry, by which it is withdrawn.
        recorded_at: When the server received it: what counts.
    """

    sequence: int
    member_id: int
    post: str
    revision: int
    recorded_at: datetime
    method: Method
    paper: Paper
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed sheet on which the members of a unit sign.

    Attributes:
        sequence: The entry that records the printing: the short code of the sheet.
        members: The numbers of the members on it, line by line.
    """

    sequence: int
    post: str
    revision: int
    unit: str
    printed_at: datetime
    actor: str
    members: Sequence[int]

    @property
    def code(self) -> str:
        """The short code that is printed on it."""
        return f"PK-{self.sequence}"


def was_signed_in_time(paper: Paper, deadline: Deadline) -> bool:
    """Say whether the day on the paper is within the deadline: shown beside a late confirmation, never counted."""
    return paper.signed_on is not None and paper.signed_on < deadline.before
