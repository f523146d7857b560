"""``campaign case``: who need not confirm, who has longer, who is away, and why."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from campaign.cli.actor import because, by, to_grounds
from campaign.core.access import to_staff_code
from campaign.core.clock import format_instant, read_day
from campaign.core.deadline import Deadline
from campaign.core.entry import Entry
from campaign.core.special_case import Grounds, SpecialCase
from campaign.settings import Settings
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.posts.special_cases import all_cases, exempt_member, extend_member, put_on_leave, withdraw_case

_post = click.argument("post", metavar="MÃ-BÀI")
_member = click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")


@click.group()
def case() -> None:
    """Trường hợp riêng: miễn, gia hạn, đang nghỉ; có lý do, rút lại được."""


@case.command()
@_post
@_member
@because
@by
@click.pass_obj
def exempt(settings: Settings, post: str, staff_code: str, reason: str, actor: str) -> None:
    """Miễn xác nhận một bài cho một người.

    Ví dụ: campaign case exempt thong-bao-485 SKHCN-009 --reason "Nghỉ thai sản" --by vanphong
    """
    _record(settings, reason, actor, lambda ledger, why: exempt_member(ledger, post, to_staff_code(staff_code), why))


@case.command()
@_post
@_member
@click.option("--through", required=True, metavar="NGÀY", help="Ngày cuối cùng còn đúng hạn của riêng người này.")
@because
@by
@click.pass_obj
def extend(settings: Settings, post: str, staff_code: str, through: str, reason: str, actor: str) -> None:
    """Gia hạn một bài cho một người.

    Ví dụ: campaign case extend thong-bao-485 SKHCN-009 --through 20/11/2025 --reason "Đi công tác" --by vanphong
    """
    own, code = Deadline.through_day(_day(through)), to_staff_code(staff_code)
    _record(settings, reason, actor, lambda ledger, why: extend_member(ledger, post, code, own, why))


@case.command()
@_member
@click.option("--through", metavar="NGÀY", help="Ngày nghỉ cuối cùng; bỏ trống nếu chưa rõ.")
@because
@by
@click.pass_obj
def leave(settings: Settings, staff_code: str, through: str | None, reason: str, actor: str) -> None:
    """Ghi nhận một người đang nghỉ: không nhắc, vẫn tính là phải xác nhận.

    Ví dụ: campaign case leave SKHCN-009 --through 30/11/2025 --reason "Nghỉ phép năm" --by vanphong
    """
    before, code = Deadline.through_day(_day(through)).before if through else None, to_staff_code(staff_code)
    _record(settings, reason, actor, lambda ledger, why: put_on_leave(ledger, code, before, why))


@case.command()
@click.argument("sequence", metavar="DÒNG-GHI", type=click.IntRange(1))
@because
@by
@click.pass_obj
def withdraw(settings: Settings, sequence: int, reason: str, actor: str) -> None:
    """Rút lại một trường hợp riêng bằng một dòng ghi mới.

    Ví dụ: campaign case withdraw 128 --reason "Đã đi làm lại" --by vanphong
    """
    _record(settings, reason, actor, lambda ledger, why: withdraw_case(ledger, sequence, why))


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def list_cases(settings: Settings, *, as_json: bool) -> None:
    """Liệt kê mọi trường hợp riêng, cả trường hợp đã rút.

    Ví dụ: campaign case list
    """
    with Database(settings.database).reading() as connection:
        found = all_cases(connection)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1, default=_write))
        return
    table = Table("Dòng ghi", "Mã", "Trường hợp", "Bài", "Lý do", "Ghi lúc, bởi")
    for one in found:
        table.add_row(*_cells(one))
    Console(markup=False, emoji=False, highlight=False).print(table)


def _record(settings: Settings, reason: str, actor: str, job: Callable[[OpenLedger, Grounds], Entry]) -> None:
    with appending(Database(settings.database)) as ledger:
        entry = job(ledger, to_grounds(ledger.connection, reason, actor))
    click.echo(f"Đã ghi vào sổ, dòng ghi {entry.sequence}.")


def _day(typed: str) -> date:
    return read_day(typed)


def _cells(one: SpecialCase) -> tuple[str, ...]:
    withdrawn = f" (đã rút lúc {format_instant(one.until)})" if one.until else ""
    return (
        str(one.sequence),
        one.staff_code or "–",
        one.format() + withdrawn,
        one.post or "mọi bài",
        one.reason or "–",
        ", ".join(filter(None, (format_instant(one.since), one.actor))),
    )


def _write(value: date) -> str:
    return value.isoformat()
