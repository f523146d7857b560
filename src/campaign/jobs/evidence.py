"""The evidence that an auditor takes away: gathered from the ledger, written as a bundle."""

from pathlib import Path

from campaign.core.clock import Clock
from campaign.report.evidence import Evidence, RosterSnapshot, write_bundle
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import count_kinds, kept_checkpoints, read_entries
from campaign.store.posts.posts import published_revisions
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint
from campaign.store.roster.roster import roster_at


def export_evidence(database: Database, key: LedgerKey, clock: Clock, file: Path) -> None:
    """Keep a checkpoint, and write the bundle that ends with it."""
    with database.writing() as connection:
        keep_checkpoint(connection, key)
    with database.reading() as connection:
        write_bundle(file, _gather(connection, key, clock))


def _gather(connection: Connection, key: LedgerKey, clock: Clock) -> Evidence:
    """Return the evidence; its entries are read while the bundle is written."""
    revisions = published_revisions(connection)
    now = clock()
    ends = {revision.post.deadline.ends_at for revision in revisions if revision.post.deadline}
    days = sorted({now, *(end for end in ends if end < now)})
    return Evidence(
        title=read_campaign(connection).title,
        made_at=now,
        verifier=key.verifier,
        entries=((entry.leaf_data, personal) for entry, personal in read_entries(connection)),
        posts=[revision.post for revision in revisions],
        revisions={
            f"{revision.post.id}.{revision.post.revision.number}.json": revision.post.to_document()
            for revision in revisions
        },
        checkpoints=kept_checkpoints(connection),
        rosters=[RosterSnapshot(at, roster_at(connection, at)) for at in days],
        counts=count_kinds(connection),
    )
