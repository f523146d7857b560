"""The Office's page of the two channels: where a post was sent out, recording it, taking a mistake back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.dispatch import Channel, read_dispatch
from campaign.errors.base import CampaignError
from campaign.record.office.office_pages import ChannelLines, OfficeDispatchPage
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import UPLOAD_KIND, Form, field, read_form, to_number
from campaign.record.web.uploads import read_upload
from campaign.store.ledger.database import Connection
from campaign.store.posts.dispatches import read_dispatches, record_dispatch, withdraw_dispatch
from campaign.store.posts.posts import current_revision

FIELDS = ("channel", "sent_on", "number", "recipients")


def show_dispatches(request: Request) -> Response:
    """Show both channels with what was sent on them."""
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _read_page(request, connection, {}, None))


async def take_dispatch(request: Request) -> Response:
    """Record a dispatch, or take one back."""
    recorder, post = recorder_of(request), request.path_params["post"]
    form, evidence = await _read(request)
    try:
        await recorder.write(
            partial(_read_job(form, evidence), post=post, actor=staff_of(request).name, at=recorder.clock())
        )
    except CampaignError as error:
        if not error.code.startswith("E-DISPATCH"):
            raise
        return await run_in_threadpool(_show_problem, request, form, error)
    return RedirectResponse(request.url.path, 303)


def read_channels(connection: Connection, post: str, as_of: datetime) -> tuple[ChannelLines, ...]:
    """Return both channels with what had been sent on them at *as_of*."""
    found = read_dispatches(connection, post, as_of)
    return tuple(ChannelLines(one, tuple(sent for sent in found if sent.dispatch.channel is one)) for one in Channel)


async def _read(request: Request) -> tuple[Form, str]:
    """Return the form, and the digest of the file that came with it as evidence; empty when none did."""
    browser, address = browser_from(request), recorder_of(request).address
    if not request.headers.get("content-type", "").startswith(UPLOAD_KIND):
        return await read_form(request, browser, address), ""
    upload = await read_upload(request, browser, address, required=False)
    return upload.form, sha256(upload.content).hexdigest() if upload.content else ""


def _read_job(form: Form, evidence: str) -> Callable[..., object]:
    if withdrawn := field(form, "withdrawn"):
        return partial(withdraw_dispatch, sequence=to_number(withdrawn))
    channel, sent_on, number, recipients = (field(form, name) for name in FIELDS)
    return partial(record_dispatch, dispatch=read_dispatch(channel, sent_on, number, recipients, evidence))


def _show_problem(request: Request, form: Form, problem: CampaignError) -> Response:
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _read_page(request, connection, form, problem), 400)


def _read_page(
    request: Request, connection: Connection, typed: Form, problem: CampaignError | None
) -> OfficeDispatchPage:
    key = request.path_params["post"]
    return OfficeDispatchPage(
        post=current_revision(connection, key).post,
        channels=read_channels(connection, key, recorder_of(request).clock()),
        typed={name: field(typed, name) for name in FIELDS},
        problem=problem.problem if problem else None,
        remedy=problem.remedy if problem else None,
    )
