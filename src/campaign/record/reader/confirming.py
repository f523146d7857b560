"""Confirming: the page with the one button, the press, and what is shown when another revision came in between."""

from typing import cast

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from campaign.core.coverage import state_of
from campaign.core.difference import ChangedPart, compare_posts
from campaign.errors.access import SessionExpiredError
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.posts.rendering import in_words, to_html
from campaign.record.reader.reader_pages import ConfirmedLine, ConfirmPage
from campaign.record.server.presses.presses import Press, PressDesk
from campaign.record.web.answers import ask_to_sign_in, browser_from, reader_of, recorder_of, show
from campaign.record.web.guard import field, read_form, to_number
from campaign.store.ledger.database import Connection
from campaign.store.posts.concerned import is_concerned
from campaign.store.posts.confirmations import (
    Confirmation,
    member_confirmations,
    standing_confirmation,
)
from campaign.store.posts.posts import PublishedRevision, current_revision, find_revision
from campaign.store.posts.special_cases import deadline_of, revision_for
from campaign.store.roster.roster import ListedMember


def show_confirm(request: Request) -> Response:
    """Show who would confirm what; the link names the revision that was read."""
    with recorder_of(request).database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return ask_to_sign_in(request)
        return _show_page(request, connection, reader, to_number(request.query_params.get("revision", "")))


async def take_confirmation(request: Request) -> Response:
    """Record the press, and lead to the receipt; a repeated press leads to the first one's."""
    recorder, browser = recorder_of(request), browser_from(request)
    form = await read_form(request, browser, recorder.address)
    press = Press(
        token=browser.token or "",
        post=request.path_params["post"],
        revision=to_number(field(form, "revision")),
        digest=field(form, "digest"),
        at=recorder.clock(),
    )
    try:
        confirmation = await desk_of(request).record(press)
    except RevisionStaleError as error:
        return await run_in_threadpool(_show_stale, request, error.seen)
    return Response(status_code=303, headers={"Location": f"/bien-nhan/{confirmation.sequence}"})


def desk_of(request: Request) -> PressDesk:
    """Return the desk of the recorder that serves *request*."""
    return cast("PressDesk", request.app.state.desk)


def tell_state(request: Request) -> Response:
    """Tell the static page, in one line, how its reader stands to it; works only on the recorder's own site."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return JSONResponse({"state": "anonymous", "text": ""}, headers={"Cache-Control": "no-store"})
        published = current_revision(connection, request.path_params["post"])
        revision = revision_for(connection, published, reader.id)
        line = confirmed_line(connection, reader, revision)
        concerned = is_concerned(connection, revision, reader)
    name, answer = reader.member.name, {"state": "outstanding", "text": "chưa xác nhận bài này"}
    if line is not None:
        answer = {"state": "confirmed", "text": f"đã xác nhận ({line.state.label})"}
    elif not concerned:
        answer = {"state": "not_concerned", "text": "không cần xác nhận bài này"}
    answer["text"] = f"{name}: {answer['text']}."
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def confirmed_line(connection: Connection, reader: ListedMember, revision: PublishedRevision) -> ConfirmedLine | None:
    """Return the reader's confirmation that stands for *revision*, in short, or nothing."""
    found = standing_confirmation(connection, reader.id, revision)
    return None if found is None else to_line(found, revision)


def to_line(found: Confirmation, revision: PublishedRevision) -> ConfirmedLine:
    """Return a confirmation in short, judged by the deadline of *revision*."""
    state = state_of(deadline_of(revision), found.received_at, exempt=False)
    return ConfirmedLine(found.sequence, found.revision, found.received_at, state)


def _show_stale(request: Request, seen: int) -> Response:
    with recorder_of(request).database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            raise SessionExpiredError
        return _show_page(request, connection, reader, seen, was_pressed=True)


def _show_page(
    request: Request, connection: Connection, reader: ListedMember, seen: int, *, was_pressed: bool = False
) -> Response:
    """Show the page; a press or a link that comes from another revision is refused with what changed since."""
    recorder = recorder_of(request)
    published = current_revision(connection, request.path_params["post"])
    revision = revision_for(connection, published, reader.id)
    post, deadline, now = revision.post, deadline_of(revision), recorder.clock()
    confirmed = confirmed_line(connection, reader, revision)
    if confirmed is None and not is_concerned(connection, revision, reader):
        raise NotConcernedError(post.title)
    is_stale = confirmed is None and (was_pressed or 0 < seen < post.revision.number)
    last = _last_confirmed(connection, reader, post.id)
    since = confirmed.revision if confirmed else seen if 0 < seen < post.revision.number else last
    changes = _changes(connection, published, since)
    url = recorder.site.url_of(post.id)
    page = ConfirmPage(
        member=reader.member,
        post=post,
        digest=revision.digest,
        url=url,
        is_late=not deadline.is_met_at(now),
        state=deadline.format_state(now),
        confirmed=confirmed,
        stale=RevisionStaleError(post.id, seen, post.revision.number).problem if is_stale else None,
        changes=changes,
        confirmed_before=last if changes and since == last else 0,
        text=_to_text(post.text, recorder.address + (url or "/")) if not confirmed and (changes or is_stale) else None,
    )
    return show(request, connection, page, 409 if is_stale else 200)


def _to_text(text: str, address: str) -> Markup:
    return Markup(to_html(text, address))  # noqa: S704 - cleaned there


def _last_confirmed(connection: Connection, reader: ListedMember, post: str) -> int:
    """Return the latest revision of a post that the reader confirmed; 0 when none."""
    return max((one.revision for one in member_confirmations(connection, reader.id) if one.post == post), default=0)


def _changes(connection: Connection, revision: PublishedRevision, since: int) -> tuple[ChangedPart, ...]:
    """Return what changed since the revision with the number *since*; nothing when there is none or it is that one."""
    earlier = find_revision(connection, revision.post.id, since)
    return compare_posts(in_words(earlier.post), in_words(revision.post)) if earlier else ()
