"""``campaign evidence``: what an auditor takes away."""

from pathlib import Path

import click

from campaign.jobs.evidence import export_evidence
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key


@click.group()
def evidence() -> None:
    """Gói bằng chứng cho người kiểm tra."""


@evidence.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: Settings, file: Path) -> None:
    """Xuất gói bằng chứng, kiểm chứng được trên máy khác chỉ với Python.

    Ví dụ: campaign evidence export bang-chung.zip
    """
    key = load_key(settings.key, settings.origin)
    export_evidence(Database(settings.database), key, system_clock, file)
    click.echo(f"Đã xuất {file}. Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra.")
    click.echo(f"Khoá công khai: {key.verifier}")
