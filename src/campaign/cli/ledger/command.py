"""``campaign ledger``: verify it, sign a checkpoint, make the projections again."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from campaign.cli import terminal
from campaign.cli.ledger.keys import key_option, read_notes, show_verdict
from campaign.cli.progress import show_progress
from campaign.core.ledger.note import verifier_from_text
from campaign.core.ledger.policy import Policy
from campaign.errors.store import CheckpointNowhereError, CheckpointStayedError, LedgerAlteredError
from campaign.jobs.checkpoint_round import read_outlets, send_checkpoint
from campaign.settings import Settings, system_clock
from campaign.store.credentials.accounts import seal_again
from campaign.store.figures.closings import compare_closings
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending, read_head
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.proofs.rotations import (
    is_recorded,
    read_rotations,
    record_revocation,
    record_rotation,
    require_own_key,
)
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
@key_option
@click.pass_context
def verify(context: click.Context, files: tuple[Path, ...], policy: Policy | None) -> None:
    """Tính lại toàn bộ sổ và báo mọi chỗ bị thay đổi.

    Mã thoát: 0 đúng, 1 sai, 3 nhất quán nhưng chưa ai bảo đảm hết.

    Ví dụ: campaign ledger verify --checkpoint moc-kiem-chung.txt
    """
    settings: Settings = context.obj
    key = None if policy else load_key(settings.key, settings.origin)
    notes = read_notes(files)
    with Database(settings.database).reading() as connection:
        if key is not None:
            require_own_key(connection, key)
            policy = read_outlets(settings, key.verifier).policy
        with _progress(read_head(connection).size) as advance:
            verdict = verify_ledger(connection, policy, notes, advance)
        findings = verdict.findings or tuple(compare_closings(connection))
    if findings:
        raise LedgerAlteredError(findings)
    if not notes:
        click.echo("Chỉ kiểm với các mốc do chính máy này giữ; hãy kiểm cả với mốc đã cất ở nơi khác (--checkpoint).")
    show_verdict(context, verdict)


@ledger.command()
@click.pass_obj
def checkpoint(settings: Settings) -> None:
    """Ký và in mốc kiểm chứng của sổ hiện tại; hãy giữ một bản ở nơi khác.

    Ví dụ: campaign ledger checkpoint > moc-kiem-chung.txt
    """
    key = load_key(settings.key, settings.origin)
    with Database(settings.database).writing() as connection:
        note = keep_checkpoint(connection, key, system_clock())
    click.echo(note.decode(), nl=False)
    click.echo(f"Khoá công khai: {key.verifier}", err=True)


@ledger.command()
@click.pass_obj
def send(settings: Settings) -> None:
    """Ký mốc kiểm chứng, xin nhân chứng cùng ký, rồi gửi đến mọi nơi trong thiết lập checkpoint_to.

    Ví dụ: campaign ledger send
    """
    key = load_key(settings.key, settings.origin)
    outlets = read_outlets(settings, key.verifier)
    if not outlets.names:
        raise CheckpointNowhereError
    deliveries = send_checkpoint(Database(settings.database), key, outlets, system_clock)
    for delivery in deliveries:
        if not delivery.problem:
            click.echo(f"Mốc {delivery.size} dòng ghi đã đến: {delivery.place}")
    failures = [f"{delivery.place}: {delivery.problem}" for delivery in deliveries if delivery.problem]
    if failures:
        raise CheckpointStayedError(deliveries[0].size, failures)


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
        if not is_recorded(opened.connection, old, new):  # A try that broke off goes on after its entry.
            require_own_key(opened.connection, old)
            terminal.require_account(opened.connection, actor)
            keep_checkpoint(opened.connection, old, system_clock())
            record_rotation(opened, old, new, actor, system_clock())
        seal_again(opened.connection, old, new)
    put_next_key_in_place(settings.key)
    with database.writing() as connection:
        note = keep_checkpoint(connection, new, system_clock())
    click.echo(note.decode(), nl=False)
    click.echo(f"Khoá công khai cũ:  {old.verifier}\nKhoá công khai mới: {new.verifier}", err=True)
    click.echo("Hãy chạy lại bộ ghi nhận, và giữ một bản của tệp khoá mới ở nơi khác.", err=True)


@ledger.command("revoke-key")
@terminal.by
@click.option("--key", "revoked", metavar="KHOÁ", required=True, help="Khoá công khai cũ đã lộ.")
@click.option("--from", "from_size", metavar="DÒNG", type=click.IntRange(min=1), required=True)
@click.pass_obj
def revoke_key(settings: Settings, actor: str, revoked: str, from_size: int) -> None:
    """Thu hồi một khoá cũ đã lộ: mốc do khoá ấy ký từ dòng DÒNG trở đi không còn giá trị. Thay khoá trước.

    Ví dụ: campaign ledger revoke-key --key so.vn+1a2b3c4d+AbCd --from 120 --by chi
    """
    key = load_key(settings.key, settings.origin)
    try:
        verifier = verifier_from_text(revoked)
    except ValueError:
        message = "Nhập đủ cả dòng khoá công khai cũ, như “campaign ledger rotate-key” đã in."
        raise click.BadParameter(message, param_hint="--key") from None
    with appending(Database(settings.database)) as opened:
        require_own_key(opened.connection, key)
        terminal.require_account(opened.connection, actor)
        replaced = {rotation.old for rotation in read_rotations(opened.connection)}
        if verifier not in replaced or from_size > read_head(opened.connection).size + 1:
            message = (
                "Chỉ thu hồi được khoá cũ của sổ này, từ một dòng đã có. Khoá đang dùng thì thay trước bằng rotate-key."
            )
            raise click.UsageError(message)
        record_revocation(opened, verifier, from_size, actor, system_clock())
        opened.flush()
        note = keep_checkpoint(opened.connection, key, system_clock())
    click.echo(note.decode(), nl=False)


@ledger.command("rebuild")
@terminal.pass_database
def rebuild_projections(database: Database) -> None:
    """Dựng lại mọi bảng tổng hợp từ sổ ghi nhận.

    Ví dụ: campaign ledger rebuild
    """
    with database.writing() as connection:
        rebuild(connection)
    click.echo("Đã dựng lại các bảng từ sổ ghi nhận.")


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
