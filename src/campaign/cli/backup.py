"""``campaign backup`` and ``campaign restore``."""

from collections.abc import Sequence
from pathlib import Path

import click

from campaign.core.ledger.policy import Policy
from campaign.errors.base import CampaignError
from campaign.errors.store import LedgerAlteredError
from campaign.jobs.backups import find_newest, keep_backup, opened, take_backup, try_backup
from campaign.publish.mkdocs.project import MKDOCS_FILE, open_project
from campaign.settings import Settings, system_clock
from campaign.store.figures.closings import compare_closings
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.proofs.backup import restore_backup, restore_files, restore_published
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import load_key
from campaign.store.proofs.verification import verify_ledger

_WHERE = "Nêu một tệp, hoặc --to THƯ-MỤC."
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", metavar="[TỆP.zip]", type=_FILE, required=False)
@click.option(
    "--to", "folders", metavar="THƯ-MỤC", multiple=True, type=click.Path(path_type=Path, file_okay=False),
    help="Sao lưu vào thư mục này, tên theo giờ; giữ bản mới nhất của 7 ngày, 4 tuần, 12 tháng. Nêu thêm thư mục "
    "(ổ mạng, máy khác) thì mỗi nơi một bản.",
)  # fmt: skip
@click.option("--encrypt-to", "recipient", metavar="KHOÁ", default="", help="Mã hoá bằng khoá công khai age (age1…).")
@click.pass_context
def backup(context: click.Context, file: Path | None, folders: Sequence[Path], recipient: str) -> None:
    """Sao lưu, kể cả khi bộ ghi nhận đang chạy.

    Ví dụ: campaign backup --to data/backup --to /media/sao-luu
    """
    if (file is None) is not bool(folders):
        raise click.UsageError(_WHERE)
    settings: Settings = context.obj
    with Database(settings.database).reading() as connection:
        read_campaign(connection)
        if file is None:
            kept = keep_backup(connection, settings, folders, _find_published(), system_clock(), recipient)
        else:
            kept = take_backup(connection, settings, file, _find_published(), recipient)
    click.echo(f"Đã sao lưu {kept.rows} dòng vào {', '.join(map(str, kept.files))}.")
    click.echo(f"Không có trong đó: tệp khoá {settings.key}; giữ riêng một bản, ở chỗ khác với bản sao lưu.")
    for left_out in kept.left_out:
        click.echo(f"Không có trong đó: {left_out}, vì tệp có mật khẩu.")
    if kept.dropped:
        click.echo(f"Đã bỏ {kept.dropped} bản cũ.")
    for folder, reason in kept.refused:
        click.echo(f"Lỗi: không chép được sang {folder} ({reason}); các nơi khác vẫn có.", err=True)
    context.exit(1 if kept.refused else 0)


@click.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.option("--identity", metavar="TỆP", type=_FILE, help="Tệp giữ khoá bí mật age, khi bản sao lưu được mã hoá.")
@click.option("--check", "is_trial", is_flag=True, help="Chỉ thử: khôi phục vào chỗ tạm, kiểm sổ, rồi bỏ.")
@click.pass_obj
def restore(settings: Settings, file: Path, identity: Path | None, *, is_trial: bool) -> None:
    """Khôi phục bản sao lưu vào cơ sở dữ liệu còn trống; nêu thư mục thì lấy bản mới nhất trong đó.

    Ví dụ: campaign restore sao-luu.zip
    """
    key = load_key(settings.key, settings.origin)
    with opened(find_newest(file) if file.is_dir() else file, identity) as plain:
        if is_trial:
            click.echo(f"Khôi phục thử được: {try_backup(plain, key)} dòng; sổ ghi nhận nguyên vẹn, đúng khoá.")
            return
        with Database(settings.database).writing() as connection:
            rows = restore_backup(connection, plain)
            require_own_key(connection, key)
            findings = verify_ledger(connection, Policy(key.verifier)).findings or tuple(compare_closings(connection))
            if findings:
                raise LedgerAlteredError(findings)
        click.echo(f"Đã khôi phục {rows} dòng; sổ ghi nhận nguyên vẹn.")
        if files := restore_files(plain, Path.cwd()):
            click.echo(f"Đã khôi phục {len(files)} tệp bên cạnh; tệp đang có thì giữ nguyên.")
        published = _find_published()
        if published and (count := restore_published(plain, published)):
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
