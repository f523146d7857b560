"""``campaign receipt``: verify one that somebody holds."""

from pathlib import Path

import click

from campaign.cli import terminal
from campaign.core.clock import format_instant
from campaign.core.receipt import check_receipt, receipt_from_json
from campaign.core.rotation import Keyring
from campaign.errors.receipt import ReceiptFileError, ReceiptWrongError
from campaign.errors.store import StoreUnreachableError
from campaign.settings import Settings
from campaign.store.ledger.database import Database
from campaign.store.proofs.rotations import read_keyring
from campaign.store.proofs.signing import load_key


@click.group()
def receipt() -> None:
    """Biên nhận."""


@receipt.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", metavar="KHOÁ", help="Khoá công khai của sổ, hoặc tệp chứa khoá; mặc định là khoá của sổ trên máy này."
)
@click.pass_obj
def verify(settings: Settings, file: Path, key: str | None) -> None:
    """Kiểm chứng một biên nhận, chỉ cần tệp đó và khoá công khai.

    Ví dụ: campaign receipt verify bien-nhan-1043.json --key khoa-cong-khai.txt
    """
    keyring = _own_keys(settings) if key is None else Keyring(terminal.read_verifier(key))
    try:
        found = receipt_from_json(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ReceiptFileError(str(file)) from error
    findings = check_receipt(found, keyring)
    if findings:
        raise ReceiptWrongError(str(file), findings)
    said = found.statement
    click.echo("Biên nhận đúng.\n")
    click.echo(f"Người xác nhận:  {said.name} ({said.staff_code}), {said.unit}")
    click.echo(f"Bài đăng:        {said.post}, phiên bản {said.revision}")
    click.echo(f"Mã đối chiếu:    {said.digest}")
    if said.sentence:
        click.echo(f"Câu xác nhận:    {said.sentence}")
    click.echo(f"Ghi nhận lúc:    {format_instant(said.received_at)} (giờ Việt Nam), dòng ghi số {said.sequence}")
    click.echo(f"Khoá công khai:  {keyring.verifiers[0]}")


def _own_keys(settings: Settings) -> Keyring:
    """Return the keys of the ledger on this machine, also those of before; asking for them must not make one."""
    if not settings.key.exists():
        message = "Máy này không có sổ ghi nhận. Thêm --key với khoá công khai in trên báo cáo hoặc do Văn phòng đưa."
        raise click.UsageError(message)
    trusted = load_key(settings.key, settings.origin).verifier
    try:
        with Database(settings.database).reading() as connection:
            return read_keyring(connection, trusted)
    except StoreUnreachableError:  # The key alone verifies what it signed.
        return Keyring(trusted)
