"""``campaign evidence``: what an auditor takes away."""

from pathlib import Path

import click

from campaign.core.clock import Clock
from campaign.report.evidence import Evidence, RosterSnapshot, write_bundle
from campaign.settings import Settings, system_clock
from campaign.store.campaigns import read_campaign
from campaign.store.database import Connection, Database
from campaign.store.ledger import count_kinds, kept_checkpoints, read_entries
from campaign.store.posts import published_revisions
from campaign.store.roster import roster_at
from campaign.store.signing import LedgerKey, load_key
from campaign.store.verification import keep_checkpoint


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
        write_bundle(file, _gather(connection, key, system_clock))
    click.echo(f"Đã xuất {file}. Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra.")
    click.echo(f"Khoá công khai: {key.verifier}")


def _gather(connection: Connection, key: LedgerKey, clock: Clock) -> Evidence:
    """Return the evidence; its entries are read while the bundle is written."""
    revisions = published_revisions(connection)
    now = clock()
    ends = {one.post.deadline.ends_at for one in revisions if one.post.deadline}
    days = sorted({now, *(end for end in ends if end < now)})
    return Evidence(
        title=read_campaign(connection).title,
        made_at=now,
        verifier=key.verifier,
        entries=((entry.leaf_data, personal) for entry, personal in read_entries(connection)),
        posts=[one.post for one in revisions],
        revisions={f"{one.post.id}.{one.post.revision.number}.json": one.post.to_document() for one in revisions},
        checkpoints=kept_checkpoints(connection),
        rosters=[RosterSnapshot(at, roster_at(connection, at)) for at in days],
        counts=count_kinds(connection),
    )
