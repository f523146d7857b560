"""``campaign office``: the accounts of those who work with the campaign."""

import click
import segno
from rich.table import Table

from campaign.cli import terminal
from campaign.core.people.access import PASSPHRASE_CHARACTERS, Role
from campaign.core.people.unit import join_units
from campaign.core.text import to_nfc
from campaign.errors.settings import AccountUnknownError, PassphraseShortError
from campaign.errors.units import UnknownUnitError
from campaign.settings import Settings, system_clock
from campaign.store.base.units import read_units
from campaign.store.credentials.accounts import (
    Account,
    Secrets,
    add_account,
    list_accounts,
    make_totp_secret,
    remove_account,
    to_base32,
    totp_address,
)
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import load_key

ROLES = [role.value for role in Role if role is not Role.MEMBER]


@click.group()
def office() -> None:
    """Tài khoản Văn phòng, người đứng đầu đơn vị, người kiểm tra và biên tập."""


@office.command("add")
@click.argument("account", metavar="TÊN")
@click.option("--full-name", prompt="Họ và tên", help="Tên hiện trên trang Văn phòng.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default=Role.OFFICE.value,
    show_default=True,
    help="Vai trò: Văn phòng, người đứng đầu đơn vị, người kiểm tra, biên tập.",
)
@click.option(
    "--unit", "units", multiple=True, help="Đơn vị của người đứng đầu, tài khoản chỉ thấy đơn vị này; nhiều lần được."
)
@click.option(
    "--passphrase",
    prompt=f"Cụm mật khẩu (từ {PASSPHRASE_CHARACTERS} ký tự)",
    hide_input=True,
    confirmation_prompt="Nhập lại",
    help="Nên bỏ trống, vì gõ ở đây thì lưu lại trong lịch sử lệnh.",
)
@click.pass_obj
def add(settings: Settings, account: str, full_name: str, role: str, units: tuple[str, ...], passphrase: str) -> None:
    """Thêm tài khoản, hoặc đặt lại cụm mật khẩu, mã xác minh và vai trò.

    Ví dụ: campaign office add vanphong --full-name "Cán bộ Văn phòng"
    """
    passphrase = to_nfc(passphrase).strip()
    if len(passphrase) < PASSPHRASE_CHARACTERS:
        raise PassphraseShortError(PASSPHRASE_CHARACTERS)
    names = [to_nfc(unit).strip() for unit in units]
    added = Account(to_nfc(account).strip(), to_nfc(full_name).strip(), Role(role), join_units(names) or None)
    is_head = added.role is Role.UNIT_HEAD
    if bool(added.unit) != is_head:
        wanted = "Nêu đơn vị của người đứng đầu, đúng tên như trong danh sách."
        message = wanted if is_head else "Chỉ người đứng đầu đơn vị mới gắn với một đơn vị."
        raise click.BadParameter(message, param_hint="--unit")
    given = Secrets(passphrase, make_totp_secret())
    key = load_key(settings.key, settings.origin)
    with Database(settings.database).writing() as connection:
        require_own_key(connection, key)  # The second factor is sealed with it.
        known = read_units(connection).by_name
        for name in names:
            if name not in known:
                raise UnknownUnitError(name)
        add_account(connection, added, given, key, system_clock())
        issuer = read_campaign(connection).title
    click.echo(f"Tài khoản {added.name} ({added.role.label}) đã sẵn sàng.")
    click.echo("Quét mã QR này bằng ứng dụng xác minh trên điện thoại; mã chỉ hiện lần này.\n")
    segno.make(totp_address(added.name, issuer, given.totp)).terminal(compact=True)
    click.echo(f"\nKhông quét được thì gõ vào ứng dụng: {to_base32(given.totp)}")


@office.command("list")
@terminal.pass_database
def show_accounts(database: Database) -> None:
    """Xem các tài khoản và vai trò.

    Ví dụ: campaign office list
    """
    with database.reading() as connection:
        accounts = list_accounts(connection)
    table = Table("Tài khoản", "Họ và tên", "Vai trò", "Đơn vị")
    for account in accounts:
        table.add_row(account.name, account.full_name, account.role.label, account.unit or "")
    terminal.show(table)


@office.command("remove")
@click.argument("account", metavar="TÊN")
@terminal.pass_database
def remove(database: Database, account: str) -> None:
    """Bỏ một tài khoản; các phiên đang mở của tài khoản kết thúc ngay.

    Ví dụ: campaign office remove vanphong
    """
    with database.writing() as connection:
        if not remove_account(connection, to_nfc(account).strip()):
            raise AccountUnknownError(account)
    click.echo(f"Đã bỏ tài khoản {account}.")
