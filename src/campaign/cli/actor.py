"""Who does it: commands that record something about a person name the office account, and why."""

import click

from campaign.store.credentials.accounts import find_account
from campaign.store.ledger.database import Connection

by = click.option(
    "--by", "actor", required=True, metavar="TÀI-KHOẢN", help="Tài khoản Văn phòng của người làm, ghi vào sổ."
)


def require_account(connection: Connection, account: str) -> None:
    """Refuse to record something in the name of an account that is none."""
    if find_account(connection, account) is None:
        message = f"Không có tài khoản Văn phòng “{account}”."
        raise click.BadParameter(message, param_hint="--by")
