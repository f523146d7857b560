"""``campaign office``: the accounts of the Office."""

import click

from campaign.core.text import to_nfc
from campaign.errors import PassphraseShortError
from campaign.settings import Settings
from campaign.store.credentials import add_account
from campaign.store.database import Database

PASSPHRASE_CHARACTERS = 14


@click.group()
def office() -> None:
    """Tài khoản Văn phòng."""


@office.command("add")
@click.argument("account", metavar="TÊN")
@click.option("--full-name", prompt="Họ và tên", help="Tên hiện trên trang Văn phòng.")
@click.option(
    "--passphrase",
    prompt=f"Cụm mật khẩu (từ {PASSPHRASE_CHARACTERS} ký tự)",
    hide_input=True,
    confirmation_prompt="Nhập lại",
    help="Nên bỏ trống, vì gõ ở đây thì lưu lại trong lịch sử lệnh.",
)
@click.pass_obj
def add_office_account(settings: Settings, account: str, full_name: str, passphrase: str) -> None:
    """Thêm tài khoản Văn phòng, hoặc đặt lại cụm mật khẩu.

    Ví dụ: campaign office add vanphong --full-name "Cán bộ Văn phòng"
    """
    account, full_name, passphrase = (to_nfc(text).strip() for text in (account, full_name, passphrase))
    if len(passphrase) < PASSPHRASE_CHARACTERS:
        raise PassphraseShortError(PASSPHRASE_CHARACTERS)
    with Database(settings.database).writing() as connection:
        add_account(connection, account, full_name, passphrase)
    click.echo(f"Tài khoản {account} đã sẵn sàng.")
