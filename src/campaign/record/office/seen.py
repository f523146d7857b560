"""The Office's page of who has seen a post in the document system: handed in, looked at, recorded, never counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.people.seen import RecordedSeen, SeenLine, SeenList, SeenPeople, match_seen
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.lists.files import read_sheets
from campaign.lists.seen import read_seen_list
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import Upload, read_large_form, read_upload
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.figures.coverage import read_coverage, read_standings
from campaign.store.figures.figures import read_figures
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revision
from campaign.store.posts.seen import find_seen, read_seen, record_seen

PEOPLE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SeenFigures:
    """How many of those in a state stand on a list."""

    state: State
    seen: int
    all: int


@dataclass(frozen=True, slots=True)
class SeenPreview:
    """What was found in a list that is not recorded yet.

    Attributes:
        members: The numbers of those who stand on it, which go back with the form.
        missed: How many lines name nobody, or could name several.
        unmatched: The first of those that name nobody.
        ambiguous: The first of those that could name several.
    """

    file: str
    digest: str
    members: str
    missed: int
    unmatched: tuple[SeenLine, ...]
    ambiguous: tuple[SeenLine, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """Who is on the lists of a post, or on the one that is looked at, and whether they have confirmed.

    Attributes:
        outstanding: The first of those who have seen it and not confirmed.
    """

    template: ClassVar[str] = "office/seen.html"
    title: ClassVar[str] = "Đã xem trên hệ thống QLVB&ĐH"
    post: Post
    recorded: tuple[RecordedSeen, ...]
    figures: tuple[SeenFigures, ...]
    outstanding: tuple[MemberStanding, ...]
    preview: SeenPreview | None = None
    fault: CampaignError | None = None


@reading
def show_seen(request: Request, connection: Connection, upload: Upload | None = None) -> SeenPage:
    """Show what was recorded, or what was found in a list that was handed in, beside the confirmations."""
    revision, now = current_revision(connection, request.path_params["post"]), recorder_of(request).clock()
    preview, fault = None, None
    members = find_seen(connection, revision.post.id)
    if upload is not None:
        try:
            lines = read_seen_list(upload.name, read_sheets(upload.name, upload.content))
        except CampaignError as error:
            fault = error
        else:
            found = match_seen(lines, read_coverage(connection, revision.post.id, now).standings)
            preview = _to_preview(upload, found)
            members = frozenset(standing.member_id for standing in found.seen)
    standings = read_standings(connection, revision, now, sorted(members))
    figures = read_figures(connection, revision.post.id).get(revision.post.id)
    total = figures.total if figures else Coverage()
    seen = Counter(standing.state for standing in standings)
    return SeenPage(
        post=revision.post,
        recorded=tuple(read_seen(connection, revision.post.id)),
        figures=tuple(SeenFigures(state, seen[state], getattr(total, state.value)) for state in State),
        outstanding=tuple(standing for standing in standings if standing.state is State.OUTSTANDING)[:PEOPLE_SHOWN],
        preview=preview,
        fault=fault,
    )


def _to_preview(upload: Upload, found: SeenList) -> SeenPreview:
    return SeenPreview(
        file=upload.name,
        digest=sha256(upload.content).hexdigest(),
        members=" ".join(str(standing.member_id) for standing in found.seen),
        missed=len(found.unmatched) + len(found.ambiguous),
        unmatched=found.unmatched[:PEOPLE_SHOWN],
        ambiguous=found.ambiguous[:PEOPLE_SHOWN],
    )


async def preview_seen(request: Request) -> Response:
    """Match a list that was handed in, and show what was found; nothing is written."""
    return await run_in_threadpool(show_seen, request, await read_upload(request))


async def record_seen_list(request: Request) -> Response:
    """Record the list that was looked at."""
    recorder, post, form = recorder_of(request), request.path_params["post"], (await read_large_form(request)).form
    typed, at = {to_number(number) for number in form["members"].split()}, recorder.clock()
    members = await recorder.read(_keep_concerned, post, typed, at)
    people = SeenPeople(members, to_number(form["missed"]), form["digest"][:64])
    await recorder.write(record_seen, post, people, staff_of(request).name, at)
    return RedirectResponse(f"/van-phong/bai/{post}/da-xem", 303)


def _keep_concerned(connection: Connection, post: str, typed: set[int], now: datetime) -> tuple[int, ...]:
    """Return those of the numbers that a form sent whom the post is for."""
    standings = read_standings(connection, current_revision(connection, post), now, sorted(typed))
    return tuple(standing.member_id for standing in standings)
