"""A dispatch: a post sent out on one of the channels that a campaign names, with number, day and evidence."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import format_day, read_day
from campaign.core.labelled import Labelled
from campaign.core.text import to_nfc
from campaign.errors.access import DayError
from campaign.errors.dispatch import DispatchValueError

_NUMBER_CHARACTERS = 30
_RECIPIENTS_CHARACTERS = 200
"""As long as the fields of a document system (Decree 30/2020, annex VI)."""


class Channel(Labelled):
    """Where a post is sent out; a campaign says which it asks for."""

    WEBSITE = "website", "đăng trên Trang thông tin điện tử"
    DOCUMENT_SYSTEM = "document_system", "gửi trên hệ thống QLVB&ĐH"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One sending on one channel.

    Attributes:
        sent_on: The day on which it was sent, as the channel has it.
        number: The number and symbol that the channel gave it; empty when it gave no number.
        recipients: The units that it went to, in words; never people.
        evidence: The SHA-256 of a file that shows it, in hexadecimal; empty when there is no file.
    """

    channel: Channel
    sent_on: date
    number: str = ""
    recipients: str = ""
    evidence: str = ""

    def format(self) -> str:
        """Write the dispatch in one line: ``số 45/SKHCN-VP, ngày 27/10/2025, gửi các phòng, đơn vị``."""
        number = f"số {self.number}, " if self.number else ""
        recipients = f", gửi {self.recipients}" if self.recipients else ""
        return f"{number}ngày {format_day(self.sent_on)}{recipients}"


@dataclass(frozen=True, slots=True)
class RecordedDispatch:
    """A dispatch as the ledger holds it.

    Attributes:
        sequence: The entry that records it.
        actor: The office account, or "dòng lệnh", that recorded it.
    """

    sequence: int
    dispatch: Dispatch
    recorded_at: datetime
    actor: str


def read_dispatch(channel: str, sent_on: str, number: str, recipients: str, evidence: str = "") -> Dispatch:
    """Return the dispatch that a person typed in.

    Args:
        channel: The value of a channel.
        sent_on: A day, as 27/10/2025 or 2025-10-27.
        number: The number and symbol, or empty.
        recipients: The units, or empty.
        evidence: A digest that a program reckoned, or empty.

    Raises:
        DispatchValueError: A field is missing, too long, or not of its kind.
    """
    if channel not in set(Channel):
        what = "chưa chọn kênh"
        raise DispatchValueError(what, "Chọn đăng trên Trang thông tin điện tử hoặc gửi trên hệ thống QLVB&ĐH.")
    try:
        day = read_day(sent_on)
    except DayError:
        what = f"không hiểu ngày “{sent_on}”" if sent_on else "chưa có ngày"
        raise DispatchValueError(what, "Nhập ngày đã đăng hoặc đã gửi, ví dụ 27/10/2025.") from None
    number, recipients = (" ".join(to_nfc(text).split()) for text in (number, recipients))
    if len(number) > _NUMBER_CHARACTERS:
        what = "số, ký hiệu quá dài"
        raise DispatchValueError(what, "Nhập số, ký hiệu, ví dụ 45/SNV-VP.")
    if len(recipients) > _RECIPIENTS_CHARACTERS:
        what, remedy = "nơi nhận quá dài", f"Nhập tên các đơn vị nhận, tối đa {_RECIPIENTS_CHARACTERS} ký tự."
        raise DispatchValueError(what, remedy)
    return Dispatch(Channel(channel), day, number, recipients, evidence)
