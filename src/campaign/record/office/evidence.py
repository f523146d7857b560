"""The evidence that an auditor takes away."""

import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from campaign.core.clock import day_in_viet_nam
from campaign.jobs.evidence import export_evidence
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import browser_from, recorder_of
from campaign.record.web.guard import read_form


async def download_evidence(request: Request) -> Response:
    """Keep a checkpoint and give the bundle; the file is gone once it was sent."""
    recorder = recorder_of(request)
    await read_form(request, browser_from(request), recorder.address)
    file = await run_in_threadpool(_write, recorder)
    name = f"bang-chung-{day_in_viet_nam(recorder.clock()).isoformat()}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, filename=name, headers=headers, background=BackgroundTask(file.unlink))


def _write(recorder: Recorder) -> Path:
    with tempfile.NamedTemporaryFile(prefix="bang-chung-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
    export_evidence(recorder.database, recorder.key, recorder.clock, path)
    return path
