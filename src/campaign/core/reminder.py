"""Reminders: who is reminded on which day, of what, and until when.

A person is reminded on a few working days counted from the deadline that is theirs: closer together before it, further
and further apart after it, and then no more. One message tells everything that a person still owes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from campaign.core.clock import ONE_DAY
from campaign.core.deadline import Deadline
from campaign.core.labelled import Labelled

IsWorking = Callable[[date], bool]
"""Says whether a day is a working day in Viet Nam."""

_DAYS_BEFORE = (5, 2, 0)
"""Working days left: 0 is the last working day that is in time."""
_DAYS_AFTER = (1, 3, 7, 15)
"""Working days since the deadline, the first late day being 1; the gaps double, then reminders end."""
_HEAD_DAYS = (2, 0)
"""Working days left on which the head of a unit is told who is outstanding."""
_MAKE_UP_DAYS = 7
"""Within how many days a missed day of the plan is made up, once; after that the next day of the plan serves."""


class Means(Labelled):
    """How a reminder reaches a person."""

    MAIL = "mail", "thư điện tử"
    OUTBOX = "outbox", "Văn phòng chuyển"


@dataclass(frozen=True, slots=True)
class Owed:
    """A post that a member has not confirmed.

    Attributes:
        deadline: The member's own.
        opened_on: The day on which the post was first published.
        document: The document that it spreads, shortly: ``Thông báo số 485/TB-VPCP``; empty for none.
    """

    post: str
    title: str
    deadline: Deadline
    opened_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Debtor:
    """A member who owes something.

    Attributes:
        email: The address that mail goes to; nothing also where it was refused.
        is_away: Whether the member is on leave: counted, but not reminded.
        reminded_for: The last day of a plan for which the member was reminded, or nothing.
        is_refused: Whether there is an address that a mail server refused.
        held_for: The day of a plan for which a message was begun, and nobody knows whether it was sent; or nothing.
    """

    member_id: int
    staff_code: str
    name: str
    unit: str
    email: str | None
    owed: tuple[Owed, ...]
    is_away: bool = False
    reminded_for: date | None = None
    is_refused: bool = False
    held_for: date | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the plan says of one member.

    Attributes:
        day: The day of the plan that is due now; nothing when the member is not reminded now.
        why: Why now, or why not.
        next_on: The next day of the plan, or nothing when it has ended.
        ends_on: The last day of the plan; it ends earlier when everything is confirmed.
    """

    debtor: Debtor
    means: Means
    day: date | None
    why: str
    next_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PostPlan:
    """When those are reminded who owe a post: as in `Reminder`, but of the post."""

    owed: Owed
    day: date | None
    why: str
    next_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class HeadNotice:
    """What the head of a unit is told near a deadline: who of the unit is outstanding."""

    unit: str
    day: date
    email: str | None
    debtors: tuple[Debtor, ...]


def reminder_days(owed: Owed, is_working: IsWorking) -> dict[date, Deadline]:
    """Return the days on which *owed* is reminded of, in order, each with the deadline that it is for."""
    days = [_count(owed.deadline.before, -1 - left, is_working) for left in _DAYS_BEFORE]
    days += [_count(owed.deadline.last_day, gone, is_working) for gone in _DAYS_AFTER]
    return {day: owed.deadline for day in sorted(days) if day > owed.opened_on}


def format_nearness(deadline: Deadline, today: date, is_working: IsWorking) -> str:
    """Say how many working days are left on the day of sending, or have gone by since the deadline."""
    if today < deadline.before:
        left = _count_between(today + ONE_DAY, deadline.before, is_working)
        return f"còn {left} ngày làm việc" if left else "ngày làm việc cuối cùng trước khi hết hạn"
    return f"quá hạn {_count_between(deadline.before, today + ONE_DAY, is_working)} ngày làm việc"


