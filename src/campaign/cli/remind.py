"""``campaign remind``: who is reminded now, and reminding them."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from campaign.core.clock import format_day
from campaign.core.reminder import Reminder
from campaign.jobs.reminder_round import Plan, Round, Tally
from campaign.remind.calendar import FROM, TO, is_quiet
from campaign.remind.mail import find_server
from campaign.remind.texts import Sender
from campaign.report.department import read_department
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database

SHOWN_AT_MOST = 200


@click.command()
@click.option("--send", is_flag=True, help="Gửi thật; không có thì chỉ xem trước, chưa gửi gì.")
@click.option("--extra", is_flag=True, help="Nhắc hôm nay cả những ai chưa đến ngày hoặc đã hết lịch nhắc.")
@click.option("--outbox-only", is_flag=True, help="Không gửi thư; ghi mọi lời nhắc vào hộp chờ để Văn phòng chuyển.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def remind(settings: Settings, *, send: bool, extra: bool, outbox_only: bool, as_json: bool) -> None:
    """Xem trước ai được nhắc hôm nay, vì sao, bằng cách nào; thêm --send để nhắc.

    Mỗi người một lời nhắc cho mọi bài còn nợ; người đang nghỉ không bị nhắc.

    Ví dụ: campaign remind
    """
    round_ = _prepare(settings, outbox_only=outbox_only)
    plan = round_.plan(extra=extra)
    if not send:
        _show(plan, as_json=as_json)
    elif is_quiet(system_clock()):
        click.echo(f"Ngoài giờ nhắc ({FROM:%H:%M}–{TO:%H:%M} ngày làm việc): chưa gửi gì.")
    else:
        _tell(round_.send(plan), as_json=as_json)


def _prepare(settings: Settings, *, outbox_only: bool) -> Round:
    department = read_department(settings.department)
    return Round(
        database=Database(settings.database),
        clock=system_clock,
        sender=Sender(department.office, settings.address),
        outbox=settings.outbox,
        server=None if outbox_only else find_server(settings),
        heads=department.heads,
    )


def _show(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_to_facts(plan), ensure_ascii=False, indent=1))
        return
    now = [one for one in plan.reminders if one.day is not None]
    _show_table(now)
    for why, count in Counter(one.why for one in plan.reminders if one.day is None).items():
        click.echo(f"Không nhắc {count} người: {why}.")
    for notice in plan.heads:
        way = notice.email or "qua hộp chờ"
        click.echo(f"Báo người đứng đầu {notice.unit} ({way}): {len(notice.debtors)} người chưa xác nhận.")
    click.echo(f"Sẽ nhắc {len(now)} người. Đây là xem trước, chưa gửi gì; thêm --send để nhắc.")


def _show_table(reminders: Iterable[Reminder]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Mã", "Họ và tên", "Số bài", "Vì sao", "Bằng", "Lần sau", "Dừng sau ngày"):
        table.add_column(heading)
    shown = list(reminders)
    for one in shown[:SHOWN_AT_MOST]:
        debtor, days = one.debtor, (_day(one.next_on), _day(one.ends_on))
        table.add_row(debtor.staff_code, debtor.name, str(len(debtor.owed)), one.why, one.means.label, *days)
    if shown:
        Console(markup=False, emoji=False, highlight=False).print(table)
    if len(shown) > SHOWN_AT_MOST:
        click.echo(f"… và {len(shown) - SHOWN_AT_MOST} người nữa; xem đủ bằng --json.")


def _tell(tally: Tally, *, as_json: bool) -> None:
    if as_json:
        facts = {name: getattr(tally, name) for name in ("mailed", "passed_on", "taken", "delayed", "uncertain")}
        click.echo(json.dumps(facts | {"file": tally.file and str(tally.file)}, ensure_ascii=False, indent=1))
        return
    click.echo(f"Đã gửi {tally.mailed} thư.")
    if tally.file:
        click.echo(f"Đã ghi {tally.passed_on} lời nhắc vào {tally.file}; có tên người, chuyển xong thì xoá.")
    if tally.delayed:
        click.echo(f"Máy chủ thư chưa nhận {tally.delayed} thư; lần chạy sau gửi tiếp.")
    if tally.uncertain:
        click.echo(f"Không rõ {tally.uncertain} thư đã đi chưa; không gửi lại để không ai nhận hai lần.")
    if tally.taken:
        click.echo(f"Bỏ qua {tally.taken} người đang được lần chạy khác nhắc.")


def _to_facts(plan: Plan) -> dict[str, object]:
    return {
        "reminders": [
            {
                "staff_code": one.debtor.staff_code,
                "name": one.debtor.name,
                "unit": one.debtor.unit,
                "posts": [owed.post for owed in one.debtor.owed],
                "means": one.means.value,
                "day": one.day and one.day.isoformat(),
                "why": one.why,
                "next_on": one.next_on and one.next_on.isoformat(),
                "ends_on": one.ends_on and one.ends_on.isoformat(),
            }
            for one in plan.reminders
        ],
        "heads": [
            {"unit": one.unit, "day": one.day.isoformat(), "email": one.email, "outstanding": len(one.debtors)}
            for one in plan.heads
        ],
    }


def _day(day: date | None) -> str:
    return format_day(day) if day else "–"
