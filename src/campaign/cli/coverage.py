"""``campaign coverage``: how a post stands, now or at the end of a past day."""

import click
from rich.table import Column, Table

from campaign.cli import terminal
from campaign.core.clock import format_instant, read_as_of
from campaign.settings import system_clock
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Database

UNIT_CHARACTERS = 22
"""Room for the name of a unit in a narrow terminal; the headings of the figures break instead."""
FIGURES = {
    "opening": "Đầu\nkỳ", "joined": "Tăng", "left": "Giảm", "exempt": "Miễn", "due": "Phải xác\nnhận",
    "on_time": "Đúng\nhạn", "late": "Quá\nhạn", "outstanding": "Chưa xác\nnhận",
}  # fmt: skip


@click.command()
@click.argument("post", metavar="MÃ-BÀI")
@terminal.as_of
@terminal.as_json
@terminal.pass_database
def coverage(database: Database, post: str, as_of: str | None, *, as_json: bool) -> None:
    """Tình hình xác nhận của một bài, theo đơn vị.

    Ví dụ: campaign coverage thong-bao-485 --as-of 04/11/2025
    """
    with database.reading() as connection:
        found = read_coverage(connection, post, read_as_of(as_of, system_clock()))
    shown = found.revision.post
    if as_json:
        facts = {"post": shown.id, "revision": shown.revision.number, "roster": shown.roster}
        facts |= {
            "as_of": found.as_of.isoformat(),
            "total": found.total,
            "units": found.by_unit,
            "transfers": found.figures.transfers,
        }
        terminal.print_json(facts)
        return
    numbers = [Column(heading, justify="right") for heading in FIGURES.values()]
    table = Table(Column("Đơn vị", min_width=UNIT_CHARACTERS), *numbers, box=None, pad_edge=False)
    for unit, figures in found.by_unit.items():
        table.add_row(unit, *(str(getattr(figures, name)) for name in FIGURES))
    table.add_section()
    table.add_row("Tổng số", *(str(getattr(found.total, name)) for name in FIGURES), style="bold")
    terminal.show(shown.title, "bold")
    deadline = shown.deadline.format() if shown.deadline else ""
    terminal.show(f"Hạn cuối: {deadline}. Tính đến {format_instant(found.as_of)}.")
    terminal.show(f"Tính {shown.roster.label}: {shown.roster.meaning}.")
    terminal.show(table)
