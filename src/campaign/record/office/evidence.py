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
    """Give the bundle, with or without names; the file is gone once it was sent."""
    recorder = recorder_of(request)
    form, now = await read_form(request), recorder.clock()
    named = form.get("ten") != "khong"
    with tempfile.NamedTemporaryFile(prefix="bang-chung-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
    await run_in_threadpool(export_evidence, recorder.database, recorder.key, path, now, named=named)
    name = f"bang-chung-{day_in_viet_nam(now).isoformat()}{'' if named else '-khong-ten'}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, filename=name, headers=headers, background=BackgroundTask(path.unlink))
