"""``campaign remind``: who is reminded now, and reminding them."""

from collections import Counter

import click
from rich.table import Table

from campaign.cli import terminal
from campaign.core.clock import format_day, format_instant
from campaign.core.department import Department
from campaign.jobs.reminder_round import Plan, Round, Tally
from campaign.posts.declarations import read_department
from campaign.remind.calendar import calendar_for
from campaign.remind.mail import find_server
from campaign.remind.texts import sender_for
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database


@click.command()
@click.option("--send", is_flag=True, help="Gửi thật; không có thì chỉ xem trước, chưa gửi gì.")
@click.option("--extra", is_flag=True, help="Nhắc hôm nay cả những ai chưa đến ngày hoặc đã hết lịch nhắc.")
@click.option("--outbox-only", is_flag=True, help="Không gửi thư; ghi mọi lời nhắc vào hộp chờ để Văn phòng chuyển.")
@terminal.as_json
@click.pass_obj
def remind(settings: Settings, *, send: bool, extra: bool, outbox_only: bool, as_json: bool) -> None:
    """Xem trước ai được nhắc hôm nay, vì sao, bằng cách nào; thêm --send để nhắc.

    Mỗi người một lời nhắc cho mọi bài còn nợ; người đang nghỉ không bị nhắc.

    Ví dụ: campaign remind
    """
    department = read_department(settings.department) or Department()
    round_ = Round(
        database=Database(settings.database),
        clock=system_clock,
        sender=sender_for(department, settings.address),
        outbox=settings.outbox,
        server=None if outbox_only else find_server(settings),
        heads=department.heads,
        csv_separator=settings.csv_separator,
        calendar=calendar_for(department),
    )
    plan, now = round_.plan(extra=extra), system_clock()
    why_quiet, next_open = round_.calendar.why_quiet(now), round_.calendar.next_open(now)
    if not send:
        show = _print_plan if as_json else _show_plan
        if why_quiet and not as_json:
            click.echo(f"Bây giờ không gửi ({why_quiet}). Lần gửi tới: {format_instant(next_open)}:")
        show(plan)
    elif why_quiet:
        click.echo(f"Không gửi ({why_quiet}): chưa gửi gì. Lần gửi tới: {format_instant(next_open)}.")
    else:
        tell = terminal.print_json if as_json else _show_tally
        tell(round_.send(plan))


def _show_plan(plan: Plan) -> None:
    due = [reminder for reminder in plan.reminders if reminder.day is not None]
    headings = ("Mã", "Họ và tên", "Số bài", "Vì sao", "Bằng", "Lần sau", "Dừng sau ngày")
    table = Table(*headings, box=None, pad_edge=False)
    for reminder in due[: terminal.ROWS_SHOWN]:
        debtor, days = reminder.debtor, (reminder.next_on, reminder.ends_on)
        who = (debtor.staff_code, debtor.name, str(len(debtor.owed)), reminder.why, reminder.means.label)
        table.add_row(*who, *(format_day(day) if day else "–" for day in days))
    if due:
        terminal.show(table)
    if len(due) > terminal.ROWS_SHOWN:
        click.echo(f"… và {len(due) - terminal.ROWS_SHOWN} người nữa; xem đủ bằng --json.")
    for why, count in Counter(reminder.why for reminder in plan.reminders if reminder.day is None).items():
        click.echo(f"Không nhắc {count} người: {why}.")
    for notice in plan.heads:
        way = notice.email or "qua hộp chờ"
        click.echo(f"Báo người đứng đầu {notice.unit} ({way}): {len(notice.debtors)} người chưa xác nhận.")
    click.echo(f"Sẽ nhắc {len(due)} người. Đây là xem trước, chưa gửi gì; thêm --send để nhắc.")


def _show_tally(tally: Tally) -> None:
    click.echo(f"Đã gửi {tally.mailed} thư.")
    if tally.file:
        click.echo(f"Đã ghi {tally.passed_on} lời nhắc vào {tally.file}; có tên người, chuyển xong thì xoá.")
    for refused in tally.refused:
        click.echo(f"Không có địa chỉ thư của {refused}; sửa ở trang của người ấy.")
    if tally.delayed:
        click.echo(f"Máy chủ thư chưa nhận {tally.delayed} thư; lần chạy sau gửi tiếp.")
    if tally.uncertain:
        click.echo(
            f"Không rõ thư đã đi chưa: {', '.join(tally.uncertain)}. Văn phòng chọn gửi lại hay không ở trang nhắc."
        )
    if tally.taken:
        click.echo(f"Bỏ qua {tally.taken} người đang được lần chạy khác nhắc.")


def _print_plan(plan: Plan) -> None:
    reminders = [
        {
            "staff_code": reminder.debtor.staff_code,
            "name": reminder.debtor.name,
            "unit": reminder.debtor.unit,
            "posts": [owed.post for owed in reminder.debtor.owed],
            "means": reminder.means.value,
            "day": reminder.day,
            "why": reminder.why,
            "next_on": reminder.next_on,
            "ends_on": reminder.ends_on,
        }
        for reminder in plan.reminders
    ]
    heads = [
        {"unit": notice.unit, "day": notice.day, "email": notice.email, "outstanding": len(notice.debtors)}
        for notice in plan.heads
    ]
    terminal.print_json({"reminders": reminders, "heads": heads})
