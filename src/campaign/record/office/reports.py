"""The Office's page of reports: each is made at the press of a button, because a checkpoint is kept with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import day_in_viet_nam, read_as_of
from campaign.core.post import Post
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.jobs.report_data import gather_outcome, keep_template, make_package, seal_outcome
from campaign.record.web.answers import reading, send_file
from campaign.record.web.forms import read_form, read_upload
from campaign.record.web.visitor import recorder_of
from campaign.report.documents import write_names, write_report, write_seal, write_yearly
from campaign.report.excel import EXCEL
from campaign.report.letters import write_letter, write_letters
from campaign.report.outcome import Outcome
from campaign.report.template import fill_template, read_template
from campaign.report.workbook import write_workbook
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revision


@dataclass(frozen=True, slots=True)
class OfficeReportPage:
    """Which reports of a post can be made.

    Attributes:
        as_of_value: The day that was chosen on the page before, as it was typed.
        has_template: Whether the Office has a Word template of its own in use.
        fault: What is wrong with the template that was handed in, or nothing.
    """

    template: ClassVar[str] = "office/report.html"
    title: ClassVar[str] = "Báo cáo"
    post: Post
    as_of_value: str
    has_template: bool = False
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A file that is made from an outcome."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Outcome], bytes]


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
FORMATS: Mapping[str, Format] = {
    "docx": Format("bao-cao", "docx", WORD, write_report),
    "chart": Format("bao-cao", "docx", WORD, partial(write_report, with_chart=True)),
    "names": Format("danh-sach-kem-theo", "docx", WORD, write_names),
    "seal": Format("phieu-niem-phong", "docx", WORD, write_seal),
    "xlsx": Format("bang-so-lieu", "xlsx", EXCEL, write_workbook),
    "letters": Format("don-doc", "zip", ZIP, write_letters),
    "package": Format("goi-gui", "zip", ZIP, make_package),
    "yearly": Format("long-ghep", "docx", WORD, write_yearly),
}


@reading
def show_reports(request: Request, connection: Connection, fault: CampaignError | None = None) -> OfficeReportPage:
    """Show which reports there are, and a button for each."""
    post, typed = (
        current_revision(connection, request.path_params["post"]).post,
        request.query_params.get("tinh-den", ""),
    )
    return OfficeReportPage(post, typed, recorder_of(request).report_template.exists(), fault)


async def download_report(request: Request) -> Response:
    """Make the report that was asked for, and send it."""
    form, template = await read_form(request), recorder_of(request).report_template
    fill = Format("bao-cao", "docx", WORD, lambda outcome: fill_template(read_template(template), outcome))
    wanted = {**FORMATS, "filled": fill}.get(form["kind"])
    if wanted is None:
        raise PageNotFoundError
    return await run_in_threadpool(_write, request, wanted, form["tinh-den"], request.path_params["post"])


async def replace_template(request: Request) -> Response:
    """Put a Word template of the Office into use, or say what is wrong with it."""
    upload = await read_upload(request)
    try:
        await run_in_threadpool(keep_template, recorder_of(request).report_template, upload.content)
    except CampaignError as fault:
        return await run_in_threadpool(show_reports, request, fault)
    return RedirectResponse(request.url.path.removesuffix("/mau"), 303)


async def download_letter(request: Request) -> Response:
    """Make the reminder letter of a post to one unit, and send it."""
    form = await read_form(request)
    letter = Format("cong-van-don-doc", "docx", WORD, partial(_write_letter, unit=form["unit"]))
    return await run_in_threadpool(_write, request, letter, "", form["post"])


def _write_letter(outcome: Outcome, unit: str) -> bytes:
    if unit not in outcome.by_unit:
        raise PageNotFoundError
    return write_letter(outcome, unit)


def _write(request: Request, wanted: Format, typed: str, post: str) -> Response:
    recorder, at = recorder_of(request), read_as_of(typed, recorder_of(request).clock())
    outcome = gather_outcome(recorder.database, recorder.key, post, at, recorder.address)
    outcome = seal_outcome(recorder.database, recorder.key, outcome, recorder.clock())
    name = f"{wanted.name}-{outcome.post.id}-{day_in_viet_nam(at).isoformat()}.{wanted.suffix}"
    return send_file(wanted.write(outcome), name, wanted.media_type)
