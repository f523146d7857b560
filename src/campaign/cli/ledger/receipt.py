"""``campaign receipt``: verify one that somebody holds."""

from pathlib import Path

import click

from campaign.cli.ledger.keys import key_option
from campaign.core.clock import format_instant
from campaign.core.ledger.keyring import Rotation
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.receipt import Receipt, ReceiptVerdict, check_receipt, receipt_from_file
from campaign.core.ledger.verdict import Answer
from campaign.errors.receipt import ReceiptFileError, ReceiptWrongError
from campaign.errors.store import StoreUnreachableError
from campaign.jobs.checkpoint_round import read_outlets
from campaign.settings import Settings
from campaign.store.ledger.database import Database
from campaign.store.proofs.rotations import read_rotations
from campaign.store.proofs.signing import load_key


@click.group()
def receipt() -> None:
    """Biên nhận."""


@receipt.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@key_option
@click.pass_context
def verify(context: click.Context, file: Path, policy: Policy | None) -> None:
    """Kiểm chứng một biên nhận, chỉ cần tệp đó và khoá công khai.

    Mã thoát: 0 đúng, 1 sai, 3 đúng theo sổ nhưng chưa đủ nhân chứng cùng ký.

    Ví dụ: campaign receipt verify bien-nhan-1043.json --key khoa-cong-khai.txt
    """
    settings: Settings = context.obj
    if policy is None and not settings.key.exists():
        message = "Máy này không có sổ ghi nhận. Thêm --key với khoá công khai in trên báo cáo hoặc do Văn phòng đưa."
        raise click.UsageError(message)
    trusted = policy or read_outlets(settings, load_key(settings.key, settings.origin).verifier).policy
    try:
        found = receipt_from_file(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ReceiptFileError(str(file)) from error
    verdict = check_receipt(found, trusted, _own_rotations(settings))
    if verdict.answer is Answer.WRONG:
        raise ReceiptWrongError(str(file), verdict.findings)
    _show(found, trusted, verdict)
    context.exit(verdict.answer)


def _show(found: Receipt, policy: Policy, verdict: ReceiptVerdict) -> None:
    said = found.statement
    if verdict.answer is Answer.RIGHT:
        click.echo("Biên nhận đúng.\n")
    else:
        click.echo("Biên nhận có chữ ký của sổ, nhưng chưa đủ nhân chứng cùng ký.")
        click.echo("Nhân chứng ký mỗi đêm: tải lại biên nhận vào hôm sau rồi kiểm chứng lại.\n")
    click.echo(f"Người xác nhận:  {said.name} ({said.staff_code}), {said.unit}")
    click.echo(f"Bài đăng:        {said.post}, phiên bản {said.revision}")
    click.echo(f"Mã đối chiếu:    {said.digest}")
    if said.sentence:
        click.echo(f"Câu xác nhận:    {said.sentence}")
    click.echo(f"Ghi nhận lúc:    {format_instant(said.received_at)} (giờ Việt Nam), dòng ghi số {said.sequence}")
    click.echo(f"Khoá công khai:  {policy.trusted}")
    if verdict.rotation is not None:
        is_old = verdict.sealed is not None and verdict.sealed.verifier == verdict.rotation.old
        signer, other = ("cũ", "mới") if is_old else ("mới", "cũ")
        click.echo(f"Ký bằng khoá {signer}; khoá {other} xác nhận ở dòng {verdict.rotation.sequence}.")
    if verdict.sealed is not None and verdict.sealed.witnesses:
        click.echo(f"Nhân chứng cùng ký: {', '.join(verdict.sealed.witnesses)}")


def _own_rotations(settings: Settings) -> list[Rotation]:
    """Return the changes of key of the ledger on this machine, if there is one; their signatures speak for them."""
    if not settings.key.exists():
        return []
    try:
        with Database(settings.database).reading() as connection:
            return read_rotations(connection)
    except StoreUnreachableError:  # The key alone verifies what it signed.
        return []
