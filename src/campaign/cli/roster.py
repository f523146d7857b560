"""``campaign roster import``: the list of who is concerned, as a timer or an operator imports it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from campaign.cli.actor import require_account
from campaign.cli.progress import show_progress
from campaign.core.roster import Member, RosterPlan
from campaign.core.roster_doubts import Doubt
from campaign.jobs.roster_import import import_list, preview_list
from campaign.settings import Settings, system_clock
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.roster.file import read_roster_file
from campaign.store.roster.plans import PlannedList
from campaign.store.roster.roster import (
    RosterSource,
)

ROWS_SHOWN = 200
"""A terminal is no place to read the names of thousands; the figures below count them all."""


@click.group()
def roster() -> None:
    """Danh sách người cần xác nhận."""


@roster.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Ghi thay đổi vào sổ; không có thì chỉ xem trước.")
@click.option("--by", "actor", metavar="TÀI-KHOẢN", help="Tài khoản Văn phòng của người làm; cần khi có --apply.")
@click.option("--yes", "is_sure", is_flag=True, help="Đã xem các điểm nghi ngờ, không hỏi lại.")
@click.option("--json", "as_json", is_flag=True, help="In bản xem trước dạng JSON.")
@click.pass_obj
def import_roster(
    settings: Settings, file: Path, actor: str | None, *, is_applied: bool, is_sure: bool, as_json: bool
) -> None:
    """Xem trước, rồi nhập danh sách từ tệp CSV hoặc Excel.

    Ví dụ: campaign roster import danh-sach.xlsx --apply --by vanphong
    """
    if is_applied and not actor:
        message = "Cho biết ai nhập, ví dụ --by vanphong."
        raise click.UsageError(message)
    with show_progress(f"Đọc {file.name}") as advance:
        members = read_roster_file(file, advance)
    with Database(settings.database).reading() as connection:
        read_campaign(connection)
        found = preview_list(connection, members)
        if actor:
            require_account(connection, actor)
    plan, doubts = found.plan, found.doubts
    if as_json:
        click.echo(json.dumps(_to_facts(found, is_applied=is_applied), ensure_ascii=False, indent=1))
    else:
        for line in found.settled:
            click.echo(line)
        _show_plan(plan)
        _show_doubts(doubts)
    if is_applied and not plan.is_empty:
        if doubts and not is_sure:
            click.confirm("Vẫn ghi thay đổi vào sổ?", abort=True, err=True)
        source = RosterSource(actor or "", digest=sha256(file.read_bytes()).hexdigest())
        people = len(plan.joined) + len(plan.changed) + len(plan.left)
        with show_progress("Ghi vào sổ", people) as advance, appending(Database(settings.database)) as ledger:
            seen = is_sure or bool(doubts)
            import_list(ledger, members, source, system_clock(), doubts_seen=seen, advance=advance)
    if not as_json:
        click.echo(_tell_outcome(plan, is_applied=is_applied))


def _to_facts(found: PlannedList, *, is_applied: bool) -> dict[str, object]:
    doubts = [asdict(doubt) for doubt in found.doubts]
    return asdict(found.plan) | {"doubts": doubts, "settled": found.settled, "applied": is_applied}


def _tell_outcome(plan: RosterPlan, *, is_applied: bool) -> str:
    if plan.is_empty:
        return "Danh sách mới giống hệt danh sách đang có."
    if is_applied:
        return "Đã ghi thay đổi vào sổ."
    return "Đây là bản xem trước, chưa có gì được ghi. Thêm --apply để ghi."


def _show_plan(plan: RosterPlan) -> None:
    rows: list[tuple[str, ...]] = [("thêm", *_cells(member)) for member in plan.joined]
    for word, pairs in (("chuyển", plan.moved), ("sửa", plan.edited)):
        rows += [(word, *map(_show_change, _cells(old), _cells(new))) for old, new in pairs]
    rows += [("bớt", *_cells(member)) for member in plan.left]
    table = Table("Thay đổi", "Mã", "Họ và tên", "Đơn vị", "Loại", "Thư điện tử")
    for row in rows[:ROWS_SHOWN]:
        table.add_row(*row)
    console = Console(markup=False, emoji=False, highlight=False)
    if rows:
        console.print(table)
    if len(rows) > ROWS_SHOWN:
        console.print(f"… và {len(rows) - ROWS_SHOWN} dòng nữa; xem hết bằng --json.")
    console.print(
        f"Thêm {len(plan.joined)}, chuyển {len(plan.moved)}, sửa {len(plan.edited)}, bớt {len(plan.left)}, "
        f"giữ nguyên {plan.unchanged} người."
    )


def _show_doubts(doubts: Sequence[Doubt]) -> None:
    for doubt in doubts[:ROWS_SHOWN]:
        click.echo(f"Nghi ngờ: {doubt.problem} {doubt.remedy}")
    if len(doubts) > ROWS_SHOWN:
        click.echo(f"… và {len(doubts) - ROWS_SHOWN} điểm nghi ngờ nữa; xem hết bằng --json.")


def _cells(member: Member) -> tuple[str, str, str, str, str]:
    return member.staff_code, member.name, member.unit, member.category.label, member.email or ""


def _show_change(old: str, new: str) -> str:
    return new if old == new else f"{old or '(trống)'} → {new or '(trống)'}"
