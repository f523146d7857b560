"""``campaign ledger``: verify it, sign a checkpoint, make the projections again."""

import click

from campaign.errors import LedgerAlteredError
from campaign.settings import Settings
from campaign.store.database import Database
from campaign.store.ledger import read_head
from campaign.store.projections import rebuild
from campaign.store.signing import load_key
from campaign.store.verification import keep_checkpoint, verify_ledger


@click.group()
def ledger() -> None:
    """Sổ ghi nhận."""


@ledger.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Tính lại toàn bộ sổ và báo mọi chỗ bị thay đổi.

    Ví dụ: campaign ledger verify
    """
    with Database(settings.database).reading() as connection:
        findings = verify_ledger(connection, load_key(settings.key, settings.origin))
        if findings:
            raise LedgerAlteredError(findings)
        size = read_head(connection).size
    click.echo(f"Sổ ghi nhận nguyên vẹn: {size} dòng ghi.")


@ledger.command()
@click.pass_obj
def checkpoint(settings: Settings) -> None:
    """Ký và in mốc kiểm chứng của sổ hiện tại; hãy giữ một bản ở nơi khác.

    Ví dụ: campaign ledger checkpoint > moc-kiem-chung.txt
    """
    key = load_key(settings.key, settings.origin)
    with Database(settings.database).writing() as connection:
        note = keep_checkpoint(connection, key)
    click.echo(note.decode(), nl=False)
    click.echo(f"Khoá công khai: {key.verifier}", err=True)


@ledger.command("rebuild")
@click.pass_obj
def rebuild_projections(settings: Settings) -> None:
    """Dựng lại mọi bảng tổng hợp từ sổ ghi nhận.

    Ví dụ: campaign ledger rebuild
    """
    with Database(settings.database).writing() as connection:
        rebuild(connection)
    click.echo("Đã dựng lại các bảng từ sổ ghi nhận.")
