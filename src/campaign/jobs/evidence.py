"""Export the evidence that an auditor takes away."""

from datetime import datetime
from itertools import takewhile
from pathlib import Path

from campaign.report.evidence import Evidence, write_bundle
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import kept_checkpoints, read_entries, read_head
from campaign.store.posts.posts import read_all_files
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint


def export_evidence(database: Database, key: LedgerKey, file: Path, now: datetime, *, named: bool) -> None:
    """Write the evidence to *file*, sealed by a checkpoint over all entries.

    Args:
        database: The ledger's database.
        key: The ledger's key.
        file: Where the bundle is to be; readable by its owner only.
        now: When the checkpoint is signed.
        named: Whether the personal fields go along.
    """
    with database.writing() as connection:
        size = read_head(connection).size
        keep_checkpoint(connection, key, now)
    with database.reading() as connection:  # What was appended meanwhile, the checkpoint does not cover.
        kept = {covered: note for covered, note in kept_checkpoints(connection).items() if covered <= size}
        entries = takewhile(lambda held: held[0].sequence <= size, read_entries(connection))
        write_bundle(file, Evidence(key.verifier, entries, kept, named, read_all_files(connection)))
