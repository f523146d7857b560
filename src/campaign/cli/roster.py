"""``campaign roster``: import the list of who is concerned."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from campaign.core.roster import Member, RosterPlan, plan_roster
from campaign.settings import Settings, system_clock
from campaign.store.campaigns import read_campaign
from campaign.store.database import Database
from campaign.store.ledger import appending
from campaign.store.roster import apply_roster, read_roster
from campaign.store.roster_file import read_roster_file


@click.group()
def roster() -> None:
    """Danh sách người cần xác nhận."""


@roster.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Ghi thay đổi vào sổ; không có thì chỉ xem trước.")
@click.option("--json", "as_json", is_flag=True, help="In bản xem trước dạng JSON.")
@click.pass_obj
def import_roster(settings: Settings, file: Path, *, is_applied: bool, as_json: bool) -> None:
    """Xem trước, rồi nhập danh sách từ tệp CSV hoặc Excel.

    Ví dụ: campaign roster import danh-sach.xlsx --apply
    """
    members = read_roster_file(file)
    with appending(Database(settings.database)) as ledger:
        read_campaign(ledger.connection)
        current = {code: listed.member for code, listed in read_roster(ledger.connection).items()}
        plan = plan_roster(current, members)
        if is_applied:
            apply_roster(ledger, plan, system_clock())
    if as_json:
        click.echo(json.dumps(asdict(plan) | {"applied": is_applied}, ensure_ascii=False, indent=1))
        return
    _show_plan(plan)
    if plan.is_empty:
        click.echo("Danh sách mới giống hệt danh sách đang có.")
    elif is_applied:
        click.echo("Đã ghi thay đổi vào sổ.")
    else:
        click.echo("Đây là bản xem trước, chưa có gì được ghi. Thêm --apply để ghi.")


def _show_plan(plan: RosterPlan) -> None:
    table = Table("Thay đổi", "Mã", "Họ và tên", "Đơn vị", "Loại")
    for member in plan.joined:
        table.add_row("thêm", *_cells(member))
    for old, new in plan.changed:
        table.add_row("sửa", *(_show_change(*pair) for pair in zip(_cells(old), _cells(new), strict=True)))
    for member in plan.left:
        table.add_row("bớt", *_cells(member))
    console = Console(markup=False, emoji=False, highlight=False)
    if table.row_count:
        console.print(table)
    console.print(
        f"Thêm {len(plan.joined)}, sửa {len(plan.changed)}, bớt {len(plan.left)}, giữ nguyên {plan.unchanged} người."
    )


def _cells(member: Member) -> tuple[str, str, str, str]:
    return member.staff_code, member.name, member.unit, member.category.label


def _show_change(old: str, new: str) -> str:
    return new if old == new else f"{old} → {new}"
