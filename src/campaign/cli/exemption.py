"""``campaign exemption``: who need not confirm, and why."""

import click

from campaign.core.access import to_staff_code
from campaign.core.text import to_nfc
from campaign.settings import Settings, system_clock
from campaign.store.database import Database
from campaign.store.ledger import appending
from campaign.store.roster import exempt_member


@click.group()
def exemption() -> None:
    """Miễn xác nhận, có lý do."""


@exemption.command("add")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@click.option("--reason", required=True, metavar="LÝ-DO", help="Lý do, ghi vào sổ.")
@click.pass_obj
def add_exemption(settings: Settings, post: str, staff_code: str, reason: str) -> None:
    """Miễn xác nhận một bài cho một người.

    Ví dụ: campaign exemption add thong-bao-485 SKHCN-009 --reason "Nghỉ thai sản"
    """
    if not reason.strip():
        message = "Nhập lý do, ví dụ “Nghỉ thai sản”."
        raise click.BadParameter(message, param_hint="--reason")
    with appending(Database(settings.database)) as ledger:
        exempt_member(ledger, post, to_staff_code(staff_code), to_nfc(reason.strip()), system_clock())
    click.echo("Đã ghi vào sổ.")
