"""``campaign evidence``: what an auditor takes away."""

from pathlib import Path

import click

from campaign.record.office.evidence import gather_evidence
from campaign.report.evidence import write_bundle
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key
from campaign.store.proofs.verification import keep_checkpoint


@click.group()
def evidence() -> None:
    """Gói bằng chứng cho người kiểm tra."""


@evidence.command("export")
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@click.pass_obj
def export_evidence(settings: Settings, file: Path) -> None:
    """Xuất gói bằng chứng, kiểm chứng được trên máy khác chỉ với Python.

    Ví dụ: campaign evidence export bang-chung.zip
    """
    key = load_key(settings.key, settings.origin)
    database = Database(settings.database)
    with database.writing() as connection:
        keep_checkpoint(connection, key)
    with database.reading() as connection:
        write_bundle(file, gather_evidence(connection, key, system_clock))
    click.echo(f"Đã xuất {file}. Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra.")
    click.echo(f"Khoá công khai: {key.verifier}")
