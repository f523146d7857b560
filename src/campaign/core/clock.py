"""Instants and days in Viet Nam.

Viet Nam has kept UTC+7 without summer time since 1975, so a fixed offset is exact for every day that a campaign can
have, and works on machines without a time zone database.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

from campaign.errors.access import DayError

VIET_NAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

ONE_DAY = timedelta(days=1)

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)

Clock = Callable[[], datetime]
"""Tells the present instant, as an aware datetime. Passed in, never asked for by the rules."""


def require_aware(instant: datetime) -> datetime:
    """Return *instant*, or refuse it when it has no zone.

    Raises:
        ValueError: *instant* is naive, so its day in Viet Nam is unknown.
    """
    if instant.tzinfo is None:
        message = f"a time without a zone: {instant!r}"
        raise ValueError(message)
    return instant


def day_in_viet_nam(instant: datetime) -> date:
    """Return the day in Viet Nam on which *instant* falls (23:30 UTC is already the next day there)."""
    return require_aware(instant).astimezone(VIET_NAM).date()


def start_of_day(day: date) -> datetime:
    """Return the first instant of *day* in Viet Nam."""
    return datetime.combine(day, time.min, VIET_NAM)


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of *day* in Viet Nam."""
    return start_of_day(day + ONE_DAY) - _MICROSECOND


def read_day(typed: str) -> date:
    """Return the day that a person typed, as 05/11/2025 or 2025-11-05; never month before day.

    Raises:
        DayError: It is not a day, or the last of all, which no day comes after.
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            day = datetime.strptime(typed.strip(), form).replace(tzinfo=VIET_NAM).date()
            if day < date.max:
                return day
    raise DayError(typed)


def read_as_of(typed: str | None, now: datetime) -> datetime:
    """Return the last microsecond in Viet Nam of the day that a person typed, but never later than *now*.

    Raises:
        DayError: It is not a day. Nothing typed means *now*.
    """
    return min(now, end_of_day(read_day(typed))) if typed else now


def to_microseconds(instant: datetime) -> int:
    """Return *instant* as whole microseconds since 1970-01-01T00:00:00Z: exact, ordered, the same in every database."""
    return (require_aware(instant) - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Return the instant, in UTC, that lies *count* microseconds after 1970-01-01T00:00:00Z."""
    return _EPOCH + timedelta(microseconds=count)


def to_rfc3339(instant: datetime) -> str:
    """Write *instant* in UTC as RFC 3339 with six decimals: ``2025-11-04T16:59:59.000000Z``."""
    # Verifying writes an instant for each entry, and strftime takes several times as long.
    return require_aware(instant).astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def format_day(day: date) -> str:
    """Write *day* as screens show it: ``05/11/2025``."""
    return f"{day:%d/%m/%Y}"


def format_document_day(day: date) -> str:
    """Write *day* as documents show it: ``ngày 05 tháng 11 năm 2025``.

    Days below 10 and the months 1 and 2 get a zero before them (Decree 30/2020, annex I).
    """
    zero = "0" if day < date(day.year, 3, 1) else ""
    return f"ngày {day.day:02} tháng {zero}{day.month} năm {day.year}"


def day_before(day: date) -> date:
    """Return the day before."""
    return day - ONE_DAY


def format_minute(instant: datetime) -> str:
    """Write *instant* to the minute, in Viet Nam: ``15:18 ngày 04/11/2025``."""
    return f"{require_aware(instant).astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}"


def format_instant(instant: datetime) -> str:
    """Write *instant* as screens show it, in Viet Nam: ``09:05:07 ngày 05/11/2025``."""
    return f"{require_aware(instant).astimezone(VIET_NAM):%H:%M:%S ngày %d/%m/%Y}"
