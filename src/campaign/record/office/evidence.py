"""The evidence that an auditor takes away, as a bundle."""

import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from campaign.core.clock import day_in_viet_nam
from campaign.jobs.evidence import export_evidence
from campaign.record.web.forms import read_form
from campaign.record.web.visitor import recorder_of


async def download_evidence(request: Request) -> Response:
    """Keep a checkpoint and give the bundle; the file is gone once it was sent."""
    recorder = recorder_of(request)
    await read_form(request)
    with tempfile.NamedTemporaryFile(prefix="bang-chung-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
    await run_in_threadpool(export_evidence, recorder.database, recorder.key, recorder.clock, path)
    name = f"bang-chung-{day_in_viet_nam(recorder.clock()).isoformat()}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, filename=name, headers=headers, background=BackgroundTask(path.unlink))
