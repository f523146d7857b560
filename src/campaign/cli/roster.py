"""``campaign roster import``: the list of who is concerned, as a timer or an operator imports it."""

from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import click
from rich.table import Table

from campaign.cli import terminal
from campaign.cli.progress import show_progress
from campaign.core.people.roster import Member
from campaign.jobs.roster_import import ListPreview, Review, import_list, preview_list, read_new_list
from campaign.lists.files import read_sheets_of
from campaign.settings import system_clock
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.roster.roster import RosterSource


@click.group()
def roster() -> None:
    """Danh sách người cần xác nhận."""


@roster.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Ghi thay đổi vào sổ; không có thì chỉ xem trước.")
@click.option("--by", "actor", metavar="TÀI-KHOẢN", help="Tài khoản Văn phòng của người làm; cần khi có --apply.")
@click.option("--yes", "is_sure", is_flag=True, help="Đã xem các điểm cần kiểm tra lại, không hỏi lại.")
@click.option("--json", "as_json", is_flag=True, help="In bản xem trước dạng JSON.")
@terminal.pass_database
def import_roster(
    database: Database, file: Path, actor: str | None, *, is_applied: bool, is_sure: bool, as_json: bool
) -> None:
    """Xem trước, rồi nhập danh sách từ tệp CSV hoặc Excel.

    Ví dụ: campaign roster import danh-sach.xlsx --apply --by vanphong
    """
    if is_applied and not actor:
        message = "Cho biết ai nhập, ví dụ --by vanphong."
        raise click.UsageError(message)
    with show_progress(f"Đọc {file.name}"):
        sheets = read_sheets_of(file)
    with database.reading() as connection:
        read_campaign(connection)
        new = read_new_list(connection, file.name, sheets)
        found = preview_list(connection, new)
        if actor:
            terminal.require_account(connection, actor)
    plan = found.plan
    if as_json:
        seen = {"doubts": found.doubts, "settled": found.notes, "applied": is_applied}
        terminal.print_json(asdict(plan) | seen)
    else:
        _show(found)
    if is_applied and not plan.is_empty:
        if found.doubts and not is_sure:
            click.confirm("Vẫn ghi thay đổi vào sổ?", abort=True, err=True)
        source = RosterSource(actor or "", digest=sha256(file.read_bytes()).hexdigest())
        people = len(plan.joined) + len(plan.changed) + len(plan.left)
        with show_progress("Ghi vào sổ", people) as advance, appending(database) as ledger:
            import_list(ledger, new, source, system_clock(), Review(is_sure or bool(found.doubts)), advance)
    if not as_json:
        preview = "Đây là bản xem trước, chưa có gì được ghi. Thêm --apply để ghi."
        outcome = "Đã ghi thay đổi vào sổ." if is_applied else preview
        click.echo("Danh sách mới giống hệt danh sách đang có." if plan.is_empty else outcome)


def _show(found: ListPreview) -> None:
    plan, most = found.plan, terminal.ROWS_SHOWN
    for note in found.notes:
        click.echo(note)
    rows: list[tuple[str, ...]] = [("bớt", *_cells(member)) for member in plan.left]
    rows += [("thêm", *_cells(member)) for member in plan.joined]
    for word, pairs in (("chuyển", plan.moved), ("sửa", plan.edited)):
        rows += [(word, *map(_format_change, _cells(old), _cells(new))) for old, new in pairs]
    table = Table("Thay đổi", "Mã", "Họ và tên", "Đơn vị", "Loại", "Thư điện tử")
    for row in rows[:most]:
        table.add_row(*row)
    if rows:
        terminal.show(table)
    if len(rows) > most:
        click.echo(f"… và {len(rows) - most} dòng nữa; xem hết bằng --json.")
    click.echo(
        f"Thêm {len(plan.joined)}, chuyển {len(plan.moved)}, sửa {len(plan.edited)}, bớt {len(plan.left)}, "
        f"giữ nguyên {plan.unchanged} người."
    )
    for doubt in found.doubts[:most]:
        click.echo(f"Nghi ngờ: {doubt.problem} {doubt.remedy}")
    if len(found.doubts) > most:
        click.echo(f"… và {len(found.doubts) - most} điểm cần kiểm tra lại nữa; xem hết bằng --json.")


def _cells(member: Member) -> tuple[str, str, str, str, str]:
    return member.staff_code, member.name, member.unit, member.category.label, member.email or ""


def _format_change(old: str, new: str) -> str:
    return new if old == new else f"{old or '(trống)'} → {new or '(trống)'}"
