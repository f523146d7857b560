"""``campaign evidence``: what an auditor takes away, and how it is verified."""

from dataclasses import replace
from pathlib import Path

import click

from campaign.cli.ledger.keys import key_option, read_notes, show_verdict
from campaign.core.ledger.policy import Policy
from campaign.errors.report import BundleUnreadableError
from campaign.jobs.checkpoint_round import read_outlets, send_checkpoint
from campaign.jobs.evidence import export_evidence
from campaign.report.evidence import make_verifier, verifier_digest
from campaign.report.verifier import UNREADABLE, verify_bundle
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key


@click.group()
def evidence() -> None:
    """Gói bằng chứng cho người kiểm tra."""


@evidence.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.option("--with-names", is_flag=True, help="Đưa cả phần thông tin cá nhân vào gói: tên, lý do miễn, nghỉ.")
@click.pass_obj
def export(settings: Settings, file: Path, *, with_names: bool) -> None:
    """Xuất gói bằng chứng, kiểm chứng được trên máy khác chỉ với Python.

    Ví dụ: campaign evidence export bang-chung.zip
    """
    key, database = load_key(settings.key, settings.origin), Database(settings.database)
    outlets = read_outlets(settings, key.verifier)
    if outlets.witnesses:  # So that the bundle is right at once by a policy that demands them.
        for delivery in send_checkpoint(database, key, replace(outlets, places=()), system_clock):
            if delivery.problem:
                click.echo(f"Chưa cùng ký: {delivery.place}: {delivery.problem}", err=True)
    export_evidence(database, key, file, system_clock(), named=with_names)
    names = "Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra." if with_names else "Gói không có tên người."
    click.echo(f"Đã xuất {file}. {names}")
    click.echo(f"Khoá công khai: {key.verifier}")
    click.echo(f"Chương trình kiểm chứng: campaign evidence verifier; SHA-256 {verifier_digest()}")


@evidence.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--checkpoint",
    "files",
    multiple=True,
    metavar="TỆP",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mốc kiểm chứng đã cất ở nơi khác; gói phải bắt đầu đúng bằng phần mà mốc ấy ghi.",
)
@key_option
@click.pass_context
def verify(context: click.Context, file: Path, files: tuple[Path, ...], policy: Policy | None) -> None:
    """Kiểm chứng một gói bằng chứng.

    Mã thoát: 0 đúng, 1 sai, 3 nhất quán nhưng chưa ai bảo đảm.

    Ví dụ: campaign evidence verify bang-chung.zip --key khoa-cong-khai.txt
    """
    try:
        verdict = verify_bundle(file, policy, read_notes(files))
    except UNREADABLE as error:
        raise BundleUnreadableError(str(file), str(error)) from error
    show_verdict(context, verdict)


@evidence.command()
@click.argument("file", metavar="TỆP.pyz", type=click.Path(path_type=Path), default="verify.pyz")
def verifier(file: Path) -> None:
    """Ghi ra chương trình kiểm chứng độc lập, để đưa cho người kiểm tra tách khỏi các gói.

    Ví dụ: campaign evidence verifier verify.pyz
    """
    file.write_bytes(make_verifier())
    click.echo(f"Đã ghi {file}. SHA-256: {verifier_digest()}")
