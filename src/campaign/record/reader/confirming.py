"""Confirming: the page with the one button, the press, and what is shown when another revision came in between."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, cast

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from campaign.core.clock import format_minute
from campaign.core.difference import ChangedPart, compare_posts
from campaign.core.figures.coverage import State, state_of
from campaign.core.people.roster import Member
from campaign.core.post import Post
from campaign.core.privacy import PRESSED_IS_SEEN_BY, RECORDED, Recorded
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.posts.manifest import ShownFile, list_shown
from campaign.posts.rendering import to_html, with_plain_text
from campaign.record.server.presses import PressQueue
from campaign.record.web.answers import reading
from campaign.record.web.forms import read_form
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import browser_of, reader_of, recorder_of, visitor_of
from campaign.store.figures.people import read_duties
from campaign.store.ledger.database import Connection
from campaign.store.posts.concerned import is_concerned
from campaign.store.posts.confirmations import (
    Press,
    member_confirmations,
    standing_confirmation,
)
from campaign.store.posts.posts import PublishedRevision, current_revision, find_revision
from campaign.store.posts.special_cases import deadline_of, revision_for
from campaign.store.roster.roster import ListedMember


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """A confirmation in short."""

    sequence: int
    revision: int
    received_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Who confirms what: the name, the notice, the revision, the sentence, one button.

    Attributes:
        url: The post's page on the site, or nothing when it is no longer shown.
        is_late: Whether a confirmation now would be late.
        state: How much time is left, in words.
        confirmed: The confirmation that counts, or nothing.
        fault: What went wrong with the last press: another revision came in between; else nothing.
        changes: What changed since the revision that the reader saw or confirmed.
        confirmed_before: The revision since which they are, when the reader confirmed that; else 0.
        text: The current text, shown when it changed.
    """

    template: ClassVar[str] = "reader/confirm.html"
    title: ClassVar[str] = "Xác nhận đã đọc"
    member: Member
    post: Post
    digest: str
    url: str | None
    is_late: bool
    state: str
    confirmed: "ConfirmedLine | None"
    fault: RevisionStaleError | None = None
    changes: tuple[ChangedPart, ...] = ()
    confirmed_before: int = 0
    text: Markup | None = None

    @property
    def files(self) -> tuple[ShownFile, ...]:
        """What is confirmed beside the text."""
        return list_shown(self.post)

    @property
    def recorded(self) -> tuple[Recorded, ...]:
        """What the button records."""
        return tuple(fact for fact in RECORDED if fact.is_pressed)

    @property
    def seen_by(self) -> str:
        """Who sees it."""
        return PRESSED_IS_SEEN_BY


@reading
def show_confirm(request: Request, connection: Connection, pressed: int | None = None) -> ConfirmPage:
    """Show who would confirm what; the link names the revision that was read.

    A press or a link of another revision is refused with what changed since.

    Args:
        request: What was sent.
        connection: One state of the database.
        pressed: The revision whose button was pressed; nothing for a link.
    """
    recorder, reader = recorder_of(request), reader_of(request, connection)
    seen = to_number(request.query_params.get("revision", "")) if pressed is None else pressed
    published = current_revision(connection, request.path_params["post"])
    revision = revision_for(connection, published, reader.id)
    post, deadline, now = revision.post, deadline_of(revision), recorder.clock()
    confirmed = confirmed_line(connection, reader, revision)
    if confirmed is None and not is_concerned(connection, revision, reader):
        raise NotConcernedError(post.title)
    is_stale = confirmed is None and (pressed is not None or 0 < seen < post.revision.number)
    confirmations = member_confirmations(connection, reader.id)
    last = max((each.revision for each in confirmations if each.post == post.id), default=0)
    since = confirmed.revision if confirmed else seen if 0 < seen < post.revision.number else last
    earlier = find_revision(connection, post.id, since)
    changes = compare_posts(with_plain_text(earlier.post), with_plain_text(post)) if earlier else ()
    url, text = recorder.site.url_of(post.id), None
    if not confirmed and (changes or is_stale):
        text = Markup(to_html(post.text, recorder.address + (url or "/")))  # noqa: S704 - cleaned there
    return ConfirmPage(
        member=reader.member,
        post=post,
        digest=revision.digest,
        url=url,
        is_late=not deadline.is_met_at(now),
        state=deadline.format_state(now),
        confirmed=confirmed,
        fault=RevisionStaleError(post.id, seen, post.revision.number) if is_stale else None,
        changes=changes,
        confirmed_before=last if changes and since == last else 0,
        text=text,
    )


async def record_confirmation(request: Request) -> Response:
    """Record the press, and lead to the receipt; a repeated press leads to the first one's."""
    recorder, form = recorder_of(request), await read_form(request)
    press = Press(
        token=browser_of(request).token or "",
        post=request.path_params["post"],
        revision=to_number(form["revision"]),
        digest=form["digest"],
        at=recorder.clock(),
    )
    try:
        with recorder.measures.pressing():
            confirmation = await _queue_of(request).record(press)
    except RevisionStaleError as error:
        return await run_in_threadpool(show_confirm, request, error.seen)
    return Response(status_code=303, headers={"Location": f"/bien-nhan/{confirmation.sequence}"})


def _queue_of(request: Request) -> PressQueue:
    return cast("PressQueue", request.app.state.presses)


@reading
def show_state(request: Request, connection: Connection) -> Response:
    """Tell the static page, in one line, whether its reader has confirmed; works only on the recorder's own site."""
    reader = visitor_of(request, connection).reader
    if reader is None:
        return JSONResponse({"state": "anonymous", "text": ""}, headers={"Cache-Control": "no-store"})
    published = current_revision(connection, request.path_params["post"])
    revision = revision_for(connection, published, reader.id)
    line = confirmed_line(connection, reader, revision)
    if line is not None:
        state, text = "confirmed", f"đã xác nhận {format_minute(line.received_at)} ({line.state.label})"
    elif is_concerned(connection, revision, reader):
        state, text = "outstanding", "chưa xác nhận bài này"
    else:
        state, text = "not_concerned", "không cần xác nhận bài này"
    answer = {
        "state": state,
        "text": f"{reader.member.name}: {text}.",
        "sequence": line.sequence if line else None,
        "owed": sum(duty.state is State.OUTSTANDING for duty in read_duties(connection, reader.id)),
    }
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def confirmed_line(connection: Connection, reader: ListedMember, revision: PublishedRevision) -> ConfirmedLine | None:
    """Return the reader's confirmation that counts for *revision*, judged by its deadline, or nothing."""
    found = standing_confirmation(connection, reader.id, revision)
    if found is None:
        return None
    state = state_of(deadline_of(revision), found.received_at, exempt=False)
    return ConfirmedLine(found.sequence, found.revision, found.received_at, state)
