"""The Office's pages of the reminders that were sent, and of the texts that the Office passes on."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request

from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.post import Post
from campaign.core.reminder import Debtor, Reminder
from campaign.record.office.reminders import PEOPLE_A_PAGE, count_debts, count_outstanding, plan_few, sender_of
from campaign.record.office.scope import names_asked_for, unit_asked_for
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.paging import ListPage, read_list_page
from campaign.record.web.visitor import recorder_of
from campaign.remind.texts import Text, write_head_notice, write_reminder
from campaign.store.figures.debts import find_debtors
from campaign.store.figures.figures import read_figures
from campaign.store.figures.reminders import SentReminder, find_passed_on, read_debtors, read_sent
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revisions

TEXTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SentLine:
    """A reminder that was sent, with what its reader owes now.

    Attributes:
        now: In words: reminded again when, or why no more.
        owes: Whether something is still owed.
    """

    sent: SentReminder
    now: str
    owes: bool


@dataclass(frozen=True, slots=True)
class RemindedPage:
    """The ledger of what was sent."""

    template: ClassVar[str] = "office/reminded.html"
    title: ClassVar[str] = "Đã nhắc"
    unit: str
    is_bound: bool
    lines: tuple[SentLine, ...]
    list_page: ListPage


@dataclass(frozen=True, slots=True)
class PersonText:
    """A text for somebody."""

    debtor: Debtor
    text: Text


@dataclass(frozen=True, slots=True)
class TextsPage:
    """The texts that the Office passes on, and the letters to a unit.

    Attributes:
        for_head: The text for the head of the unit; nothing when nobody owes anything, or the list would be too long.
        texts: Those for people whose last reminder waits to be passed on.
        posts: Those for which the unit still owes something: a letter can be made of each.
    """

    template: ClassVar[str] = "office/texts.html"
    title: ClassVar[str] = "Lời nhắc để chuyển"
    unit: str
    is_bound: bool
    units: tuple[str, ...]
    for_head: Text | None
    texts: tuple[PersonText, ...]
    posts: tuple[Post, ...]
    list_page: ListPage


@reading
def show_reminded(request: Request, connection: Connection) -> RemindedPage:
    """Show what was sent, the newest first, and how those people stand now."""
    list_page, unit = read_list_page(request, PEOPLE_A_PAGE), unit_asked_for(request, connection)
    sent = read_sent(connection, unit, list_page.start, list_page.asks_for)
    members = {reminder.member_id for reminder in sent if reminder.member_id is not None}
    plans = {plan.debtor.member_id: plan for plan in plan_few(request, connection, sorted(members))}
    lines = tuple(
        SentLine(reminder, _format_now(reminder.unit, plans.get(reminder.member_id or 0)), reminder.member_id in plans)
        for reminder in sent[:PEOPLE_A_PAGE]
    )
    return RemindedPage(unit or "", unit_shown_to(request) is not None, lines, list_page.followed_by(sent))


@reading
def show_texts(request: Request, connection: Connection) -> TextsPage:
    """Show the texts to pass on, as they would be written now: who confirmed meanwhile is not among them."""
    now, unit = recorder_of(request).clock(), unit_asked_for(request, connection)
    sender, today, list_page = sender_of(request), day_in_viet_nam(now), read_list_page(request, TEXTS_A_PAGE)
    figures, names = read_figures(connection), names_asked_for(connection, unit)
    waiting = find_passed_on(connection, unit, list_page.start, list_page.asks_for)
    of_unit = find_debtors(connection, unit, 0, PEOPLE_A_PAGE + 1) if unit else []
    shown, of_head = set(waiting[:TEXTS_A_PAGE]), set(of_unit if len(of_unit) <= PEOPLE_A_PAGE else ())
    debtors = read_debtors(connection, now, members=sorted(shown | of_head))
    listed = [debtor for debtor in debtors if debtor.member_id in of_head]
    posts = [revision.post for revision in current_revisions(connection)] if unit else []
    return TextsPage(
        unit=unit or "",
        is_bound=unit_shown_to(request) is not None,
        units=tuple(each.name for each in count_debts(figures, names if unit_shown_to(request) else None)),
        for_head=write_head_notice(unit, listed, sender, today) if unit and listed else None,
        texts=tuple(
            PersonText(debtor, write_reminder(debtor, sender, today)) for debtor in debtors if debtor.member_id in shown
        ),
        posts=tuple(post for post in posts if count_outstanding(figures, post.id, names)),
        list_page=list_page.followed_by(waiting),
    )


def _format_now(unit: str | None, plan: Reminder | None) -> str:
    if plan is None:
        return "dừng: đã ra khỏi danh sách" if unit is None else "dừng: đã xác nhận đủ, hoặc được miễn"
    owes = f"còn nợ {len(plan.debtor.owed)} bài"
    if plan.debtor.is_away:
        return f"{owes}; dừng: đang nghỉ"
    if plan.day is not None:
        return f"{owes}; đến lượt nhắc hôm nay"
    return (
        f"{owes}; dừng: đã hết lịch nhắc" if plan.next_on is None else f"{owes}; nhắc tiếp {format_day(plan.next_on)}"
    )
