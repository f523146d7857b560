"""The Office's page of who has seen a post in the document system: handed in, looked at, recorded, never counted."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.coverage import Coverage, State
from campaign.core.seen import SeenLine, SeenPeople, match_seen
from campaign.errors.base import CampaignError
from campaign.record.office.seen_pages import SeenFigures, SeenPage, SeenPreview
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, to_number
from campaign.record.web.uploads import Upload, read_large_form, read_upload
from campaign.store.figures.coverage import read_coverage, read_standings
from campaign.store.figures.figures import read_figures
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import PublishedRevision, current_revision
from campaign.store.posts.seen import find_seen, read_seen, record_seen
from campaign.store.posts.seen_file import read_seen_content

PEOPLE_SHOWN = 200


def show_seen(request: Request) -> Response:
    """Show what was recorded, beside the confirmations."""
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, _read_page(request, connection))


async def take_seen(request: Request) -> Response:
    """Match a list that was handed in, and show what was found; nothing is written."""
    upload = await read_upload(request, browser_from(request), recorder_of(request).address)
    return await run_in_threadpool(_preview, request, upload)


async def keep_seen(request: Request) -> Response:
    """Record the list that was looked at."""
    recorder, post = recorder_of(request), request.path_params["post"]
    form = await read_large_form(request, browser_from(request), recorder.address)
    typed = {to_number(one) for one in field(form, "members").split()}
    members = await run_in_threadpool(_keep_concerned, request, typed)
    people = SeenPeople(members, to_number(field(form, "missed")), field(form, "digest")[:64])
    actor, at = staff_of(request).name, recorder.clock()
    await recorder.write(partial(record_seen, post=post, people=people, actor=actor, at=at))
    return RedirectResponse(f"/van-phong/bai/{post}/da-xem", 303)


def _keep_concerned(request: Request, typed: set[int]) -> tuple[int, ...]:
    """Return those of the numbers that a form sent whom the post is for."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        revision = current_revision(connection, request.path_params["post"])
        found = read_standings(connection, revision, recorder.clock(), sorted(typed))
    return tuple(one.member_id for one in found)


def _preview(request: Request, upload: Upload) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        try:
            lines = read_seen_content(upload.name, upload.content)
        except CampaignError as error:
            page = _read_page(request, connection, problem=error)
            return show(request, connection, page, 400)
        found = match_seen(lines, read_coverage(connection, request.path_params["post"], recorder.clock()).standings)
        preview = SeenPreview(
            file=upload.name,
            digest=sha256(upload.content).hexdigest(),
            members=" ".join(str(one.member_id) for one in found.seen),
            missed=len(found.unmatched) + len(found.ambiguous),
            unmatched=_cut(found.unmatched),
            ambiguous=_cut(found.ambiguous),
        )
        seen = {one.member_id for one in found.seen}
        return show(request, connection, _read_page(request, connection, seen=seen, preview=preview))


def _read_page(
    request: Request,
    connection: Connection,
    *,
    seen: Iterable[int] | None = None,
    preview: SeenPreview | None = None,
    problem: CampaignError | None = None,
) -> SeenPage:
    revision = current_revision(connection, request.path_params["post"])
    numbers = sorted(find_seen(connection, revision.post.id) if seen is None else seen)
    standings = read_standings(connection, revision, recorder_of(request).clock(), numbers)
    total = _total(connection, revision)
    return SeenPage(
        post=revision.post,
        recorded=tuple(read_seen(connection, revision.post.id)),
        figures=tuple(
            SeenFigures(state, sum(one.state is state for one in standings), getattr(total, state.value))
            for state in State
        ),
        outstanding=tuple(one for one in standings if one.state is State.OUTSTANDING)[:PEOPLE_SHOWN],
        preview=preview,
        problem=problem.problem if problem else None,
        remedy=problem.remedy if problem else None,
    )


def _total(connection: Connection, revision: PublishedRevision) -> Coverage:
    found = read_figures(connection, revision.post.id).get(revision.post.id)
    return found.total if found else Coverage()


def _cut(lines: tuple[SeenLine, ...]) -> tuple[SeenLine, ...]:
    return lines[:PEOPLE_SHOWN]
