"""``campaign coverage``: how a post stands, now or at the end of a past day."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from campaign.core.clock import format_instant, read_as_of
from campaign.core.coverage import Coverage
from campaign.settings import Settings, system_clock
from campaign.store.figures.coverage import PostCoverage, read_coverage
from campaign.store.ledger.database import Database

UNIT_CHARACTERS = 22
"""Room for the name of a unit in a narrow terminal; the headings of the figures break instead."""


@click.command()
@click.argument("post", metavar="MÃ-BÀI")
@click.option("--as-of", metavar="NGÀY", help="Tính đến hết ngày này, ví dụ 04/11/2025; mặc định là bây giờ.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def coverage(settings: Settings, post: str, as_of: str | None, *, as_json: bool) -> None:
    """Tình hình xác nhận của một bài, theo đơn vị.

    Ví dụ: campaign coverage thong-bao-485 --as-of 04/11/2025
    """
    now = system_clock()
    with Database(settings.database).reading() as connection:
        found = read_coverage(connection, post, read_as_of(as_of, now))
    if as_json:
        click.echo(json.dumps(_to_facts(found), ensure_ascii=False, indent=1))
    else:
        _show(found)


def _to_facts(found: PostCoverage) -> dict[str, object]:
    return {
        "post": found.revision.post.id,
        "revision": found.revision.post.revision.number,
        "roster": found.revision.post.roster,
        "as_of": found.as_of.isoformat(),
        "total": asdict(found.total),
        "units": {unit: asdict(figures) for unit, figures in found.by_unit.items()},
    }


def _show(found: PostCoverage) -> None:
    post, console = found.revision.post, Console(markup=False, emoji=False, highlight=False)
    headings = ("Đầu\nkỳ", "Thêm", "Bớt", "Miễn", "Phải xác\nnhận", "Đúng\nhạn", "Quá\nhạn", "Chưa xác\nnhận")
    table = Table(box=None, pad_edge=False)
    table.add_column("Đơn vị", min_width=UNIT_CHARACTERS)
    for heading in headings:
        table.add_column(heading, justify="right")
    for unit, figures in found.by_unit.items():
        table.add_row(unit, *_cells(figures))
    table.add_section()
    table.add_row("Tổng số", *_cells(found.total), style="bold")
    console.print(post.title, style="bold", soft_wrap=True)
    deadline = post.deadline.format() if post.deadline else ""
    console.print(f"Hạn cuối: {deadline}. Tính đến {format_instant(found.as_of)}.", soft_wrap=True)
    console.print(f"Tính {post.roster.label}: {post.roster.meaning}.", soft_wrap=True)
    console.print(table)


def _cells(figures: Coverage) -> list[str]:
    numbers = (
        figures.opening,
        figures.joined,
        figures.left,
        figures.exempt,
        figures.due,
        figures.on_time,
        figures.late,
        figures.outstanding,
    )
    return [str(number) for number in numbers]
