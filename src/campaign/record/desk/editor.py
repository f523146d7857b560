"""The editor of a draft: fields in Vietnamese beside the text, each with what the checks say of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from campaign.core.campaign import Campaign
from campaign.core.clock import format_instant
from campaign.core.draft import Draft, DraftAct, DraftState, find_state, last_act
from campaign.core.people.access import Role
from campaign.core.people.roster import Category
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.errors.drafts import ContentChangedError, DraftChangedError, DraftFaultyError
from campaign.jobs.drafts import digest_of_file, submit_draft
from campaign.posts.editing import to_declared, write_file
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.fields import LABELS, Finding, from_form, place_findings, to_form
from campaign.record.desk.files import take_file
from campaign.record.desk.place import Place, place_of
from campaign.record.web.admission import staff_of, unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.forms import Form, Upload, read_large_form
from campaign.record.web.guard import DESK_POLICY
from campaign.record.web.visitor import recorder_of
from campaign.store.base.units import Headcount, read_headcounts
from campaign.store.credentials.accounts import Account
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.drafts import (
    drop_file,
    find_others,
    note_editing,
    read_acts,
    require_draft,
    save_draft,
)

DESK_PATH = "/van-phong/bien-tap"
MOST_FIELDS = 500
"""A box for each unit, three times."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit or a category that a post can be for.

    Attributes:
        value: As the front matter has it.
        people: How many are on the roster now.
    """

    value: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class EditorPage:
    """The form of a draft.

    Attributes:
        values: The fields by name, as they were typed.
        findings: What is to be fixed or looked at again, by field.
        campaigns: To which the post can belong.
        people: How many the post is meant for now.
        deadline: How readers are told the deadline; "" without one.
        act: What was decided about exactly this text.
        others: Who else is writing now.
        theirs: The text that somebody else saved meanwhile; "" when nobody did.
        remarks: What could not be taken over from a Word document.
    """

    template: ClassVar[str] = "desk/editor.html"
    title: ClassVar[str] = "Soạn bài"
    script: ClassVar[str] = "desk.js"
    content_policy: ClassVar[str] = DESK_POLICY
    draft: Draft
    values: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]
    units: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    state: DraftState
    campaigns: tuple[Campaign, ...] = ()
    number: str = "1"
    people: int = 0
    deadline: str = ""
    act: DraftAct | None = None
    others: tuple[str, ...] = ()
    theirs: str = ""
    remarks: tuple[str, ...] = ()
    fault: CampaignError | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        """What each field is called."""
        return LABELS

    @property
    def fault_count(self) -> int:
        """How many places must be fixed."""
        return sum(finding.is_fault for found in self.findings.values() for finding in found)


@reading
def show_editor(
    request: Request,
    connection: Connection,
    post: str = "",
    typed: Form | None = None,
    fault: CampaignError | None = None,
    remarks: tuple[str, ...] = (),
) -> EditorPage:
    """Show the form with the draft as it is kept, or as it was *typed* and not kept."""
    place, staff = place_of(request), staff_of(request)
    draft = require_draft(connection, post or request.path_params["post"], unit_shown_to(request))
    front = split_front_matter(draft.path, draft.source)
    is_other = isinstance(fault, DraftChangedError)
    acts, headcounts = read_acts(connection, draft.post, draft.digest), read_headcounts(connection)
    shown = place.read_post(draft)
    own = place.campaign_of(shown)
    if place.workplace and fault is None and _is_changed_outside(place, draft):
        fault = ContentChangedError(draft.path)
    units = place.units if staff.role is not Role.UNIT_HEAD else (staff.unit or "",)
    return EditorPage(
        draft=draft,
        values=typed if typed is not None else to_form(to_declared(front), front.text),
        findings=place_findings(place.check(connection, draft), front),
        units=tuple(Choice(unit, unit, _count(headcounts, unit=unit)) for unit in units),
        categories=tuple(Choice(item.value, item.label, _count(headcounts, category=item)) for item in Category),
        state=find_state(draft.digest, acts),
        campaigns=tuple(campaign for campaign in place.campaigns if not campaign.closed or campaign == own),
        number=str(to_declared(front).get("revision", {}).get("number", "1")),
        people=count_audience(headcounts, shown),
        deadline=shown.deadline.format() if shown and shown.deadline else "",
        act=last_act(draft.digest, acts),
        others=tuple(find_others(connection, draft.post, staff.name, recorder_of(request).clock())),
        theirs=front.text if is_other else "",
        remarks=remarks,
        fault=fault,
    )


async def save(request: Request) -> Response:
    """Save what was typed, then do what its button says."""
    upload, recorder = await read_large_form(request, MOST_FIELDS), recorder_of(request)
    form = upload.form
    try:
        saved = await recorder.write(_save, place_of(request), upload, staff_of(request), saved_name(request))
    except CampaignError as fault:
        if form["act"] == "auto":
            return JSONResponse({"problem": fault.problem, "remedy": fault.remedy}, fault.status)
        return await run_in_threadpool(show_editor, request, saved_name(request), form, fault)
    if form["act"] == "auto":
        return await run_in_threadpool(_tell, request, saved)
    if form["act"] == "submit":
        return await _submit(request, saved, form)
    way_on = f"{DESK_PATH}/{saved.post}"
    return RedirectResponse(f"{way_on}/xem" if form["act"] == "preview" else way_on, 303)


def saved_name(request: Request) -> str:
    """Return the id of the post whose draft a request is about."""
    return str(request.path_params["post"])


def compose(draft: Draft, form: Form, units: tuple[str, ...], account: Account) -> bytes:
    """Return the file that the form makes of a draft.

    Raises:
        FrontMatterError: It would be too long to be read.
    """
    front, text = split_front_matter(draft.path, draft.source), form["text"].replace("\r\n", "\n")
    declared = from_form(form, to_declared(front), units)
    if account.role is Role.UNIT_HEAD:
        categories = [item.value for item in Category if form[f"category:{item.value}"]]
        declared |= {"lead_unit": account.unit, "lead_units": []}
        declared |= {"audience": {"units": [account.unit], "categories": categories}}
    source = write_file(declared, fix_text(text).text if form["act"] == "fix" else text, front).encode()
    split_front_matter(draft.path, source)
    return source


def count_audience(headcounts: tuple[Headcount, ...], post: Post | None) -> int:
    """Return how many people a post is meant for now."""
    return sum(found.people for found in headcounts if post and post.audience.includes(found.unit, found.category))


def _save(ledger: OpenLedger, place: Place, upload: Upload, account: Account, post: str) -> Draft:
    """Save the draft, and note who is writing."""
    connection, now, form = ledger.connection, place.recorder.clock(), upload.form
    unit = account.unit if account.role is Role.UNIT_HEAD else None
    draft = require_draft(connection, post, unit)
    changed = replace(draft, author=account.name, saved_at=now)
    found = place.read_source(post) if form["act"] in ("theirs", "ours") else None
    if found:  # The file was changed outside of the desk: take its text over, or go on with the one here.
        source = found[1] if form["act"] == "theirs" else draft.source
        changed = replace(changed, base=digest_of_file(found[1]), source=source)
    else:
        changed = replace(changed, source=compose(draft, form, place.units, account))
    kept = save_draft(connection, changed, form["seen"])
    note_editing(connection, post, account.name, now)
    if form["dropped"]:
        drop_file(connection, post, form["dropped"])
    if form["act"] == "file":
        return save_draft(connection, take_file(connection, kept, upload), kept.text_digest)
    return kept if not form["dropped"] else require_draft(connection, post, unit)


async def _submit(request: Request, saved: Draft, form: Form) -> Response:
    place, name, now = place_of(request), staff_of(request).name, recorder_of(request).clock()

    def count_faults(connection: Connection) -> int:
        """Count what must be fixed."""
        return sum(isinstance(found, CampaignError) for found in place.check(connection, saved))

    faults = await recorder_of(request).read(count_faults)
    if faults:
        return await run_in_threadpool(show_editor, request, saved.post, None, DraftFaultyError(faults))
    try:
        await recorder_of(request).write(submit_draft, saved, name, form["note"], now)
    except CampaignError as fault:
        return await run_in_threadpool(show_editor, request, saved.post, None, fault)
    return RedirectResponse(f"{DESK_PATH}/{saved.post}/duyet", 303)


def _tell(request: Request, saved: Draft) -> Response:
    """Tell the page what the checks say of what was just saved."""
    place = place_of(request)
    with place.recorder.database.reading() as connection:
        found = place_findings(place.check(connection, saved), split_front_matter(saved.path, saved.source))
        others = find_others(connection, saved.post, staff_of(request).name, place.recorder.clock())
        headcounts = read_headcounts(connection)
    post = place.read_post(saved)
    facts = {
        "seen": saved.text_digest,
        "saved": format_instant(saved.saved_at),
        "others": others,
        "people": count_audience(headcounts, post) if post else None,
        "deadline": post.deadline.format() if post and post.deadline else "",
        "findings": {name: [asdict(finding) for finding in findings] for name, findings in found.items()},
    }
    return JSONResponse(facts, headers={"Cache-Control": "no-store"})


def _is_changed_outside(place: Place, draft: Draft) -> bool:
    source = place.workplace.read(draft.path) if place.workplace else None
    return (digest_of_file(source) if source is not None else "") not in (draft.base, draft.text_digest)


def _count(headcounts: tuple[Headcount, ...], unit: str = "", category: Category | None = None) -> int:
    return sum(found.people for found in headcounts if unit in ("", found.unit) and category in (None, found.category))
