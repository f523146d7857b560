"""The Office's page of reports: each is made at the press of a button, because a checkpoint is kept with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.clock import day_in_viet_nam, read_as_of
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.jobs.report_data import gather_outcome, keep_template, make_package
from campaign.record.office.office_pages import OfficeReportPage
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, read_form
from campaign.record.web.uploads import read_upload
from campaign.report.department import read_department
from campaign.report.documents import write_report, write_yearly
from campaign.report.letters import write_letter, write_letters
from campaign.report.outcome import Outcome
from campaign.report.template import fill_template, read_template
from campaign.report.workbook import write_workbook
from campaign.store.posts.posts import current_revision


@dataclass(frozen=True, slots=True)
class Format:
    """A file that is made from an outcome."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Outcome], bytes]


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
FORMATS: Mapping[str, Format] = {
    "docx": Format("bao-cao", "docx", WORD, write_report),
    "xlsx": Format("bang-so-lieu", "xlsx", EXCEL, write_workbook),
    "letters": Format("don-doc", "zip", ZIP, write_letters),
    "package": Format("goi-gui", "zip", ZIP, make_package),
    "yearly": Format("long-ghep", "docx", WORD, write_yearly),
}


def show_reports(request: Request) -> Response:
    """Show which reports there are, and a button for each."""
    with recorder_of(request).database.reading() as connection:
        post = current_revision(connection, request.path_params["post"]).post
        page = OfficeReportPage(
            post, request.query_params.get("tinh-den", ""), recorder_of(request).report_template.exists()
        )
        return show(request, connection, page)


async def download_report(request: Request) -> Response:
    """Make the report that was asked for, and send it."""
    form = await read_form(request, browser_from(request), recorder_of(request).address)
    formats = {**FORMATS, "filled": Format("bao-cao", "docx", WORD, partial(_fill, recorder_of(request)))}
    if field(form, "kind") not in formats:
        raise PageNotFoundError
    return await run_in_threadpool(
        _write, request, formats[field(form, "kind")], field(form, "tinh-den"), request.path_params["post"]
    )


async def take_template(request: Request) -> Response:
    """Put a Word template of the Office into use, or say what is wrong with it."""
    recorder = recorder_of(request)
    upload = await read_upload(request, browser_from(request), recorder.address)
    try:
        await run_in_threadpool(keep_template, recorder.report_template, upload.content)
    except CampaignError as error:
        return await run_in_threadpool(_show_problem, request, error)
    return RedirectResponse(request.url.path.removesuffix("/mau"), 303)


async def download_letter(request: Request) -> Response:
    """Make the reminder letter of a post to one unit, and send it."""
    form = await read_form(request, browser_from(request), recorder_of(request).address)
    letter = Format("cong-van-don-doc", "docx", WORD, partial(_write_letter, unit=field(form, "unit")))
    return await run_in_threadpool(_write, request, letter, "", field(form, "post"))


def _write_letter(outcome: Outcome, unit: str) -> bytes:
    if unit not in outcome.by_unit:
        raise PageNotFoundError
    return write_letter(outcome, unit)


def _show_problem(request: Request, error: CampaignError) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        post = current_revision(connection, request.path_params["post"]).post
        page = OfficeReportPage(post, "", recorder.report_template.exists(), error.problem, error.remedy)
        return show(request, connection, page, 400)


def _fill(recorder: Recorder, outcome: Outcome) -> bytes:
    return fill_template(read_template(recorder.report_template), outcome)


def _write(request: Request, wanted: Format, typed: str, post: str) -> Response:
    recorder = recorder_of(request)
    now = recorder.clock()
    as_of = read_as_of(typed, now)
    department = read_department(recorder.department)
    outcome = gather_outcome(recorder.database, recorder.key, department, post, as_of, recorder.address)
    name = f"{wanted.name}-{outcome.post.id}-{day_in_viet_nam(as_of).isoformat()}.{wanted.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(wanted.write(outcome), media_type=wanted.media_type, headers=headers)
