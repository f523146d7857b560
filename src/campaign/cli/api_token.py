"""``campaign token``: read-only tokens for programs that show aggregates."""

import click

from campaign.core.clock import instant_in_words
from campaign.core.text import to_nfc
from campaign.errors.api import TokenUnknownError
from campaign.settings import Settings, system_clock
from campaign.store.credentials.api_tokens import create_token, list_tokens, revoke_token
from campaign.store.ledger.database import Database


@click.group()
def token() -> None:
    """Khoá chỉ đọc, cho cổng thông tin lấy số liệu tổng hợp."""


@token.command("add")
@click.argument("name", metavar="TÊN")
@click.pass_obj
def add_token(settings: Settings, name: str) -> None:
    """Tạo khoá chỉ đọc và in ra, một lần duy nhất; khoá cũ cùng tên hết hiệu lực.

    Ví dụ: campaign token add cong-thong-tin
    """
    with Database(settings.database).writing() as connection:
        made = create_token(connection, to_nfc(name).strip(), system_clock())
    click.echo(made)
    click.echo("Khoá chỉ hiện lần này. Khoá chỉ xem được số liệu tổng hợp, không xem được tên ai.", err=True)


@token.command("list")
@click.pass_obj
def show_tokens(settings: Settings) -> None:
    """Xem các khoá đang dùng.

    Ví dụ: campaign token list
    """
    with Database(settings.database).reading() as connection:
        found = list_tokens(connection)
    for one in found:
        click.echo(f"{one.name}: tạo lúc {instant_in_words(one.created_at)}")
    if not found:
        click.echo("Chưa có khoá nào.")


@token.command("revoke")
@click.argument("name", metavar="TÊN")
@click.pass_obj
def revoke(settings: Settings, name: str) -> None:
    """Thu hồi một khoá; hết hiệu lực ngay.

    Ví dụ: campaign token revoke cong-thong-tin
    """
    with Database(settings.database).writing() as connection:
        if not revoke_token(connection, to_nfc(name).strip()):
            raise TokenUnknownError(name)
    click.echo(f"Đã thu hồi khoá {name}.")
