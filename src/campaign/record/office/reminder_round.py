"""The Office's pages of a round of reminders, before and after it is sent: the very way of ``campaign remind``."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.department import Department
from campaign.core.reminder import HeadNotice, Means, Reminder
from campaign.errors.access import PageNotFoundError
from campaign.jobs.reminder_round import Plan, Round, Tally
from campaign.posts.declarations import read_department
from campaign.record.office.reminders import PAGE_PATH, is_too_large, sender_of
from campaign.record.office.scope import unit_asked_for
from campaign.record.web.answers import reading, show_page
from campaign.record.web.forms import read_form
from campaign.record.web.visitor import recorder_of
from campaign.remind.calendar import calendar_for
from campaign.store.figures.reminders import Subject, UnsureReminder, read_unsure, settle_unsure
from campaign.store.ledger.database import Connection

ROUND_PATH = f"{PAGE_PATH}/gui"
UNSURE_PATH = f"{PAGE_PATH}/khong-ro"


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round of reminders before it is sent, and what became of it.

    Attributes:
        unit: One unit, or empty for all.
        extra: Whether those are reminded too whose day it is not.
        due: Who is reminded.
        idle: Who is not, by the reason.
        heads: The heads of units who are told.
        unsure: The messages of which nobody knows whether they were sent.
        why_quiet: Why nothing goes out now; empty when something may.
        next_open: When the round goes out then.
        tally: What became of it; nothing while it is only looked at.
    """

    template: ClassVar[str] = "office/round.html"
    title: ClassVar[str] = "Lần nhắc hôm nay"
    as_of: datetime
    unit: str
    extra: bool
    due: tuple[Reminder, ...]
    idle: Mapping[str, tuple[Reminder, ...]]
    heads: tuple[HeadNotice, ...]
    unsure: tuple[UnsureReminder, ...] = ()
    why_quiet: str = ""
    next_open: datetime | None = None
    tally: Tally | None = None

    @property
    def mails(self) -> int:
        """How many go by mail."""
        return sum(reminder.means is Means.MAIL for reminder in self.due)


@reading
def show_round(request: Request, connection: Connection) -> RoundPage | Response:
    """Show what a round would send now; nothing is sent."""
    unit, extra = unit_asked_for(request, connection), bool(request.query_params.get("them"))
    if is_too_large(connection, unit):
        return RedirectResponse(PAGE_PATH, 303)
    return _to_page(request, _round_of(request).plan_in(connection, unit, extra=extra), unit, extra=extra)


async def send_round(request: Request) -> Response:
    """Send what is due now, as ``campaign remind --send`` does."""
    form, current = await read_form(request), _round_of(request)
    unit, extra = form["unit"] or None, bool(form["extra"])
    plan = await run_in_threadpool(current.plan, unit, extra=extra)
    tally = None if current.calendar.is_quiet(current.clock()) else await run_in_threadpool(current.send, plan)
    page = _to_page(request, plan, unit, extra=extra, tally=tally)
    return await run_in_threadpool(show_page, request, page)


async def settle(request: Request) -> Response:
    """Let a message of which nobody knows be sent again, or count it as sent."""
    form, recorder = await read_form(request), recorder_of(request)
    try:
        subject, day = Subject.from_key(form["subject"]), date.fromisoformat(form["day"])
    except ValueError:
        raise PageNotFoundError from None
    as_sent = form["act"] == "sent"
    await recorder.write(partial(settle_unsure, as_sent=as_sent), subject, day, recorder.clock())
    return RedirectResponse(ROUND_PATH, 303)


def _to_page(request: Request, plan: Plan, unit: str | None, *, extra: bool, tally: Tally | None = None) -> RoundPage:
    idle = defaultdict[str, list[Reminder]](list)
    for reminder in plan.reminders:
        if reminder.day is None:
            idle[reminder.why].append(reminder)
    recorder, calendar = recorder_of(request), _round_of(request).calendar
    now = recorder.clock()
    with recorder.database.reading() as connection:
        unsure = tuple(read_unsure(connection, now))
    return RoundPage(
        as_of=now,
        unit=unit or "",
        extra=extra,
        due=tuple(reminder for reminder in plan.reminders if reminder.day is not None),
        idle={why: tuple(people) for why, people in idle.items()},
        heads=plan.heads,
        unsure=unsure,
        why_quiet=calendar.why_quiet(now),
        next_open=calendar.next_open(now),
        tally=tally,
    )


def _round_of(request: Request) -> Round:
    recorder, department = recorder_of(request), read_department(recorder_of(request).department) or Department()
    return Round(
        database=recorder.database,
        clock=recorder.clock,
        sender=sender_of(request),
        outbox=recorder.outbox,
        server=recorder.mail,
        heads=department.heads,
        csv_separator=recorder.csv_separator,
        calendar=calendar_for(department),
    )
