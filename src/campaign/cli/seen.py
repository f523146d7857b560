"""``campaign seen``: the document system's list of who has seen a document, held against the confirmations."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from campaign.core.coverage import MemberStanding, State
from campaign.core.seen import SeenList, match_seen
from campaign.settings import Settings, system_clock
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Database
from campaign.store.posts.seen_file import read_seen_file

ROWS_SHOWN = 200


@click.command()
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def seen(settings: Settings, post: str, file: Path, *, as_json: bool) -> None:
    """Đối chiếu danh sách “đã xem” của hệ thống QLVB&ĐH với xác nhận; không tính là xác nhận.

    Ví dụ: campaign seen thong-bao-485 da-xem.xlsx
    """
    lines = read_seen_file(file)
    with Database(settings.database).reading() as connection:
        coverage = read_coverage(connection, post, system_clock())
    found = match_seen(lines, coverage.standings)
    if as_json:
        click.echo(json.dumps(_to_facts(found), ensure_ascii=False, indent=1))
    else:
        _show(found, coverage.standings)


def _to_facts(found: SeenList) -> dict[str, object]:
    return {
        "seen": [
            {"staff_code": one.staff_code, "name": one.name, "unit": one.unit, "state": one.state.value}
            for one in found.seen
        ],
        "unmatched": [asdict(line) for line in found.unmatched],
        "ambiguous": [asdict(line) for line in found.ambiguous],
    }


def _show(found: SeenList, standings: tuple[MemberStanding, ...]) -> None:
    console = Console(markup=False, emoji=False, highlight=False)
    figures = Table("Tình hình xác nhận", "Có trong danh sách “đã xem”", "Không có")
    for state in State:
        of_state = sum(one.state is state for one in standings)
        of_seen = sum(one.state is state for one in found.seen)
        figures.add_row(state.label, str(of_seen), str(of_state - of_seen))
    console.print(figures)
    outstanding = [one for one in found.seen if one.state is State.OUTSTANDING]
    if outstanding:
        people = Table("Đã xem, chưa xác nhận", "Mã", "Đơn vị")
        for one in outstanding[:ROWS_SHOWN]:
            people.add_row(one.name, one.staff_code, one.unit)
        console.print(people)
    for words, lines in (("không khớp ai", found.unmatched), ("trùng tên nhiều người", found.ambiguous)):
        for line in lines[:ROWS_SHOWN]:
            console.print(f"Dòng {line.number}, {line.name or line.staff_code}: {words}.")
    console.print("“Đã xem” chỉ là thông tin kèm theo, không được tính là xác nhận đã đọc.")
