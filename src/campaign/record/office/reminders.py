"""The Office's page of the plan of reminders: of each post, of each unit, and of the people."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.requests import Request

from campaign.core.clock import day_in_viet_nam
from campaign.core.department import Department
from campaign.core.figures.coverage import Figures
from campaign.core.reminder import Owed, PostPlan, Reminder, plan_post, plan_reminders
from campaign.posts.declarations import read_department
from campaign.record.office.scope import names_asked_for, unit_asked_for
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.paging import ListPage, read_list_page
from campaign.record.web.visitor import recorder_of
from campaign.remind.calendar import Calendar, calendar_for
from campaign.remind.texts import Sender, sender_for
from campaign.store.figures.debts import find_debtors
from campaign.store.figures.figures import count_members, read_figures
from campaign.store.figures.refused import find_refused
from campaign.store.figures.reminders import read_debtors
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revisions, first_published
from campaign.store.posts.special_cases import deadline_of
from campaign.store.roster.roster import ListedMember

PAGE_PATH = "/van-phong/nhac"
PEOPLE_A_PAGE = 200
PEOPLE_TO_REMIND_AT_MOST = 50_000
"""With more people than that, one unit is looked at, and reminded, at a time."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A post with its days, and how many of those shown owe it."""

    plan: PostPlan
    outstanding: int


@dataclass(frozen=True, slots=True)
class UnitDebts:
    """A unit with the debts of its people: who owes two posts has two. ``due`` are those whose day has come."""

    name: str
    debts: int
    due: int


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """Who is reminded when, why, how, and until when.

    Attributes:
        units: All that the account may see.
        unit: The unit that is shown, or empty for all.
        is_bound: Whether the account sees that unit only.
        people: Those of this page who owe something; nothing when a unit must be chosen first.
        is_quiet: Whether nobody is disturbed now.
        refused: Those whose mail address there is not, as a mail server said; told to the Office.
    """

    template: ClassVar[str] = "office/reminders.html"
    title: ClassVar[str] = "Đôn đốc"
    as_of: datetime
    lines: tuple[PlanLine, ...]
    units: tuple[UnitDebts, ...]
    unit: str
    is_bound: bool
    people: tuple[Reminder, ...] | None
    list_page: ListPage
    is_quiet: bool
    has_mail: bool
    refused: tuple[ListedMember, ...] = ()


@reading
def show_reminders(request: Request, connection: Connection) -> RemindersPage:
    """Show the plan: of each post, of each unit, and of the people, a page at a time."""
    now, has_mail = recorder_of(request).clock(), recorder_of(request).mail is not None
    list_page, unit = read_list_page(request, PEOPLE_A_PAGE), unit_asked_for(request, connection)
    calendar = calendar_of(request)
    figures, opened, lines = read_figures(connection), first_published(connection), []
    names = names_asked_for(connection, unit)
    for revision in current_revisions(connection):
        post, opened_on = revision.post, day_in_viet_nam(opened[revision.post_id])
        owed = Owed(post.id, post.title, deadline_of(revision), opened_on)
        plan = plan_post(owed, day_in_viet_nam(now), calendar.is_working_day)
        lines.append(PlanLine(plan, count_outstanding(figures, post.id, names)))
    is_due = {line.plan.owed.post for line in lines if line.plan.day is not None}
    people = None
    if not is_too_large(connection, unit):
        people = find_debtors(connection, unit, list_page.start, list_page.asks_for)
    shown = plan_few(request, connection, (people or [])[:PEOPLE_A_PAGE])
    return RemindersPage(
        as_of=now,
        lines=tuple(line for line in lines if line.outstanding),
        units=count_debts(figures, names if unit_shown_to(request) else None, is_due),
        unit=unit or "",
        is_bound=unit_shown_to(request) is not None,
        people=None if people is None else tuple(shown),
        list_page=list_page.followed_by(people or []),
        is_quiet=calendar.is_quiet(now),
        has_mail=has_mail,
        refused=() if unit_shown_to(request) else tuple(find_refused(connection)),
    )


def sender_of(request: Request) -> Sender:
    """Return from whom reminders come."""
    recorder = recorder_of(request)
    return sender_for(read_department(recorder.department) or Department(), recorder.address)


def calendar_of(request: Request) -> Calendar:
    """Return the working days of the department."""
    return calendar_for(read_department(recorder_of(request).department) or Department())


def plan_few(request: Request, connection: Connection, members: Sequence[int]) -> list[Reminder]:
    """Return the plan of a few members."""
    recorder = recorder_of(request)
    now, has_mail = recorder.clock(), recorder.mail is not None
    debtors = read_debtors(connection, now, members=members)
    return plan_reminders(debtors, day_in_viet_nam(now), calendar_of(request).is_working_day, has_mail=has_mail)


def count_outstanding(figures: Mapping[str, Figures], post: str, only: Collection[str] | None) -> int:
    """Return how many have not confirmed a post, in the units *only* or in all."""
    by_unit = figures[post].by_unit if post in figures else {}
    return sum(counted.outstanding for name, counted in by_unit.items() if only is None or name in only)


def count_debts(
    figures: Mapping[str, Figures], only: Collection[str] | None, is_due: Iterable[str] = ()
) -> tuple[UnitDebts, ...]:
    """Return the units *only*, or all, with their debts; *is_due* are the posts whose day has come."""
    debts, due, posts = Counter[str](), Counter[str](), set(is_due)
    for post, found in figures.items():
        for name, counted in found.by_unit.items():
            if only is None or name in only:
                debts[name] += counted.outstanding
                due[name] += counted.outstanding if post in posts else 0
    return tuple(UnitDebts(name, debts[name], due[name]) for name in debts)


def is_too_large(connection: Connection, unit: str | None) -> bool:
    """Say whether a unit must be chosen first."""
    return unit is None and count_members(connection) > PEOPLE_TO_REMIND_AT_MOST
