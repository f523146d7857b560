"""Who does it: commands that record something about a person name the office account, and why."""

import click

from campaign.core.special_case import Grounds
from campaign.core.text import to_nfc
from campaign.settings import system_clock
from campaign.store.credentials.accounts import find_account
from campaign.store.ledger.database import Connection

by = click.option(
    "--by", "actor", required=True, metavar="TÀI-KHOẢN", help="Tài khoản Văn phòng của người làm, ghi vào sổ."
)
because = click.option("--reason", required=True, metavar="LÝ-DO", help="Lý do, ghi vào sổ; chỉ ghi điều cần thiết.")


def require_account(connection: Connection, account: str) -> None:
    """Refuse to record something in the name of an account that is none."""
    if find_account(connection, account) is None:
        message = f"Không có tài khoản Văn phòng “{account}”."
        raise click.BadParameter(message, param_hint="--by")


def to_grounds(connection: Connection, reason: str, actor: str) -> Grounds:
    """Return why something is recorded, by whom and when: now."""
    require_account(connection, actor)
    if not reason.strip():
        message = "Nhập lý do, ví dụ “Nghỉ thai sản”."
        raise click.BadParameter(message, param_hint="--reason")
    return Grounds(to_nfc(reason.strip()), actor, system_clock())
