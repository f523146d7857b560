"""The Office's pages of reminders; what is sent goes the very way of ``campaign remind``."""

from collections import Counter, defaultdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.reminder import Owed, Reminder, plan_post, plan_reminders
from campaign.jobs.reminder_round import Plan, Round, Tally
from campaign.record.office.reminder_pages import (
    PersonText,
    PlanLine,
    RemindedPage,
    RemindersPage,
    RoundPage,
    SentLine,
    Sheaf,
    TextsPage,
    UnitDebts,
)
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, read_form, to_number
from campaign.remind.calendar import is_quiet, is_working_day
from campaign.remind.texts import Sender, write_head_notice, write_reminder
from campaign.report.department import read_department
from campaign.store.base.units import read_units
from campaign.store.figures.debts import find_debtors
from campaign.store.figures.figures import PostFigures, count_members, read_figures
from campaign.store.figures.reminders import find_passed_on, read_debtors, read_sent
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import PublishedRevision, current_revisions, first_published_at
from campaign.store.posts.special_cases import deadline_of

PAGE_PATH = "/van-phong/nhac"
ROUND_PATH = f"{PAGE_PATH}/gui"
PEOPLE_A_PAGE = 200
TEXTS_A_PAGE = 50
PEOPLE_AT_ONCE = 50_000
"""With more people than that, one unit is looked at, and reminded, at a time."""


def show_reminders(request: Request) -> Response:
    """Show the plan: of each post, of each unit, and of the people, a page at a time."""
    recorder = recorder_of(request)
    now, number = recorder.clock(), _page(request)
    with recorder.database.reading() as connection:
        unit = _unit(request, connection)
        figures, lines = read_figures(connection), []
        for revision in current_revisions(connection):
            owed = _to_owed(connection, revision)
            plan = plan_post(owed, day_in_viet_nam(now), is_working_day)
            lines.append(PlanLine(plan, _outstanding(figures, owed.post, unit)))
        people = None if _is_too_large(connection, unit) else find_debtors(connection, unit, *_span(number))
        shown = _plan_few(request, connection, (people or [])[:PEOPLE_A_PAGE])
        page = RemindersPage(
            as_of=now,
            lines=tuple(one for one in lines if one.outstanding),
            units=_count_units(figures, lines, unit if unit_shown_to(request) else None),
            unit=unit or "",
            is_bound=unit_shown_to(request) is not None,
            people=None if people is None else tuple(shown),
            sheaf=_sheaf(number, PEOPLE_A_PAGE, len(people or [])),
            is_quiet=is_quiet(now),
            has_mail=recorder.mail is not None,
        )
        return show(request, connection, page)


def show_round(request: Request) -> Response:
    """Show what a round would send now; nothing is sent."""
    extra = bool(request.query_params.get("them"))
    with recorder_of(request).database.reading() as connection:
        unit = _unit(request, connection)
        if _is_too_large(connection, unit):
            return RedirectResponse(PAGE_PATH, 303)
    plan = _round_of(request).plan(unit, extra=extra)
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _to_page(request, plan, unit, extra=extra))


async def send_round(request: Request) -> Response:
    """Send what is due now, as ``campaign remind --send`` does."""
    form = await read_form(request, browser_from(request), recorder_of(request).address)
    return await run_in_threadpool(_send, request, field(form, "unit") or None, extra=bool(field(form, "extra")))


def show_reminded(request: Request) -> Response:
    """Show what was sent, the newest first, and how those people stand now."""
    number = _page(request)
    with recorder_of(request).database.reading() as connection:
        unit = _unit(request, connection)
        sent = read_sent(connection, unit, *_span(number))
        members = {one.member_id for one in sent if one.member_id is not None}
        plans = {one.debtor.member_id: one for one in _plan_few(request, connection, sorted(members))}
        lines = tuple(
            SentLine(one, _stand_now(one.unit, plans.get(one.member_id or 0)), one.member_id in plans)
            for one in sent[:PEOPLE_A_PAGE]
        )
        is_bound = unit_shown_to(request) is not None
        page = RemindedPage(unit or "", is_bound, lines, _sheaf(number, PEOPLE_A_PAGE, len(sent)))
        return show(request, connection, page)


