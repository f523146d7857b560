"""``campaign backup`` and ``campaign restore``."""

from pathlib import Path

import click

from campaign.core.ledger.policy import Policy
from campaign.errors.base import CampaignError
from campaign.errors.store import LedgerAlteredError
from campaign.publish.mkdocs.project import MKDOCS_FILE, open_project
from campaign.settings import Settings
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.proofs.backup import restore_backup, restore_published, write_backup
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import load_key
from campaign.store.proofs.verification import verify_ledger


@click.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Sao lưu, kể cả khi bộ ghi nhận đang chạy.

    Ví dụ: campaign backup sao-luu.zip
    """
    with Database(settings.database).reading() as connection:
        read_campaign(connection)
        rows = write_backup(connection, file, _find_published())
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
        require_own_key(connection, key)
        verdict = verify_ledger(connection, Policy(key.verifier))
        if verdict.findings:
            raise LedgerAlteredError(verdict.findings)
    click.echo(f"Đã khôi phục {rows} dòng; sổ ghi nhận nguyên vẹn.")
    published = _find_published()
    if published and (count := restore_published(file, published)):
        click.echo(f"Đã khôi phục {count} tệp của kho bản đã đăng vào {published}.")


def _find_published() -> Path | None:
    """Return where published revisions are kept: mkdocs.yml says it, and a machine that only records has none."""
    if not MKDOCS_FILE.exists():
        return None
    try:
        return open_project(MKDOCS_FILE).options.archive
    except CampaignError as error:  # The ledger is to be kept all the same.
        click.echo(f"Chưa tính đến kho bản đã đăng. {error}", err=True)
        return None
