"""``campaign roster``: import the list of who is concerned, change single people, undo."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from campaign.cli.actor import because, by, require_account, to_grounds
from campaign.cli.progress import show_progress
from campaign.core.access import to_staff_code
from campaign.core.clock import format_instant
from campaign.core.roster import Member, RosterPlan
from campaign.core.roster_doubts import Doubt
from campaign.core.text import to_nfc
from campaign.errors.units import UnitChangeError, UnitFault, UnknownUnitError
from campaign.settings import Settings, system_clock
from campaign.store.base.units import read_units
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.roster.changes import plan_undo, read_roster_changes, undo_roster_change
from campaign.store.roster.file import read_roster_file
from campaign.store.roster.plans import PlannedList, plan_list
from campaign.store.roster.roster import (
    Advance,
    RosterSource,
    apply_roster,
    find_by_code,
    refuse_erased,
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
        refuse_erased(connection)
        found = plan_list(connection, members)
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
        with show_progress("Ghi vào sổ", len(plan.joined) + len(plan.changed) + len(plan.left)) as advance:
            _apply(settings, members, RosterSource(actor or "", digest=sha256(file.read_bytes()).hexdigest()), advance)
    if not as_json:
        click.echo(_tell_outcome(plan, is_applied=is_applied))


@roster.command()
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def history(settings: Settings, *, as_json: bool) -> None:
    """Liệt kê các lần cập nhật danh sách, mới nhất trước.

    Ví dụ: campaign roster history
    """
    with Database(settings.database).reading() as connection:
        changes = read_roster_changes(connection)
    if as_json:
        facts = [asdict(one) | {"at": one.at.isoformat()} for one in changes]
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    table = Table("Dòng ghi", "Lúc (giờ Việt Nam)", "Bởi", "Số dòng", "Nguồn")
    for one in changes:
        source = f"hoàn tác dòng ghi {one.undoes}" if one.undoes else "tệp" if one.digest else "từng người"
        table.add_row(str(one.sequence), format_instant(one.at), one.actor, str(one.entries), source)
    Console(markup=False, emoji=False, highlight=False).print(table)


@roster.command()
@click.argument("sequence", metavar="DÒNG-GHI", type=click.IntRange(1))
@click.option("--dry-run", "is_dry", is_flag=True, help="Chỉ cho biết sẽ đổi gì.")
@because
@by
@click.pass_obj
def undo(settings: Settings, sequence: int, reason: str, actor: str, *, is_dry: bool) -> None:
    """Hoàn tác một lần cập nhật danh sách bằng những dòng ghi mới.

    Ví dụ: campaign roster undo 128 --reason "Nhập nhầm tệp cũ" --by vanphong
    """
    database = Database(settings.database)
    if is_dry:
        with database.reading() as connection:
            plan = plan_undo(connection, sequence)
    else:
        with appending(database) as ledger:
            why = to_grounds(ledger.connection, reason, actor)
            source = RosterSource(actor, why.reason, undoes=sequence)
            plan = undo_roster_change(ledger, sequence, source, why.at)
    _show_plan(plan)
    click.echo("Đây là bản xem trước, chưa có gì được ghi." if is_dry else "Đã ghi thay đổi vào sổ.")


@roster.command()
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@click.option("--unit", required=True, metavar="ĐƠN-VỊ", help="Đơn vị mới, đúng tên trong danh sách.")
@because
@by
@click.pass_obj
def move(settings: Settings, staff_code: str, unit: str, reason: str, actor: str) -> None:
    """Chuyển một người sang đơn vị khác.

    Ví dụ: campaign roster move SKHCN-009 --unit "Văn phòng" --reason "Điều động" --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        unit = to_nfc(unit).strip()
        units = read_units(ledger.connection)
        if unit not in units.by_name:
            raise UnknownUnitError(unit)
        heir = units.heir_of(units.by_name[unit])
        if heir is None:
            raise UnitChangeError(UnitFault.ENDED, unit)
        member = find_by_code(ledger.connection, to_staff_code(staff_code)).member
        _change_one(ledger, RosterPlan((), ((member, replace(member, unit=heir.name)),), (), 0), reason, actor)


@roster.command()
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@because
@by
@click.pass_obj
def remove(settings: Settings, staff_code: str, reason: str, actor: str) -> None:
    """Đưa một người ra khỏi danh sách; các xác nhận đã có vẫn giữ.

    Ví dụ: campaign roster remove SKHCN-009 --reason "Nghỉ hưu" --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        member = find_by_code(ledger.connection, to_staff_code(staff_code)).member
        _change_one(ledger, RosterPlan((), (), (member,), 0), reason, actor)


def _apply(settings: Settings, members: list[Member], source: RosterSource, advance: Advance) -> None:
    """Apply the list to the roster of this very moment: it may have changed while the preview was read."""
    with appending(Database(settings.database)) as ledger:
        apply_roster(ledger, plan_list(ledger.connection, members).plan, system_clock(), source, advance)


def _change_one(ledger: OpenLedger, plan: RosterPlan, reason: str, actor: str) -> None:
    why = to_grounds(ledger.connection, reason, actor)
    apply_roster(ledger, plan, why.at, RosterSource(actor, why.reason))
    click.echo("Đã ghi vào sổ.")


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
