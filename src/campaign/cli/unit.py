"""``campaign unit``: what units are called, until when they last, and which took over."""

import json

import click
from rich.console import Console
from rich.table import Table

from campaign.cli.actor import because, by, require_account, to_grounds
from campaign.core.clock import format_day, read_day
from campaign.core.text import to_nfc
from campaign.core.unit import Unit, Units, format_end
from campaign.settings import Settings, system_clock
from campaign.store.base.units import count_by_unit, read_units
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import appending
from campaign.store.roster.reorganisations import Decision, end_unit, rename_unit, withdraw_unit_change

first_day = click.option(
    "--from", "first_day", required=True, metavar="NGÀY", help="Ngày đầu tiên có hiệu lực, ví dụ 31/12/2025."
)
basis = click.option("--basis", default="", metavar="VĂN-BẢN", help="Quyết định làm căn cứ, ví dụ “QĐ 12/QĐ-UBND”.")


@click.group()
def unit() -> None:
    """Phòng, đơn vị: đổi tên, kết thúc, đơn vị kế thừa."""


@unit.command("list")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def list_units(settings: Settings, *, as_json: bool) -> None:
    """Liệt kê các đơn vị, tên từng thời kỳ, và ai còn ở đơn vị đã kết thúc.

    Ví dụ: campaign unit list
    """
    with Database(settings.database).reading() as connection:
        units, members = read_units(connection), count_by_unit(connection)
    if as_json:
        facts = [_to_facts(one, units, members.get(one.id, 0)) for one in units.all]
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    table = Table("Đơn vị", "Số người", "Thay đổi", box=None, pad_edge=False)
    for one in units.all:
        table.add_row(one.name, str(members.get(one.id, 0)), "\n".join(_tell_changes(one, units)))
    Console(markup=False, emoji=False, highlight=False).print(table)


@unit.command()
@click.argument("name", metavar="ĐƠN-VỊ")
@click.argument("new_name", metavar="TÊN-MỚI")
@first_day
@basis
@by
@click.pass_obj
def rename(settings: Settings, name: str, new_name: str, first_day: str, basis: str, actor: str) -> None:
    """Ghi vào sổ rằng một đơn vị đổi tên từ một ngày.

    Ví dụ: campaign unit rename "Phòng Tổng hợp" "Phòng Kế hoạch" --from 01/11/2025 --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        decision = _decide(ledger.connection, first_day, basis, actor)
        entry = rename_unit(ledger, _clean(name), _clean(new_name), decision)
    click.echo(f"Đã ghi vào sổ, dòng ghi {entry.sequence}.")


@unit.command()
@click.argument("name", metavar="ĐƠN-VỊ")
@click.option(
    "--successor", "successors", multiple=True, metavar="ĐƠN-VỊ",
    help="Đơn vị kế thừa; tách làm nhiều đơn vị thì nêu nhiều lần. Chưa có thì được thêm.",
)  # fmt: skip
@first_day
@basis
@by
@click.pass_obj
def end(settings: Settings, name: str, successors: tuple[str, ...], first_day: str, basis: str, actor: str) -> None:
    """Ghi vào sổ rằng một đơn vị không còn từ một ngày: sáp nhập, tách, giải thể.

    Ví dụ: campaign unit end "Phòng Tổng hợp" --successor "Văn phòng" --from 31/12/2025 --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        decision = _decide(ledger.connection, first_day, basis, actor)
        entries = end_unit(ledger, _clean(name), [_clean(one) for one in successors], decision)
        ended = read_units(ledger.connection).by_name[_clean(name)]
        left = count_by_unit(ledger.connection).get(ended.id, 0)
    numbers = ", ".join(str(one.sequence) for one in entries)
    click.echo(f"Đã ghi vào sổ, dòng ghi {numbers}.")
    if left:
        click.echo(f"Còn {left} người ở “{ended.name}”: nhập danh sách mới, hoặc chuyển từng người, để đưa họ đi.")


@unit.command()
@click.argument("sequence", metavar="DÒNG-GHI", type=click.IntRange(1))
@because
@by
@click.pass_obj
def withdraw(settings: Settings, sequence: int, reason: str, actor: str) -> None:
    """Rút lại một việc đổi tên hay kết thúc đã ghi nhầm; dòng cũ vẫn còn trong sổ.

    Ví dụ: campaign unit withdraw 131 --reason "Ghi nhầm ngày" --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        withdraw_unit_change(ledger, sequence, to_grounds(ledger.connection, reason, actor))
    click.echo("Đã ghi vào sổ.")


def _decide(connection: Connection, first_day: str, basis: str, actor: str) -> Decision:
    require_account(connection, actor)
    return Decision(read_day(first_day), _clean(basis), actor, system_clock())


def _clean(text: str) -> str:
    return to_nfc(" ".join(text.split()))


def _tell_changes(one: Unit, units: Units) -> list[str]:
    lines = [f"từ {format_day(one.valid_from)}"] if one.valid_from else []
    lines += [
        f"“{each.name}” từ {format_day(each.first_day)} (dòng ghi {each.sequence})" for each in one.changes if each.name
    ]
    if one.endings:
        lines.append(f"{format_end(one, units)} (dòng ghi {', '.join(str(each.sequence) for each in one.endings)})")
    return lines


def _to_facts(one: Unit, units: Units, members: int) -> dict[str, object]:
    return {
        "name": one.name,
        "names": one.names,
        "valid_from": one.valid_from and one.valid_from.isoformat(),
        "valid_to": one.valid_to and one.valid_to.isoformat(),
        "successors": [units.by_id[number].name for number in one.successors],
        "members": members,
        "entries": [change.sequence for change in one.changes],
    }
