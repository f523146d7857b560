"""``campaign ledger``: verify it, sign a checkpoint, make the projections again."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from campaign.cli import terminal
from campaign.cli.progress import show_progress
from campaign.core.checkpoint import Checkpoint
from campaign.core.rotation import Keyring
from campaign.errors.store import CheckpointFileError, LedgerAlteredError
from campaign.settings import Settings, system_clock
from campaign.store.credentials.accounts import seal_again
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending, read_head
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.proofs.rotations import read_keyring, record_rotation
from campaign.store.proofs.signing import load_key, prepare_next_key, put_next_key_in_place
from campaign.store.proofs.verification import keep_checkpoint, verify_ledger

ENTRIES_A_LINE = 100_000
"""How often progress is told where no bar can be drawn."""


@click.group()
def ledger() -> None:
    """Sổ ghi nhận."""


@ledger.command()
@click.option(
    "--checkpoint",
    "files",
    multiple=True,
    metavar="TỆP",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mốc kiểm chứng đã cất ở nơi khác; sổ phải bắt đầu đúng bằng phần mà mốc ấy ghi.",
)
@click.option("--key", "public_key", metavar="KHOÁ", help="Khoá công khai của sổ, khi máy này không có khoá ký.")
@click.pass_obj
def verify(settings: Settings, files: tuple[Path, ...], public_key: str | None) -> None:
    """Tính lại toàn bộ sổ và báo mọi chỗ bị thay đổi.

    Ví dụ: campaign ledger verify --checkpoint moc-kiem-chung.txt
    """
    verifier = terminal.read_verifier(public_key) if public_key else load_key(settings.key, settings.origin).verifier
    with Database(settings.database).reading() as connection:
        checkpoints = _read_checkpoints(files, read_keyring(connection, verifier))
        size = read_head(connection).size
        with _progress(size) as advance:
            findings = verify_ledger(connection, verifier, checkpoints, advance)
    if findings:
        raise LedgerAlteredError(findings)
    click.echo(f"Sổ ghi nhận nguyên vẹn: {size} dòng ghi.")
    for checkpoint in checkpoints:
        click.echo(f"Khớp mốc kiểm chứng {checkpoint.size}.")


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


@ledger.command("rotate-key")
@terminal.by
@click.confirmation_option(
    prompt="Khoá đang dùng sẽ bị xoá và khoá mới thay vào; bộ ghi nhận phải được chạy lại sau đó. Tiếp tục?"
)
@click.pass_obj
def rotate_key(settings: Settings, actor: str) -> None:
    """Thay khoá ký mốc kiểm chứng; khoá cũ xác nhận khoá mới, và sổ ghi lại việc đó.

    Ví dụ: campaign ledger rotate-key --by chi
    """
    old = load_key(settings.key, settings.origin)
    new = prepare_next_key(settings.key, settings.origin)
    database = Database(settings.database)
    with appending(database) as opened:
        terminal.require_account(opened.connection, actor)
        keep_checkpoint(opened.connection, old)
        record_rotation(opened, old, new, actor, system_clock())
        seal_again(opened.connection, old, new)
    put_next_key_in_place(settings.key)
    with database.writing() as connection:
        note = keep_checkpoint(connection, new)
    click.echo(note.decode(), nl=False)
    click.echo(f"Khoá công khai cũ:  {old.verifier}\nKhoá công khai mới: {new.verifier}", err=True)
    click.echo("Hãy chạy lại bộ ghi nhận, và giữ một bản của tệp khoá mới ở nơi khác.", err=True)


@ledger.command("rebuild")
@terminal.pass_database
def rebuild_projections(database: Database) -> None:
    """Dựng lại mọi bảng tổng hợp từ sổ ghi nhận.

    Ví dụ: campaign ledger rebuild
    """
    with database.writing() as connection:
        rebuild(connection)
    click.echo("Đã dựng lại các bảng từ sổ ghi nhận.")


def _read_checkpoints(files: Iterable[Path], keyring: Keyring) -> list[Checkpoint]:
    checkpoints = []
    for file in files:
        try:
            # Windows, and some mail programs, write lines in their own way.
            checkpoints.append(keyring.read(file.read_bytes().replace(b"\r\n", b"\n")))
        except ValueError:
            raise CheckpointFileError(str(file)) from None
    return checkpoints


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is: a bar on a terminal, a line now and then elsewhere."""
    if sys.stderr.isatty():
        with show_progress("Kiểm tra sổ", total) as advance:
            yield advance
        return
    done = 0

    def print_now_and_then(count: int) -> None:
        nonlocal done
        done += count
        if done // ENTRIES_A_LINE > (done - count) // ENTRIES_A_LINE:
            click.echo(f"Đã kiểm tra {done} trên {total} dòng ghi.", err=True)

    yield print_now_and_then