def plan_reminders(
    debtors: Iterable[Debtor], today: date, is_working: IsWorking, *, has_mail: bool, extra: bool = False
) -> list[Reminder]:
    """Say whether, why and how each debtor is reminded today, and when next.

    Args:
        debtors: Everyone who owes something.
        today: The day in Viet Nam.
        is_working: The calendar.
        has_mail: Whether mail can be sent; else everything goes to the outbox.
        extra: Remind today whatever the plan says, but never twice a day and nobody who is away.
    """

    @cache  # Most owe the same posts; counting working days again for each takes longer than all the rest.
    def days_of(deadline: Deadline, opened_on: date) -> dict[date, Deadline]:
        return reminder_days(Owed("", "", deadline, opened_on), is_working)

    @cache
    def nearness(deadline: Deadline) -> str:
        return format_nearness(deadline, today, is_working)

    reminders = []
    for debtor in debtors:
        days: dict[date, Deadline] = {}
        for owed in debtor.owed:
            days = days_of(owed.deadline, owed.opened_on) | days
        coming = _coming(days, today)
        day = None if debtor.is_away else _due(sorted(days), today, debtor.reminded_for)
        why = _why_not(coming) if day is None else nearness(days[day])
        if debtor.is_away:
            why = "đang nghỉ"
        elif debtor.held_for is not None and day is not None and debtor.held_for >= day:
            day, why = None, "lời nhắc trước đang gửi, hoặc không rõ đã đến hay chưa"
        elif day is None and extra and (debtor.reminded_for is None or debtor.reminded_for < today):
            day, why = today, "nhắc ngoài lịch"
        means = Means.MAIL if has_mail and debtor.email else Means.OUTBOX
        reminders.append(Reminder(debtor, means, day, why, coming, max(days, default=None)))
    return reminders


def plan_post(owed: Owed, today: date, is_working: IsWorking) -> PostPlan:
    """Say when those are reminded who owe a post and have no deadline of their own."""
    days = reminder_days(owed, is_working)
    day, coming = _due(list(days), today, None), _coming(days, today)
    why = _why_not(coming) if day is None else format_nearness(owed.deadline, today, is_working)
    return PostPlan(owed, day, why, coming, max(days, default=None))


def plan_head_notices(
    debtors: Sequence[Debtor],
    today: date,
    is_working: IsWorking,
    heads: Mapping[str, str],
    told_for: Mapping[str, date],
) -> list[HeadNotice]:
    """Say which heads of units are told today.

    Args:
        debtors: Everyone who owes something.
        today: The day in Viet Nam.
        is_working: The calendar.
        heads: The e-mail address of a unit's head, by unit.
        told_for: The last day for which a unit's head was told, by unit.
    """
    by_unit: dict[str, list[Debtor]] = {}
    for debtor in debtors:
        by_unit.setdefault(debtor.unit, []).append(debtor)
    notices = []
    for unit, members in by_unit.items():
        ends = {owed.deadline.before for member in members for owed in member.owed}
        days = {_count(end, -1 - left, is_working) for end in ends for left in _HEAD_DAYS}
        day = _due(sorted(days), today, told_for.get(unit))
        if day is not None:
            notices.append(HeadNotice(unit, day, heads.get(unit), tuple(members)))
    return notices


def _coming(days: Iterable[date], today: date) -> date | None:
    return min((day for day in days if day > today), default=None)


def _why_not(coming: date | None) -> str:
    return "đã hết lịch nhắc" if coming is None else "chưa đến ngày"


def _due(days: Sequence[date], today: date, done: date | None) -> date | None:
    """Return the last of *days* that has come and is not done yet, unless it is too long ago."""
    come = [day for day in days if day <= today]
    if not come or (done is not None and come[-1] <= done) or today - come[-1] > _MAKE_UP_DAYS * ONE_DAY:
        return None
    return come[-1]


def _count_between(start: date, end: date, is_working: IsWorking) -> int:
    """Return how many working days there are from *start* up to the day before *end*."""
    return sum(is_working(start + number * ONE_DAY) for number in range((end - start).days))


def _count(start: date, number: int, is_working: IsWorking) -> date:
    """Return the working day that is *number* working days after *start*, or before it when negative."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    day, left = start, abs(number)
    while left:
        day += step
        left -= is_working(day)
    return day