def show_texts(request: Request) -> Response:
    """Show the texts to pass on, as they would be written now: who confirmed meanwhile is not among them."""
    recorder = recorder_of(request)
    now, number = recorder.clock(), _page(request)
    sender, today = _sender(request), day_in_viet_nam(now)
    with recorder.database.reading() as connection:
        unit = _unit(request, connection)
        figures = read_figures(connection)
        waiting = find_passed_on(connection, unit, *_span(number, TEXTS_A_PAGE))
        debtors = read_debtors(connection, now, members=waiting[:TEXTS_A_PAGE])
        of_unit = find_debtors(connection, unit, 0, PEOPLE_A_PAGE + 1) if unit else []
        for_head = None
        if unit and 0 < len(of_unit) <= PEOPLE_A_PAGE:
            for_head = write_head_notice(unit, read_debtors(connection, now, members=of_unit), sender, today)
        posts = [one.post for one in current_revisions(connection) if unit and _outstanding(figures, one.post.id, unit)]
        page = TextsPage(
            unit=unit or "",
            is_bound=unit_shown_to(request) is not None,
            units=tuple(one.name for one in _count_units(figures, [], unit if unit_shown_to(request) else None)),
            for_head=for_head,
            texts=tuple(
                PersonText(one.name, one.staff_code, one.unit, write_reminder(one, sender, today)) for one in debtors
            ),
            posts=tuple(posts),
            sheaf=_sheaf(number, TEXTS_A_PAGE, len(waiting)),
        )
        return show(request, connection, page)


def _send(request: Request, unit: str | None, *, extra: bool) -> Response:
    round_ = _round_of(request)
    plan = round_.plan(unit, extra=extra)
    tally = None if is_quiet(round_.clock()) else round_.send(plan)
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _to_page(request, plan, unit, extra=extra, tally=tally))


def _to_page(request: Request, plan: Plan, unit: str | None, *, extra: bool, tally: Tally | None = None) -> RoundPage:
    idle = defaultdict[str, list[Reminder]](list)
    for one in plan.reminders:
        if one.day is None:
            idle[one.why].append(one)
    now = recorder_of(request).clock()
    return RoundPage(
        as_of=now,
        unit=unit or "",
        extra=extra,
        due=tuple(one for one in plan.reminders if one.day is not None),
        idle={why: tuple(people) for why, people in idle.items()},
        heads=plan.heads,
        is_quiet=is_quiet(now),
        tally=tally,
    )


def _round_of(request: Request) -> Round:
    recorder = recorder_of(request)
    return Round(
        database=recorder.database,
        clock=recorder.clock,
        sender=_sender(request),
        outbox=recorder.outbox,
        server=recorder.mail,
        heads=read_department(recorder.department).heads,
    )


def _sender(request: Request) -> Sender:
    recorder = recorder_of(request)
    return Sender(read_department(recorder.department).office, recorder.address)


def _plan_few(request: Request, connection: Connection, members: list[int]) -> list[Reminder]:
    """Return the plan of a few members."""
    recorder = recorder_of(request)
    now, has_mail = recorder.clock(), recorder.mail is not None
    debtors = read_debtors(connection, now, members=members)
    return plan_reminders(debtors, day_in_viet_nam(now), is_working_day, has_mail=has_mail)


def _stand_now(unit: str | None, plan: Reminder | None) -> str:
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


def _to_owed(connection: Connection, revision: PublishedRevision) -> Owed:
    post, opened = revision.post, first_published_at(connection, revision.post_id)
    return Owed(post.id, post.title, deadline_of(revision), day_in_viet_nam(opened))


def _outstanding(figures: dict[str, PostFigures], post: str, unit: str | None) -> int:
    by_unit = figures[post].by_unit if post in figures else {}
    return sum(one.outstanding for name, one in by_unit.items() if unit in {None, name})


def _count_units(figures: dict[str, PostFigures], lines: list[PlanLine], only: str | None) -> tuple[UnitDebts, ...]:
    is_due = {line.plan.owed.post for line in lines if line.plan.day is not None}
    debts, due = Counter[str](), Counter[str]()
    for post, found in figures.items():
        for name, one in found.by_unit.items():
            if only in {None, name}:
                debts[name] += one.outstanding
                due[name] += one.outstanding if post in is_due else 0
    return tuple(UnitDebts(name, debts[name], due[name]) for name in debts)


def _is_too_large(connection: Connection, unit: str | None) -> bool:
    return unit is None and count_members(connection) > PEOPLE_AT_ONCE


def _unit(request: Request, connection: Connection) -> str | None:
    """Return the unit that is asked for and may be seen, by its name of now, or nothing for all."""
    asked = unit_shown_to(request) or request.query_params.get("don-vi") or None
    known = read_units(connection).by_name.get(asked or "")
    return known.name if known else asked


def _page(request: Request) -> int:
    return max(1, to_number(request.query_params.get("trang", "")))


def _span(number: int, size: int = PEOPLE_A_PAGE) -> tuple[int, int]:
    """Return where a page begins, and one more than it holds, which tells whether another follows."""
    return (number - 1) * size, size + 1


def _sheaf(number: int, size: int, found: int) -> Sheaf:
    return Sheaf(number, (number - 1) * size + 1, found > size)
