"""Beginning a draft: a new post, one after the model of another, or the next revision of one that readers see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.campaign import Campaign
from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.draft import Draft
from campaign.core.people.access import Role
from campaign.core.text import to_slug
from campaign.errors.base import CampaignError
from campaign.errors.drafts import DraftIdError
from campaign.errors.posts import PostFileUnknownError
from campaign.jobs.drafts import digest_of_file
from campaign.posts.content import POSTS_FOLDER
from campaign.posts.editing import declare_post, to_declared, write_file
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.editor import DESK_PATH
from campaign.record.desk.place import Place, place_of
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.accounts import Account
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.drafts import find_draft, save_draft

START_PATH = f"{DESK_PATH}/bai-moi"
RESERVED = frozenset({"bai-moi", "trang-truoc"})
"""What the addresses of the desk have in the place of an id."""
_ID = re.compile(r"[a-z0-9-]{3,60}")
_TEXT = "Viết đoạn mở đầu ở đây: việc gì, vì sao, ai làm.\n\n## Cần làm gì\n\n1. Việc thứ nhất.\n2. Việc thứ hai.\n"
_OF_ANOTHER = ("id", "campaign", "title", "revision", "draft", "publish_at", "expires", "verified", "source_document")
"""What a post does not take over from its model."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """Where a new post begins.

    Attributes:
        models: The posts after which it can be made, by id.
    """

    template: ClassVar[str] = "desk/start.html"
    title: ClassVar[str] = "Bài mới"
    models: Mapping[str, str]
    campaigns: tuple[Campaign, ...]
    typed: Form
    fault: CampaignError | None = None


@reading
def show_start(
    request: Request, _connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> StartPage:
    """Ask what the new post is to be called."""
    manifest = recorder_of(request).site.manifest()
    campaigns = tuple(campaign for campaign in place_of(request).campaigns if not campaign.closed)
    return StartPage({post.id: post.title for post in manifest.posts} if manifest else {}, campaigns, typed, fault)


async def start(request: Request) -> Response:
    """Begin the draft, and show its form."""
    form, recorder = await read_form(request), recorder_of(request)
    try:
        post = await recorder.write(_start, place_of(request), form, staff_of(request))
    except CampaignError as fault:
        return await run_in_threadpool(show_start, request, form, fault)
    return RedirectResponse(f"{DESK_PATH}/{post}", 303)


async def revise(request: Request) -> Response:
    """Begin the next revision of a post, unless one was begun, and show its form."""
    form, recorder = await read_form(request), recorder_of(request)
    post = await recorder.write(_revise, place_of(request), form["post"], staff_of(request))
    return RedirectResponse(f"{DESK_PATH}/{post}", 303)


def new_draft(place: Place, account: Account, post: str, source: str, connection: Connection) -> Draft:
    """Save the first version of the draft of a new post.

    Raises:
        DraftIdError: The id cannot be one, or is taken.
    """
    reason = ""
    if not _ID.fullmatch(post) or post in RESERVED:
        reason = "không dùng được"
    elif find_draft(connection, post) or place.find_published(post) or place.read_source(post):
        reason = "đã có bài khác dùng"
    if reason:
        raise DraftIdError(post, reason)
    unit = account.unit if account.role is Role.UNIT_HEAD else None
    path, now = f"{POSTS_FOLDER}/{post}.md", place.recorder.clock()
    draft = Draft(post, 1, path, source.encode(), "", account.name, now, unit)
    return save_draft(connection, draft, "")


def _start(ledger: OpenLedger, place: Place, form: Form, account: Account) -> str:
    post = form["id"] or to_slug(form["title"])[:60].strip("-")
    units = (account.unit or "",) if account.role is Role.UNIT_HEAD else place.units or ("",)
    declared: dict[str, Any] = {"id": post, "title": form["title"], "summary": "", "audience": "all"}
    text = _TEXT
    if form["model"]:
        _, source = _read_source(place, form["model"])
        front = split_front_matter(post, source)
        model = {key: value for key, value in to_declared(front).items() if key not in _OF_ANOTHER}
        declared, text = declared | model, front.text
    if account.role is Role.UNIT_HEAD or not place.campaigns:  # Else the campaign says who leads.
        declared["lead_unit"] = units[0]
    declared |= {"campaign": form["campaign"], "revision": {"number": "1"}, "verified": "false"}
    declared["publish_at"] = format_day(day_in_viet_nam(place.recorder.clock()))
    if account.role is Role.UNIT_HEAD:
        declared["audience"] = {"units": [account.unit]}
    return new_draft(place, account, post, write_file(declared, text), ledger.connection).post


def _revise(ledger: OpenLedger, place: Place, post: str, account: Account) -> str:
    begun, published = find_draft(ledger.connection, post), place.find_published(post)
    path, source = _read_source(place, post)
    front = split_front_matter(path, source)
    declared = to_declared(front)
    declared.pop("draft", None)
    number = published.revision.number if published else 0
    said = declared.get("revision")
    if not isinstance(said, dict) or not str(said.get("number")).isdecimal() or int(said["number"]) <= number:
        declared["revision"] = {"number": str(number + 1)}
    text = write_file(declared, front.text, front).encode()
    is_open = begun and (published is None or not _is_shown(place, begun))
    if begun and is_open:
        return post
    base = digest_of_file(source) if place.workplace else ""
    draft = Draft(post, 1, path, text, base, account.name, place.recorder.clock())
    return save_draft(ledger.connection, draft, begun.text_digest if begun else "").post


def _is_shown(place: Place, draft: Draft) -> bool:
    post = place.read_post(draft)
    return post is not None and place.archive.has(post)


def _read_source(place: Place, post: str) -> tuple[str, bytes]:
    """Return the file of a post, or what it would be, when the content folder is on another machine.

    Raises:
        PostFileUnknownError: There is no such post.
    """
    found, published = place.read_source(post), place.find_published(post)
    if found:
        return found
    if published is None:
        raise PostFileUnknownError(post)
    return f"{POSTS_FOLDER}/{post}.md", write_file(declare_post(published), published.text).encode()
