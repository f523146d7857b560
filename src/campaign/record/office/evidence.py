"""The evidence that an auditor takes away: gathered from the ledger, written as a bundle."""

import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from campaign.core.clock import Clock, day_in_viet_nam
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import browser_from, recorder_of
from campaign.record.web.guard import read_form
from campaign.report.evidence import Evidence, RosterSnapshot, write_bundle
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger, count_kinds, kept_checkpoints, read_entries
from campaign.store.posts.posts import published_revisions
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint
from campaign.store.roster.roster import roster_at


async def download_evidence(request: Request) -> Response:
    """Keep a checkpoint and give the bundle; the file is gone once it was sent."""
    recorder = recorder_of(request)
    await read_form(request, browser_from(request), recorder.address)

    def keep(ledger: OpenLedger) -> None:
        """Keep the checkpoint that the bundle ends with."""
        keep_checkpoint(ledger.connection, recorder.key)

    await recorder.write(keep)
    file = await run_in_threadpool(_write, recorder)
    name = f"bang-chung-{day_in_viet_nam(recorder.clock()).isoformat()}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, filename=name, headers=headers, background=BackgroundTask(file.unlink))


def gather_evidence(connection: Connection, key: LedgerKey, clock: Clock) -> Evidence:
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


def _write(recorder: Recorder) -> Path:
    with tempfile.NamedTemporaryFile(prefix="bang-chung-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
    with recorder.database.reading() as connection:
        write_bundle(path, gather_evidence(connection, recorder.key, recorder.clock))
    return path
