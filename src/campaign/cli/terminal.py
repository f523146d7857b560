"""What commands have in common: options, the database, whoever acts, and how they print."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from campaign.core.clock import to_rfc3339
from campaign.errors.base import CampaignError, Faults
from campaign.settings import Settings

if TYPE_CHECKING:
    from campaign.store.ledger.database import Connection, Database

ROWS_SHOWN = 200
"""A terminal is no place to read the names of thousands: JSON has them all."""

Given = ParamSpec("Given")
Result = TypeVar("Result")

by = click.option(
    "--by", "actor", required=True, metavar="TÀI-KHOẢN", help="Tài khoản Văn phòng của người làm, ghi vào sổ."
)
as_of = click.option("--as-of", metavar="NGÀY", help="Tính đến hết ngày này, ví dụ 04/11/2025; mặc định là bây giờ.")
as_json = click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")


def pass_database(command: "Callable[Concatenate[Database, Given], Result]") -> Callable[Given, Result]:
    """Give a command the database of the settings as its first argument."""

    @click.pass_obj
    def run(settings: Settings, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        from campaign.store.ledger.database import Database  # noqa: PLC0415  (half a second, which editors need not wait)

        return command(Database(settings.database), *args, **kwargs)

    return update_wrapper(run, command)


def require_account(connection: "Connection", account: str) -> None:
    """Refuse to record something in the name of an account that does not exist."""
    from campaign.store.credentials.accounts import find_account  # noqa: PLC0415  (as above)

    if find_account(connection, account) is None:
        message = f"Không có tài khoản Văn phòng “{account}”."
        raise click.BadParameter(message, param_hint="--by")


def show(shown: Table | Text | str, style: str | None = None) -> None:
    """Print a table or a line as it is, whatever brackets and colons stand in names."""
    console = Console(markup=False, emoji=False, highlight=False)
    console.print(shown, style=style, soft_wrap=not isinstance(shown, Table))


def print_json(value: object) -> None:
    """Print *value*, whatever dataclasses, times and faults it holds."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_to_plain))


def _to_plain(value: object) -> object:
    match value:
        case Faults():
            return {"code": value.code, "problem": value.problem, "remedy": value.remedy, "errors": value.errors}
        case CampaignError():
            return {"code": value.code, "problem": value.problem, "remedy": value.remedy}
        case datetime():
            return to_rfc3339(value)
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case _ if is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in fields(value)}
        case _:
            raise TypeError(type(value))
