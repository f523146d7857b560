"""``campaign backup`` and ``campaign restore``."""

from pathlib import Path

import click

from campaign.errors import LedgerAlteredError
from campaign.settings import Settings
from campaign.store.backup import restore_backup, write_backup
from campaign.store.campaigns import read_campaign
from campaign.store.database import Database
from campaign.store.signing import load_key
from campaign.store.verification import verify_ledger


@click.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Sao lưu, kể cả khi bộ ghi nhận đang chạy.

    Ví dụ: campaign backup sao-luu.zip
    """
    with Database(settings.database).reading() as connection:
        read_campaign(connection)
        rows = write_backup(connection, file)
    click.echo(f"Đã sao lưu {rows} dòng vào {file}. Giữ riêng một bản của tệp khoá {settings.key}.")


@click.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Khôi phục bản sao lưu vào cơ sở dữ liệu còn trống.

    Ví dụ: campaign restore sao-luu.zip
    """
    key = load_key(settings.key, settings.origin)
    with Database(settings.database).writing() as connection:
        rows = restore_backup(connection, file)
        findings = verify_ledger(connection, key.verifier)
        if findings:
            raise LedgerAlteredError(findings)
    click.echo(f"Đã khôi phục {rows} dòng; sổ ghi nhận nguyên vẹn.")
