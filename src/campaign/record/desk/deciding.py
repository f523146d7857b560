"""What the Office decides about a draft: it sees what changes for readers, then approves, returns or publishes."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.campaign import Approval
from campaign.core.difference import ChangedPart, compare_posts
from campaign.core.draft import Draft, DraftAct, DraftState, find_state
from campaign.core.people.access import Role
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.errors.drafts import DraftFaultyError, DraftStateError, NoWorkplaceError
from campaign.jobs.drafts import approve_draft, return_draft, withdraw_post
from campaign.posts.rendering import with_plain_text
from campaign.publish.site.switching import switch_back
from campaign.record.desk.editor import DESK_PATH, count_audience, saved_name
from campaign.record.desk.overview import show_editing
from campaign.record.desk.place import files_to_write, place_of
from campaign.record.web.admission import staff_of, unit_shown_to
from campaign.record.web.answers import reading, send_file
from campaign.record.web.forms import Form, read_form
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import read_headcounts
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.confirmations import count_standing
from campaign.store.posts.drafts import names_of_accounts, read_acts, read_file, require_draft
from campaign.store.posts.publishing import Publishing, ask_to_publish, call_off, find_publishing


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A draft with all that one must know to decide about it.

    Attributes:
        post: The post that it becomes; nothing when its fields have faults.
        changes: What readers will see changed from the revision that they see now.
        is_new: Whether readers have never seen the post.
        confirmed: How many confirmations count now.
        people: How many it is meant for now.
        fault_count: How many places must be fixed first.
        acts: What was decided about the draft of this post so far.
        names: The full names of accounts.
        publishing: How far its publication has come.
    """

    template: ClassVar[str] = "desk/decision.html"
    title: ClassVar[str] = "Duyệt và đăng"
    draft: Draft
    post: Post | None
    changes: tuple[ChangedPart, ...]
    is_new: bool
    confirmed: int
    people: int
    fault_count: int
    state: DraftState
    acts: tuple[DraftAct, ...]
    names: dict[str, str]
    may_decide: bool
    is_here: bool
    is_due: bool
    publishing: Publishing | None = None
    fault: CampaignError | None = None

    @property
    def refresh(self) -> int:
        """After how many seconds the page asks again; 0 for never."""
        return 1 if self.publishing and self.publishing.is_running else 0


@reading
def show_decision(request: Request, connection: Connection, fault: CampaignError | None = None) -> DecisionPage:
    """Show the draft, what it changes for readers, and what can be decided now."""
    draft, place = require_draft(connection, saved_name(request), unit_shown_to(request)), place_of(request)
    post, published, acts = place.read_post(draft), place.find_published(draft.post), read_acts(connection, draft.post)
    changes = compare_posts(with_plain_text(published), with_plain_text(post)) if post and published else ()
    return DecisionPage(
        draft=draft,
        post=post,
        changes=changes,
        is_new=published is None,
        confirmed=count_standing(connection).get(draft.post, 0),
        people=count_audience(read_headcounts(connection), post),
        fault_count=sum(isinstance(found, CampaignError) for found in place.check(connection, draft)),
        state=find_state(draft.digest, acts),
        acts=tuple(reversed(acts)),
        names=dict(names_of_accounts(connection)),
        may_decide=staff_of(request).role is Role.OFFICE,
        is_here=place.workplace is not None,
        is_due=post is None or post.publish_at <= recorder_of(request).clock(),
        publishing=find_publishing(connection, draft.post),
        fault=fault,
    )


async def decide(request: Request) -> Response:
    """Approve the draft, or return it with a note."""
    return await _act(request, await read_form(request), _decide)


async def publish(request: Request) -> Response:
    """Hand the approved draft to whoever publishes, take it back from there, or take the post off the site."""
    return await _act(request, await read_form(request), _publish)


async def show_last_site(request: Request) -> Response:
    """Show readers the site before the present one; a second time, the present one."""
    await read_form(request)
    recorder = recorder_of(request)
    try:
        if recorder.workplace is None:
            raise NoWorkplaceError
        await run_in_threadpool(switch_back, recorder.site.folder.resolve())
    except CampaignError as fault:
        return await run_in_threadpool(show_editing, request, fault)
    return RedirectResponse(DESK_PATH, 303)


@reading
def download_package(request: Request, connection: Connection) -> Response:
    """Return the files of an approved draft, for a content folder on another machine."""
    draft = require_draft(connection, saved_name(request))
    state = find_state(draft.digest, read_acts(connection, draft.post))
    if state not in (DraftState.APPROVED, DraftState.PUBLISHED):
        raise DraftStateError(state.label)
    contents = {name: read_file(connection, draft.post, name) for name in draft.files}
    return send_file(to_zip(files_to_write(draft, contents)), f"{draft.post}.zip", "application/zip")


async def _act(request: Request, form: Form, job: Callable[[OpenLedger, Request, Form], None]) -> Response:
    """Do it to the very draft that was looked at, and show the page again."""
    try:
        await recorder_of(request).write(job, request, form)
    except CampaignError as fault:
        return await run_in_threadpool(show_decision, request, fault)
    return RedirectResponse(request.url.path.removesuffix("/dang").removesuffix("/duyet") + "/duyet", 303)


def _looked_at(ledger: OpenLedger, request: Request, form: Form) -> Draft:
    draft = require_draft(ledger.connection, saved_name(request))
    if draft.digest != form["digest"]:
        raise DraftStateError(DraftState.DRAFT.label)
    return draft


def _decide(ledger: OpenLedger, request: Request, form: Form) -> None:
    draft, actor, now = _looked_at(ledger, request, form), staff_of(request).name, recorder_of(request).clock()
    if form["act"] == "return":
        return_draft(ledger, draft, actor, form["note"], now)
        return
    _refuse_faults(ledger.connection, request, draft)
    place = place_of(request)
    campaign = place.campaign_of(place.read_post(draft))
    two_persons = campaign is not None and campaign.approval is Approval.TWO_PERSONS
    approve_draft(ledger, draft, actor, now, two_persons=two_persons)


def _publish(ledger: OpenLedger, request: Request, form: Form) -> None:
    draft, place, now = _looked_at(ledger, request, form), place_of(request), recorder_of(request).clock()
    if form["act"] == "stop":
        call_off(ledger.connection, draft.post)
        return
    state = find_state(draft.digest, read_acts(ledger.connection, draft.post))
    post = place.read_post(draft)
    if form["act"] == "withdraw" and state is DraftState.PUBLISHED and place.workplace:
        withdraw_post(ledger, draft, staff_of(request).name, now)
        return
    if state is not DraftState.APPROVED or post is None:
        raise DraftStateError(state.label)
    if place.workplace is None:
        raise NoWorkplaceError
    _refuse_faults(ledger.connection, request, draft)
    ask_to_publish(ledger.connection, draft, staff_of(request).name, max(now, post.publish_at), now)


def _refuse_faults(connection: Connection, request: Request, draft: Draft) -> None:
    count = sum(isinstance(found, CampaignError) for found in place_of(request).check(connection, draft))
    if count:
        raise DraftFaultyError(count)


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """Pack files by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
