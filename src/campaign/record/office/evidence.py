"""The evidence that an auditor takes away, as a bundle."""

import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from campaign.core.clock import day_in_viet_nam
from campaign.core.people.access import Role
from campaign.jobs.evidence import export_evidence
from campaign.record.web.admission import staff_of
from campaign.record.web.forms import read_form
from campaign.record.web.visitor import recorder_of


async def download_evidence(request: Request) -> Response:
    """Give the bundle, with names to the Office alone, and only when it asks; the file is gone once it was sent."""
    recorder = recorder_of(request)
    form, now = await read_form(request), recorder.clock()
    named = form.get("ten") == "co" and staff_of(request).role is Role.OFFICE
    with tempfile.NamedTemporaryFile(prefix="bang-chung-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
    await run_in_threadpool(export_evidence, recorder.database, recorder.key, path, now, named=named)
    name = f"bang-chung-{day_in_viet_nam(now).isoformat()}{'-co-ten' if named else ''}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, filename=name, headers=headers, background=BackgroundTask(path.unlink))
